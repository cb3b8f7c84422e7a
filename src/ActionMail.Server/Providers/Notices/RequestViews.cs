using ActionMail.Protocol.Providers;
using ActionMail.Server.Accounts;
using ActionMail.Server.Inbox;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers.Platform;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Providers.Notices;

/// <summary>The approvers' open cards about a registration. They look again when somebody has decided, whichever way: on the page, by the API, or on a card of their own.</summary>
internal sealed class RequestViews(IDbContextFactory<ActionMailDb> contexts, PlatformMailWriter writer, AddressBook addresses, LiveViews views)
{
    private const int MostRequests = 20;

    public async Task TellAsync(ProviderRow row, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var requests = await db.Notices.AsNoTracking()
            .Where(notice => notice.OrganizationId == row.OrganizationId && notice.ProviderId == row.Id && notice.Kind == NoticeKind.Requested && notice.ToldAt != null)
            .OrderByDescending(notice => notice.At).Take(MostRequests).Select(notice => notice.Id).ToListAsync(cancel);
        var ids = requests.ConvertAll(id => $"<{writer.MessageIdOf(id)}>");
        // A Global request lies with the reviewers, wherever they are; any other with the organization's own people.
        foreach (var organization in addresses.Reviewers.Select(reviewer => reviewer.OrganizationId).Append(row.OrganizationId).Distinct())
        {
            var copies = await db.Messages.AsNoTracking()
                .Where(message => message.OrganizationId == organization && ids.Contains(message.InternetMessageId) && message.ProviderId == PlatformProvider.Id)
                .Select(message => new { message.PersonId, message.Id }).ToListAsync(cancel);
            foreach (var copy in copies)
            {
                views.TellMessage(copy.PersonId, new("peer", copy.Id));
                views.TellList(copy.PersonId, new("changed", Guid.Empty));
            }
        }
    }

    /// <summary>Those of some messages that ask for a decision which is no longer to be made. Their card says so as soon as it is opened; a list says it before.</summary>
    public async Task<HashSet<Guid>> ClosedAsync(IEnumerable<MessageRow> messages, CancellationToken cancel)
    {
        var asking = messages.Where(row => row.ProviderId == PlatformProvider.Id)
            .Select(row => (row.Id, Notice: PlatformMailWriter.NoticeOf(row.InternetMessageId))).Where(pair => pair.Notice is not null).ToList();
        if (asking.Count == 0)
            return [];
        var ids = asking.ConvertAll(pair => pair.Notice!.Value);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var closed = await db.Notices.AsNoTracking().Where(notice => ids.Contains(notice.Id) && notice.Kind == NoticeKind.Requested)
            .Join(db.ProviderRevisions.Where(revision => revision.State != ProviderState.Submitted), notice => new { notice.OrganizationId, notice.ProviderId, Number = notice.Revision },
                revision => new { revision.OrganizationId, revision.ProviderId, revision.Number }, (notice, _) => notice.Id).ToListAsync(cancel);
        return [.. asking.Where(pair => closed.Contains(pair.Notice!.Value)).Select(pair => pair.Id)];
    }
}
