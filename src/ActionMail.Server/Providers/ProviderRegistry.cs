using System.Collections.Immutable;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers.Invitations;
using ActionMail.Server.Providers.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Providers;

/// <summary>
/// The running registrations, keys imported, for every message and click. A change here is taken up before its caller hears of it, a change by another node within a
/// second; and nobody clicks by a reading that is older than five (security D-05).
/// </summary>
internal sealed class ProviderRegistry(
    IDbContextFactory<ActionMailDb> contexts, PlatformProvider platform, IOptions<ServerOptions> options, IOptions<ProviderOptions> providers, TimeProvider time)
{
    /// <summary>The oldest reading that a click may be judged by.</summary>
    public static readonly TimeSpan MostStale = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _reloading = new(1);
    private volatile Snapshot _now = new(
        ImmutableDictionary.Create<string, ProviderRegistration>(StringComparer.Ordinal).Add(PlatformProvider.Id, platform.Registration), Version: 0, DateTimeOffset.MinValue, DateTimeOffset.MinValue);

    /// <summary>Up to which version of the registry the store has been read, and when that reading changed anything last.</summary>
    public (long Version, DateTimeOffset LoadedAt) Running => (_now.Version, _now.LoadedAt);

    /// <summary>The registration with an originator id in lower case, or null.</summary>
    public ProviderRegistration? Find(string id) => _now.ById.GetValueOrDefault(id);

    /// <summary>
    /// Who else's key has a thumbprint: a copied public key would let one provider's cards pass for another's. Security J-01. Where a key is for test users alone nobody has
    /// shown to have it, and whoever copies it there must not keep its holder out.
    /// </summary>
    public KeyHolder HolderOf(string thumbprint, string exceptId, Guid organizationId)
    {
        if (platform.Registration.Keys.Any(key => key.Thumbprint == thumbprint))
            return KeyHolder.Platform;
        return _now.ById.Values.Any(provider => provider.Id != exceptId && provider.OrganizationId != organizationId && provider.Scope != ProviderScope.TestUsers
            && provider.Keys.Any(key => key.Thumbprint == thumbprint))
            ? KeyHolder.OtherProvider
            : KeyHolder.Nobody;
    }

    /// <summary>Takes up what has changed since the last reading. One at a time: an older reading must not replace a newer one.</summary>
    public async Task ReloadAsync(CancellationToken cancel)
    {
        await _reloading.WaitAsync(cancel);
        try
        {
            _now = await ReadAsync(_now, cancel);
        }
        finally
        {
            _reloading.Release();
        }
    }

    /// <summary>Reads the store again where the last reading is too old to click by.</summary>
    public Task EnsureFreshAsync(CancellationToken cancel) => time.GetUtcNow() - _now.CheckedAt > MostStale ? ReloadAsync(cancel) : Task.CompletedTask;

    private async Task<Snapshot> ReadAsync(Snapshot before, CancellationToken cancel)
    {
        var checkedAt = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var version = await db.RegistryVersions.AsNoTracking().Select(row => row.Version).SingleAsync(cancel);
        if (version == before.Version)
            return before with { CheckedAt = checkedAt };
        var changed = await db.Providers.AsNoTracking().Where(row => row.Version > before.Version || before.Version == 0).ToListAsync(cancel);
        var running = await db.Providers.AsNoTracking()
            .Where(provider => (provider.Version > before.Version || before.Version == 0) && provider.ActiveRevision != null)
            .Join(db.ProviderRevisions, provider => new { provider.OrganizationId, provider.Id, Number = provider.ActiveRevision!.Value },
                revision => new { revision.OrganizationId, Id = revision.ProviderId, revision.Number }, (provider, revision) => new { provider, revision.Content, revision.SubmitterId })
            .ToListAsync(cancel);
        // Whom the operator lists is vouched for: there is nobody to ask in whose name.
        var asking = providers.Value.AsksTestUsers(options.Value.Mode)
            ? running.Where(row => row.provider.Scope == ProviderScope.TestUsers && row.SubmitterId is not null).Select(row => row.provider.Id).ToHashSet(StringComparer.Ordinal)
            : [];
        var counted = await CountedTestUsers.ReadAsync(db, asking, cancel);
        var ids = before.ById.RemoveRange(changed.Select(row => row.Id)).SetItems(running
            .Select(row => RegisteredContent.FromJson(row.Content).RunAs(row.provider, options.Value.UrlPolicy))
            .Select(registration => KeyValuePair.Create(registration.Id, asking.Contains(registration.Id) ? counted.Of(registration) : registration)));
        return new(ids, version, checkedAt, checkedAt);
    }

    private sealed record Snapshot(ImmutableDictionary<string, ProviderRegistration> ById, long Version, DateTimeOffset LoadedAt, DateTimeOffset CheckedAt);
}
