using ActionMail.Server.Providers.Health;
using Microsoft.AspNetCore.Mvc;

namespace ActionMail.Server.Providers.Pages;

/// <summary>"Registration not working?": what the platform sees of one registration, for those who may see it.</summary>
internal sealed class DiagnosisModel(RegistrationQueries registrations, RegistrationDiagnosis diagnosis) : DashboardPage
{
    internal RegistrationView Registration { get; private set; } = null!;
    internal Diagnosis Diagnosis { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancel)
    {
        if (await registrations.FindAsync(Actor, id, cancel) is not { } registration)
            return NotFound();
        BelongsTo(registration);
        Registration = registration;
        Diagnosis = await diagnosis.OfAsync(registration, Reader, cancel);
        return Page();
    }
}
