using System.Text.Json.Nodes;

namespace ActionMail.Sdk.Tests;

/// <summary>The header and claims of a good token, to be spoiled one at a time.</summary>
public sealed record ActionTokenParts(JsonObject Header, JsonObject Claims)
{
    public static ActionTokenParts Eat(TestIssuer issuer, string audience, DateTimeOffset now, string actor = "owner@contoso.test") => new(
        new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = issuer.KeyId },
        new JsonObject
        {
            ["iss"] = issuer.Issuer,
            ["aud"] = audience,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
            ["appid"] = "48af08dc-f6d2-435f-b2a7-069abd99c086",
            ["appidacr"] = "2",
            ["acr"] = "0",
            ["ver"] = "STI.ExternalAccessToken.V1",
            ["sub"] = actor,
            ["oid"] = "7e1b3c52-9f0d-4d7a-a6c8-51e2f4b7d101",
            ["tid"] = "tenant-1",
            ["name"] = "Adele Vance",
            ["sender"] = "groups@contoso.test",
            ["originator"] = TestData.Originator,
        });

    public static ActionTokenParts Entra(TestIssuer issuer, string audience, DateTimeOffset now)
    {
        var parts = Eat(issuer, audience, now);
        parts.Claims["iss"] = $"{issuer.Address.GetLeftPart(UriPartial.Authority)}/tenant-1/v2.0";
        parts.Claims.Remove("appid");
        parts.Claims["azp"] = "48af08dc-f6d2-435f-b2a7-069abd99c086";
        parts.Claims["azpacr"] = "2";
        parts.Claims["ver"] = "2.0";
        parts.Claims["sub"] = "AUCeKGQXBnSqpWfTYEk0li8TyNul1Q";
        parts.Claims["preferred_username"] = "Owner@Contoso.test";
        return parts;
    }
}
