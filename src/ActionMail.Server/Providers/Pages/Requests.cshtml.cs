using System.Collections.Immutable;
using ActionMail.Server.Accounts;
using ActionMail.Server.Providers.Approval;
using Microsoft.AspNetCore.Mvc;

namespace ActionMail.Server.Providers.Pages;

/// <summary>The reviewers' queue, and all Global registrations. To anybody else there is no such page.</summary>
internal sealed class RequestsModel(RegistrationQueries registrations, WaitingRequests waiting, AddressBook addresses) : DashboardPage
{
    internal ImmutableArray<WaitingRequest> Waiting { get; private set; } = [];
    internal ProviderTable Table { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string? status, string? q, int? number, CancellationToken cancel)
    {
        if (!Reader.IsReviewer)
            return NotFound();
        var request = ProviderTable.Read(ListView.Global, status, q, number);
        Waiting = await waiting.OfReviewersAsync(cancel);
        Table = new("/review", request, await registrations.ListAsync(Reader, request, cancel))
        {
            OrganizationOf = row => addresses.FindOrganization(row.OrganizationId)?.Name ?? "",
            UnknownStatus = ProviderTable.UnknownOf(status, request),
        };
        return Page();
    }
}
