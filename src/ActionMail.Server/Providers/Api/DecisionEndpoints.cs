using System.ComponentModel;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Providers.Api;

/// <summary>An approval: of exactly one revision, by its number in the path and its hash here. Security J-02.</summary>
internal sealed record ApprovalBody(
    [property: Description("SHA-256 of the revision's content that was read, in hex.")] string? ContentHash,
    [property: Description("For the submitter; may be left out.")] string? Reason,
    [property: Description("For a Global request: the provider's name, typed.")] string? Confirmation);

/// <summary>A rejection.</summary>
internal sealed record RejectionBody(
    [property: Description("SHA-256 of the revision's content that was read, in hex.")] string? ContentHash,
    [property: Description("For the submitter: why, in 1 to 1,000 characters.")] string? Reason);

/// <summary>Why a state is changed.</summary>
internal sealed record ReasonBody([property: Description("For the owners and the audit log, in at most 1,000 characters; to suspend or revoke, at least one.")] string? Reason);

/// <summary>One thing in which a revision differs from the running one.</summary>
internal sealed record DifferenceDocument(
    [property: Description("The field: senders, contact.name.")] string Field,
    DifferenceKind Kind,
    [property: Description("What runs; null when it is added.")] string? Before,
    [property: Description("What was submitted; null when it is removed.")] string? After)
{
    public static DifferenceDocument Of(ContentDifference difference) => new(difference.Field, difference.Kind, difference.Before, difference.After);
}

/// <summary>In what a revision differs.</summary>
internal sealed record RevisionDifference(
    [property: Description("The revision that runs; null where none does, and then everything is added.")] int? From,
    int To,
    IReadOnlyList<DifferenceDocument> Changes);

/// <summary>Revisions, what is decided about them, and the states of a registration.</summary>
internal static class DecisionEndpoints
{
    private static readonly string[] RefusalsOfDecisions =
        ["bad_request", "not_found", "not_approver", "own_request", "four_eyes", "already_decided", "revision_changed", "revoked"];

    public static void MapDecisions(this RouteGroupBuilder personal)
    {
        var api = personal.MapGroup("/providers/{id:guid}").WithTags("Decisions");
        api.MapGet("/revisions", RevisionsAsync)
            .Describe("List the revisions", "Each was stored once and is never changed.")
            .Answers<RevisionList>().Refuses("not_found");
        api.MapGet("/revisions/{number:int}", RevisionAsync)
            .Describe("Read a revision", "With everything that was submitted.")
            .Answers<RevisionDocument>().Refuses("not_found");
        api.MapGet("/revisions/{number:int}/difference", DifferenceAsync)
            .Describe("Compare a revision with the running one", "Field by field. Empty just when both are the same.")
            .Answers<RevisionDifference>().Refuses("not_found");
        api.MapPost("/revisions/{number:int}/approve", ApproveAsync)
            .Describe("Approve a revision", "It runs at once, and no other. For a Global request one has to have signed in within ten minutes, in a browser, and to type the provider's name.")
            .Answers<RegistrationDocument>()
            .Refuses([.. RefusalsOfDecisions, "confirmation_missing", "reauthentication_required", "domain_unproven", "domain_check_failed", "key_unproven", "key_taken", "sender_taken"]);
        api.MapPost("/revisions/{number:int}/reject", RejectAsync)
            .Describe("Reject a revision", "With a reason for the submitter. What runs goes on running.")
            .Answers<RegistrationDocument>().Refuses([.. RefusalsOfDecisions, "reason_missing"]);
        api.MapPost("/withdraw", async (Guid id, ReasonBody body, Person person, HttpContext http, ChangeRegistrationState states, RegistrationAnswers answers, CancellationToken cancel) =>
                await answers.ChangedAsync(await states.WithdrawAsync(Actor.Of(person, http), id.ToString("D"), cancel), Actor.Of(person, http), http, cancel))
            .Describe("Withdraw what waits", "The revision that waits for a decision is taken back.")
            .Answers<RegistrationDocument>().Refuses("not_found", "not_owner", "nothing_waits");
        MapMove(api, "/suspend", "Suspend", "The cards stop acting at once, until somebody of the same rank or above resumes it.", (states, actor, id, reason, cancel) => states.SuspendAsync(actor, id, reason, cancel));
        MapMove(api, "/resume", "Resume", "It is in force again.", (states, actor, id, reason, cancel) => states.ResumeAsync(actor, id, reason, cancel));
        MapMove(api, "/revoke", "Revoke", "For good: the cards stop acting at once, and the id is not used again.", (states, actor, id, reason, cancel) => states.RevokeAsync(actor, id, reason, cancel));
    }

