using System.CommandLine;
using System.Text.Json;
using ActionMail.Cli.Platform;
using ActionMail.Cli.SignIn;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.Providers;

/// <summary><c>actionmail provider history ID</c>: who did what to a registration, when and from where.</summary>
internal static class ProviderHistory
{
    private static readonly Argument<string> Id = ProviderIdArgument.Of("The provider id (originator).");
    private static readonly Option<bool> Json = Printing.JsonOption();

    public static Verb Verb() => new("history", "Show what happened to a registration.", RunAsync)
    {
        Arguments = { Id },
        Options = { Json },
        Examples = ["actionmail provider history 5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913"],
        NoMeans = "there is no such registration, or none that is yours to see",
        Notes = PlatformAddress.PersonalNotes,
    };

    private static async Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel)
    {
        var reply = await PersonalPlatform.AskAsync(api => api.ShowAsync(parse.GetRequiredValue(Id), "history", cancel));
        if (reply is not ApiReply.Document document)
            return reply.WhyNoDocument;
        if (!document.TryRead<History>(out var history, out var problem))
            return problem;
        if (parse.GetValue(Json))
            parse.PrintJson(document.Json);
        else
            foreach (var happened in history.Events)
                parse.Output.WriteLine($"{happened.At}  {happened.Kind,-24} {happened.Actor}  {FactsOf(happened.Facts)}".Printable.TrimEnd());
        return new Answer.Done();
    }

    private static string FactsOf(JsonElement facts) => facts.ValueKind != JsonValueKind.Object ? "" : string.Join(", ",
        facts.EnumerateObject().Where(fact => fact.Name != "contentHash" && fact.Value.ToString().Length > 0).Select(fact => $"{fact.Name} {fact.Value}"));

    private sealed record History
    {
        public required IReadOnlyList<Event> Events { get; init; }
    }

    private sealed record Event
    {
        public required string At { get; init; }
        public required string Kind { get; init; }
        public required string Actor { get; init; }
        public JsonElement Facts { get; init; }
    }
}
