using System.Text.Json;
using ActionMail.Server.Persistence;
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

    /// <summary>Every problem has a code; where the route gave none, its status does.</summary>
    public static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        if (context.Exception is { } error && StoreFault.IsIn(error))
        {
            problem.Title = "This cannot be recorded at the moment, so nothing was done. Try again shortly.";
            problem.Extensions["code"] = "store_unavailable";
        }
        problem.Detail ??= problem.Title;
        problem.Extensions.TryAdd("code", CodeOf(problem.Status ?? context.HttpContext.Response.StatusCode));
    }

    private static string CodeOf(int status) =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(ReasonPhrases.GetReasonPhrase(status).Replace(" ", "", StringComparison.Ordinal));
}
