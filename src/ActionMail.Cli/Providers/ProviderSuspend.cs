using System.CommandLine;
using ActionMail.Cli.Platform;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.Providers;

/// <summary><c>actionmail provider suspend ID --reason TEXT</c>: the service's cards stop acting at once.</summary>
internal static class ProviderSuspend
{
    private static readonly Argument<string> Id = new("ID") { Description = "The provider id (originator)." };

    private static readonly Option<string> Reason = new("--reason")
    {
        Description = "Why; its developers and the audit log read it.",
        HelpName = "TEXT",
        Required = true,
    };

    private static readonly Option<bool> Json = Printing.JsonOption();

    public static Verb Verb() => new("suspend", "Take a registration out of force: its cards stop acting at once.", RunAsync)
    {
        Arguments = { Id },
        Options = { Reason, Json },
        Examples = ["actionmail provider suspend 5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913 --reason \"key leaked\""],
        NoMeans = "the platform knows no such registration, or it is not in force",
        Notes = PlatformAddress.Notes,
    };

    private static async Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel)
    {
        var reason = parse.GetRequiredValue(Reason);
        if (string.IsNullOrWhiteSpace(reason))
            return new Answer.BadInput("--reason is empty; say why, for those who ask later.");
        return ProviderPage.Print(parse, parse.GetValue(Json),
            await OperatorApi.AskAsync(api => api.SuspendAsync(parse.GetRequiredValue(Id), reason, cancel)));
    }
}
