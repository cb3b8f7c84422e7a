using Microsoft.AspNetCore.Mvc;

namespace ActionMail.Server.Providers.Pages;

/// <summary>Asks nothing: the form opens with an originator id. Whoever comes back with the last one still untouched is given that again, so the visit alone uses nothing up.</summary>
internal sealed class NewModel(Drafts drafts) : DashboardPage
{
    internal int PerDay { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        switch (await drafts.BeginEmptyAsync(Reader, cancel))
        {
            case DraftResult.Saved(var draft): return LocalRedirect($"/providers/{draft.ProviderId}/edit");
            case DraftResult.TooMany(var perDay):
                (PerDay, Response.StatusCode) = (perDay, StatusCodes.Status429TooManyRequests);
                return Page();
            default: throw new System.Diagnostics.UnreachableException();
        }
    }
}
