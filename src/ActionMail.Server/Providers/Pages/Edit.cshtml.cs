using System.Collections.Immutable;
using System.Globalization;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Providers.Submissions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Providers.Pages;

/// <summary>
/// The submission form. It works as plain HTML; the script saves while one types, folds what the scope does not need, and checks the card as it is written. Every way saves
/// first, so that nothing typed is lost whatever comes of the rest. dashboard.md "The submission".
/// </summary>
[RequestSizeLimit(SubmissionForm.MaxBytes)]
[RequestFormLimits(MultipartBodyLengthLimit = SubmissionForm.MaxBytes, ValueLengthLimit = 1024 * 1024)]
internal sealed class EditModel(EditSubmission edit, ReadSubmission read, SubmitRegistration submit, IOptions<CardLimits> limits) : DashboardPage
{
    internal SubmissionView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string id, string? focus, CancellationToken cancel)
    {
        var opened = await edit.OpenAsync(Actor, id, cancel);
        if (opened is not EditResult.Open(var open))
            return Refuse(opened);
        if (open.Registered is { } registration)
            BelongsTo(registration);
        View = new(open, open.Fields) { Focus = focus };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id, string? command, int version, int? begun, int? over, CancellationToken cancel)
    {
        var opened = await edit.OpenAsync(Actor, id, cancel);
        if (opened is not EditResult.Open(var open))
            return Refuse(opened);
        if (open.Registered is { } registration)
            BelongsTo(registration);
        var posted = await SubmissionForm.ReadAsync(Request, open.Fields, cancel);
        switch (await edit.SaveAsync(Actor, open, posted.Fields, posted.Images, version, begun, cancel))
        {
            case EditResult.Open(var saved):
                return await AnswerAsync(saved, posted, over is null ? command : "submit", over, cancel);
            case EditResult.Outdated(var now):
                View = new(now, posted.Fields) { Errors = posted.Missing, IsOutdated = true };
                Response.StatusCode = StatusCodes.Status409Conflict;
                return Page();
            default:
                return NotFound();
        }
    }

    /// <summary>What the script saves while one types; answers with what there is to say about it so far.</summary>
    public async Task<IActionResult> OnPostDraftAsync(string id, int version, int? begun, CancellationToken cancel)
    {
        var opened = await edit.OpenAsync(Actor, id, cancel);
        if (opened is not EditResult.Open(var open))
            return Refuse(opened);
        var posted = await SubmissionForm.ReadAsync(Request, open.Fields, cancel);
        switch (await edit.SaveAsync(Actor, open, posted.Fields, posted.Images, version, begun, cancel))
        {
            case EditResult.Open(var saved):
                return new JsonResult(SavedDraft.Of(saved, await read.OfAsync(saved.OrganizationId, id, saved.Fields, cancel), posted.Refused, Request.Form["keys"]));
            case EditResult.Outdated(var now):
                return new JsonResult(new { version = now.Version, savedAt = now.SavedAt }) { StatusCode = StatusCodes.Status409Conflict };
            default:
                return NotFound();
        }
    }

    /// <summary>Lints the card that is being written, for the script.</summary>
    public async Task<IActionResult> OnPostCardAsync(string id, CancellationToken cancel)
    {
        var opened = await edit.OpenAsync(Actor, id, cancel);
        return opened is not EditResult.Open ? Refuse(opened) : new JsonResult(CardCheck.Of(Request.Form["scenario.sampleCard"].ToString(), limits.Value));
    }

    private async Task<IActionResult> AnswerAsync(OpenSubmission saved, PostedSubmission posted, string? command, int? over, CancellationToken cancel)
    {
        View = new(saved, saved.Fields) { Errors = posted.Missing, Shown = command == "update" ? saved.Fields.Scope : null };
        switch (command)
        {
            case "submit":
                return await SubmitAsync(saved, posted.Missing, over ?? saved.BaseRevision, cancel);
            case "check":
                View = View with { Card = CardCheck.Of(saved.Fields.Scenario?.SampleCard ?? "", limits.Value) };
                return Page();
            default:
                if (!posted.Missing.IsEmpty)
                    Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                return Page();
        }
    }

    private async Task<IActionResult> SubmitAsync(OpenSubmission saved, ImmutableArray<SubmissionError> missing, int? readRevision, CancellationToken cancel)
    {
        var reading = await read.OfAsync(saved.OrganizationId, saved.Id, saved.Fields, cancel);
        // What was refused is a thing the submitter meant to hand in: it is not submitted without it behind their back.
        if (reading is not SubmissionReading.Valid valid || !missing.IsEmpty)
        {
            var errors = reading is SubmissionReading.Invalid invalid ? invalid.Errors : [];
            return Refused(View with { Errors = [.. missing, .. errors], Warnings = reading.Warnings }, StatusCodes.Status422UnprocessableEntity);
        }
        return await submit.SubmitAsync(Actor, saved.OrganizationId, saved.Id, valid, readRevision, cancel) switch
        {
            RegistrationResult.Done(var row, var revision) => LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/providers/{row.Id}?submitted={revision.Number}")),
            RegistrationResult.Conflict(_, var words) => Refused(View with { Trouble = words, Warnings = valid.Warnings }, StatusCodes.Status409Conflict),
            RegistrationResult.Forbidden(_, var words) => Refused(View with { Trouble = words }, StatusCodes.Status403Forbidden),
            RegistrationResult.TooMany => Refused(View with { Trouble = "You have begun as many new providers today as one may. Try again tomorrow." }, StatusCodes.Status429TooManyRequests),
            RegistrationResult.TooOften(var perDay) => Refused(View with { Trouble = $"{perDay} revisions of this registration were submitted within a day, which is as many as may be. What you wrote is saved; submit it tomorrow." },
                StatusCodes.Status429TooManyRequests),
            RegistrationResult.NotFound => NotFound(),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private PageResult Refused(SubmissionView view, int status)
    {
        (View, Response.StatusCode) = (view, status);
        return Page();
    }

    // Whoever may see it is told that they may not write it; to anybody else it does not exist.
    private IActionResult Refuse(EditResult result) => result is EditResult.Forbidden ? StatusCode(StatusCodes.Status403Forbidden) : NotFound();
}
