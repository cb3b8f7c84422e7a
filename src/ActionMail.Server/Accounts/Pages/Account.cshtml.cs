using ActionMail.Server.Accounts.Devices;
using ActionMail.Server.Accounts.Local;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers.Consent;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Accounts.Pages;

/// <summary>A sender whose cards the person has stopped.</summary>
internal sealed record StoppedSenderView(string ProviderId, string Name, DateTimeOffset At);

/// <summary>What is known of a person here, and what only they decide: how they sign in, which programs act for them, and whether cards act.</summary>
internal sealed class AccountModel(
    AddressBook addresses, IDbContextFactory<ActionMailDb> contexts, AccessTokens tokens, Passkeys passkeys, LocalAccounts local, CardSwitches switches, Sessions sessions,
    IOptions<AccountOptions> accounts, IOptions<ServerOptions> server, TimeProvider time) : AccountPage(addresses)
{
    private readonly AddressBook _addresses = addresses;

    internal bool IsEmulator => server.Value.Mode == ServerMode.Emulator;

    internal bool HasLocalAccounts => accounts.Value.Local.Enabled;

    internal string Organization { get; private set; } = "";

    /// <summary>The issuers that the person has signed in with.</summary>
    internal IReadOnlyList<string> Issuers { get; private set; } = [];

    internal bool HasPassword { get; private set; }

    /// <summary>Whether the session is fresh enough to change how one signs in.</summary>
    internal bool IsFresh { get; private set; }

    internal IReadOnlyList<PasskeyView> PasskeyList { get; private set; } = [];

    internal IReadOnlyList<AccessTokenView> Tokens { get; private set; } = [];

    internal bool HasCardsOff { get; private set; }

    internal IReadOnlyList<StoppedSenderView> Stopped { get; private set; } = [];

    internal string? PasswordFault { get; private set; }

    public Task OnGetAsync(CancellationToken cancel) => PrepareAsync(cancel);

    public async Task<IActionResult> OnPostCardsAsync(bool on, CancellationToken cancel)
    {
        await switches.TurnAsync(Me, on, cancel);
        return Back("cards");
    }

    public async Task<IActionResult> OnPostAllowAsync(string provider, CancellationToken cancel)
    {
        await switches.AllowAsync(Me, provider, cancel);
        return Back("cards");
    }

    public async Task<IActionResult> OnPostRevokeTokenAsync(Guid id, CancellationToken cancel) => await tokens.RevokeAsync(Me, id, From, cancel) ? Back("programs") : NotFound();

    public async Task<IActionResult> OnPostRemovePasskeyAsync(string id, CancellationToken cancel)
    {
        if (!await sessions.IsFreshAsync(User, cancel))
            return ConfirmFirst();
        return await passkeys.RemoveAsync(Me, id, From, cancel) ? Back("sign-in") : NotFound();
    }

    public async Task<IActionResult> OnPostPasswordAsync(string? password, CancellationToken cancel)
    {
        if (!HasLocalAccounts)
            return NotFound();
        if (!await sessions.IsFreshAsync(User, cancel))
            return ConfirmFirst();
        PasswordFault = PasswordRules.FaultOf(password ?? "", Me);
        if (PasswordFault is not null)
        {
            await PrepareAsync(cancel);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        // Every session has ended with the old password; this browser gets another.
        if (await local.ChangeAsync(Me, password!, From, cancel) is { } changed)
            await sessions.RenewAsync(HttpContext, new(changed, SignInWay.Password, time.GetUtcNow(), From), cancel);
        return Back("sign-in");
    }

    private RedirectResult Back(string section) => Redirect($"/account#{section}");

    private LocalRedirectResult ConfirmFirst() => LocalRedirect("/sign-in/again?returnUrl=%2Faccount");

    private async Task PrepareAsync(CancellationToken cancel)
    {
        var me = Me;
        Organization = _addresses.FindOrganization(me.OrganizationId)?.Name ?? "";
        IsFresh = await sessions.IsFreshAsync(User, cancel);
        Tokens = await tokens.ListAsync(me, cancel);
        HasPassword = await local.HasPasswordAsync(me, cancel);
        PasskeyList = await passkeys.ListAsync(me, cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        Issuers = await db.PersonLogins.AsNoTracking().Where(row => row.OrganizationId == me.OrganizationId && row.PersonId == me.Id)
            .Select(row => row.Issuer).ToListAsync(cancel);
        HasCardsOff = await db.People.Where(row => row.OrganizationId == me.OrganizationId && row.Id == me.Id).Select(row => row.CardsOff).SingleAsync(cancel);
        Stopped = await db.StoppedSenders.AsNoTracking().Where(row => row.OrganizationId == me.OrganizationId && row.PersonId == me.Id).OrderBy(row => row.At)
            .Select(row => new StoppedSenderView(row.ProviderId,
                db.Providers.Where(provider => provider.Id == row.ProviderId).Select(provider => provider.Name).FirstOrDefault() ?? "",
                row.At))
            .ToListAsync(cancel);
    }
}
