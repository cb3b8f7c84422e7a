using Microsoft.AspNetCore.Mvc;

namespace ActionMail.Server.Inbox.Pages;

internal sealed class ListModel(InboxQueries inbox) : InboxPage
{
    internal ListPane Pane { get; private set; } = null!;

    public async Task OnGetAsync(string? before, CancellationToken cancel) =>
        Pane = new(await inbox.ListAsync(Reader, before, cancel), Selected: null, IsWholePage: true, IsNewestPage: before is null);

    /// <summary>The lines alone, for a page that is open already.</summary>
    public async Task<IActionResult> OnGetLinesAsync(Guid? selected, CancellationToken cancel) =>
        Partial("/Inbox/Pages/_Lines.cshtml", new ListPane(await inbox.ListAsync(Reader, before: null, cancel), selected, IsWholePage: false, IsNewestPage: true));
}
