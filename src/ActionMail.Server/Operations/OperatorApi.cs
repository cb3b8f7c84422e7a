namespace ActionMail.Server.Operations;

/// <summary>The group of routes that only the operator may use. The answer to everybody else is 401, whatever the route.</summary>
internal static class OperatorApi
{
    public static RouteGroupBuilder MapOperatorApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/operator");
        group.DisableAntiforgery();
        group.AddEndpointFilter(async (context, next) =>
            context.HttpContext.RequestServices.GetRequiredService<OperatorToken>().IsIn(context.HttpContext.Request)
                ? await next(context)
                : TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized, title: "The operator's token is missing or wrong.",
                    detail: "Send 'Authorization: Bearer' with the content of operator.token in the data folder.",
                    extensions: new Dictionary<string, object?> { ["code"] = "operator_token" }));
        return group;
    }
}
