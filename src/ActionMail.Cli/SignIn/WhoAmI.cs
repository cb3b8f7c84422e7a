using System.CommandLine;
using ActionMail.Cli.Platform;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.SignIn;

/// <summary><c>actionmail whoami</c>: whom the platform takes this machine's account for.</summary>
internal static class WhoAmI
{
    private static readonly Option<bool> Json = Printing.JsonOption();

    public static Verb Verb() => new("whoami", "Say who is signed in, and what they may do.", RunAsync)
    {
        Options = { Json },
        Examples = ["actionmail whoami", "actionmail whoami --json"],
        NoMeans = "not used",
        Notes = PlatformAddress.PersonalNotes,
    };

    private static async Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel)
    {
        var reply = await PersonalPlatform.AskAsync(api => api.MeAsync(cancel));
        if (reply is not ApiReply.Document document)
            return reply.WhyNoDocument;
        if (!document.TryRead<PersonLine>(out var person, out var problem))
            return problem;
        if (parse.GetValue(Json))
            parse.PrintJson(document.Json);
        else
            parse.Output.WriteLine($"{person.Name} <{person.Address}>, {person.Organization.Name} ({string.Join(", ", person.Roles)})".Printable);
        return new Answer.Done();
    }
}
