using System.Diagnostics;
using ActionMail.Server.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ActionMail.Server.Providers.Pages;

/// <summary>A page of the dashboard: for signed-in people, each of whom sees what is theirs.</summary>
[Authorize]
internal abstract class DashboardPage : PageModel
{
    /// <summary>Who reads the page, with the roles that they have now.</summary>
    private protected Person Reader =>
        SignedInPerson.Of(User) is { } reader && HttpContext.RequestServices.GetRequiredService<AddressBook>().Find(reader.OrganizationId, reader.Id) is { } person
            ? person
            : throw new UnreachableException("The page is for signed-in people.");

    private protected Actor Actor => Actor.Of(Reader, HttpContext);

    /// <summary>Where the reader finds the registration that the page is about; null on a page about none.</summary>
    internal NavPlace? Place { get; private set; }

    /// <summary>Says which registration the page is about, so that the navigation stays where the reader found it.</summary>
    private protected void BelongsTo(RegistrationView view) => BelongsTo(view.Row.OrganizationId, view.Owners.Contains(Reader.Id));

    private protected void BelongsTo(Guid organizationId, bool isOwner)
    {
        Place = DashboardNav.PlaceOf(Reader, organizationId, isOwner);
        ViewData["BelongsTo"] = Place.Path;
    }
}
