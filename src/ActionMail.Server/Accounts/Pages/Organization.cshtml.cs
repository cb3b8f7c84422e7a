using System.Diagnostics;
using System.Globalization;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Accounts.Domains;
using ActionMail.Server.Intake;
using ActionMail.Server.Operations;
using ActionMail.Server.Outbound;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers.Consent;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Accounts.Pages;

/// <summary>A mail domain or host of the organization, with how far it is proven.</summary>
internal sealed record DomainView(string Domain, bool IsForMail, DomainProofRow? Proof)
{
    /// <summary>The operator vouches for a domain that nobody had to prove.</summary>
    public bool IsProven => Proof is null or { ProvenAt: not null, LostAt: null };

    public string RecordName => $"{DomainLook.Label}.{Domain}";

    public string RecordText => DomainLook.TextOf(Proof?.Token ?? "");
}

/// <summary>A link to hand over to somebody: it is shown once.</summary>
internal sealed record InvitationView(string Name, string Link, bool WasMailed);

/// <summary>The organization as its administrators run it: its name, its people, its domains and what holds for all its cards.</summary>
internal sealed class OrganizationModel(
    AddressBook addresses, OrganizationPeople people, OrganizationSettings settings, CardSwitches switches,
    ClaimDomain claim, CheckDomain check, PlatformAddresses platform, SendNotice notices,
    IDbContextFactory<ActionMailDb> contexts, IOptions<AccountOptions> accounts) : AdministratorPage(addresses)
{
    private readonly AddressBook _addresses = addresses;
    private (string Place, string Words) _fault = ("", "");

    internal string Name { get; private set; } = "";

    internal IReadOnlyList<MemberView> Members { get; private set; } = [];

    /// <summary>What the people are searched for, in their names and addresses.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>The page of the people that is shown, from 1.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Number { get; set; }

    internal ListFoot Foot { get; private set; } = null!;

    internal IReadOnlyList<DomainView> Domains { get; private set; } = [];

    internal bool HasCardsOff { get; private set; }

    internal bool RequiresConsent { get; private set; }

    internal SenderDemand Demand { get; private set; }

    internal bool HasLocalAccounts => accounts.Value.Local.Enabled;

    internal string ProofAddress => platform.DomainProof.ToString();

    internal InvitationView? Invitation { get; private set; }

    /// <summary>Why something was not done, at the section or the field that it is about; empty where nothing was wrong.</summary>
    internal string FaultAt(string place) => HasFaultAt(place) ? _fault.Words : "";

    internal bool HasFaultAt(string place) => _fault.Place == place;

    /// <summary>What was typed, to be there again after a fault.</summary>
    internal (string Address, string Name, string Title, string SendTo) Typed { get; private set; } = ("", "", "", "");

    internal (string Name, bool IsForMail) TypedDomain { get; private set; } = ("", false);

    internal string TypedName { get; private set; } = "";

    internal bool IsInviting => _fault.Place.StartsWith("invite-", StringComparison.Ordinal);

    public Task OnGetAsync(CancellationToken cancel) => PrepareAsync(cancel);

    public async Task<IActionResult> OnPostNameAsync(string? name, CancellationToken cancel)
    {
        TypedName = name ?? "";
        return await settings.RenameAsync(Me, TypedName, From, cancel) is { } fault ? await FaultyAsync("name-field", fault, cancel) : Back("name");
    }

    public async Task<IActionResult> OnPostInviteAsync(string? address, string? name, string? title, string? sendTo, CancellationToken cancel)
    {
        Typed = (address ?? "", name ?? "", title ?? "", sendTo ?? "");
        if (sendTo is { Length: > 0 } && (!EmailAddress.TryParse(sendTo.Trim(), out var receiver) || !notices.CanReach(receiver)))
            return await FaultyAsync("invite-send", $"No mail can be sent to {sendTo.Trim()} from here. Leave the field empty to hand the link over yourself.", cancel);
        switch (await people.InviteAsync(Me, Typed.Address, Typed.Name, Typed.Title, From, cancel))
        {
            case PeopleResult.Done(_, null): return Back("people");
            case PeopleResult.Done(_, { } token): return await HandOverAsync(Typed.Name, token, sendTo, cancel);
            case PeopleResult.Refused(var code, var words): return await FaultyAsync(code == "name_missing" ? "invite-name" : "invite-address", words, cancel);
            default: throw new UnreachableException();
        }
    }

    public async Task<IActionResult> OnPostLinkAsync(Guid person, CancellationToken cancel) => await people.InviteAgainAsync(Me, person, From, cancel) switch
    {
        PeopleResult.Done(var id, { } token) => await HandOverAsync(_addresses.Find(Me.OrganizationId, id)?.DisplayName ?? "", token, null, cancel),
        var result => await AnswerAsync(result, cancel),
    };

    public async Task<IActionResult> OnPostRoleAsync(Guid person, bool administrator, CancellationToken cancel) =>
        await AnswerAsync(await people.SetAdministratorAsync(Me, person, administrator, From, cancel), cancel);

    public async Task<IActionResult> OnPostDeactivateAsync(Guid person, CancellationToken cancel) =>
        await AnswerAsync(await people.DeactivateAsync(Me, person, From, cancel), cancel);

    public async Task<IActionResult> OnPostReactivateAsync(Guid person, CancellationToken cancel) =>
        await AnswerAsync(await people.ReactivateAsync(Me, person, From, cancel), cancel);

    public async Task<IActionResult> OnPostAddDomainAsync(string? domain, bool mail, CancellationToken cancel)
    {
        TypedDomain = (domain ?? "", mail);
        return await AnswerAsync(await claim.AddAsync(Me, TypedDomain.Name, mail, From, cancel), cancel, "domain");
    }

    public async Task<IActionResult> OnPostCheckDomainAsync(string? domain, CancellationToken cancel) =>
        await AnswerAsync(await check.CheckAsync(Me.OrganizationId, domain ?? "", Me.PrimaryAddress.ToString(), From, cancel), cancel);

    public async Task<IActionResult> OnPostRemoveDomainAsync(string? domain, CancellationToken cancel) =>
        await AnswerAsync(await claim.RemoveAsync(Me, domain ?? "", From, cancel), cancel);

    public async Task<IActionResult> OnPostCardsAsync(bool on, CancellationToken cancel)
    {
        await switches.TurnOrganizationAsync(Me, on, cancel);
        return Back("cards");
    }

    public async Task<IActionResult> OnPostConsentAsync(bool required, CancellationToken cancel)
    {
        await switches.RequireConsentAsync(Me, required, cancel);
        return Back("cards");
    }

    public async Task<IActionResult> OnPostDemandAsync(SenderDemand demand, CancellationToken cancel)
    {
        if (!Enum.IsDefined(demand))
            return BadRequest();
        await settings.DemandAsync(Me.OrganizationId, demand, _addresses.DomainOf(Me.OrganizationId), Me.PrimaryAddress.ToString(), From, cancel);
        return Back("cards");
    }

    private async Task<IActionResult> HandOverAsync(string name, string token, string? sendTo, CancellationToken cancel)
    {
        var link = notices.Link($"/invitation/{token}");
        var wasMailed = sendTo is { Length: > 0 } && EmailAddress.TryParse(sendTo.Trim(), out var receiver)
            && await notices.SendAsync(Me.OrganizationId, receiver, $"{Me.DisplayName} invites you to ActionMail", $"""
                {Me.DisplayName} ({Me.PrimaryAddress}) invites you to ActionMail.

                Take up your account here, once and within seven days:
                {link}
                """, cancel);
        Invitation = new(name, link, wasMailed);
        Typed = ("", "", "", "");
        await PrepareAsync(cancel);
        return Page();
    }

    private async Task<IActionResult> AnswerAsync(PeopleResult result, CancellationToken cancel) => result switch
    {
        PeopleResult.Done => Back("people"),
        PeopleResult.Refused(_, var words) => await FaultyAsync("people", words, cancel),
        PeopleResult.NotFound => NotFound(),
        _ => throw new UnreachableException(),
    };

    private async Task<IActionResult> AnswerAsync(DomainResult result, CancellationToken cancel, string place = "domains") => result switch
    {
        DomainResult.Done => Back("domains"),
        DomainResult.Refused(_, var words) => await FaultyAsync(place, words, cancel),
        DomainResult.NotFound => NotFound(),
        _ => throw new UnreachableException(),
    };

    // To the part of the list where one was, without the handler that an older form's address names.
    private RedirectResult Back(string section)
    {
        var kept = QueryString.Create(new[] { KeyValuePair.Create("q", Q), KeyValuePair.Create("number", Number?.ToString(CultureInfo.InvariantCulture)) }.Where(part => !string.IsNullOrEmpty(part.Value)));
        return Redirect($"/organization{kept}#{section}");
    }

    private async Task<IActionResult> FaultyAsync(string place, string words, CancellationToken cancel)
    {
        _fault = (place, words);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await PrepareAsync(cancel);
        return Page();
    }

    private async Task PrepareAsync(CancellationToken cancel)
    {
        var id = Me.OrganizationId;
        var (text, number) = ((Q ?? "").Trim(), Math.Clamp(Number ?? 1, 1, 100_000));
        (Members, var found) = await people.FindAsync(id, text, number, cancel);
        Foot = new(string.Create(CultureInfo.InvariantCulture, $"{found} {(found == 1 ? "person" : "people")}"), number, ListFoot.PagesOf(found, OrganizationPeople.PageSize),
            page => string.Create(CultureInfo.InvariantCulture, $"/organization?q={Uri.EscapeDataString(text)}&number={page}#people"));
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var organization = await db.Organizations.AsNoTracking().SingleAsync(row => row.Id == id, cancel);
        (Name, HasCardsOff, RequiresConsent, Demand) = (organization.Name, organization.CardsOff, organization.RequiresConsent, organization.SenderDemand);
        if (!HasFaultAt("name-field"))
            TypedName = Name;
        var proofs = await db.DomainProofs.AsNoTracking().Where(row => row.OrganizationId == id).OrderBy(row => row.Domain).ToListAsync(cancel);
        var given = await db.Domains.AsNoTracking().Where(row => row.OrganizationId == id).Select(row => row.Name).ToListAsync(cancel);
        Domains =
        [
            .. given.Except(proofs.Select(proof => proof.Domain)).Order(StringComparer.Ordinal).Select(name => new DomainView(name, true, null)),
            .. proofs.Select(proof => new DomainView(proof.Domain, proof.IsForMail, proof)),
        ];
    }
}
