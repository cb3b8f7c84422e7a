using Microsoft.AspNetCore.Mvc;

namespace ActionMail.Server.Inbox.Pages;

internal sealed class WhyModel(InboxQueries inbox) : InboxPage
{
    internal WhyView Why { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (await inbox.WhyAsync(Reader, id, cancel) is not { } why)
            return NotFound();
        Why = why;
        return Page();
    }
}
