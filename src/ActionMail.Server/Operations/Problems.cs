using System.Text.Json;
using ActionMail.Server.Persistence;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace ActionMail.Server.Operations;

/// <summary>What a fault and a refusal look like over HTTP: a generic sentence and a code for the remote side; the cause is in the log.</summary>
internal static class Problems
{
    /// <summary>The status of a fault that nobody below has answered.</summary>
    public static int StatusOf(Exception error) => error switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        _ when StoreFault.IsIn(error) => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>A refusal by its code, which has its status from <see cref="ApiCodes"/>, in words for whoever asked.</summary>
    public static ProblemHttpResult Of(string code, string words, IDictionary<string, object?>? more = null) => TypedResults.Problem(
        statusCode: ApiCodes.StatusOf(code), title: words, detail: words, extensions: new Dictionary<string, object?>(more ?? new Dictionary<string, object?>()) { ["code"] = code });

    /// <summary>A refusal in the words of <see cref="ApiCodes"/>.</summary>
    public static ProblemHttpResult Of(string code) => Of(code, ApiCodes.WordsOf(code));

    /// <summary>Every problem has a code; where the route gave none, its status does.</summary>
    public static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        if (context.Exception is BadHttpRequestException bad)
            (problem.Title, problem.Detail) = ("The request is not of the documented form.", WordsOf(bad));
        if (context.Exception is { } error && StoreFault.IsIn(error))
        {
            problem.Title = "This cannot be recorded at the moment, so nothing was done. Try again shortly.";
            problem.Extensions["code"] = "store_unavailable";
        }
        problem.Detail ??= problem.Title;
        problem.Extensions.TryAdd("code", CodeOf(problem.Status ?? context.HttpContext.Response.StatusCode));
    }

    // Which member it is helps whoever wrote the request, and tells nobody anything. Names of our types stay here.
    private static string WordsOf(BadHttpRequestException bad) => bad.InnerException switch
    {
        JsonException { Path: { } path } json when UndocumentedMembers.IsUndocumented(json) => $"There is no member '{MemberAt(path)}' here.",
        JsonException { Path: { } path } json when json.Message.StartsWith("Duplicate property", StringComparison.Ordinal) => $"The member '{MemberAt(path)}' is there twice.",
        JsonException { Path: { Length: > 1 } path } => $"The value of '{MemberAt(path)}' cannot be read.",
        JsonException => "The body is not JSON.",
        _ when bad.StatusCode == StatusCodes.Status400BadRequest => "A parameter or the body is missing, or cannot be read.",
        _ => bad.Message,
    };

    private static string MemberAt(string path) => path.StartsWith("$.", StringComparison.Ordinal) ? path[2..Math.Min(path.Length, 102)] : path[..Math.Min(path.Length, 100)];

    private static string CodeOf(int status) =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(ReasonPhrases.GetReasonPhrase(status).Replace(" ", "", StringComparison.Ordinal));
}
