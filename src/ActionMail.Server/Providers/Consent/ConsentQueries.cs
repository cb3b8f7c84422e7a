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

/// <summary>Reading one consent; all of them are <see cref="ConsentList"/>. dashboard.md "Admin consent".</summary>
internal sealed class ConsentQueries(IDbContextFactory<ActionMailDb> contexts)
{
    /// <summary>A Global provider, or null where the reader's organization has nothing to say to it.</summary>
    public async Task<ConsentView?> FindAsync(Person reader, string providerId, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var consent = await db.Consents.AsNoTracking().SingleOrDefaultAsync(row => row.OrganizationId == reader.OrganizationId && row.ProviderId == providerId, cancel);
        var provider = await db.Providers.AsNoTracking().SingleOrDefaultAsync(row => row.Id == providerId, cancel);
        var runsForAll = provider is { Scope: ProviderScope.Global, ActiveRevision: not null, State: ProviderState.Approved };
        return provider is not null && (runsForAll || consent is { RevokedAt: null }) ? new(provider, consent) : null;
    }
}
