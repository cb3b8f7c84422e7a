using System.Diagnostics;
using ActionMail.Server.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ActionMail.Server.Inbox;

/// <summary>A page of a mailbox: nobody sees it but its owner.</summary>
[Authorize]
internal abstract class InboxPage : PageModel
{
    private protected SignedInPerson Reader => SignedInPerson.Of(User) ?? throw new UnreachableException("The page is for signed-in people.");
}
