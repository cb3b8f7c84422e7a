using System.Diagnostics;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ActionMail.Server.Accounts.Pages;

/// <summary>A page for whoever is signed in, about themselves.</summary>
[Authorize]
internal abstract class AccountPage(AddressBook addresses) : PageModel
{
    /// <summary>The person, with the roles that they have now.</summary>
    internal Person Me => SignedInPerson.Of(User) is { } reader && addresses.Find(reader.OrganizationId, reader.Id) is { } person
        ? person
        : throw new UnreachableException("A session of somebody who is not here is over.");

    private protected string From => RemoteAddress.Of(HttpContext);
}

/// <summary>A page for the administrators of an organization; for everybody else there is nothing here.</summary>
internal abstract class AdministratorPage(AddressBook addresses) : AccountPage(addresses)
{
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (!Me.IsAdministrator)
            context.Result = new NotFoundResult();
    }
}
