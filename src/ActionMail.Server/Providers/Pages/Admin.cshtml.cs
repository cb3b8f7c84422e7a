using System.Collections.Immutable;
using ActionMail.Server.Accounts;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers.Approval;
using ActionMail.Server.Providers.Consent;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Providers.Pages;

/// <summary>An administrator's own organization: what waits for them, the two switches, and all its registrations. To anybody else there is no such page.</summary>
internal sealed class AdminModel(
    RegistrationQueries registrations, WaitingRequests waiting, CardSwitches switches, AddressBook addresses, IDbContextFactory<ActionMailDb> contexts) : DashboardPage
{
    internal string Organization => addresses.FindOrganization(Reader.OrganizationId)?.Name ?? "";
    internal ImmutableArray<WaitingRequest> Waiting { get; private set; } = [];
    internal ProviderTable Table { get; private set; } = null!;
    internal OrganizationRow Settings { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string? status, string? q, int? number, CancellationToken cancel)
    {
        if (!Reader.IsAdministrator)
            return NotFound();
        var request = ProviderTable.Read(ListView.Organization, status, q, number);
        Waiting = await waiting.OfOrganizationAsync(Reader, cancel);
        Table = new("/admin", request, await registrations.ListAsync(Reader, request, cancel)) { UnknownStatus = ProviderTable.UnknownOf(status, request) };
        await using var db = await contexts.CreateDbContextAsync(cancel);
        Settings = await db.Organizations.AsNoTracking().SingleAsync(row => row.Id == Reader.OrganizationId, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostCardsAsync(bool on, CancellationToken cancel)
    {
        if (!Reader.IsAdministrator)
            return NotFound();
        await switches.TurnOrganizationAsync(Reader, on, cancel);
        return LocalRedirect("/admin#switches");
    }

    public async Task<IActionResult> OnPostConsentAsync(bool required, CancellationToken cancel)
    {
        if (!Reader.IsAdministrator)
            return NotFound();
        await switches.RequireConsentAsync(Reader, required, cancel);
        return LocalRedirect("/admin#switches");
    }
}
