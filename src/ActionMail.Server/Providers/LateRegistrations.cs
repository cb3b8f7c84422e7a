using ActionMail.Server.Accounts;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Providers;

/// <summary>Registrations that are approved and not in force everywhere in time: what the dashboard asks "Registration not working?" about.</summary>
internal sealed class LateRegistrations(IDbContextFactory<ActionMailDb> contexts, TimeProvider time)
{
    /// <summary>How long a node may take. It is a second, unless something is wrong.</summary>
    public static readonly TimeSpan InTime = TimeSpan.FromSeconds(10);

    /// <summary>The reader's own that is late, if there is one.</summary>
    public async Task<ProviderRow?> FindAsync(Person reader, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var slowest = await db.Nodes.Where(node => node.SeenAt > now - RegistryWatch.Silence).MinAsync(node => (long?)node.Version, cancel);
        if (slowest is not { } version)
            return null;
        return await db.Providers.AsNoTracking()
            .Where(row => row.Version > version && row.ActiveRevision != null && row.ChangedAt < now - InTime && row.OrganizationId == reader.OrganizationId
                && db.ProviderOwners.Any(owner => owner.OrganizationId == row.OrganizationId && owner.ProviderId == row.Id && owner.PersonId == reader.Id))
            .OrderBy(row => row.Version).FirstOrDefaultAsync(cancel);
    }
}
