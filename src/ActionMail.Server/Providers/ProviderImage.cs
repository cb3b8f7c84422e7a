using ActionMail.Server.Accounts;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Providers;

/// <summary>The logos and screenshots of registrations and drafts, to those who may see these. The bytes are a PNG that was made here. Security J-07.</summary>
internal static class ProviderImage
{
    public static string? UrlOf(string id, string? sha256) => sha256 is null ? null : $"/providers/{id}/images/{sha256}";

    public static void MapProviderImages(this IEndpointRouteBuilder routes) => routes.MapGet("/providers/{id}/images/{sha256}", ShowAsync).RequireAuthorization().ExcludeFromDescription();

    private static async Task<IResult> ShowAsync(
        string id, string sha256, Person reader, HttpContext http, RegistrationQueries registrations, Drafts drafts, IDbContextFactory<ActionMailDb> contexts, CancellationToken cancel)
    {
        var view = await registrations.FindAsync(Actor.Of(reader, http), id, cancel);
        if (view is null && await drafts.FindAsync(reader, id, cancel) is null)
            return TypedResults.NotFound();
        var organization = view?.Row.OrganizationId ?? reader.OrganizationId;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var png = await db.ProviderImages.AsNoTracking().Where(image => image.OrganizationId == organization && image.ProviderId == id && image.Sha256 == sha256)
            .Select(image => image.Png).SingleOrDefaultAsync(cancel);
        if (png is null)
            return TypedResults.NotFound();
        // An image never changes: its name is its hash.
        http.Response.Headers.CacheControl = "private, max-age=86400, immutable";
        return TypedResults.Bytes(png, "image/png");
    }
}
