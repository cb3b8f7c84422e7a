using System.CommandLine;
using ActionMail.Cli.Platform;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.Providers;

/// <summary><c>actionmail provider list</c>: one line for each registration.</summary>
internal static class ProviderList
{
    private static readonly Option<bool> Json = Printing.JsonOption();

    public static Verb Verb() => new("list", "List the registrations.", RunAsync)
    {
        Options = { Json },
        Examples = ["actionmail provider list", "actionmail provider list --json"],
        NoMeans = "not used",
        Notes = PlatformAddress.Notes,
    };

    private static async Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel)
    {
        var reply = await OperatorApi.AskAsync(api => api.ProvidersAsync(cancel));
        if (reply is not ApiReply.Document document)
            return ((ApiReply.Nothing)reply).Because;
        if (!document.TryRead<Listing>(out var listing, out var problem))
            return problem;
        if (parse.GetValue(Json))
            parse.PrintJson(document.Json);
        else
            Print(parse.Output, listing.Providers);
        return new Answer.Done();
    }

    private static void Print(TextWriter output, IReadOnlyList<ProviderLine> providers)
    {
        if (providers.Count == 0)
            output.WriteLine("No service is registered. Add one: actionmail provider add --help");
        foreach (var provider in providers)
        {
            var line = $"{provider.Id}  {provider.State,-10} {provider.Scope,-13} {provider.Name}  <{string.Join(", ", provider.Senders)}>";
            output.WriteLine(line.Printable);
        }
    }

    private sealed record Listing
    {
        public required IReadOnlyList<ProviderLine> Providers { get; init; }
    }
}
