using System.Collections.Immutable;
using System.Globalization;
using ActionMail.Protocol.Providers;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Providers.Health;

/// <summary>How one of several providers did over a range.</summary>
internal sealed record ProviderFigures(ProviderRow Provider, HourCounts Counts, LatencyHistogram Latency);

/// <summary>The figures of many providers beside each other, added up by the store. Who may read them is asked before.</summary>
internal sealed class HealthOverview(IDbContextFactory<ActionMailDb> contexts)
{
    /// <summary>In the order of the rows, one for each.</summary>
    public async Task<ImmutableArray<ProviderFigures>> OfAsync(ImmutableArray<ProviderRow> providers, DateTimeOffset since, CancellationToken cancel)
    {
        var ids = providers.Select(row => row.Id).ToList();
        var organizations = providers.Select(row => row.OrganizationId).Distinct().ToList();
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var counts = await db.ProviderHours.AsNoTracking()
            .Where(row => organizations.Contains(row.OrganizationId) && ids.Contains(row.ProviderId) && row.Hour >= since)
            .GroupBy(row => row.ProviderId)
            .Select(hours => new
            {
                Id = hours.Key,
                Counts = new HourCounts
                {
                    Deliveries = hours.Sum(row => row.Deliveries),
                    Active = hours.Sum(row => row.Active),
                    Opens = hours.Sum(row => row.Opens),
                    Acted = hours.Sum(row => row.Acted),
                    Done = hours.Sum(row => row.Done),
                    Refused = hours.Sum(row => row.Refused),
                    Broken = hours.Sum(row => row.Broken),
                    NotSent = hours.Sum(row => row.NotSent),
                    Unanswered = hours.Sum(row => row.Unanswered),
                    Complaints = hours.Sum(row => row.Complaints),
                },
            }).ToDictionaryAsync(row => row.Id, row => row.Counts, cancel);
        var answers = (await db.ProviderHourDetails.AsNoTracking()
            .Where(row => organizations.Contains(row.OrganizationId) && ids.Contains(row.ProviderId) && row.Hour >= since && row.Kind == HourDetail.Latency)
            .GroupBy(row => new { row.ProviderId, row.Name })
            .Select(bucket => new { bucket.Key.ProviderId, bucket.Key.Name, Count = bucket.Sum(row => row.Count) }).ToListAsync(cancel)).ToLookup(row => row.ProviderId);
        return
        [
            .. providers.Select(row => new ProviderFigures(row, counts.GetValueOrDefault(row.Id, new()),
                answers[row.Id].Aggregate(LatencyHistogram.Empty, (histogram, bucket) => histogram.With(int.Parse(bucket.Name, CultureInfo.InvariantCulture), bucket.Count)))),
        ];
    }
}
