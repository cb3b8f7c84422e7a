using ActionMail.Server.Providers.Invitations;
using Microsoft.AspNetCore.Mvc;

namespace ActionMail.Server.Providers.Pages;

/// <summary>What the reader has been asked to test, and their answers.</summary>
internal sealed class InvitationsModel(TestInvitations invitations) : DashboardPage
{
    internal IReadOnlyList<InvitationView> Invitations { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Invitations = await invitations.OfAsync(Reader, cancel);

    public Task<IActionResult> OnPostAcceptAsync(string? provider, CancellationToken cancel) => AnswerAsync(provider, accepts: true, cancel);

    public Task<IActionResult> OnPostDeclineAsync(string? provider, CancellationToken cancel) => AnswerAsync(provider, accepts: false, cancel);

    private async Task<IActionResult> AnswerAsync(string? provider, bool accepts, CancellationToken cancel) =>
        await invitations.AnswerAsync(Reader, provider ?? "", accepts, cancel) is null ? NotFound() : LocalRedirect(InvitationCard.PagePath);
}
