using System.Data.Common;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Operations;

internal static class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>200 as soon as Kestrel listens, on the web's and the mail's ports together, and the store takes a write; else 503.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes) => routes.MapGet("/health/ready", async (StoreWriter writer, CancellationToken cancel) =>
    {
        try
        {
            await writer.WriteAsync(db => db.Organizations.Any(), cancel).WaitAsync(Patience, cancel);
            return Results.Ok(new { status = "ready" });
        }
        catch (Exception error) when (error is DbException or TimeoutException)
        {
            return Results.Json(new { status = "store_unavailable" }, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    });
}
