using System.CommandLine;
using ActionMail.Cli.Platform;
using ActionMail.Cli.SignIn;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.Providers;

/// <summary><c>actionmail provider invitations list|accept|decline</c>: what one has been asked to test.</summary>
internal static class ProviderInvitations
{
    private static readonly Argument<string> Id = ProviderIdArgument.Of("The id (originator) of the provider that lists you as a test user.");
    private static readonly Option<bool> Json = Printing.JsonOption();

    public static Command Command() => new("invitations", "Invitations to test a provider.")
    {
        new Verb("list", "List the providers that ask you to test them.", ListAsync)
        {
            Options = { Json },
            Examples = ["actionmail provider invitations list"],
            NoMeans = "not used",
            Notes = PlatformAddress.PersonalNotes,
        },
        Verb("accept", accepts: true, "Become a test user of a provider: its cards act for you."),
        Verb("decline", accepts: false, "Be no test user of a provider, or not any more."),
    };

    private static Verb Verb(string name, bool accepts, string description) => new(name, description, (parse, cancel) => AnswerAsync(parse, accepts, cancel))
    {
        Arguments = { Id },
        Examples = [$"actionmail provider invitations {name} 5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913"],
        NoMeans = "nobody has asked you",
        Notes = PlatformAddress.PersonalNotes,
    };

    private static async Task<Answer> AnswerAsync(ParseResult parse, bool accepts, CancellationToken cancel)
    {
        var reply = await PersonalPlatform.AskAsync(api => api.AnswerInvitationAsync(parse.GetRequiredValue(Id), accepts, cancel));
        if (reply is not ApiReply.Document document)
            return reply.WhyNoDocument;
        if (!document.TryRead<Invitation>(out var invitation, out var problem))
            return problem;
        parse.Output.WriteLine($"{invitation.Provider}: {invitation.State}".Printable);
        return new Answer.Done();
    }

    private static async Task<Answer> ListAsync(ParseResult parse, CancellationToken cancel)
    {
        var reply = await PersonalPlatform.AskAsync(api => api.InvitationsAsync(cancel));
        if (reply is not ApiReply.Document document)
            return reply.WhyNoDocument;
        if (!document.TryRead<InvitationList>(out var list, out var problem))
            return problem;
        if (parse.GetValue(Json))
            parse.PrintJson(document.Json);
        else
            foreach (var invitation in list.Invitations)
                parse.Output.WriteLine($"{invitation.ProviderId}  {invitation.State,-9} {invitation.Provider}, by {invitation.InvitedBy}".Printable);
        return new Answer.Done();
    }

    private sealed record InvitationList
    {
        public required IReadOnlyList<Invitation> Invitations { get; init; }
    }

    private sealed record Invitation
    {
        public required string ProviderId { get; init; }
        public required string Provider { get; init; }
        public required string InvitedBy { get; init; }
        public required string State { get; init; }
    }
}
