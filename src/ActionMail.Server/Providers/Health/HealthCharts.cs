using System.Globalization;
using ActionMail.Protocol.Providers;

namespace ActionMail.Server.Providers.Health;

/// <summary>The charts of a health page: small, alike, and each about one question.</summary>
internal static class HealthCharts
{
    private static readonly (string Id, string Title, (string Name, string Tone, Func<HourCounts, int> Value)[] Series)[] OverTime =
    [
        ("deliveries", "Deliveries", [("card active", "good", counts => counts.Active), ("card inert", "bad", counts => counts.Inert)]),
        ("reading", "Cards opened and acted on", [("acted on", "good", counts => counts.Acted), ("opened only", "brand", counts => Math.Max(0, counts.Opens - counts.Acted))]),
        ("actions", "Action requests",
            [("done", "good", counts => counts.Done), ("declined by the service", "unsure", counts => counts.Refused), ("failed", "bad", counts => counts.Failed)]),
        ("authentication", "Mails by proof", [("aligned pass", "good", counts => counts.Aligned), ("none", "bad", counts => counts.Mails - counts.Aligned)]),
        ("complaints", "Complaints", [("reported", "bad", counts => counts.Complaints)]),
    ];

    /// <summary>What happened over time, and how fast the answers were.</summary>
    public static IEnumerable<HealthChart> Of(HealthReport report) => [.. OverTime.Select(chart => Of(report, chart.Id, chart.Title, chart.Series)), LatencyOf(report.Latency)];

    private static HealthChart Of(HealthReport report, string id, string title, (string Name, string Tone, Func<HourCounts, int> Value)[] series) => new(
        id, title, [.. report.Steps.Select(step => LabelOf(step.Begin, report.Range))], [.. TicksOf(report)],
        [.. series.Select(each => new ChartSeries(each.Name, each.Tone, [.. report.Steps.Select(step => each.Value(step.Counts))]))]);

    private static IEnumerable<(int, string)> TicksOf(HealthReport report)
    {
        var last = report.Range.Steps - 1;
        return new[] { 0, last / 2, last }.Select(column => (column, TickOf(report.Steps[column].Begin, report.Range)));
    }

    private static string LabelOf(DateTimeOffset begin, HealthRange range) => range == HealthRange.Month
        ? $"in the day from {begin.ToString("d MMM, HH:mm", CultureInfo.InvariantCulture)} UTC"
        : $"from {begin.ToString("d MMM, HH:mm", CultureInfo.InvariantCulture)} to {(begin + range.Step).ToString("HH:mm", CultureInfo.InvariantCulture)} UTC";

    private static string TickOf(DateTimeOffset begin, HealthRange range) =>
        begin.ToString(range == HealthRange.Day ? "HH:mm" : "d MMM", CultureInfo.InvariantCulture);

    private static HealthChart LatencyOf(LatencyHistogram latency)
    {
        var bounds = LatencyHistogram.Bounds;
        return new(
            "latency", "Time to answer",
            [.. bounds.Select(bound => $"within {Time(bound)}"), $"over {Time(bounds[^1])}"],
            [(0, Time(bounds[0])), (bounds.IndexOf(1_000), Time(1_000)), (bounds.Length, ">" + Time(bounds[^1]))],
            [new("answers", "brand", [.. latency.Counts.Select(count => (int)count)])]);
    }

    private static string Time(int milliseconds) => milliseconds < 1_000
        ? milliseconds.ToString(CultureInfo.InvariantCulture) + " ms"
        : (milliseconds / 1_000d).ToString("0.#", CultureInfo.InvariantCulture) + " s";
}
