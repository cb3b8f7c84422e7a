using System.Collections.Immutable;
using System.Globalization;
using ActionMail.Protocol.Providers;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Providers.Health;

/// <summary>What was counted from a moment on: within a column of the charts, or within an hour.</summary>
internal sealed record HealthStep(DateTimeOffset Begin, HourCounts Counts);

/// <summary>Something that was counted by name.</summary>
internal sealed record NamedCount(string Name, int Count);

/// <summary>The health of a provider over a range: what happened in each step, all of it together, what was counted by name, and how fast the endpoints were.</summary>
internal sealed record HealthReport(
    HealthRange Range, ImmutableArray<HealthStep> Steps, HourCounts Total, ImmutableArray<NamedCount> Reasons, ImmutableArray<NamedCount> Faults, LatencyHistogram Latency);

/// <summary>Reads what was counted. It looks at the counted hours alone, at most 720 of them, however many messages there are. Who may read is asked before.</summary>
internal sealed class ProviderHealth(IDbContextFactory<ActionMailDb> contexts)
{
    public async Task<HealthReport> ReadAsync(Guid organizationId, string providerId, HealthRange range, DateTimeOffset now, CancellationToken cancel)
    {
        var begin = range.Begin(now);
        var byStep = (await HoursAsync(organizationId, providerId, begin, cancel)).ToLookup(hour => (int)((hour.Begin - begin) / range.Step), hour => hour.Counts);
        var steps = Enumerable.Range(0, range.Steps).Select(step => new HealthStep(begin + (range.Step * step), HourCounts.Sum(byStep[step]))).ToImmutableArray();
        var named = (await NamesAsync(organizationId, providerId, begin, cancel)).ToLookup(row => row.Kind, row => new NamedCount(row.Name, row.Count));
        return new(
            range, steps, HourCounts.Sum(steps.Select(step => step.Counts)),
            InOrder(named[HourDetail.Reason]), InOrder(named[HourDetail.Fault]), HistogramOf(named[HourDetail.Latency]));
    }

    /// <summary>The hours since a moment in which anything was counted.</summary>
    public async Task<List<HealthStep>> HoursAsync(Guid organizationId, string providerId, DateTimeOffset since, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var rows = await db.ProviderHours.AsNoTracking().Where(row => row.OrganizationId == organizationId && row.ProviderId == providerId && row.Hour >= since).ToListAsync(cancel);
        return rows.ConvertAll(row => new HealthStep(row.Hour, CountsOf(row)));
    }

    /// <summary>How long the answers since a moment took.</summary>
    public async Task<LatencyHistogram> LatencyAsync(Guid organizationId, string providerId, DateTimeOffset since, CancellationToken cancel) =>
        HistogramOf((await NamesAsync(organizationId, providerId, since, cancel)).Where(row => row.Kind == HourDetail.Latency).Select(row => new NamedCount(row.Name, row.Count)));

    private async Task<List<(HourDetail Kind, string Name, int Count)>> NamesAsync(Guid organizationId, string providerId, DateTimeOffset since, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var rows = await db.ProviderHourDetails.AsNoTracking().Where(row => row.OrganizationId == organizationId && row.ProviderId == providerId && row.Hour >= since)
            .GroupBy(row => new { row.Kind, row.Name }).Select(group => new { group.Key.Kind, group.Key.Name, Count = group.Sum(row => row.Count) }).ToListAsync(cancel);
        return rows.ConvertAll(row => (row.Kind, row.Name, row.Count));
    }

    private static ImmutableArray<NamedCount> InOrder(IEnumerable<NamedCount> counts) => [.. counts.OrderByDescending(count => count.Count).ThenBy(count => count.Name, StringComparer.Ordinal)];

    private static LatencyHistogram HistogramOf(IEnumerable<NamedCount> buckets) =>
        buckets.Aggregate(LatencyHistogram.Empty, (histogram, bucket) => histogram.With(int.Parse(bucket.Name, CultureInfo.InvariantCulture), bucket.Count));

    private static HourCounts CountsOf(ProviderHourRow row) => new()
    {
        Mails = row.Mails,
        Passed = row.Passed,
        Aligned = row.Aligned,
        OtherSenders = row.OtherSenders,
        Deliveries = row.Deliveries,
        Active = row.Active,
        Opens = row.Opens,
        Acted = row.Acted,
        Done = row.Done,
        Refused = row.Refused,
        Broken = row.Broken,
        NotSent = row.NotSent,
        Unanswered = row.Unanswered,
        Complaints = row.Complaints,
    };
}
