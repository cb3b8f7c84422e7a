using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionMail.Server.Operations;

/// <summary>The routes that only the operator may use. The answer to everybody else is 401, whatever the route and whatever they send.</summary>
internal static class OperatorApi
{
    private const string Path = "/api/operator";

    /// <summary>Stands before the routes: what a stranger sends is not even read.</summary>
    public static void UseOperatorToken(this IApplicationBuilder app) => app.UseWhen(http => http.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase), operators =>
        operators.Use((http, next) => http.RequestServices.GetRequiredService<OperatorToken>().IsIn(http.Request) ? next(http) : Refused().ExecuteAsync(http)));

    public static RouteGroupBuilder MapOperatorApi(this IEndpointRouteBuilder routes) => routes.MapGroup(Path).DisableAntiforgery();

    private static ProblemHttpResult Refused() => TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized, title: "The operator's token is missing or wrong.",
        detail: "Send 'Authorization: Bearer' with the content of operator.token in the data folder.",
        extensions: new Dictionary<string, object?> { ["code"] = "operator_token" });
}
