using ActionMail.Server.Outbound;
using Microsoft.AspNetCore.Mvc;

namespace ActionMail.Server.Inbox.Pages;

internal sealed class MessageModel(InboxQueries inbox, SentMails sent) : InboxPage
{
    internal MessageView Message { get; private set; } = null!;
    internal IReadOnlyList<SentView> Sent { get; private set; } = [];
    internal ListPane Pane { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (await inbox.ReadAsync(Reader, id, cancel) is not { } message)
            return NotFound();
        Message = message;
        Sent = await sent.OfMessageAsync(Reader, id, cancel);
        Pane = new(await inbox.ListAsync(Reader, before: null, cancel), id, IsWholePage: false, IsNewestPage: true);
        return Page();
    }
}
