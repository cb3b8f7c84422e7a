using ActionMail.Protocol.Addresses;
using ActionMail.Server.Accounts.Local;
using ActionMail.Server.Accounts.OpenId;
using ActionMail.Server.Inbox;
using ActionMail.Server.Operations;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Accounts.Pages;

/// <summary>
/// The ways to sign in that this installation has: the emulator's, where one picks who one is; the organizations' own providers; passwords and passkeys. What went wrong
/// stands on top, in words.
/// </summary>
internal sealed class SignInModel(
    AddressBook addresses, Sessions sessions, LocalAccounts local, IOptions<AccountOptions> accounts, IOptionsMonitor<OpenIdConnectOptions> providers, IOptions<ServerOptions> server,
    TimeProvider time) : PageModel
{
    internal bool IsEmulator => server.Value.Mode == ServerMode.Emulator;

    internal bool HasLocalAccounts => accounts.Value.Local.Enabled;

    internal IReadOnlyList<OpenIdProvider> Providers => accounts.Value.OpenId;

    /// <summary>Everybody, by organization.</summary>
    internal IReadOnlyList<(string Organization, IReadOnlyList<PersonView> People)> Organizations =>
        [.. addresses.Organizations.Select(organization => (organization.Name, PeopleOf(organization))).Where(group => group.Item2.Count > 0)];

    internal SignInProblem? Problem { get; private set; }

    /// <summary>The address as it was typed.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Where to go afterwards; a path of this site.</summary>
    public string ReturnUrl { get; private set; } = "/inbox";

    public void OnGet(string? returnUrl, string? problem) => (ReturnUrl, Problem) = (LocalOrInbox(returnUrl), SignInProblems.Find(problem));

    /// <summary>The way in from another site's link: on to where it leads for whoever has a session, which has come along by now.</summary>
    public IActionResult OnGetReturn(string? returnUrl)
    {
        ReturnUrl = LocalOrInbox(returnUrl);
        return SignedInPerson.Of(User) is null ? Page() : LocalRedirect(ReturnUrl);
    }

    /// <summary>A link and not a form: what a form leads to must be of this site (form-action), and the provider is not. Nothing is changed by following it.</summary>
    public async Task<IActionResult> OnGetOpenIdAsync(string? provider, string? returnUrl, CancellationToken cancel)
    {
        if (Providers.FirstOrDefault(each => each.Slug == provider) is not { } found)
            return NotFound();
        // With a link of another site the session's cookie has not come: once more from here, so that the session before ends with the new one.
        if (SameSiteBounce.Helps(Request))
        {
            await SameSiteBounce.WriteAsync(HttpContext, Request.GetEncodedPathAndQuery());
            return new EmptyResult();
        }
        ReturnUrl = LocalOrInbox(returnUrl);
        return await OpenIdDiscovery.IsReachableAsync(providers.Get(found.Scheme), cancel)
            ? Challenge(new Microsoft.AspNetCore.Authentication.AuthenticationProperties { RedirectUri = ReturnUrl }, found.Scheme)
            : Refused(SignInProblem.ProviderUnreachable);
    }

    /// <summary>The emulator's way.</summary>
    public async Task<IActionResult> OnPostAsync(string? person, string? returnUrl, CancellationToken cancel)
    {
        if (!IsEmulator)
            return NotFound();
        if (!EmailAddress.TryParse(person ?? "", out var address) || addresses.Find(address) is not { } found)
            return BadRequest();
        return await EnterAsync(found, SignInWay.Emulator, returnUrl, cancel);
    }

    public async Task<IActionResult> OnPostPasswordAsync(string? address, string? password, string? returnUrl, CancellationToken cancel)
    {
        if (!HasLocalAccounts)
            return NotFound();
        if (await local.CheckAsync(HttpContext, address ?? "", password ?? "", cancel) is { } found)
            return await EnterAsync(found, SignInWay.Password, returnUrl, cancel);
        (Address, ReturnUrl) = (address ?? "", LocalOrInbox(returnUrl));
        return Refused(SignInProblem.WrongPassword);
    }

    private async Task<IActionResult> EnterAsync(Person person, SignInWay way, string? returnUrl, CancellationToken cancel)
    {
        await sessions.RenewAsync(HttpContext, new(person, way, time.GetUtcNow(), RemoteAddress.Of(HttpContext)), cancel);
        return LocalRedirect(LocalOrInbox(returnUrl));
    }

    private PageResult Refused(SignInProblem problem)
    {
        Problem = problem;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private IReadOnlyList<PersonView> PeopleOf(Organization organization) =>
        [.. addresses.PeopleOf(organization.Id).Select(person => new PersonView(person.PrimaryAddress.ToString(), person.DisplayName, person.Title))];

    private string LocalOrInbox(string? url) => Url.IsLocalUrl(url) ? url : "/inbox";
}
