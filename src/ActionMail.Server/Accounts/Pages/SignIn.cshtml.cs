using ActionMail.Protocol.Addresses;
using ActionMail.Server.Inbox;
using ActionMail.Server.Operations;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Accounts.Pages;

/// <summary>The emulator's sign-in: one picks who one is. There is no such page outside the emulator.</summary>
internal sealed class SignInModel(AddressBook addresses, Sessions sessions, IOptions<ServerOptions> server, TimeProvider time) : PageModel
{
    /// <summary>Everybody, by organization.</summary>
    internal IReadOnlyList<(string Organization, IReadOnlyList<PersonView> People)> Organizations =>
        [.. addresses.Organizations.Select(organization => (organization.Name, PeopleOf(organization))).Where(group => group.Item2.Count > 0)];

    /// <summary>Where to go afterwards; a path of this site.</summary>
    public string ReturnUrl { get; private set; } = "/inbox";

    public IActionResult OnGet(string? returnUrl)
    {
        if (server.Value.Mode != ServerMode.Emulator)
            return NotFound();
        ReturnUrl = LocalOrInbox(returnUrl);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? person, string? returnUrl, CancellationToken cancel)
    {
        if (server.Value.Mode != ServerMode.Emulator)
            return NotFound();
        if (!EmailAddress.TryParse(person ?? "", out var address) || addresses.Find(address) is not { } found)
            return BadRequest();
        await HttpContext.SignInAsync(await sessions.StartAsync(found, time.GetUtcNow(), cancel));
        return LocalRedirect(LocalOrInbox(returnUrl));
    }

    private IReadOnlyList<PersonView> PeopleOf(Organization organization) =>
        [.. addresses.PeopleOf(organization.Id).Select(person => new PersonView(person.PrimaryAddress.ToString(), person.DisplayName, person.Title))];

    private string LocalOrInbox(string? url) => Url.IsLocalUrl(url) ? url : "/inbox";
}
