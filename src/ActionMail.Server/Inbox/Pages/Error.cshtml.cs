using System.Diagnostics;
using System.Globalization;
using ActionMail.Server.Operations;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ActionMail.Server.Inbox.Pages;

/// <summary>Where a failed request ends up, whatever its method; says what a person can do, never what broke inside.</summary>
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
internal sealed class ErrorModel : PageModel
{
    public int Status { get; private set; }
    public string Title { get; private set; } = "";
    public string Advice { get; private set; } = "";

    /// <summary>Where to go on from there.</summary>
    internal Whereabouts Whereabouts { get; private set; } = Whereabouts.Elsewhere;

    /// <summary>The trace id of a fault of ours; null where the request was at fault.</summary>
    public string? IncidentId { get; private set; }

    public void OnGet() => Explain();

    public void OnPost() => Explain();

    // Says itself what was too large, where it was a form of a page.
    private string TooMuch => HttpContext.Features.Get<OversizedForm>() is { Words: var words } ? $"{words} " : "";

    private void Explain()
    {
        // From the route itself: where a form could not be read, nothing is bound.
        int? status = int.TryParse(RouteData.Values["status"]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        // A fault brings its own status. Asked for directly, without an error before it, the page is just one that does not exist.
        if (HttpContext.Features.Get<IExceptionHandlerFeature>() is not null)
            status = Response.StatusCode;
        Whereabouts = Whereabouts.Of(HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath ?? "");
        Status = status is >= 400 and < 600 ? status.Value : StatusCodes.Status404NotFound;
        Response.StatusCode = Status;
        (Title, Advice) = Status switch
        {
            400 => ("That request could not be read", "The page may have been open for a long time. Go back, reload it and try again."),
            401 => ("You are signed out", "Sign in, then try again."),
            403 => ("This is not yours to see", "It belongs to somebody else, or your rights have changed."),
            404 => (Whereabouts.Missing, Whereabouts.Advice),
            413 => ("That is too much at once", $"{TooMuch}Nothing was kept of it. Go back: what you typed is still there. Choose a smaller file or shorten a text, then send it again."),
            429 => ("Too many requests", "Wait a moment, then try again."),
            503 => ("ActionMail is busy", "Nothing is lost. Try again shortly."),
            >= 500 => ("Something went wrong on our side", "Nothing that you typed was carried out twice. Try again; if it keeps happening, tell your administrator."),
            _ => ("That did not work", "Go back and try again."),
        };
        IncidentId = Status >= 500 ? Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier : null;
    }
}
