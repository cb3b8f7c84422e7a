using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Accounts.Devices;

/// <summary>
/// A person by an access token in the Authorization header (RFC 6750 §2.1), on the API alone. A cookie that comes along counts for nothing then, and the operator's routes
/// have a token of their own.
/// </summary>
internal sealed class AccessTokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, AccessTokens tokens)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "AccessToken";
    private const string Start = "Bearer ";

    public static bool IsAskedFor(HttpRequest request) => request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        && !request.Path.StartsWithSegments("/api/operator", StringComparison.Ordinal)
        && request.Headers.Authorization.ToString().StartsWith(Start, StringComparison.OrdinalIgnoreCase);

    /// <summary>The token that a request carries.</summary>
    public static string TokenOf(HttpRequest request) => request.Headers.Authorization.ToString()[Start.Length..].Trim();

    public static bool IsUsedBy(ClaimsPrincipal user) => user.Identity?.AuthenticationType == SchemeName;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var token = TokenOf(Request);
        return token.StartsWith(AccessTokens.Prefix, StringComparison.Ordinal) && await tokens.FindAsync(token, Context.RequestAborted) is { } person
            ? AuthenticateResult.Success(new(SignedInPerson.Of(person).ToPrincipal(SchemeName), SchemeName))
            : AuthenticateResult.Fail("The access token is not known, too old or taken back.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        return Task.CompletedTask;
    }
}