    private static void MapMove(
        RouteGroupBuilder api, string path, string verb, string description, Func<ChangeRegistrationState, Actor, string, string, CancellationToken, Task<RegistrationResult>> move) =>
        api.MapPost(path, async (Guid id, ReasonBody body, Person person, HttpContext http, ChangeRegistrationState states, RegistrationAnswers answers, CancellationToken cancel) =>
                (body.Reason ?? "").Trim() is { Length: <= DecideRegistration.LongestReason } reason
                    ? await answers.ChangedAsync(await move(states, Actor.Of(person, http), id.ToString("D"), reason, cancel), Actor.Of(person, http), http, cancel)
                    : Problems.Of("reason_missing", $"A reason has at most {DecideRegistration.LongestReason} characters."))
            .Describe($"{verb} a registration", description)
            .Answers<RegistrationDocument>().Refuses("reason_missing", "not_found", "not_owner", "suspended_above", "wrong_state");

    private static async Task<IResult> RevisionsAsync(Guid id, Person person, HttpContext http, RegistrationQueries registrations, CancellationToken cancel) =>
        await registrations.FindAsync(Actor.Of(person, http), id.ToString("D"), cancel) is { } view
            ? TypedResults.Ok(new RevisionList([.. view.Revisions.Select(RevisionSummary.Of)]))
            : RegistrationAnswers.NotFound();

    private static async Task<IResult> RevisionAsync(Guid id, int number, Person person, HttpContext http, RegistrationQueries registrations, CancellationToken cancel) =>
        await FindAsync(id, number, person, http, registrations, cancel) is (_, { } revision) ? TypedResults.Ok(RevisionDocument.Of(revision)) : RegistrationAnswers.NotFound();

    private static async Task<IResult> DifferenceAsync(Guid id, int number, Person person, HttpContext http, RegistrationQueries registrations, CancellationToken cancel)
    {
        if (await FindAsync(id, number, person, http, registrations, cancel) is not ({ } view, { } revision))
            return RegistrationAnswers.NotFound();
        var running = view.Running is { } active ? RegisteredContent.FromJson(active.Content) : null;
        return TypedResults.Ok(new RevisionDifference(
            view.Row.ActiveRevision, number, [.. ContentDifference.Between(running, RegisteredContent.FromJson(revision.Content)).Select(DifferenceDocument.Of)]));
    }

    private static async Task<(RegistrationView? View, ProviderRevisionRow? Revision)> FindAsync(
        Guid id, int number, Person person, HttpContext http, RegistrationQueries registrations, CancellationToken cancel)
    {
        var view = await registrations.FindAsync(Actor.Of(person, http), id.ToString("D"), cancel);
        return (view, view?.Of(number));
    }

    private static async Task<IResult> ApproveAsync(
        Guid id, int number, ApprovalBody body, Person person, HttpContext http, Sessions sessions, DecideRegistration decide, RegistrationAnswers answers, CancellationToken cancel)
    {
        if (!TryHash(body.ContentHash, out var hash))
            return NoHash();
        return await DecideAsync(id, new(number, hash, Approves: true, body.Reason ?? "", await sessions.AuthenticatedAtAsync(http.User, cancel), body.Confirmation ?? ""), person, http, decide, answers, cancel);
    }

    private static async Task<IResult> RejectAsync(
        Guid id, int number, RejectionBody body, Person person, HttpContext http, DecideRegistration decide, RegistrationAnswers answers, CancellationToken cancel) =>
        TryHash(body.ContentHash, out var hash)
            ? await DecideAsync(id, new(number, hash, Approves: false, body.Reason ?? "", ReauthenticatedAt: null, ""), person, http, decide, answers, cancel)
            : NoHash();

    private static async Task<IResult> DecideAsync(
        Guid id, Decision decision, Person person, HttpContext http, DecideRegistration decide, RegistrationAnswers answers, CancellationToken cancel)
    {
        var actor = Actor.Of(person, http);
        return await answers.ChangedAsync(await decide.DecideAsync(actor, id.ToString("D"), decision, cancel), actor, http, cancel);
    }

    private static bool TryHash(string? text, out byte[] hash)
    {
        hash = new byte[32];
        return text is { Length: 64 } && Convert.FromHexString(text, hash, out _, out _) == System.Buffers.OperationStatus.Done;
    }

    private static IResult NoHash() => Problems.Of("bad_request", "A decision names the content that it is about: give contentHash, 64 hexadecimal digits, as the revision has it.");
}
