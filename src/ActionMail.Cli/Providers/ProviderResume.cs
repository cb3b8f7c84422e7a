using System.CommandLine;
using ActionMail.Cli.Platform;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.Providers;

/// <summary><c>actionmail provider resume ID</c>: puts a suspended registration back in force.</summary>
internal static class ProviderResume
{
    private static readonly Argument<string> Id = new("ID") { Description = "The provider id (originator)." };
    private static readonly Option<bool> Json = Printing.JsonOption();

    public static Verb Verb() => new("resume", "Put a suspended registration back in force.", RunAsync)
    {
        Arguments = { Id },
        Options = { Json },
        Examples = ["actionmail provider resume 5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913"],
        NoMeans = "the platform knows no such registration, or it is not suspended",
        Notes = PlatformAddress.Notes,
    };

    private static async Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel) =>
        ProviderPage.Print(parse, parse.GetValue(Json),
            await OperatorApi.AskAsync(api => api.ResumeAsync(parse.GetRequiredValue(Id), cancel)));
}
