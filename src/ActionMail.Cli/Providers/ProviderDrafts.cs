using System.CommandLine;
using System.Text.Json;
using ActionMail.Cli.Platform;
using ActionMail.Cli.SignIn;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.Providers;

/// <summary>
/// <c>actionmail provider new|drafts|submit|discard|clone|migrate</c>: drafts, which have their originator id before they are submitted, and which the pages go on with.
/// </summary>
internal static class ProviderDrafts
{
    private static readonly Argument<string> Id = ProviderIdArgument.Of("The draft's id, which is its provider's.");
    private static readonly Argument<string> Original = ProviderIdArgument.Of("The provider id (originator) of the registration to copy.");
    private static readonly Argument<string?> File = new("FILE") { Description = "Fields to begin with, as JSON. \"-\" reads standard input.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<int?> Over = new("--over") { Description = "A revision that somebody submitted since the draft was begun, to be put aside.", HelpName = "REVISION" };
    private static readonly Option<bool> Json = Printing.JsonOption();

    public static Verb New() => new("new", "Begin a new provider as a draft: makes its originator id.", BeginAsync)
    {
        Arguments = { File },
        Options = { Json },
        Examples = ["actionmail provider new", "actionmail provider new expenses.json"],
        NoMeans = "you have begun as many as you may in a day",
        Notes = PlatformAddress.PersonalNotes,
    };

    public static Verb List() => new("drafts", "List your drafts.", ListAsync)
    {
        Options = { Json },
        Examples = ["actionmail provider drafts"],
        NoMeans = "not used",
        Notes = PlatformAddress.PersonalNotes,
    };

    public static Verb Submit() => new("submit", "Submit a draft as it was saved last.", async (parse, cancel) =>
        RegistrationPage.Print(parse, parse.GetValue(Json), await PersonalPlatform.AskAsync(async api =>
            await RegistrationInFull.CompleteAsync(api, await api.SubmitDraftAsync(parse.GetRequiredValue(Id), parse.GetValue(Over), cancel), cancel))))
    {
        Arguments = { Id },
        Options = { Over, Json },
        Examples = ["actionmail provider submit 5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913"],
        NoMeans = "there is no such draft of yours, somebody else submitted since it was begun, or the platform says no",
        Notes = PlatformAddress.PersonalNotes,
    };

    public static Verb Discard() => new("discard", "Throw a draft away.", async (parse, cancel) =>
        await PersonalPlatform.AskAsync(api => api.DiscardDraftAsync(parse.GetRequiredValue(Id), cancel)) is ApiReply.Nothing(var because) ? because : new Answer.Done())
    {
        Arguments = { Id },
        Examples = ["actionmail provider discard 5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913"],
        NoMeans = "there is no such draft of yours",
        Notes = PlatformAddress.PersonalNotes,
    };

    public static Verb Clone() => Copy("clone", "Copy a registration into a draft of a new provider.", "there is no such registration of your organization");

    public static Verb Migrate() => Copy("migrate", "Copy a registration with legacy tokens into a draft with Entra tokens; the application id is left to fill in.",
        "there is no such registration of your organization, or it uses Entra tokens already");

    private static Verb Copy(string act, string description, string noMeans) => new(act, description, async (parse, cancel) =>
        Print(parse, await PersonalPlatform.AskAsync(api => api.ActAsync(parse.GetRequiredValue(Original), act, new { }, cancel))))
    {
        Arguments = { Original },
        Options = { Json },
        Examples = [$"actionmail provider {act} 5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913"],
        NoMeans = noMeans,
        Notes = PlatformAddress.PersonalNotes,
    };

    private static async Task<Answer> BeginAsync(ParseResult parse, CancellationToken cancel)
    {
        var fields = JsonElement.Parse("{}");
        if (parse.GetValue(File) is { } path)
        {
            if (!RegistrationFile.TryRead(path, out var file, out var problem))
                return new Answer.BadInput(problem);
            if (file.Id is not null)
                return new Answer.BadInput($"{path} has an id, so it is registered already; use: actionmail provider apply {path}");
            fields = file.Submission;
        }
        return Print(parse, await PersonalPlatform.AskAsync(api => api.BeginDraftAsync(fields, cancel)));
    }

    private static async Task<Answer> ListAsync(ParseResult parse, CancellationToken cancel)
    {
        var reply = await PersonalPlatform.AskAsync(api => api.DraftsAsync(cancel));
        if (reply is not ApiReply.Document document)
            return reply.WhyNoDocument;
        if (!document.TryRead<Listing>(out var listing, out var problem))
            return problem;
        if (parse.GetValue(Json))
            parse.PrintJson(document.Json);
        else
            foreach (var draft in listing.Drafts)
                parse.Output.WriteLine($"{draft.Id}  {draft.Scope ?? "-",-13} {draft.Name ?? "(no name yet)"}".Printable);
        return new Answer.Done();
    }

    private static Answer Print(ParseResult parse, ApiReply reply)
    {
        if (reply is not ApiReply.Document document)
            return reply.WhyNoDocument;
        if (!document.TryRead<DraftLine>(out var draft, out var problem))
            return problem;
        if (parse.GetValue(Json))
            parse.PrintJson(document.Json);
        else
            parse.Output.WriteLine($"The draft's originator id is {draft.Id}. Go on with it on the page, then submit it there or with: actionmail provider submit {draft.Id}".Printable);
        return new Answer.Done();
    }

    private sealed record Listing
    {
        public required IReadOnlyList<DraftLine> Drafts { get; init; }
    }

    private sealed record DraftLine
    {
        public required string Id { get; init; }
        public string? Name { get; init; }
        public string? Scope { get; init; }
    }
}
