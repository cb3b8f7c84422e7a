using Microsoft.AspNetCore.Mvc;

namespace ActionMail.Server.Providers.Pages;

/// <summary>Clone and Migrate to Entra: a new draft, and on to its form; a migration begins where there is something to fill in.</summary>
internal sealed class CopyModel(RegistrationQueries registrations, CopyRegistration copy) : DashboardPage
{
    internal string Id { get; private set; } = "";
    internal bool IsMigration { get; private set; }
    internal string Title => IsMigration ? "Migrate to Entra" : "Clone";
    internal string? Trouble { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, string way, CancellationToken cancel)
    {
        (Id, IsMigration) = (id, way == "migrate");
        return await registrations.FindAsync(Actor, id, cancel) is { } view && view.Row.OrganizationId == Reader.OrganizationId ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(string id, string way, CancellationToken cancel)
    {
        (Id, IsMigration) = (id, way == "migrate");
        return await (IsMigration ? copy.MigrateAsync(Actor, id, cancel) : copy.CloneAsync(Actor, id, cancel)) switch
        {
            CopyResult.Begun(var draft) => LocalRedirect($"/providers/{draft.ProviderId}/edit{(IsMigration ? "?focus=appId#appId" : "")}"),
            CopyResult.NotFound => NotFound(),
            CopyResult.NotLegacy => Refuse("It uses Entra tokens already.", StatusCodes.Status409Conflict),
            CopyResult.TooMany(var perDay) => Refuse($"You have begun {perDay} new providers within a day, which is as many as one person may.", StatusCodes.Status429TooManyRequests),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private IActionResult Refuse(string words, int status)
    {
        (Trouble, Response.StatusCode) = (words, status);
        return Page();
    }
}
