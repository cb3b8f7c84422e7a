using System.Collections.Immutable;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Names;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers.Platform;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Providers.Approval;

/// <summary>A provider's name, beside another that looks like it.</summary>
internal sealed record NamedProvider(string Id, string Name);

/// <summary>The registered names that a reader would take for a given one. Security J-07.</summary>
internal sealed class SimilarNames(IDbContextFactory<ActionMailDb> contexts)
{
    private static readonly string PlatformSkeleton = NameLikeness.Skeleton(PlatformProvider.Name);

    public async Task<ImmutableArray<NamedProvider>> ToAsync(string id, string name, CancellationToken cancel)
    {
        var skeleton = NameLikeness.Skeleton(name);
        if (skeleton.Length == 0)
            return [];
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var alike = await db.Providers.AsNoTracking()
            .Where(row => row.NameSkeleton == skeleton && row.Id != id)
            .Where(row => row.State == ProviderState.Approved || row.State == ProviderState.Suspended || row.PendingRevision != null)
            .OrderBy(row => row.CreatedAt).Select(row => new NamedProvider(row.Id, row.Name)).ToListAsync(cancel);
        return skeleton == PlatformSkeleton ? [.. alike, new(PlatformProvider.Id, PlatformProvider.Name)] : [.. alike];
    }
}
