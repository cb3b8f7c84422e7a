using System.Diagnostics;
using System.Security.Claims;
using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Addresses;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ActionMail.Sdk;

/// <summary>
/// Decides whether a bearer token is the platform's word that a person acted on a card of this service:
/// 1. it is a strict compact JWS with alg RS256 and a kid; 2. its issuer is configured; 3. that issuer publishes the key;
/// 4. signature, issuer and audience hold; 5. it lives now, and not too long; 6. caller, version and tenant are the
/// issuer's; 7. provider and sender are the service's; 8. it names the actor.
/// </summary>
internal sealed class TokenValidation(IssuerKeys keys, TimeProvider time)
{
    private static readonly JsonWebTokenHandler Jwt = new() { MapInboundClaims = false };

    public async Task<TokenVerdict> ValidateAsync(string bearer, ActionableMessagesOptions options, CancellationToken cancel)
    {
        if (ActionToken.Read(bearer, out var fault) is not { } token)                                         // 1
            return Reject(fault);
        if (options.Issuers.FirstOrDefault(issuer => issuer.Issuer == token["iss"]) is not { } issuer)        // 2
            return Reject("its issuer is not configured");
        switch (await keys.FindAsync(issuer, token.KeyId, cancel))                                            // 3
        {
            case KeyLookup.Unavailable:
                return new TokenVerdict.KeysUnavailable(issuer.Issuer);
            case KeyLookup.Unknown:
                return Reject("its kid is not among the issuer's keys");
            case KeyLookup.Found(var key):
                var why = await SignatureFaultAsync(bearer, issuer, key)                                      // 4
                    ?? LifetimeFault(token, issuer, options.ClockSkew)                                        // 5
                    ?? CallerFault(token, issuer)                                                             // 6
                    ?? ServiceFault(token, issuer, options);                                                  // 7
                return why is null ? Accept(token, issuer) : Reject(why);                                     // 8
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<string?> SignatureFaultAsync(string bearer, TokenIssuer issuer, SecurityKey key)
    {
        var result = await Jwt.ValidateTokenAsync(bearer, new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            ValidTypes = ["JWT", "at+jwt"],
            IssuerSigningKey = key,
            TryAllIssuerSigningKeys = false,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ValidIssuer = issuer.Issuer,
            ValidAudiences = issuer.Audiences,
            IgnoreTrailingSlashWhenValidatingAudience = false,
            ValidateLifetime = false,   // LifetimeFault does, by our clock
        });
        return result.IsValid ? null : result.Exception.Message;
    }

    private string? LifetimeFault(ActionToken token, TokenIssuer issuer, TimeSpan skew)
    {
        var now = time.GetUtcNow();
        if (token.Time("iat") is not { } issuedAt || token.Time("exp") is not { } expires)
            return "it lacks iat or exp";
        if (issuedAt > now + skew || (token.Has("nbf") && !(token.Time("nbf") <= now + skew)))
            return "it is not valid yet";
        if (expires <= now - skew)
            return "it has expired";
        return expires <= issuedAt || expires - issuedAt > issuer.MaximumLifetime
            ? $"it lives from iat to exp for {expires - issuedAt}, and at most {issuer.MaximumLifetime} is taken"
            : null;
    }

    private static string? CallerFault(ActionToken token, TokenIssuer issuer)
    {
        var (caller, version) = issuer.Profile is TokenProfile.Eat
            ? ("appid", ActionTokenClaims.EatVersion)
            : ("azp", ActionTokenClaims.EntraVersion);
        if (token["ver"] != version)
            return $"its ver is not {version}";
        if (token[caller] is not { } application || !issuer.CallerApplicationIds.Contains(application, StringComparer.Ordinal))
            return $"its {caller} is not the platform's action service";
        return issuer.TenantIds.Count > 0 && !issuer.TenantIds.Contains(token[ActionTokenClaims.TenantId] ?? "", StringComparer.Ordinal)
            ? "its tid is not an expected organization"
            : null;
    }

    private static string? ServiceFault(ActionToken token, TokenIssuer issuer, ActionableMessagesOptions options)
    {
        var names = issuer.NamesOriginator || token.Has(ActionTokenClaims.Originator);
        if (options.Originator is { } originator && names && token[ActionTokenClaims.Originator] != originator)
            return "it was made for another provider";
        if (options.ExpectedSenders.Count == 0)
            return null;
        // Outlook's Entra tokens name no sender; every other token must.
        var silent = issuer is { Profile: TokenProfile.Entra, NamesOriginator: false } && !token.Has(ActionTokenClaims.Sender);
        return silent || options.ExpectedSenders.Any(expected => IsSameAddress(expected, token[ActionTokenClaims.Sender]))
            ? null
            : "the card's mail came from another sender";
    }

    private static TokenVerdict Accept(ActionToken token, TokenIssuer issuer)
    {
        var text = issuer.Profile is TokenProfile.Eat ? token["sub"] : token["preferred_username"] ?? token["upn"];
        if (!EmailAddress.TryParse(text, out var actor))
            return Reject("it names no actor by address");

        var identity = new ClaimsIdentity(ActionableMessagesDefaults.AuthenticationScheme, ActionClaims.ActorAddress, roleType: null);
        identity.AddClaim(new Claim(ActionClaims.ActorAddress, actor.ToString()));
        Copy("name", ActionClaims.ActorName);
        Copy(ActionTokenClaims.ObjectId, ActionClaims.ObjectId);
        Copy(ActionTokenClaims.TenantId, ActionClaims.TenantId);
        Copy(ActionTokenClaims.Sender, ActionClaims.Sender);
        return new TokenVerdict.Accepted(new ClaimsPrincipal(identity));

        void Copy(string claim, string type)
        {
            if (token[claim] is { Length: > 0 } value)
                identity.AddClaim(new Claim(type, value));
        }
    }

    private static bool IsSameAddress(string expected, string? named) =>
        EmailAddress.TryParse(expected, out var one) && EmailAddress.TryParse(named, out var other) && one == other;

    private static TokenVerdict.Rejected Reject(string why) => new(why);
}
