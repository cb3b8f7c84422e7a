using ActionMail.Server.Accounts.Local;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Accounts.Pages;

/// <summary>Where an invitation's link leads: a person sets a password, or makes a passkey, and is signed in. Looking at the page uses nothing up.</summary>
internal sealed class InvitationModel(
    Invitations invitations, LocalAccounts local, AddressBook addresses, Sessions sessions, IOptions<AccountOptions> accounts, TimeProvider time) : PageModel
{
    /// <summary>Whom the link is for; null where it is used up.</summary>
    internal Person? Invited { get; private set; }

    internal string Organization { get; private set; } = "";

    internal string Token { get; private set; } = "";

    internal string? Fault { get; private set; }

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancel) => await FindAsync(token, cancel);

    public async Task<IActionResult> OnPostAsync(string token, string? password, CancellationToken cancel)
    {
        var page = await FindAsync(token, cancel);
        if (Invited is not { } person)
            return page;
        Fault = PasswordRules.FaultOf(password ?? "", person);
        if (Fault is not null)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return page;
        }
        if (await local.AcceptAsync(token, person, password!, RemoteAddress.Of(HttpContext), cancel) is not { } accepted)
            return await FindAsync(token, cancel);
        await sessions.RenewAsync(HttpContext, new(accepted, SignInWay.Invitation, time.GetUtcNow(), RemoteAddress.Of(HttpContext)), cancel);
        return LocalRedirect("/inbox");
    }

    private async Task<IActionResult> FindAsync(string token, CancellationToken cancel)
    {
        if (!accounts.Value.Local.Enabled)
            return NotFound();
        (Token, Invited) = (token, await invitations.FindAsync(token, cancel));
        if (Invited is null)
            Response.StatusCode = StatusCodes.Status410Gone;
        else
            Organization = addresses.FindOrganization(Invited.OrganizationId)?.Name ?? "";
        return Page();
    }
}
