using System.Collections.Immutable;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Names;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Providers.Approval;

/// <summary>The registered names that a reader would take for a given one. Security J-07.</summary>
internal sealed class SimilarNames(IDbContextFactory<ActionMailDb> contexts)
{
    public async Task<ImmutableArray<NamedProvider>> ToAsync(string id, string name, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var others = await db.Providers.AsNoTracking()
            .Where(row => row.Id != id && (row.State == ProviderState.Approved || row.State == ProviderState.Suspended || row.PendingRevision != null))
            .Select(row => new NamedProvider(row.Id, row.Name)).ToListAsync(cancel);
        return NameLikeness.Alike(name, others.Append(new(Platform.PlatformProvider.Id, Platform.PlatformProvider.Name)));
    }
}
