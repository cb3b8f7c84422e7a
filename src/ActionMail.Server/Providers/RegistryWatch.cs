using System.Data.Common;
using ActionMail.Server.Accounts;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers.Consent;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Providers;

/// <summary>
/// Takes up what other nodes have changed, every second, and says of this node which version it acts by: so the pages can show where, and since when, a registration is
/// in force.
/// </summary>
internal sealed class RegistryWatch(ProviderRegistry registry, AddressBook addresses, Recipients recipients, StoreWriter writer, TimeProvider time, ILogger<RegistryWatch> log) : BackgroundService
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(10);

    /// <summary>A node that has said nothing for so long does not run any more.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(45);

    private readonly NodeRow _self = new()
    {
        Id = Guid.NewGuid(),
        Name = Environment.MachineName,
        StartedAt = time.GetUtcNow(),
        SeenAt = DateTimeOffset.MinValue,
        LoadedAt = time.GetUtcNow(),
        Version = 0,
    };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await LookAsync(stoppingToken);
            try
            {
                await Task.Delay(Pause, time, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    // A store that cannot be read now is asked again in a second; clicks meanwhile ask it themselves, and say that it is away.
    private async Task LookAsync(CancellationToken cancel)
    {
        try
        {
            var before = registry.Running.Version;
            await registry.ReloadAsync(cancel);
            if (registry.Running.Version != before)
            {
                await addresses.ReloadAsync(cancel);
                await recipients.ReloadAsync(cancel);
            }
            await SignAsync(cancel);
        }
        catch (Exception error) when (error is DbException or DbUpdateException && !cancel.IsCancellationRequested)
        {
            log.NotRead(error);
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }

    private async Task SignAsync(CancellationToken cancel)
    {
        var (version, loadedAt) = registry.Running;
        var now = time.GetUtcNow();
        if (_self.Version == version && now - _self.SeenAt < SignOfLife)
            return;
        (_self.Version, _self.LoadedAt, _self.SeenAt) = (version, loadedAt, now);
        await writer.WriteAsync(db =>
        {
            db.Nodes.Where(row => row.SeenAt < now - TimeSpan.FromDays(1)).ExecuteDelete();
            if (db.Nodes.Any(row => row.Id == _self.Id))
                db.Nodes.Update(_self);
            else
                db.Nodes.Add(_self);
            return db.SaveChanges();
        }, cancel);
    }
}

internal static partial class RegistryLog // 1700–1799
{
    [LoggerMessage(1701, LogLevel.Warning, "The registrations could not be read again; they are tried again in a second")]
    public static partial void NotRead(this ILogger logger, Exception error);
}
