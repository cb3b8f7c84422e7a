using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Tokens;

/// <summary>
/// OpenID discovery and the key set of both token profiles. Issuer and addresses come from the configuration, whatever host the request names (security I-04).
/// </summary>
internal static class DiscoveryEndpoints
{
    private const string CacheControl = "public, max-age=3600";

    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sts/common/.well-known/openid-configuration", (HttpContext http, IOptions<ServerOptions> options) =>
            Metadata(http, ActionTokenIssuer.EatIssuer(options.Value.Platform), $"{options.Value.Platform}/sts/common/keys"));
        routes.MapGet("/sts/common/keys", KeySet);
        routes.MapGet("/{tenant:guid}/v2.0/.well-known/openid-configuration", (Guid tenant, HttpContext http, AddressBook addresses, IOptions<ServerOptions> options) =>
            addresses.People.Any(person => person.OrganizationId == tenant)
                ? Metadata(http, ActionTokenIssuer.EntraIssuer(options.Value.Platform, tenant.ToString("D")), $"{options.Value.Platform}/sts/common/keys")
                : TypedResults.NotFound());
    }

    private static IResult Metadata(HttpContext http, string issuer, string keySet)
    {
        http.Response.Headers.CacheControl = CacheControl;
        return TypedResults.Ok(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["issuer"] = issuer,
            ["jwks_uri"] = keySet,
            ["response_types_supported"] = new[] { "token" },
            ["subject_types_supported"] = new[] { "pairwise", "public" },
            ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
        });
    }

    private static IResult KeySet(HttpContext http, SigningKeys keys)
    {
        http.Response.Headers.CacheControl = CacheControl;
        return TypedResults.Ok(new
        {
            keys = keys.Published().Select(key => new { kty = "RSA", use = "sig", alg = "RS256", kid = key.KeyId, n = key.Modulus, e = key.Exponent }),
        });
    }
}
