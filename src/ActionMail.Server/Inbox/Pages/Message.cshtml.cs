using ActionMail.Server.Accounts;
using ActionMail.Server.Outbound;
using Microsoft.AspNetCore.Mvc;

namespace ActionMail.Server.Inbox.Pages;

internal sealed class MessageModel(InboxQueries inbox, SentMails sent, SenderControls controls, AddressBook addresses) : InboxPage
{
    internal MessageView Message { get; private set; } = null!;
    internal IReadOnlyList<SentView> Sent { get; private set; } = [];
    internal SenderControlsView Controls { get; private set; } = null!;
    internal ListPane Pane { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (addresses.Find(Reader.OrganizationId, Reader.Id) is not { } person || await inbox.ReadAsync(Reader, id, cancel) is not { } message)
            return NotFound();
        Message = message;
        Sent = await sent.OfMessageAsync(Reader, id, cancel);
        Controls = (await controls.FindAsync(person, id, cancel))!;
        Pane = new(await inbox.ListAsync(Reader, before: null, cancel), id, IsWholePage: false, IsNewestPage: true);
        return Page();
    }

    public Task<IActionResult> OnPostJunkAsync(Guid id, CancellationToken cancel) => ApplyAsync(id, SenderControl.Junk, cancel);

    public Task<IActionResult> OnPostNotJunkAsync(Guid id, CancellationToken cancel) => ApplyAsync(id, SenderControl.NotJunk, cancel);

    public Task<IActionResult> OnPostStopAsync(Guid id, CancellationToken cancel) => ApplyAsync(id, SenderControl.Stop, cancel);

    public Task<IActionResult> OnPostAllowAsync(Guid id, CancellationToken cancel) => ApplyAsync(id, SenderControl.Allow, cancel);

    private async Task<IActionResult> ApplyAsync(Guid id, SenderControl control, CancellationToken cancel) =>
        addresses.Find(Reader.OrganizationId, Reader.Id) is { } person && await controls.ApplyAsync(person, id, control, cancel) ? LocalRedirect($"/inbox/{id:D}") : NotFound();
}
