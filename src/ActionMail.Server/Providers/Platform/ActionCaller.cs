using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Addresses;
using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;
using ActionMail.Server.Tokens;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ActionMail.Server.Providers.Platform;

/// <summary>
/// Who acts, by the token of the action request and by nothing else, as any service reads it: signature by a published key, issuer, audience, time, and that the token is for
/// this provider and its sender. Protocol §6.
/// </summary>
internal sealed class ActionCaller(SigningKeys keys, PlatformProvider platform, AddressBook addresses, IOptions<ServerOptions> server, TimeProvider time)
{
    private readonly JsonWebTokenHandler _jwt = new() { MapInboundClaims = false };

    /// <summary>The person, or null where the token does not hold.</summary>
    public async Task<Person?> FindAsync(string token)
    {
        var result = await _jwt.ValidateTokenAsync(token, Demands());
        if (!result.IsValid || result.SecurityToken is not JsonWebToken jwt)
            return null;
        return Is(jwt, "appid", ActionTokenClaims.PlatformApplicationId) && Is(jwt, "ver", ActionTokenClaims.EatVersion)
            && Is(jwt, ActionTokenClaims.Originator, PlatformProvider.Id) && Is(jwt, ActionTokenClaims.Sender, platform.Address.ToString())
            ? PersonOf(jwt)
            : null;
    }

    private TokenValidationParameters Demands() => new()
    {
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
        IssuerSigningKeys = [.. keys.Published().Select(key => key.Credentials.Key)],
        RequireSignedTokens = true,
        ValidIssuer = ActionTokenIssuer.EatIssuer(server.Value.Platform),
        ValidAudience = server.Value.Platform,
        IgnoreTrailingSlashWhenValidatingAudience = false,
        LifetimeValidator = (notBefore, expires, _, _) => notBefore <= time.GetUtcNow().UtcDateTime && time.GetUtcNow().UtcDateTime < expires,
    };

    // The ids say who; the address must be one of theirs still.
    private Person? PersonOf(JsonWebToken jwt) =>
        Guid.TryParse(Claim(jwt, ActionTokenClaims.TenantId), out var organization) && Guid.TryParse(Claim(jwt, ActionTokenClaims.ObjectId), out var id)
        && addresses.Find(organization, id) is { } person && EmailAddress.TryParse(jwt.Subject, out var address) && person.Addresses.Contains(address)
            ? person
            : null;

    private static bool Is(JsonWebToken jwt, string claim, string expected) => string.Equals(Claim(jwt, claim), expected, StringComparison.Ordinal);

    private static string? Claim(JsonWebToken jwt, string name) => jwt.TryGetPayloadValue<string>(name, out var value) ? value : null;
}
