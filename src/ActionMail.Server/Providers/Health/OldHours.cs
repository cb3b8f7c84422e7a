using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Providers.Health;

/// <summary>Throws away the hourly counts that are older than <see cref="ProviderOptions.HealthDays"/>, at the start and once a day.</summary>
internal sealed class OldHours(IDbContextFactory<ActionMailDb> contexts, StoreWriter writer, IOptions<ProviderOptions> options, TimeProvider time, ILogger<OldHours> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromDays(1);

    /// <summary>One round. Each provider's go in a write of their own, by the key, so that no mail waits for long.</summary>
    public async Task DropAsync(CancellationToken cancel)
    {
        var before = HourCounter.HourOf(time.GetUtcNow() - TimeSpan.FromDays(options.Value.HealthDays));
        foreach (var (organization, provider) in await WithOlderAsync(before, cancel))
        {
            await writer.WriteAsync(db =>
                db.ProviderHours.Where(row => row.OrganizationId == organization && row.ProviderId == provider && row.Hour < before).ExecuteDelete()
                + db.ProviderHourDetails.Where(row => row.OrganizationId == organization && row.ProviderId == provider && row.Hour < before).ExecuteDelete(), cancel);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await DropAsync(stoppingToken);
                await Task.Delay(Pause, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (StoreFault.IsIn(error))
            {
                log.NotDropped(error);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<List<(Guid Organization, string Provider)>> WithOlderAsync(DateTimeOffset before, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var counts = db.ProviderHours.Where(row => row.Hour < before).Select(row => new { row.OrganizationId, row.ProviderId });
        var details = db.ProviderHourDetails.Where(row => row.Hour < before).Select(row => new { row.OrganizationId, row.ProviderId });
        return [.. (await counts.Union(details).ToListAsync(cancel)).Select(row => (row.OrganizationId, row.ProviderId))];
    }
}

internal static partial class OldHoursLog // 1750–1759
{
    [LoggerMessage(1750, LogLevel.Warning, "Old counts could not be thrown away; they are tomorrow")]
    public static partial void NotDropped(this ILogger logger, Exception error);
}
