using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Addresses;
using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ActionMail.Server.Tokens;

/// <summary>What a token says: who acted, through which address, on a card from whom, for which provider.</summary>
internal sealed record ActionTokenRequest(Person Actor, EmailAddress ActorAddress, string Sender, string Originator, TokenProfile Profile, string Audience);

/// <summary>Makes the bearer token of an action request. Protocol §6: two profiles, RS256, one audience.</summary>
internal sealed class ActionTokenIssuer(SigningKeys keys, IOptions<ServerOptions> server, IOptions<TokenOptions> options, TimeProvider time)
{
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    public string Issue(ActionTokenRequest request)
    {
        var now = time.GetUtcNow();
        var tenant = request.Actor.OrganizationId.ToString("D");
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = request.Profile == TokenProfile.Eat ? EatIssuer(server.Value.Platform) : EntraIssuer(server.Value.Platform, tenant),
            Audience = request.Audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + options.Value.Lifetime).UtcDateTime,
            Claims = request.Profile == TokenProfile.Eat ? EatClaims(request, tenant) : EntraClaims(request, tenant),
            SigningCredentials = keys.Current().Credentials,
        };
        return _handler.CreateToken(descriptor);
    }

    public static string EatIssuer(string platform) => $"{platform}/sts/";

    public static string EntraIssuer(string platform, string tenant) => $"{platform}/{tenant}/v2.0";

    private static Dictionary<string, object> EatClaims(ActionTokenRequest request, string tenant) => new(StringComparer.Ordinal)
    {
        ["appid"] = ActionTokenClaims.PlatformApplicationId,
        ["appidacr"] = "2",
        ["acr"] = "0",
        ["ver"] = ActionTokenClaims.EatVersion,
        ["sub"] = request.ActorAddress.ToString(),
        [ActionTokenClaims.ObjectId] = request.Actor.Id.ToString("D"),
        [ActionTokenClaims.TenantId] = tenant,
        [ActionTokenClaims.Sender] = request.Sender,
        [ActionTokenClaims.Originator] = request.Originator,
        ["name"] = request.Actor.DisplayName,
        ["jti"] = Guid.NewGuid().ToString("D"),
    };

    private static Dictionary<string, object> EntraClaims(ActionTokenRequest request, string tenant) => new(StringComparer.Ordinal)
    {
        ["azp"] = ActionTokenClaims.PlatformApplicationId,
        ["azpacr"] = "2",
        ["scp"] = "access_as_user",
        ["ver"] = ActionTokenClaims.EntraVersion,
        ["uti"] = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(16)),
        ["sub"] = PairwiseSubject(request),
        [ActionTokenClaims.ObjectId] = request.Actor.Id.ToString("D"),
        [ActionTokenClaims.TenantId] = tenant,
        ["preferred_username"] = request.ActorAddress.ToString(),
        ["upn"] = request.ActorAddress.ToString(),
        ["name"] = request.Actor.DisplayName,
        [ActionTokenClaims.Sender] = request.Sender,
        [ActionTokenClaims.Originator] = request.Originator,
        ["jti"] = Guid.NewGuid().ToString("D"),
    };

    // OpenID Connect Core §8.1: the same for one person and one audience, and of no use to another audience.
    private static string PairwiseSubject(ActionTokenRequest request) =>
        Base64UrlEncoder.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{request.Actor.OrganizationId:D}\n{request.Actor.Id:D}\n{request.Audience}"))));
}
