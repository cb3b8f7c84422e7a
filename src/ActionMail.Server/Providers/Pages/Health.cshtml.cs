using System.Collections.Immutable;
using ActionMail.Protocol.Providers.Criteria;
using ActionMail.Server.Providers.Health;
using Microsoft.AspNetCore.Mvc;

namespace ActionMail.Server.Providers.Pages;

/// <summary>How a provider does: for its owners, the administrators of its organization, and the reviewers of a Global one.</summary>
internal sealed class HealthModel(RegistrationQueries registrations, ProviderHealth health, MeasuredCriteria criteria, TimeProvider time) : DashboardPage
{
    internal RegistrationView Registration { get; private set; } = null!;
    internal HealthReport Report { get; private set; } = null!;
    internal ImmutableArray<Criterion> Criteria { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string id, string? range, CancellationToken cancel)
    {
        if (HealthRange.Find(range) is not { } found || await registrations.FindAsync(Actor, id, cancel) is not { } registration)
            return NotFound();
        BelongsTo(registration);
        Registration = registration;
        Report = await health.ReadAsync(registration.Row.OrganizationId, id, found, time.GetUtcNow(), cancel);
        Criteria = await criteria.OfAsync(registration.Row, registration.Newest, cancel);
        return Page();
    }
}
