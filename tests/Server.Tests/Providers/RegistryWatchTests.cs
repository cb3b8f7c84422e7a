using System.Diagnostics;
using ActionMail.Protocol.Providers;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers;
using ActionMail.Server.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActionMail.Server.Tests.Providers;

/// <summary>What another node has changed in the store is in force here within seconds, and the nodes say so. Security D-05.</summary>
public sealed class RegistryWatchTests(SharedPlatform shared) : IClassFixture<SharedPlatform>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_suspension_by_another_node_is_in_force_here_within_seconds()
    {
        using var provider = new StubProvider();
        await shared.RegisteredAsync(provider);
        var registry = shared.Running.Services.GetRequiredService<ProviderRegistry>();
        var id = await shared.Running.ReadAsync(db => db.Providers.AsNoTracking().OrderByDescending(row => row.Version).Select(row => row.Id).FirstAsync());
        Assert.Equal(ProviderState.Approved, registry.Find(id)!.State);

        await ElsewhereAsync(id);

        Assert.True(await ComesTrueAsync(() => Task.FromResult(registry.Find(id)!.State == ProviderState.Suspended)));
        var version = await shared.Running.ReadAsync(db => db.RegistryVersions.AsNoTracking().Select(row => row.Version).SingleAsync());
        Assert.True(await ComesTrueAsync(() => shared.Running.ReadAsync(db => db.Nodes.AsNoTracking().AnyAsync(node => node.Version == version))));
    }

    // As a process beside this one would: past this one's writer and memory.
    private async Task ElsewhereAsync(string id)
    {
        await using var db = await shared.Running.Services.GetRequiredService<IDbContextFactory<ActionMailDb>>().CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var row = await db.Providers.SingleAsync(row => row.Id == id);
        row.State = ProviderState.Suspended;
        row.Version = RegistryVersion.Next(db);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private static async Task<bool> ComesTrueAsync(Func<Task<bool>> holds)
    {
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < Soon; await Task.Delay(50))
        {
            if (await holds())
                return true;
        }
        return false;
    }
}
