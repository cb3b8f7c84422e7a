using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ActionMail.Server.Accounts.Pages;

/// <summary>Ends the session here and on the server, so that a copy of the cookie is worth nothing. Security E-11.</summary>
internal sealed class SignOutModel(Sessions sessions) : PageModel
{
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await sessions.EndAsync(User, cancel);
        await HttpContext.SignOutAsync();
        return Redirect("/sign-in");
    }
}
