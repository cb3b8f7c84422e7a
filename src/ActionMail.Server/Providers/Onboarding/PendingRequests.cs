using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Providers.Onboarding;

/// <summary>A Global revision that waits for a decision; <paramref name="Registration"/> is how it would run.</summary>
internal sealed record PendingRequest(int Revision, ProviderRegistration Registration);

/// <summary>The Global requests that wait for a decision now. They are few, and asked for only when a mail comes to the onboarding address.</summary>
internal sealed class PendingRequests(IDbContextFactory<ActionMailDb> contexts, AddressBook addresses, IOptions<ServerOptions> server)
{
    /// <summary>The newest first.</summary>
    public async Task<List<PendingRequest>> AllAsync(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var rows = await db.Providers.AsNoTracking().Where(provider => provider.IsGlobal && provider.PendingRevision != null)
            .OrderByDescending(provider => provider.ChangedAt)
            .Join(db.ProviderRevisions, provider => new { provider.OrganizationId, provider.Id, Number = provider.PendingRevision!.Value },
                revision => new { revision.OrganizationId, Id = revision.ProviderId, revision.Number }, (provider, revision) => new { provider, revision.Content, revision.Number })
            .ToListAsync(cancel);
        return
        [
            .. rows.Select(row => new PendingRequest(row.Number, AsIfApproved(row.provider, row.Content, row.Number))).Where(request => request.Registration.Scope == ProviderScope.Global),
        ];
    }

    /// <summary>The request that an address has to do with: as one of its senders, or as somebody of its organization. Of several the newest.</summary>
    public PendingRequest? ConcernedBy(EmailAddress from, IReadOnlyCollection<PendingRequest> requests) =>
        requests.FirstOrDefault(request => request.Registration.Senders.Contains(from))
        ?? (addresses.Find(from) is { } person ? requests.FirstOrDefault(request => request.Registration.OrganizationId == person.OrganizationId) : null);

    private ProviderRegistration AsIfApproved(ProviderRow row, string content, int revision) =>
        RegisteredContent.FromJson(content).RunAs(row, server.Value.UrlPolicy) with { State = ProviderState.Approved, Revision = revision };
}
