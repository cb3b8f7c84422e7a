namespace ActionMail.Server.Operations;

internal static class Health
{
    /// <summary>Answered as soon as Kestrel listens, and it listens on the web's and the mail's ports together.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes) => routes.MapGet("/health/ready", () => TypedResults.Ok(new { status = "ready" }));
}
