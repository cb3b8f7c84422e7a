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
                views.TellMessage(copy.PersonId, new("peer", copy.Id));
        }
    }
}
