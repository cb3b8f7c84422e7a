using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using ActionMail.Protocol.Cards;

namespace ActionMail.Protocol.Signing;

/// <summary>A public key as JWK: RSA, or EC on P-256. RFC 7517 §4, RFC 7518 §6.2, §6.3.</summary>
internal static partial class JwkKey
{
    // Depth of the JSON: an object whose members are texts, or lists of texts.
    private const int MaxDepth = 4;

    // RFC 7518 §6.2.2, §6.3.2, §6.4: the private members of each kind of key.
    private static readonly string[] PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    // Of a text that need be no JSON; names with escapes in them are met once it is read.
    public static bool HasPrivatePart(string json) => PrivateMember().IsMatch(json);

    public static KeyReading Read(string json)
    {
        if (StrictJson.Read(json, MaxDepth) is not JsonReading.Read({ ValueKind: JsonValueKind.Object } jwk))
            return new KeyReading.Refused(KeyFault.Encoding, "the JWK is not strict JSON");
        if (PrivateMembers.Any(member => jwk.TryGetProperty(member, out _)))
            return KeyReading.Refused.PrivateKey;
        if (jwk.TextMember("use") is not (null or "sig") || (jwk.TryGetProperty("key_ops", out var operations) && !MayVerify(operations)))
            return new KeyReading.Refused(KeyFault.Purpose, "the JWK is not for signatures");
        return (jwk.TextMember("kty"), jwk.TextMember("alg")) switch
        {
            ("RSA", null or "RS256") => Rsa(jwk, JwsAlgorithm.RS256),
            ("RSA", "PS256") => Rsa(jwk, JwsAlgorithm.PS256),
            ("EC", null or "ES256") when jwk.TextMember("crv") is "P-256" => Ec(jwk),
            ("RSA" or "EC", not null and not "ES256") => new KeyReading.Refused(KeyFault.Purpose, "the JWK is for an algorithm other than RS256, PS256 and ES256"),
            _ => new KeyReading.Refused(KeyFault.Kind, "the JWK is neither an RSA key nor an EC key on P-256"),
        };
    }

    private static KeyReading Rsa(JsonElement jwk, JwsAlgorithm algorithm) =>
        jwk.TextMember("n") is { } n && jwk.TextMember("e") is { } e
            ? KeyNumbers.Rsa(StrictBase64.DecodeUrl(n), StrictBase64.DecodeUrl(e), algorithm)
            : new KeyReading.Refused(KeyFault.Form, "an RSA JWK has the members n and e");

    private static KeyReading Ec(JsonElement jwk) =>
        jwk.TextMember("x") is { } x && jwk.TextMember("y") is { } y
            ? KeyNumbers.Ec(new ECPoint { X = StrictBase64.DecodeUrl(x), Y = StrictBase64.DecodeUrl(y) })
            : new KeyReading.Refused(KeyFault.Form, "an EC JWK has the members x and y");

    private static bool MayVerify(JsonElement operations) =>
        operations.ValueKind == JsonValueKind.Array
        && operations.EnumerateArray().Any(operation => operation.ValueKind == JsonValueKind.String && operation.ValueEquals("verify"u8));

    [GeneratedRegex("""\"(?:d|p|q|dp|dq|qi|oth|k)\"\s*:""", RegexOptions.CultureInvariant)]
    private static partial Regex PrivateMember();
}
