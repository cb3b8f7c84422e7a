using System.Collections.Immutable;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Accounts;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Providers.Approval;

/// <summary>A request that waits for an approver.</summary>
internal sealed record WaitingRequest(ProviderRow Row, ProviderRevisionRow Revision, string Organization)
{
    public RegisteredContent Content { get; } = RegisteredContent.FromJson(Revision.Content);

    public string Path => FormattableString.Invariant($"/providers/{Row.Id}/review/{Revision.Number}");

    public bool IsChange => Row.ActiveRevision is not null;
}

/// <summary>What waits: for an organization's administrators in the order of its coming, for the reviewers fairly among the organizations.</summary>
internal sealed class WaitingRequests(IDbContextFactory<ActionMailDb> contexts, AddressBook addresses)
{
    private const int Most = 500;

    public Task<ImmutableArray<WaitingRequest>> OfOrganizationAsync(Person administrator, CancellationToken cancel) =>
        ReadAsync(rows => rows.Where(row => row.OrganizationId == administrator.OrganizationId && !row.IsGlobal), cancel);

    /// <summary>Security J-15: one organization that asks for a great deal holds up no other.</summary>
    public async Task<ImmutableArray<WaitingRequest>> OfReviewersAsync(CancellationToken cancel) =>
        FairQueue.Order(await ReadAsync(rows => rows.Where(row => row.IsGlobal), cancel), waiting => waiting.Row.OrganizationId);

    private async Task<ImmutableArray<WaitingRequest>> ReadAsync(Func<IQueryable<ProviderRow>, IQueryable<ProviderRow>> which, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var rows = await which(db.Providers.AsNoTracking().Where(row => row.PendingRevision != null))
            .Join(db.ProviderRevisions, row => new { row.OrganizationId, row.Id, Number = row.PendingRevision!.Value },
                revision => new { revision.OrganizationId, Id = revision.ProviderId, revision.Number }, (row, revision) => new { row, revision })
            .OrderBy(pair => pair.revision.SubmittedAt).Take(Most).ToListAsync(cancel);
        return [.. rows.Select(pair => new WaitingRequest(pair.row, pair.revision, addresses.FindOrganization(pair.row.OrganizationId)?.Name ?? ""))];
    }
}

/// <summary>Turns among those who ask: everybody's first before anybody's second.</summary>
internal static class FairQueue
{
    /// <param name="waiting">What waits, the oldest first.</param>
    /// <param name="whose">Whose turn it counts as.</param>
    public static ImmutableArray<T> Order<T, TKey>(IEnumerable<T> waiting, Func<T, TKey> whose) where TKey : notnull
    {
        var turns = new Dictionary<TKey, int>();
        // The sort is stable, so that within a turn the oldest comes first.
        return [.. waiting.Select(item => (Item: item, Turn: turns[whose(item)] = turns.GetValueOrDefault(whose(item)) + 1)).ToList().OrderBy(each => each.Turn).Select(each => each.Item)];
    }
}
