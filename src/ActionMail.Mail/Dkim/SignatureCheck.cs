using System.Buffers;
using System.Diagnostics;
using System.Security.Cryptography;
using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Dkim;

/// <summary>The steps of verifying a signature that DKIM and ARC share. RFC 6376 §6.1.</summary>
internal static class SignatureCheck
{
    /// <summary>How far ahead a signer's clock may be. Minutes, as for a signed card (protocol §3).</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>What the times of the signature say, or null when they hold.</summary>
    public static DkimFinding? Time(SignatureField signature, DateTimeOffset now)
    {
        if (signature.ExpiresAt <= now.ToUnixTimeSeconds())
            return new(DkimFault.Expired, "signature expired");
        if (signature.SignedAt > (now + Skew).ToUnixTimeSeconds())
            return new(DkimFault.FromTheFuture, "signed in the future");
        return null;
    }

    /// <summary>The one key that an answer holds for a signature.</summary>
    public static DkimKeyReading Key(DnsAnswer answer, SignatureField signature, DkimKeyCache keys) => answer switch
    {
        DnsAnswer.Unavailable(var why) => new DkimKeyReading.Refused(new(DkimFault.KeyUnavailable, $"key unavailable: {why}")),
        DnsAnswer.NoSuchName or DnsAnswer.NoRecords => NoKey,
        DnsAnswer.Found(var records) => Applicable(TheOne([.. records.OfType<DnsRecord.Text>().Select(record => keys.Read(record.Value))]), signature),
        _ => throw new UnreachableException(),
    };

    /// <summary>Whether body and fields are those that were signed with the key; null when they are.</summary>
    public static DkimFinding? Content(SignedMail mail, SignatureField signature, DkimKey key)
    {
        var (hash, isLongEnough) = mail.BodyHash(signature.BodyForm, signature.BodyLength);
        if (!isLongEnough)
            return new(DkimFault.BodyChanged, "the body is shorter than l= says");
        if (!hash.AsSpan().SequenceEqual(signature.BodyHash))
            return new(DkimFault.BodyChanged, "body hash did not verify");
        return Hash(HeaderHash(mail, signature), signature, key);
    }

    /// <summary>Whether the signature is the key's over this SHA-256 hash, and acceptable; null when it is.</summary>
    public static DkimFinding? Hash(ReadOnlySpan<byte> hash, SignatureField signature, DkimKey key) =>
        key.Verifies(hash, signature.Signature) ? Accepted(signature, key) : new(DkimFault.SignatureMismatch, "signature did not verify");

    /// <summary>The SHA-256 hash of the signed fields and the signature's own, its <c>b=</c> empty. RFC 6376 §3.7.</summary>
    public static byte[] HeaderHash(SignedMail mail, SignatureField signature)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(mail.HeaderLength + signature.Field.Raw.Length + (2 * CanonicalHeader.Growth));
        try
        {
            var length = 0;
            foreach (var field in SignedFields.Of(mail, signature))
                length += CanonicalHeader.Write(field.Raw.Span, signature.HeaderForm, buffer.AsSpan(length));
            length += WriteOwn(signature, signature.HeaderForm, buffer.AsSpan(length));
            return SHA256.HashData(buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Writes the signature's own field without the value of <c>b=</c> and without a line end. RFC 6376 §3.7.</summary>
    public static int WriteOwn(SignatureField signature, Canonicalization form, Span<byte> to)
    {
        var raw = signature.Field.Raw.Span;
        var begin = signature.Field.ContentStart + signature.SignaturePlace.Start.Value;
        var end = signature.Field.ContentStart + signature.SignaturePlace.End.Value;
        byte[] withoutSignature = [.. raw[..begin], .. raw[end..]];
        return CanonicalHeader.Write(withoutSignature, form, to) - 2;
    }

    private static DkimKeyReading.Refused NoKey => new(new(DkimFault.NoKey, "no key for signature"));

    private static DkimKeyReading TheOne(IReadOnlyCollection<DkimKeyReading> readings)
    {
        var ours = readings.Where(reading => reading is not DkimKeyReading.Foreign).ToList();
        return ours switch
        {
            [] => NoKey,
            [var only] => only,
            _ => new DkimKeyReading.Refused(new(DkimFault.SeveralKeys, $"{ours.Count} key records under one name")),
        };
    }

    private static DkimKeyReading Applicable(DkimKeyReading reading, SignatureField signature)
    {
        if (reading is not DkimKeyReading.Read(var key))
            return reading;
        if (key.IsRsa != (signature.Algorithm == DkimAlgorithm.RsaSha256))
            return new DkimKeyReading.Refused(new(DkimFault.InapplicableKey, "inapplicable key: it is for another algorithm"));
        return key.Terms.Exclude(signature) is { } finding ? new DkimKeyReading.Refused(finding) : reading;
    }

    // It verifies. What follows is our policy, RFC 8301 §3.2 and RFC 6376 §3.6.1.
    private static DkimFinding? Accepted(SignatureField signature, DkimKey key)
    {
        if (key.IsRsa && key.Bits < DkimKey.MinRsaBits)
            return new(DkimFault.WeakKey, $"an RSA key of {key.Bits} bits: fewer than {DkimKey.MinRsaBits} never count");
        if (signature.BodyLength is { } length)
            return new(DkimFault.PartialBody, $"only the first {length} octets of the body are signed (l=)");
        return key.Terms.IsTesting ? new(DkimFault.TestingKey, "the key is in testing (t=y): as if unsigned") : null;
    }
}
