using System.ComponentModel;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;

namespace ActionMail.Server.Providers.Api;

/// <summary>Registrations of a signed-in person: list, read, submit, change, copy. Who may is <see cref="RegistrationRules"/>'; what is not theirs is not there (security J-10).</summary>
internal static class RegistrationEndpoints
{
    /// <summary>A submission's largest body: two pictures, a hundred keys and a card. Security J-14.</summary>
    public const int LargestSubmission = 2 * 1024 * 1024;

    private const int LongestText = 200;
    private const int LastPage = 100_000;

    public static void MapRegistrations(this RouteGroupBuilder personal)
    {
        var api = personal.MapGroup("/providers").WithTags("Registrations");
        api.MapGet("", ListAsync)
            .Describe("List registrations", "One page of 50, the last changed first.")
            .Answers<RegistrationPage>().Refuses("invalid_filter", "not_administrator", "not_reviewer");
        api.MapGet("/export", ExportAsync)
            .Describe("Export the registrations that run", "RFC 4180 with a header line. A cell that a spreadsheet would take for a formula begins with an apostrophe.")
            .Answers<string>("text/csv").Refuses("invalid_filter", "not_administrator", "not_reviewer");
        api.MapPost("", SubmitNewAsync).Takes(LargestSubmission)
            .Describe("Submit a new registration", "Makes its originator id. Test Users is approved at once; Organization and Global wait for an approver. "
                + "With an Idempotency-Key the same request, sent again within 24 hours, has the answer of the first.")
            .TakesHeader("Idempotency-Key", "A string of the sender's choice, new for each submission, in quotation marks or without.")
            .Answers<RegistrationDocument>(StatusCodes.Status201Created)
            .Refuses("invalid_submission", "idempotency_key_malformed", "idempotency_key_reused", "sender_taken", "too_many_drafts");
        api.MapGet("/{id:guid}", ShowAsync)
            .Describe("Read a registration", "Its entity tag is the version that a change names in If-Match.")
            .TakesHeader("If-None-Match", "The entity tag of what one has.")
            .Answers<RegistrationDocument>().Answers(StatusCodes.Status304NotModified, "It is as it was.").Refuses("not_found");
        api.MapPut("/{id:guid}", SubmitRevisionAsync).Takes(LargestSubmission)
            .Describe("Submit a new revision", "The running revision goes on until this one is approved. The same content again is no new revision.")
            .TakesHeader("If-Match", "The entity tag of what was read; * for whatever is there.")
            .Answers<RegistrationDocument>()
            .Refuses("invalid_submission", "not_found", "not_owner", "precondition_required", "precondition_failed", "revision_changed", "revoked", "scope_fixed", "sender_taken", "too_many_revisions");
        api.MapPost("/{id:guid}/edit", EditAsync)
            .Describe("Begin a draft of a new revision", "Starts from the newest revision, or goes on with the draft that there is.")
            .Answers<DraftDocument>().Refuses("not_found", "not_owner", "revoked");
        api.MapPost("/{id:guid}/clone", CloneAsync)
            .Describe("Copy into a draft of a new provider", "With an originator id of its own.")
            .Answers<DraftDocument>(StatusCodes.Status201Created).Refuses("not_found", "too_many_drafts");
        api.MapPost("/{id:guid}/migrate", MigrateAsync)
            .Describe("Copy into a draft with Entra tokens", "The application id is left to fill in. For registrations with legacy tokens alone.")
            .Answers<DraftDocument>(StatusCodes.Status201Created).Refuses("not_found", "not_legacy", "too_many_drafts");
        api.MapGet("/{id:guid}/history", HistoryAsync)
            .Describe("Read what happened to a registration", "The last 500 lines of the audit log that are about it, the newest first.")
            .Answers<HistoryDocument>().Refuses("not_found");
    }

