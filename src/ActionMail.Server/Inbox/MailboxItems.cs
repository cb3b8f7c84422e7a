using ActionMail.Server.Accounts;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Inbox;

/// <summary>A message that an item id names.</summary>
internal sealed record MailboxItem(Guid Id, string Subject, AddressState From, DateTimeOffset ReceivedAt);

/// <summary>
/// What the <c>itemId</c> of a card's <c>Action.DisplayMessageForm</c> or <c>Action.DisplayAppointmentForm</c> names: our own id of a message, or its
/// Message-ID with or without the brackets. Looked for in the asking person's mailbox and nowhere else, so that an id cannot be tried out.
/// </summary>
internal sealed class MailboxItems(IDbContextFactory<ActionMailDb> contexts)
{
    /// <summary>The person's own message, the newest where a Message-ID names several, or null.</summary>
    public async Task<MailboxItem?> FindAsync(Person owner, string itemId, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var mine = db.Messages.AsNoTracking().Where(row => row.OrganizationId == owner.OrganizationId && row.PersonId == owner.Id);
        var isOurs = Guid.TryParseExact(itemId, "D", out var id);
        var messageId = itemId is ['<', .., '>'] ? itemId : $"<{itemId}>";
        var named = isOurs ? mine.Where(row => row.Id == id) : mine.Where(row => row.InternetMessageId == messageId);
        return await named.OrderByDescending(row => row.ReceivedAt)
            .Select(row => new MailboxItem(row.Id, row.Subject, new(row.FromAddress, row.FromName), row.ReceivedAt)).FirstOrDefaultAsync(cancel);
    }
}
