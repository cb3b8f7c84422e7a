using System.Diagnostics;
using ActionMail.Server.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ActionMail.Server.Operations.Pages;

/// <summary>The form of "Send feedback", which every page leads to.</summary>
[Authorize]
internal sealed class FeedbackModel(SendFeedback feedback, AddressBook addresses) : PageModel
{
    private const int LongestPage = 500;

    /// <summary>The page that it is about: a path of this site.</summary>
    internal string About { get; private set; } = "/";

    internal string BackTo => About == "/" ? "/inbox" : About;
    internal string Text { get; private set; } = "";
    internal bool WithRecord { get; private set; }
    internal bool IsSent { get; private set; }
    internal string? Trouble { get; private set; }
    internal bool IsAboutMessage => SendFeedback.MessageOf(About) is not null;

    public void OnGet(string? about) => About = PathOf(about);

    public async Task<IActionResult> OnPostAsync(string? about, string? text, bool withRecord, CancellationToken cancel)
    {
        (About, Text, WithRecord) = (PathOf(about), text ?? "", withRecord);
        if (SignedInPerson.Of(User) is not { } reader || addresses.Find(reader.OrganizationId, reader.Id) is not { } person)
            return NotFound();
        switch (await feedback.SendAsync(person, new(Text, About, withRecord), cancel))
        {
            case FeedbackResult.Sent:
                IsSent = true;
                return Page();
            case FeedbackResult.Refused(var words):
                (Trouble, Response.StatusCode) = (words, StatusCodes.Status422UnprocessableEntity);
                return Page();
            default:
                throw new UnreachableException();
        }
    }

    // Not "page": Razor Pages keep that name for their own route value, which would be found before the query.
    private string PathOf(string? page) => Url.IsLocalUrl(page) && page.Length <= LongestPage ? page : "/";
}
