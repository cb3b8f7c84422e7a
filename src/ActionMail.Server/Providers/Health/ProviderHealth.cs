using System.Collections.Immutable;
using System.Globalization;
using ActionMail.Protocol.Providers;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Providers.Health;

/// <summary>One column of the charts.</summary>
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
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var hours = await db.ProviderHours.AsNoTracking().Where(row => row.OrganizationId == organizationId && row.ProviderId == providerId && row.Hour >= begin).ToListAsync(cancel);
        var details = await db.ProviderHourDetails.AsNoTracking().Where(row => row.OrganizationId == organizationId && row.ProviderId == providerId && row.Hour >= begin)
            .GroupBy(row => new { row.Kind, row.Name }).Select(group => new { group.Key.Kind, group.Key.Name, Count = group.Sum(row => row.Count) }).ToListAsync(cancel);
        var byStep = hours.ToLookup(row => (int)((row.Hour - begin) / range.Step), CountsOf);
        var steps = Enumerable.Range(0, range.Steps).Select(step => new HealthStep(begin + (range.Step * step), Sum(byStep[step]))).ToImmutableArray();
        return new(
            range, steps, Sum(steps.Select(step => step.Counts)),
            NamedOf(HourDetail.Reason), NamedOf(HourDetail.Fault),
            details.Where(row => row.Kind == HourDetail.Latency).Aggregate(LatencyHistogram.Empty, (histogram, row) => histogram.With(int.Parse(row.Name, CultureInfo.InvariantCulture), row.Count)));

        ImmutableArray<NamedCount> NamedOf(HourDetail kind) =>
            [.. details.Where(row => row.Kind == kind).OrderByDescending(row => row.Count).ThenBy(row => row.Name, StringComparer.Ordinal).Select(row => new NamedCount(row.Name, row.Count))];
    }

    private static HourCounts Sum(IEnumerable<HourCounts> counts) => counts.Aggregate(new HourCounts(), (sum, each) => sum + each);

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
