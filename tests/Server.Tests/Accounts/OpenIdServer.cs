using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using ActionMail.Server.Tests.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ActionMail.Server.Tests.Accounts;

/// <summary>
/// An organization's OpenID Connect provider, on OpenIddict: a real authorization code flow with PKCE on a port of its own. Whoever comes is at once the person that the
/// test says; an ID token can be written again, with the provider's own key, to say something else.
/// </summary>
internal sealed class OpenIdServer : IAsyncDisposable
{
    public const string ClientId = "actionmail";
    public const string ClientSecret = "a secret between the two";

    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("N") };
    private WebApplication _app = null!;

    private OpenIdServer(int port) => Port = port;

    public int Port { get; }

    public string Issuer => $"http://localhost:{Port}/";

    /// <summary>The claims of whoever signs in.</summary>
    public Dictionary<string, object> Claims { get; set; } = [];

    /// <summary>Changes the claims of an ID token before it leaves.</summary>
    public Action<Dictionary<string, object>>? Rewrite { get; set; }

    /// <summary>What it signs rewritten tokens with; null for its own key.</summary>
    public SigningCredentials? Forger { get; set; }

    /// <summary>What an authorization request must be answered with instead of a code.</summary>
    public string? Error { get; set; }

    /// <summary>The authorization requests that came.</summary>
    public ConcurrentQueue<OpenIddictRequest> Seen { get; } = [];

    /// <summary>Starts one, with keys of its own; on a port that an earlier one had, it is that provider with new keys.</summary>
    public static async Task<OpenIdServer> StartAsync(int? port = null)
    {
        var server = new OpenIdServer(port ?? RunningPlatform.FreePort());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(server.Issuer);
        builder.Services.AddOpenIddict().AddServer(server.Configure);
        server._app = builder.Build();
        server._app.UseAuthentication();
        await server._app.StartAsync();
        return server;
    }

    /// <summary>As it was at its start, for the next test.</summary>
    public void Reset()
    {
        (Claims, Rewrite, Forger, Error) = ([], null, null, null);
        Seen.Clear();
    }

    /// <summary>The settings by which the platform knows it.</summary>
    public string[] Settings(params string[] more) =>
    [
        "--Accounts:OpenId:0:Name=Contoso ID", $"--Accounts:OpenId:0:Authority={Issuer}", $"--Accounts:OpenId:0:ClientId={ClientId}",
        $"--Accounts:OpenId:0:ClientSecret={ClientSecret}", "--Accounts:OpenId:0:Organization=contoso.test", .. more,
    ];

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private void Configure(OpenIddictServerBuilder options)
    {
        options.SetIssuer(new Uri(Issuer)).SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token");
        options.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
        options.RegisterScopes("openid", "profile", "email");
        options.AddEphemeralEncryptionKey().AddSigningKey(_key);
        // No store: one client, known to the three handlers below.
        options.EnableDegradedMode();
        options.UseAspNetCore().DisableTransportSecurityRequirement();
        options.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(Validate));
        options.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(Validate));
        options.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(SignIn));
        options.AddEventHandler<ApplyTokenResponseContext>(handler => handler.UseInlineHandler(RewriteToken).SetOrder(int.MinValue));
    }

    private ValueTask Validate(ValidateAuthorizationRequestContext context)
    {
        if (context.ClientId != ClientId)
            context.Reject("invalid_client");
        return default;
    }

    private ValueTask Validate(ValidateTokenRequestContext context)
    {
        if (context.ClientId != ClientId || context.ClientSecret != ClientSecret)
            context.Reject("invalid_client");
        return default;
    }

    private ValueTask SignIn(HandleAuthorizationRequestContext context)
    {
        Seen.Enqueue(context.Request);
        if (Error is { } error)
        {
            context.Reject(error);
            return default;
        }
        var identity = new ClaimsIdentity("openid", "name", "role");
        foreach (var (name, value) in Claims)
        {
            foreach (var each in value as string[] ?? (object[])[value])
                identity.AddClaim(ClaimOf(name, each));
        }
        identity.SetDestinations(_ => ["id_token"]);
        context.Principal = new ClaimsPrincipal(identity).SetScopes(context.Request.GetScopes());
        return default;
    }

    private static Claim ClaimOf(string name, object value) => value switch
    {
        bool truth => new(name, truth ? "true" : "false", ClaimValueTypes.Boolean),
        long number => new(name, number.ToString(System.Globalization.CultureInfo.InvariantCulture), ClaimValueTypes.Integer64),
        _ => new(name, (string)value),
    };

    private ValueTask RewriteToken(ApplyTokenResponseContext context)
    {
        if (Rewrite is null || context.Response.IdToken is not { } token)
            return default;
        var read = new JsonWebToken(token);
        var claims = read.Claims.Where(claim => claim.Type is not ("exp" or "iat" or "nbf"))
            .GroupBy(claim => claim.Type, StringComparer.Ordinal).ToDictionary(group => group.Key, group => (object)group.First().Value, StringComparer.Ordinal);
        claims["exp"] = new DateTimeOffset(read.ValidTo).ToUnixTimeSeconds();
        claims["iat"] = new DateTimeOffset(read.IssuedAt).ToUnixTimeSeconds();
        Rewrite(claims);
        context.Response.IdToken = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            System.Text.Json.JsonSerializer.Serialize(claims), Forger ?? new SigningCredentials(_key, SecurityAlgorithms.RsaSha256));
        return default;
    }
}
