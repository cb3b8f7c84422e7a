using System.Diagnostics;
using System.Text.Json;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;
using ActionMail.Server.Providers.Approval;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Providers.Api;

/// <summary>What came of something, as an HTTP answer: the one place where results become statuses.</summary>
internal sealed class RegistrationAnswers(RegistrationQueries registrations, Approvers approvers, AddressBook addresses, IOptions<JsonOptions> json)
{
    /// <summary>Where a registration is.</summary>
    public static string PathOf(string id) => $"/api/providers/{id}";

    /// <summary>The version of a registration as its entity tag has it.</summary>
    public static string TagOf(long version) => FormattableString.Invariant($"v{version}");

    public static ProblemHttpResult NotFound() => Problems.Of("not_found", "There is no such registration, or none that is yours to see.");

    /// <summary>The registration, or 304 where the asker has it already.</summary>
    public IResult Shown(RegistrationView view, Actor reader, HttpContext http)
    {
        http.TagAnswer(TagOf(view.Row.Version));
        return http.HasVersion(TagOf(view.Row.Version)) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(RegistrationDocument.Of(view, reader, addresses));
    }

    /// <summary>The registration as it is after a change, or why nothing was changed.</summary>
    public async Task<IResult> ChangedAsync(RegistrationResult result, Actor actor, HttpContext http, CancellationToken cancel) =>
        result is RegistrationResult.Done(var row, _)
            ? await registrations.FindAsync(actor, row.Id, cancel) is { } view ? Tagged(http, view, TypedResults.Ok(RegistrationDocument.Of(view, actor, addresses))) : TypedResults.NoContent()
            : Refused(result, http);

    /// <summary>The registration after a submission, with what was worth knowing about it.</summary>
    public async Task<IResult> SubmittedAsync(RegistrationResult result, SubmissionReading.Valid submission, Actor actor, HttpContext http, bool isNew, CancellationToken cancel)
    {
        if (result is not RegistrationResult.Done(var row, _))
            return Refused(result, http);
        if (await registrations.FindAsync(actor, row.Id, cancel) is not { } view)
            return TypedResults.NoContent();
        var document = DocumentOf(view, submission, actor);
        return Tagged(http, view, isNew ? TypedResults.Created(PathOf(row.Id), document) : TypedResults.Ok(document));
    }

    /// <summary>The body that a repeated submission is answered with.</summary>
    public string BodyOf(RegistrationView view, SubmissionReading.Valid submission, Actor actor) =>
        JsonSerializer.Serialize(DocumentOf(view, submission, actor), json.Value.SerializerOptions);

    /// <summary>Why nothing was changed.</summary>
    public static IResult Refused(RegistrationResult result, HttpContext http) => result switch
    {
        RegistrationResult.NotFound => NotFound(),
        RegistrationResult.Forbidden(var code, var words) => Problems.Of(code, words),
        RegistrationResult.Conflict(var code, var words) => Problems.Of(code, words),
        RegistrationResult.TooMany(var perDay) => TooMany(perDay, http),
        RegistrationResult.TooOften(var perDay) => Tomorrow(http, "too_many_revisions",
            $"{perDay} revisions of this registration were submitted within a day, which is as many as may be. Go on tomorrow; a draft can be saved as often as you like."),
        RegistrationResult.Repeated(var status, var body) => Again(status, body, http),
        _ => throw new UnreachableException(),
    };

    /// <summary>All that is wrong with a submission, at once.</summary>
    public static IResult Invalid(SubmissionReading.Invalid reading) => Problems.Of("invalid_submission", "Some fields of the registration are not right.", new Dictionary<string, object?>
    {
        ["errors"] = reading.ByField(),
        ["findings"] = reading.Errors.Select(FindingDocument.Of).ToArray(),
        ["warnings"] = reading.Warnings.Select(FindingDocument.Of).ToArray(),
    });

    public static IResult TooMany(int perDay, HttpContext http) => Tomorrow(http, "too_many_drafts",
        $"You have begun {perDay} new providers within a day, which is as many as one person may. Go on tomorrow, or finish one of your drafts.");

    private RegistrationDocument DocumentOf(RegistrationView view, SubmissionReading.Valid submission, Actor actor) => RegistrationDocument.Of(view, actor, addresses) with
    {
        Warnings = [.. submission.Warnings.Select(FindingDocument.Of), .. approvers.WhyNone(view, actor.Person) is { } none ? [FindingDocument.Of(none)] : Array.Empty<FindingDocument>()],
    };

    private static ProblemHttpResult Tomorrow(HttpContext http, string code, string words)
    {
        http.Response.Headers.RetryAfter = "86400";
        return Problems.Of(code, words);
    }

    private static IResult Tagged(HttpContext http, RegistrationView view, IResult answer)
    {
        http.TagAnswer(TagOf(view.Row.Version));
        return answer;
    }

    private static ContentHttpResult Again(int status, string body, HttpContext http)
    {
        var document = JsonElement.Parse(body);
        http.Response.Headers.Location = PathOf(document.GetProperty("id").GetString()!);
        http.TagAnswer(TagOf(document.GetProperty("version").GetInt64()));
        return TypedResults.Text(body, "application/json", statusCode: status);
    }
}
