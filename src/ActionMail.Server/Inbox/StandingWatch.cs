using ActionMail.Server.Persistence;
using ActionMail.Server.Providers;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Inbox;

/// <summary>
/// Tells the open views when a registration, a consent or a switch has changed under their messages, whichever node changed it: a message of a suspended provider loses its actions while somebody
/// looks at it, and has them back when that is lifted.
/// </summary>
internal sealed class StandingWatch(ProviderRegistry registry, LiveViews views, IDbContextFactory<ActionMailDb> contexts, TimeProvider time, ILogger<StandingWatch> log) : BackgroundService
{
    private long? _told;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
                await Task.Delay(RegistryWatch.Pause, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        var version = registry.Running.Version;
        if (version == _told)
            return;
        try
        {
            // Before the first look nobody has seen anything else.
            if (_told is { } before && views.Now is { IsEmpty: false } open)
                await TellAsync(before, open, cancel);
            _told = version;
        }
        catch (Exception error) when (StoreFault.IsIn(error))
        {
            log.NotTold(error);
        }
    }

    private async Task TellAsync(long before, OpenViews open, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var changed = (await db.Providers.Where(row => row.Version > before).Select(row => row.Id).ToListAsync(cancel)).ToHashSet(StringComparer.Ordinal);
        if (changed.Count == 0)
        {
            // Then it was a consent or a switch: they are few, and may concern anybody.
            views.TellAll("standing", "changed");
            return;
        }
        // From the few that are looked at, not from the provider: it may have a million.
        var copies = await db.Messages.AsNoTracking().Where(row => open.Organizations.Contains(row.OrganizationId) && open.Messages.Contains(row.Id))
            .Select(row => new { row.PersonId, row.Id, row.ProviderId }).ToListAsync(cancel);
        foreach (var copy in copies.Where(row => row.ProviderId is { } id && changed.Contains(id)))
            views.TellMessage(copy.PersonId, new("standing", copy.Id));
        foreach (var person in open.Lists)
            views.TellList(person, new("changed", Guid.Empty));
    }
}

internal static partial class StandingLog // 1740–1749
{
    [LoggerMessage(1740, LogLevel.Warning, "The open views could not be told of changed registrations; they are told in a second")]
    public static partial void NotTold(this ILogger logger, Exception error);
}
