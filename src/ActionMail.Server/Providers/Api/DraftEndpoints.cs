using System.ComponentModel;
using System.Globalization;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Protocol.Signing;
using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;

namespace ActionMail.Server.Providers.Api;

/// <summary>A person's drafts: begin, save as typed, submit.</summary>
internal static class DraftEndpoints
{
    public static void MapDrafts(this RouteGroupBuilder personal)
    {
        var api = personal.MapGroup("/drafts").WithTags("Drafts");
        api.MapGet("", async (Person person, Drafts drafts, CancellationToken cancel) =>
                TypedResults.Ok(new DraftList([.. (await drafts.ListAsync(person, cancel)).Select(DraftSummary.Of)])))
            .Describe("List drafts", "One's own.")
            .Answers<DraftList>();
        api.MapPost("", BeginAsync).Takes(RegistrationEndpoints.LargestSubmission)
            .Describe("Begin a new provider", "Makes the originator id. The fields may be none, some or all, right or wrong.")
            .Answers<DraftDocument>(StatusCodes.Status201Created).Refuses("private_key", "too_many_drafts");
        api.MapGet("/{id:guid}", ShowAsync)
            .Describe("Read a draft", "Its entity tag is the version that a saving names in If-Match.")
            .Answers<DraftDocument>().Refuses("not_found");
        api.MapPut("/{id:guid}", SaveAsync).Takes(RegistrationEndpoints.LargestSubmission)
            .Describe("Save a draft", "All its fields, in the place of those that it had.")
            .TakesHeader("If-Match", "The entity tag of what was read; * for whatever is there.")
            .Answers<DraftDocument>().Refuses("private_key", "not_found", "precondition_required", "precondition_failed");
        api.MapDelete("/{id:guid}", async (Guid id, Person person, Drafts drafts, CancellationToken cancel) =>
                await drafts.DiscardAsync(person, id.ToString("D"), cancel) ? TypedResults.NoContent() : DraftAnswers.NotFound())
            .Describe("Discard a draft", "Its originator id is not used again.")
            .Answers(StatusCodes.Status204NoContent, "It is gone.").Refuses("not_found");
        api.MapPost("/{id:guid}/submit", SubmitAsync)
            .Describe("Submit a draft", "As it was saved last; then the draft is gone. With an Idempotency-Key the same request, sent again within 24 hours, has the answer of the first.")
            .TakesHeader("Idempotency-Key", "A string of the sender's choice, new for each submission, in quotation marks or without.")
            .Answers<RegistrationDocument>(StatusCodes.Status201Created)
            .Refuses("invalid_submission", "idempotency_key_malformed", "not_found", "not_owner", "idempotency_key_reused", "revision_changed", "revoked", "scope_fixed", "sender_taken",
                "too_many_revisions");
    }

    private static async Task<IResult> BeginAsync(ProviderSubmission fields, Person person, HttpContext http, Drafts drafts, CancellationToken cancel) =>
        PrivateKeyIn(fields) ?? DraftAnswers.Of(await drafts.BeginAsync(person, fields, cancel), http, isNew: true);

    private static async Task<IResult> ShowAsync(Guid id, Person person, HttpContext http, Drafts drafts, CancellationToken cancel) =>
        await drafts.FindAsync(person, id.ToString("D"), cancel) is { } draft ? DraftAnswers.Shown(draft, http) : DraftAnswers.NotFound();

    private static async Task<IResult> SaveAsync(Guid id, ProviderSubmission fields, Person person, HttpContext http, Drafts drafts, CancellationToken cancel)
    {
        if (await drafts.FindAsync(person, id.ToString("D"), cancel) is not { } draft)
            return DraftAnswers.NotFound();
        if (PrivateKeyIn(fields) is { } refused)
            return refused;
        return http.WantsToChange(DraftAnswers.TagOf(draft.Version)) switch
        {
            Precondition.Missing => Problems.Of("precondition_required", "Send If-Match with the entity tag of the draft that you have read."),
            Precondition.Fails => DraftAnswers.Of(new DraftResult.Outdated(draft), http),
            _ => DraftAnswers.Of(await drafts.SaveAsync(person, draft.ProviderId, fields, draft.Version, cancel), http),
        };
    }

    private static async Task<IResult> SubmitAsync(
        Guid id, Person person, HttpContext http, Drafts drafts, RegistrationQueries registrations, ReadSubmission read, SubmitRegistration submit, SubmissionKeys keys,
        RegistrationAnswers answers, CancellationToken cancel,
        [Description("A revision that somebody submitted since the draft was begun, and which this one shall put aside.")] int? over = null)
    {
        var actor = Actor.Of(person, http);
        if (!SubmissionKeys.TryRead(http.Request, out var key))
            return SubmissionKeys.Malformed();
        var hash = SubmissionKey.HashOf("POST", DraftAnswers.PathOf(id.ToString("D")), "submit", string.Create(CultureInfo.InvariantCulture, $"{over}"));
        if (key is not null && await keys.EarlierAsync(person, key, hash, cancel) is { } earlier)
            return RegistrationAnswers.Refused(earlier, http);
        if (await drafts.FindAsync(person, id.ToString("D"), cancel) is not { } draft)
            return DraftAnswers.NotFound();
        // A reviewer's draft is of another organization's registration.
        var organization = (await registrations.FindAsync(actor, draft.ProviderId, cancel))?.Row.OrganizationId ?? person.OrganizationId;
        var reading = await read.OfAsync(organization, draft.ProviderId, DraftFields.Read(draft.Fields), cancel);
        if (reading is SubmissionReading.Invalid invalid)
            return RegistrationAnswers.Invalid(invalid);
        var valid = (SubmissionReading.Valid)reading;
        var result = key is null
            ? await submit.SubmitAsync(actor, organization, draft.ProviderId, valid, over ?? draft.BaseRevision, cancel)
            : await submit.SubmitOnceAsync(actor, organization, draft.ProviderId, valid, over ?? draft.BaseRevision, new(key, hash, view => answers.BodyOf(view, valid, actor)), cancel);
        return await answers.SubmittedAsync(result, valid, actor, http, isNew: true, cancel);
    }

    // Security J-01: a private key is not stored, and not echoed; whoever sent it is told that it is lost.
    private static IResult? PrivateKeyIn(ProviderSubmission fields)
    {
        var keys = fields.Keys.GetValueOrDefault();
        var at = keys.IsDefaultOrEmpty ? -1 : keys.ToList().FindIndex(key => PublicKeyText.IsPrivate(key ?? ""));
        return at < 0 ? null : Problems.Of("private_key", FormattableString.Invariant($"keys[{at}] is a private key: whoever has seen it can sign in your name. Discard it and make a new pair."));
    }
}
