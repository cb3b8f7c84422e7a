using ActionMail.Server.Operations;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace ActionMail.Server.Accounts.OpenId;

/// <summary>One scheme for each provider: authorization code with PKCE (RFC 7636), found by discovery.</summary>
internal static class OpenIdSetup
{
    // RFC 8725 §3.1: what an ID token may be signed with is decided here. A shared secret is no signature.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    public static AuthenticationBuilder AddOpenIdProviders(this AuthenticationBuilder authentication, IConfiguration configuration)
    {
        authentication.Services.AddSingleton<OpenIdSignIn>().AddScoped<OpenIdEvents>();
        // What is wrong with an entry is said at start, by AccountOptions; here it only must not get in the way of that.
        var providers = configuration.GetSection($"{AccountOptions.Section}:{nameof(AccountOptions.OpenId)}").Get<OpenIdProvider[]>() ?? [];
        foreach (var provider in providers.Where((provider, index) => !provider.Faults(index).Any()).DistinctBy(provider => provider.Slug, StringComparer.Ordinal))
        {
            authentication.AddOpenIdConnect(provider.Scheme, provider.Name, options => Configure(options, provider));
            authentication.Services.AddOptions<OpenIdConnectOptions>(provider.Scheme).Configure<IOptions<ServerOptions>>((options, server) => Secure(options, server.Value));
        }
        return authentication;
    }

    private static void Configure(OpenIdConnectOptions options, OpenIdProvider provider)
    {
        options.Authority = provider.Authority!.AbsoluteUri;
        options.RequireHttpsMetadata = provider.Authority.Scheme == Uri.UriSchemeHttps;
        options.ClientId = provider.ClientId;
        options.ClientSecret = provider.ClientSecret;
        options.CallbackPath = provider.CallbackPath;
        options.ResponseType = OpenIdConnectResponseType.Code;
        // In the address: a form from another site would come without the cookies that hold the state.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.MapInboundClaims = false;
        options.SaveTokens = false;
        options.DisableTelemetry = true;
        options.ClaimActions.Clear();
        options.Scope.Clear();
        foreach (var scope in (string[])["openid", "profile", "email"])
            options.Scope.Add(scope);
        options.TokenValidationParameters.ValidAlgorithms = Algorithms;
        options.EventsType = typeof(OpenIdEvents);
    }

    private static void Secure(OpenIdConnectOptions options, ServerOptions server)
    {
        foreach (var cookie in (CookieBuilder[])[options.CorrelationCookie, options.NonceCookie])
        {
            cookie.SecurePolicy = server.PublicUrl.Scheme == Uri.UriSchemeHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            cookie.SameSite = SameSiteMode.Lax;
        }
    }
}
