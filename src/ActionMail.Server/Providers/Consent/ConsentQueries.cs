using ActionMail.Protocol.Providers;
using ActionMail.Server.Accounts;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Providers.Consent;

/// <summary>A Global provider that is in force, and what an organization has said to it.</summary>
internal sealed record ConsentView(ProviderRow Provider, ConsentRow? Consent)
{
    public bool IsGranted => Consent is { RevokedAt: null };
}

/// <summary>Reading an organization's consents. dashboard.md "Admin consent".</summary>
internal sealed class ConsentQueries(IDbContextFactory<ActionMailDb> contexts)
{
    /// <summary>All Global providers that run, by name, and those that consent was given to and that run no more.</summary>
    public async Task<List<ConsentView>> ListAsync(Person reader, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var consents = await db.Consents.AsNoTracking().Where(row => row.OrganizationId == reader.OrganizationId).ToDictionaryAsync(row => row.ProviderId, cancel);
        var given = consents.Values.Where(row => row.RevokedAt is null).Select(row => row.ProviderId).ToList();
        var providers = await db.Providers.AsNoTracking()
            .Where(row => (row.IsGlobal && row.Scope == ProviderScope.Global && row.ActiveRevision != null && row.State == ProviderState.Approved) || given.Contains(row.Id))
            .OrderBy(row => row.Name).ThenBy(row => row.Id).ToListAsync(cancel);
        return [.. providers.Select(row => new ConsentView(row, consents.GetValueOrDefault(row.Id)))];
    }

    /// <summary>One of them, or null where the reader's organization has nothing to say to it.</summary>
    public async Task<ConsentView?> FindAsync(Person reader, string providerId, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var consent = await db.Consents.AsNoTracking().SingleOrDefaultAsync(row => row.OrganizationId == reader.OrganizationId && row.ProviderId == providerId, cancel);
        var provider = await db.Providers.AsNoTracking().SingleOrDefaultAsync(row => row.Id == providerId, cancel);
        var runsForAll = provider is { Scope: ProviderScope.Global, ActiveRevision: not null, State: ProviderState.Approved };
        return provider is not null && (runsForAll || consent is { RevokedAt: null }) ? new(provider, consent) : null;
    }
}
