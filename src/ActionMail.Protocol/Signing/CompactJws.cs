using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using ActionMail.Protocol.Cards;

namespace ActionMail.Protocol.Signing;

/// <summary>What taking a compact JWS apart came to. RFC 7515 §7.1.</summary>
public abstract record JwsReading
{
    private JwsReading() { }

    /// <summary>The JWS has the right form and an algorithm that may be used; its signature is not yet checked.</summary>
    public sealed record Read(CompactJws Jws) : JwsReading;

    /// <summary>The form is wrong; <paramref name="Step"/> names the part and what is wrong with it.</summary>
    public sealed record Malformed(string Step) : JwsReading;

    /// <summary>The header asks for something that is never honoured; <paramref name="Step"/> names it.</summary>
    public sealed record Refused(string Step) : JwsReading;
}

/// <summary>
/// A compact JWS, taken apart as strictly as two parsers can agree: three parts, base64url without padding, white space or spare bits, a header
/// of strict JSON. Nothing in the header chooses or brings a key. RFC 7515 §5.2, RFC 8725 §3.1.
/// </summary>
public sealed class CompactJws
{
    private const int MaxHeaderDepth = 8;
    private static readonly SearchValues<char> Base64UrlCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private readonly string _text;
    private readonly int _signedLength;
    private readonly byte[] _signature;

    private CompactJws(string text, int signedLength, JwsAlgorithm algorithm, string? keyId, byte[] payload, byte[] signature)
    {
        _text = text;
        _signedLength = signedLength;
        _signature = signature;
        Algorithm = algorithm;
        KeyId = keyId;
        Payload = payload;
    }

    /// <summary>The algorithm that the header names.</summary>
    public JwsAlgorithm Algorithm { get; }

    /// <summary><c>kid</c>: a hint among the keys of the provider that was found by other means, or null.</summary>
    public string? KeyId { get; }

    /// <summary>The payload's bytes; not to be trusted before <see cref="IsSignedBy"/>.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>Takes a JWS apart. Every text gives one of the documented results.</summary>
    public static JwsReading Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('.');
        if (parts.Length != 3)
            return new JwsReading.Malformed($"three parts: the JWS has {parts.Length} part{(parts.Length == 1 ? "" : "s")}, not three");
        if (!TryDecode(parts[0], out var header))
            return new JwsReading.Malformed("base64url: the header is not base64url without padding");
        if (!TryDecode(parts[1], out var payload))
            return new JwsReading.Malformed("base64url: the payload is not base64url without padding");
        if (parts[2].Length == 0 || !TryDecode(parts[2], out var signature))
            return new JwsReading.Malformed("base64url: the signature is not base64url without padding");
        if (StrictJson.Read(header, MaxHeaderDepth) is not JsonReading.Read({ ValueKind: JsonValueKind.Object } fields))
            return new JwsReading.Malformed("header JSON: the header is not one strict JSON object");
        return ReadHeader(fields) switch
        {
            (null, var why) => new JwsReading.Refused(why),
            ({ } algorithm, _) => new JwsReading.Read(
                new(text, parts[0].Length + 1 + parts[1].Length, algorithm, fields.TextMember("kid"), payload, signature)),
        };
    }

    /// <summary>Whether the signature is that of the key, under the header's algorithm. A key of another kind never matches.</summary>
    public bool IsSignedBy(PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Verifies(Algorithm, Encoding.ASCII.GetBytes(_text, 0, _signedLength), _signature);
    }

    private static (JwsAlgorithm? Algorithm, string Why) ReadHeader(JsonElement header)
    {
        // A key or the place of one, extensions that change what is signed, and compression: never honoured. x5c is passed over, as real senders write it.
        foreach (var name in (ReadOnlySpan<string>)["crit", "jku", "jwk", "x5u", "b64", "zip"])
        {
            if (header.TryGetProperty(name, out _))
                return (null, $"algorithm: the header member '{name}' is never honoured");
        }
        return header.TextMember("alg") switch
        {
            "RS256" => (JwsAlgorithm.RS256, ""),
            "PS256" => (JwsAlgorithm.PS256, ""),
            "ES256" => (JwsAlgorithm.ES256, ""),
            null => (null, "algorithm: the header names no alg"),
            var other => (null, $"algorithm: '{(other.Length > 20 ? other[..20] : other)}' is not accepted, only RS256, PS256 and ES256"),
        };
    }

    private static bool TryDecode(string part, out byte[] bytes)
    {
        bytes = [];
        if (part.AsSpan().ContainsAnyExcept(Base64UrlCharacters) || part.Length % 4 == 1)
            return false;
        var decoded = new byte[Base64Url.GetMaxDecodedLength(part.Length)];
        if (Base64Url.DecodeFromChars(part, decoded, out _, out var length) != OperationStatus.Done)
            return false;
        bytes = decoded[..length];
        // Spare bits must be zero, or one signature would have several spellings.
        return string.Equals(Base64Url.EncodeToString(bytes), part, StringComparison.Ordinal);
    }
}

/// <summary>The signature algorithms of signed cards. Protocol §3, RFC 7518 §3.1.</summary>
public enum JwsAlgorithm
{
    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256.</summary>
    RS256,

    /// <summary>RSASSA-PSS with SHA-256.</summary>
    PS256,

    /// <summary>ECDSA on P-256 with SHA-256.</summary>
    ES256,
}