    private static async Task<IResult> ListAsync(
        Person person, RegistrationQueries registrations, AddressBook addresses, CancellationToken cancel,
        [Description("mine: those that I own; organization: all of my organization, for its administrators; global: all with the scope Global, for reviewers.")] string view = "mine",
        [Description("Those in a state alone: pending, approved, rejected, suspended, revoked or withdrawn.")] string? status = null,
        [Description("Part of a name, or the beginning of a provider id or of an application id.")] string q = "",
        [Description("From 1.")] int page = 1)
    {
        if (!TryFilter(view, status, q, page, out var request))
            return NoFilter();
        if (NotTheirs(person, request.View) is { } refused)
            return refused;
        var list = await registrations.ListAsync(person, request, cancel);
        return TypedResults.Ok(new RegistrationPage([.. list.Rows.Select(row => RegistrationSummary.Of(row, addresses))], list.Total, request.Page, ListRequest.PageSize));
    }

    private static async Task<IResult> ExportAsync(
        Person person, RegistrationQueries registrations, CancellationToken cancel,
        [Description("As in the list.")] string view = "mine", [Description("As in the list.")] string q = "")
    {
        if (!TryFilter(view, "approved", q, page: 1, out var request))
            return NoFilter();
        if (NotTheirs(person, request.View) is { } refused)
            return refused;
        var running = await registrations.RunningAsync(person, request, cancel);
        return TypedResults.File(RegistrationExport.Write(running), CsvText.MediaType, "providers.csv");
    }

    private static async Task<IResult> SubmitNewAsync(
        ProviderSubmission submission, Person person, HttpContext http, ReadSubmission read, SubmitRegistration submit, SubmissionKeys keys, RegistrationAnswers answers, CancellationToken cancel)
    {
        var actor = Actor.Of(person, http);
        var id = Guid.NewGuid().ToString("D");
        if (!SubmissionKeys.TryRead(http.Request, out var key))
            return SubmissionKeys.Malformed();
        var hash = SubmissionKey.HashOf("POST /api/providers", DraftFields.Write(submission));
        if (key is not null && await keys.EarlierAsync(person, key, hash, cancel) is { } earlier)
            return RegistrationAnswers.Refused(earlier, http);
        var reading = await read.OfAsync(person, id, submission, cancel);
        if (reading is SubmissionReading.Invalid invalid)
            return RegistrationAnswers.Invalid(invalid);
        var valid = (SubmissionReading.Valid)reading;
        var result = key is null
            ? await submit.SubmitAsync(actor, person.OrganizationId, id, valid, readRevision: null, cancel)
            : await submit.SubmitOnceAsync(actor, person.OrganizationId, id, valid, readRevision: null, new(key, hash, view => answers.BodyOf(view, valid, actor)), cancel);
        return await answers.SubmittedAsync(result, valid, actor, http, isNew: true, cancel);
    }

    private static async Task<IResult> ShowAsync(Guid id, Person person, HttpContext http, RegistrationQueries registrations, RegistrationAnswers answers, CancellationToken cancel)
    {
        var reader = Actor.Of(person, http);
        return await registrations.FindAsync(reader, id.ToString("D"), cancel) is { } view ? answers.Shown(view, reader, http) : RegistrationAnswers.NotFound();
    }

    private static async Task<IResult> SubmitRevisionAsync(
        Guid id, ProviderSubmission submission, Person person, HttpContext http, RegistrationQueries registrations, ReadSubmission read, SubmitRegistration submit, RegistrationAnswers answers,
        CancellationToken cancel)
    {
        var actor = Actor.Of(person, http);
        if (await registrations.FindAsync(actor, id.ToString("D"), cancel) is not { } view)
            return RegistrationAnswers.NotFound();
        if (RegistrationRules.May(actor, RegistrationAct.Edit, view.InQuestion) is not Permission.Granted and var denied)
            return RegistrationAnswers.Refused(RegistrationResults.Of(denied), http);
        switch (http.WantsToChange(RegistrationAnswers.TagOf(view.Row.Version)))
        {
            case Precondition.Missing: return Problems.Of("precondition_required", "Send If-Match with the entity tag of the registration that you have read.");
            case Precondition.Fails: return Problems.Of("precondition_failed", "The registration was changed since you read it. Read it again and repeat your change.");
        }
        var reading = await read.OfAsync(view.Row.OrganizationId, view.Row.Id, submission, cancel);
        if (reading is SubmissionReading.Invalid invalid)
            return RegistrationAnswers.Invalid(invalid);
        var valid = (SubmissionReading.Valid)reading;
        var result = await submit.SubmitAsync(actor, view.Row.OrganizationId, view.Row.Id, valid, view.Newest.Number, cancel);
        return await answers.SubmittedAsync(result, valid, actor, http, isNew: false, cancel);
    }

