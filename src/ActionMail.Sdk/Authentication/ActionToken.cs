using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using ActionMail.Protocol.Cards;

namespace ActionMail.Sdk;

/// <summary>
/// The two JSON parts of a compact JWS, read strictly and believed in nothing: what a lenient parser would pass on is
/// refused before any library sees it (security I-01, I-02, PF-13).
/// </summary>
internal sealed class ActionToken
{
    private const int MaximumCharacters = 16 * 1024;
    private const int MaximumDepth = 8;

    // RFC 7515 §4.1: each names a key or a rule of the token's own choosing. None is honoured, so none may be there.
    private static readonly string[] ForbiddenHeaders = ["jku", "jwk", "x5u", "x5c", "crit", "b64", "zip"];

    private readonly JsonElement _claims;

    private ActionToken(string keyId, JsonElement claims)
    {
        KeyId = keyId;
        _claims = claims;
    }

    public string KeyId { get; }

    /// <summary>The token, or null and the fault in words.</summary>
    public static ActionToken? Read(string token, out string fault)
    {
        fault = "";
        var parts = token.Split('.');
        if (token.Length > MaximumCharacters || parts.Length != 3 || parts.Any(part => !IsBase64Url(part)))
            fault = "it is not three parts of base64url";
        else if (ReadObject(parts[0]) is not { } header)
            fault = "its header is not a JSON object with distinct members";
        else if (ReadObject(parts[1]) is not { } claims)
            fault = "its payload is not a JSON object with distinct members";
        else if (HeaderFault(header) is { } why)
            fault = why;
        else
            return new(Text(header, "kid")!, claims);
        return null;
    }

    public string? this[string claim] => Text(_claims, claim);

    /// <summary>A NumericDate (RFC 7519 §2), or null.</summary>
    public DateTimeOffset? Time(string claim) =>
        _claims.TryGetProperty(claim, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out var seconds) && seconds is >= 0 and < 253402300800
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : null;

    public bool Has(string claim) => _claims.TryGetProperty(claim, out _);

    private static string? HeaderFault(JsonElement header)
    {
        if (Text(header, "alg") is not "RS256")
            return "its alg is not RS256";
        if (Text(header, "typ") is not ("JWT" or "at+jwt"))
            return "its typ is neither JWT nor at+jwt";
        if (Text(header, "kid") is not { Length: > 0 and <= 256 })
            return "it has no kid of 1 to 256 characters";
        var forbidden = ForbiddenHeaders.FirstOrDefault(name => header.TryGetProperty(name, out _));
        return forbidden is null ? null : $"its header has the member {forbidden}";
    }

    private static JsonElement? ReadObject(string part) =>
        StrictJson.Read(Base64Url.DecodeFromChars(part), MaximumDepth) is JsonReading.Read({ ValueKind: JsonValueKind.Object } json)
            ? json
            : null;

    // Base64Url itself takes white space and padding, which RFC 7515 §2 does not; and a part with spare bits is valid to it until it is decoded.
    private static bool IsBase64Url(string part) =>
        part.Length > 0 && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        && Base64Url.DecodeFromChars(part, new byte[Base64Url.GetMaxDecodedLength(part.Length)], out _, out _) == OperationStatus.Done;

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
