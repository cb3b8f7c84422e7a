using Microsoft.AspNetCore.Mvc;

namespace ActionMail.Server.Inbox.Pages;

internal sealed class MessageModel(InboxQueries inbox) : InboxPage
{
    internal MessageView Message { get; private set; } = null!;
    internal ListPane Pane { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (await inbox.ReadAsync(Reader, id, cancel) is not { } message)
            return NotFound();
        Message = message;
        Pane = new(await inbox.ListAsync(Reader, before: null, cancel), id, IsWholePage: false, IsNewestPage: true);
        return Page();
    }
}
