using System.Collections.Frozen;
using ActionMail.Protocol.Providers;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Providers;

/// <summary>
/// The running registrations, keys imported, for every message and click. Changed only together with the store, so a suspension stops the next click.
/// </summary>
internal sealed class ProviderRegistry(IDbContextFactory<ActionMailDb> contexts, IOptions<ServerOptions> options)
{
    private readonly SemaphoreSlim _reloading = new(1);
    private volatile FrozenDictionary<string, ProviderRegistration> _byId = FrozenDictionary<string, ProviderRegistration>.Empty;

    /// <summary>The registration with an originator id in lower case, or null.</summary>
    public ProviderRegistration? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Takes up what the store says now. One reload at a time: an older reading must not replace a newer one.</summary>
    public async Task ReloadAsync(CancellationToken cancel)
    {
        await _reloading.WaitAsync(cancel);
        try
        {
            _byId = await ReadAsync(cancel);
        }
        finally
        {
            _reloading.Release();
        }
    }

    private async Task<FrozenDictionary<string, ProviderRegistration>> ReadAsync(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var running = await db.Providers.AsNoTracking()
            .Where(provider => provider.ActiveRevision != null)
            .Join(db.ProviderRevisions, provider => new { provider.OrganizationId, provider.Id, Number = provider.ActiveRevision!.Value },
                revision => new { revision.OrganizationId, Id = revision.ProviderId, revision.Number }, (provider, revision) => new { provider, revision.Content })
            .ToListAsync(cancel);
        return running
            .Select(row => ProviderContent.FromJson(row.Content).ToRegistration(row.provider, options.Value.UrlPolicy))
            .ToFrozenDictionary(provider => provider.Id, StringComparer.Ordinal);
    }
}