    private static async Task<IResult> EditAsync(Guid id, Person person, HttpContext http, RegistrationQueries registrations, Drafts drafts, CancellationToken cancel)
    {
        var actor = Actor.Of(person, http);
        if (await registrations.FindAsync(actor, id.ToString("D"), cancel) is not { } view)
            return RegistrationAnswers.NotFound();
        if (RegistrationRules.May(actor, RegistrationAct.Edit, view.InQuestion) is not Permission.Granted and var denied)
            return RegistrationAnswers.Refused(RegistrationResults.Of(denied), http);
        if (view.Row.State == ProviderState.Revoked)
            return Problems.Of("revoked");
        return DraftAnswers.Of(await drafts.EditAsync(person, view.Row.Id, RegisteredContent.FromJson(view.Newest.Content).ToSubmission(), view.Newest.Number, cancel), http);
    }

    private static async Task<IResult> CloneAsync(Guid id, Person person, HttpContext http, CopyRegistration copy, CancellationToken cancel) =>
        Copied(await copy.CloneAsync(Actor.Of(person, http), id.ToString("D"), cancel), http);

    private static async Task<IResult> MigrateAsync(Guid id, Person person, HttpContext http, CopyRegistration copy, CancellationToken cancel) =>
        Copied(await copy.MigrateAsync(Actor.Of(person, http), id.ToString("D"), cancel), http);

    private static IResult Copied(CopyResult result, HttpContext http) => result switch
    {
        CopyResult.Begun(var draft) => DraftAnswers.Shown(draft, http, isNew: true),
        CopyResult.NotFound => RegistrationAnswers.NotFound(),
        CopyResult.NotLegacy => Problems.Of("not_legacy"),
        CopyResult.TooMany(var perDay) => RegistrationAnswers.TooMany(perDay, http),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static async Task<IResult> HistoryAsync(Guid id, Person person, HttpContext http, RegistrationQueries registrations, CancellationToken cancel) =>
        await registrations.FindAsync(Actor.Of(person, http), id.ToString("D"), cancel) is { } view
            ? TypedResults.Ok(HistoryDocument.Of(await registrations.HistoryAsync(view, cancel)))
            : RegistrationAnswers.NotFound();

    private static bool TryFilter(string view, string? status, string text, int page, out ListRequest request)
    {
        var isFilter = TryWord(view, out ListView whose) & (TryWord(status, out ListStatus state) | status is null) && text.Length <= LongestText;
        request = new(whose, status is null ? null : state, text, Math.Clamp(page, 1, LastPage));
        return isFilter;
    }

    // Letters alone: the framework would take a number for a value, whether or not there is one.
    private static bool TryWord<T>(string? text, out T word) where T : struct, Enum
    {
        word = default;
        return text is { Length: > 0 } && text.All(char.IsAsciiLetter) && Enum.TryParse(text, ignoreCase: true, out word);
    }

    // An empty list would say that there is nothing.
    private static IResult? NotTheirs(Person reader, ListView view) => view switch
    {
        ListView.Organization when !reader.IsAdministrator => Problems.Of("not_administrator", "The registrations of the whole organization are for its administrators."),
        ListView.Global when !reader.IsReviewer => Problems.Of("not_reviewer", "The Global registrations of all organizations are for the platform's reviewers."),
        _ => null,
    };

    private static IResult NoFilter() => Problems.Of("invalid_filter", $"Write view, status and q as documented; q has at most {LongestText} characters.");
}
