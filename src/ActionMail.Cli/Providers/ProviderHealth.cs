using System.CommandLine;
using ActionMail.Cli.Platform;
using ActionMail.Cli.SignIn;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.Providers;

/// <summary><c>actionmail provider health ID</c>: what was counted of a provider, and how it stands by the registration criteria.</summary>
internal static class ProviderHealth
{
    private static readonly Argument<string> Id = ProviderIdArgument.Of("The provider id (originator).");

    private static readonly Option<string> Range = new Option<string>("--range") { Description = "How far back.", DefaultValueFactory = _ => "24h" }.AcceptOnlyFromAmong("24h", "7d", "30d");

    private static readonly Option<bool> Json = Printing.JsonOption();

    public static Verb Verb() => new("health", "Show how a provider does: deliveries, actions, failures, latency, complaints, criteria.", RunAsync)
    {
        Arguments = { Id },
        Options = { Range, Json },
        Examples = ["actionmail provider health 5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913 --range 7d"],
        NoMeans = "there is no such registration, or none that is yours to see",
        Notes = PlatformAddress.PersonalNotes,
    };

    private static async Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel)
    {
        var reply = await PersonalPlatform.AskAsync(api => api.ShowAsync(parse.GetRequiredValue(Id), $"health?range={parse.GetValue(Range)}", cancel));
        if (reply is not ApiReply.Document document)
            return reply.WhyNoDocument;
        if (!document.TryRead<Health>(out var health, out var problem))
            return problem;
        if (parse.GetValue(Json))
            parse.PrintJson(document.Json);
        else
            Print(parse.Output, health);
        return new Answer.Done();
    }

    private static void Print(TextWriter output, Health health)
    {
        var total = health.Total;
        output.WriteLine($"Last {health.Range}: {total.Deliveries} deliveries, {total.Active} with a card that acts; {total.Opens} opens, {total.Acted} acted on.");
        output.WriteLine($"Actions: {total.Done} done, {total.Refused} declined, {total.Broken} failed, {total.NotSent} not sent, {total.Unanswered} unanswered. Complaints: {total.Complaints}.");
        if (health.Latency is { P50: { } half, P95: { } most, P99: { } nearlyAll })
            output.WriteLine(FormattableString.Invariant($"Answered within {half:0} ms (half), {most:0} ms (95 %), {nearlyAll:0} ms (99 %)."));
        foreach (var reason in health.Reasons)
            output.WriteLine($"  {reason.Count,6}  did not act: {reason.Name}".Printable);
        foreach (var fault in health.Faults)
            output.WriteLine($"  {fault.Count,6}  failed: {fault.Name}".Printable);
        foreach (var criterion in health.Criteria)
            output.WriteLine($"  {criterion.Verdict,-15} {criterion.Title}: {criterion.Measured} (goal {criterion.Goal})".Printable);
    }

    private sealed record Health
    {
        public required string Range { get; init; }
        public required Counts Total { get; init; }
        public required Percentiles Latency { get; init; }
        public IReadOnlyList<Named> Reasons { get; init; } = [];
        public IReadOnlyList<Named> Faults { get; init; } = [];
        public IReadOnlyList<Criterion> Criteria { get; init; } = [];
    }

    private sealed record Counts(int Deliveries, int Active, int Opens, int Acted, int Done, int Refused, int Broken, int NotSent, int Unanswered, int Complaints);

    private sealed record Percentiles(double? P50, double? P95, double? P99);

    private sealed record Named(string Name, int Count);

    private sealed record Criterion(string Title, string Verdict, string Measured, string Goal);
}
