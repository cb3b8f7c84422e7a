using System.Buffers.Text;
using System.Formats.Asn1;
using System.Text;

namespace ActionMail.Protocol.Signing;

/// <summary>What an answer to a challenge came to: exactly one of the cases below.</summary>
public abstract record KeyProof
{
    private KeyProof() { }

    /// <summary>Whoever answered has the private half of the key.</summary>
    public sealed record Proven : KeyProof;

    /// <summary>It proves nothing; <paramref name="Why"/> says what is wrong with it.</summary>
    public sealed record Refused(string Why) : KeyProof;
}

/// <summary>
/// A text that whoever registers a public key signs with the private one: a public key alone is anybody's to copy. It names the registration and the key, so that an answer
/// serves nothing else, and it is no signed card, whose payload is a JSON object. Security J-01.
/// </summary>
/// <param name="Originator">The registration's originator id.</param>
/// <param name="Thumbprint">The key's RFC 7638 thumbprint.</param>
/// <param name="Nonce">Random, made for this challenge.</param>
public sealed record KeyChallenge(string Originator, string Thumbprint, string Nonce)
{
    /// <summary>Longest answer, in characters: a JWS of a 4096-bit key has fewer than 1,200.</summary>
    public const int LongestAnswer = 4096;

    /// <summary>What is signed: one line of ASCII, without an end of line.</summary>
    public string Text => $"actionmail-key-proof {Originator} {Thumbprint} {Nonce}";

    /// <summary>
    /// Judges an answer: a compact JWS (RFC 7515 §7.1) whose payload is <see cref="Text"/>, or the signature over it in base64, as openssl writes it. Only the key's own
    /// algorithm counts. Every text gives one of the documented results.
    /// </summary>
    public KeyProof Judge(string answer, PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(key);
        if (answer.Length > LongestAnswer)
            return new KeyProof.Refused("it is too long for a signature");
        if (!string.Equals(key.Thumbprint, Thumbprint, StringComparison.Ordinal))
            return new KeyProof.Refused("the challenge is for another key");
        return answer.Trim() switch
        {
            "" => new KeyProof.Refused("there is nothing in it"),
            var jws when jws.Contains('.', StringComparison.Ordinal) => JudgeJws(jws, key),
            var base64 => JudgeSignature(base64, key),
        };
    }

    private KeyProof JudgeJws(string text, PublicKey key) => CompactJws.Parse(text) switch
    {
        JwsReading.Malformed(var step) => new KeyProof.Refused($"it is no compact JWS ({step})"),
        JwsReading.Refused(var step) => new KeyProof.Refused($"the JWS is refused ({step})"),
        JwsReading.Read(var jws) when !jws.Payload.Span.SequenceEqual(Encoding.ASCII.GetBytes(Text)) =>
            new KeyProof.Refused("what the JWS signs is not this challenge"),
        JwsReading.Read(var jws) => jws.IsSignedBy(key) ? new KeyProof.Proven() : NotThisKeys(key),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private KeyProof JudgeSignature(string base64, PublicKey key)
    {
        // Folded lines, as base64 tools write them; and the URL's alphabet, as JOSE libraries do.
        var plain = string.Concat(base64.Where(letter => letter is not ('\r' or '\n' or ' ' or '\t' or '='))).Replace('+', '-').Replace('/', '_');
        if (!Base64Url.IsValid(plain))
            return new KeyProof.Refused("it is neither a compact JWS nor a signature in base64");
        var signature = Base64Url.DecodeFromChars(plain);
        var signed = Encoding.ASCII.GetBytes(Text);
        return key.Verifies(key.Algorithm, signed, key.Algorithm == JwsAlgorithm.ES256 ? Fixed(signature) : signature) ? new KeyProof.Proven() : NotThisKeys(key);
    }

    private static KeyProof.Refused NotThisKeys(PublicKey key) => new($"it is not the signature of this key over this challenge with {key.Algorithm}");

    // openssl writes r and s of ECDSA as a DER sequence (RFC 3279 §2.2.3), JOSE as 32 bytes each (RFC 7518 §3.4).
    private static byte[] Fixed(byte[] signature)
    {
        if (signature.Length == 64)
            return signature;
        try
        {
            var sequence = new AsnReader(signature, AsnEncodingRules.DER).ReadSequence();
            var (r, s) = (sequence.ReadInteger(), sequence.ReadInteger());
            var bytes = new byte[64];
            return r.Sign > 0 && s.Sign > 0 && TryWrite(r, bytes.AsSpan(0, 32)) && TryWrite(s, bytes.AsSpan(32)) ? bytes : [];
        }
        catch (AsnContentException)
        {
            return [];
        }
    }

    private static bool TryWrite(System.Numerics.BigInteger number, Span<byte> to)
    {
        var length = number.GetByteCount(isUnsigned: true);
        return length <= to.Length && number.TryWriteBytes(to[^length..], out _, isUnsigned: true, isBigEndian: true);
    }
}
