using ActionMail.Server.Accounts.Local;
using ActionMail.Server.Accounts.OpenId;
using ActionMail.Server.Operations;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Accounts.Pages;

/// <summary>Asks who is signed in to prove it once more, before something that matters. Security J-11.</summary>
internal sealed class AgainModel(
    AddressBook addresses, Sessions sessions, LocalAccounts local, IOptions<AccountOptions> accounts, IOptionsMonitor<OpenIdConnectOptions> providers, IOptions<ServerOptions> server,
    TimeProvider time) : AccountPage(addresses)
{
    private readonly AddressBook _addresses = addresses;

    internal bool IsEmulator => server.Value.Mode == ServerMode.Emulator;

    internal bool HasLocalAccounts => accounts.Value.Local.Enabled;

    /// <summary>Those of the person's own organization.</summary>
    internal IReadOnlyList<OpenIdProvider> Providers => [.. accounts.Value.OpenId.Where(provider => _addresses.FindOrganization(provider.Organization) == Me.OrganizationId)];

    internal SignInProblem? Problem { get; private set; }

    /// <summary>Where to go afterwards; a path of this site.</summary>
    public string ReturnUrl { get; private set; } = "/inbox";

    public void OnGet(string? returnUrl) => ReturnUrl = LocalOrInbox(returnUrl);

    public async Task<IActionResult> OnGetOpenIdAsync(string? provider, string? returnUrl, CancellationToken cancel)
    {
        if (Providers.FirstOrDefault(each => each.Slug == provider) is not { } found)
            return NotFound();
        ReturnUrl = LocalOrInbox(returnUrl);
        if (!await OpenIdDiscovery.IsReachableAsync(providers.Get(found.Scheme), cancel))
            return Refused(SignInProblem.ProviderUnreachable);
        return Challenge(new AuthenticationProperties { RedirectUri = ReturnUrl, Items = { [OpenIdEvents.Again] = Me.Id.ToString("D") } }, found.Scheme);
    }

    public Task<IActionResult> OnPostAsync(string? returnUrl, CancellationToken cancel) =>
        IsEmulator ? EnterAsync(SignInWay.Emulator, returnUrl, cancel) : Task.FromResult<IActionResult>(NotFound());

    public async Task<IActionResult> OnPostPasswordAsync(string? password, string? returnUrl, CancellationToken cancel)
    {
        if (!HasLocalAccounts)
            return NotFound();
        ReturnUrl = LocalOrInbox(returnUrl);
        return await local.CheckAsync(HttpContext, Me.PrimaryAddress.ToString(), password ?? "", cancel) is not null
            ? await EnterAsync(SignInWay.Password, returnUrl, cancel)
            : Refused(SignInProblem.WrongPassword);
    }

    private async Task<IActionResult> EnterAsync(SignInWay way, string? returnUrl, CancellationToken cancel)
    {
        await sessions.RenewAsync(HttpContext, new(Me, way, time.GetUtcNow(), From), cancel);
        return LocalRedirect(LocalOrInbox(returnUrl));
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Refused(SignInProblem problem)
    {
        Problem = problem;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private string LocalOrInbox(string? url) => Url.IsLocalUrl(url) ? url : "/inbox";
}
