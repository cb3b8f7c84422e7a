using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;

namespace ActionMail.Mail.Dkim;

/// <summary>Reads a key record. RFC 6376 §3.6.1.</summary>
internal static class DkimKeyParser
{
    /// <summary>Longest record that is read: four times what a key of 4096 bits needs. Security C-09.</summary>
    private const int MaxLength = 4 * 1024;

    public static DkimKeyReading Parse(string record)
    {
        if (record.Length > MaxLength)
            return Malformed($"a key record of {record.Length} characters");
        if (!TagList.TryParse(Encoding.Latin1.GetBytes(record), out var tags))
            return IsOfSomethingElse(record) ? new DkimKeyReading.Foreign() : Malformed("the key record is not a list of tags");
        if (tags.TryGet("v"u8, out var version) && (!version.Span.SequenceEqual("DKIM1"u8) || tags.FirstName != "v"))
            return new DkimKeyReading.Foreign();
        if (!tags.TryGet("p"u8, out var data))
            return Malformed("the key record has no p=");
        if (data.IsEmpty)
            return new DkimKeyReading.Refused(new(DkimFault.RevokedKey, "key revoked"));
        return TagValue.TryBase64(data.Span, out var key) ? Import(key, tags) : Malformed("p= of the key record is not base64");
    }

    // A name that answers every question, such as one with a wildcard, gives SPF records and others too.
    private static bool IsOfSomethingElse(string record) =>
        record.StartsWith("v=", StringComparison.Ordinal) && !record.StartsWith("v=DKIM1", StringComparison.Ordinal);

    private static DkimKeyReading Import(byte[] key, TagList tags)
    {
        var kind = tags.TryGet("k"u8, out var named) ? Encoding.ASCII.GetString(named.Span) : "rsa";
        return kind switch
        {
            "rsa" => ImportRsa(key, tags),
            "ed25519" when key.Length == 32 => new DkimKeyReading.Read(new(key, DkimKeyTerms.Of(tags))),
            "ed25519" => Malformed("an Ed25519 key that has not 32 bytes"),
            _ => new DkimKeyReading.Refused(new(DkimFault.InapplicableKey, $"inapplicable key algorithm k={kind}")),
        };
    }

    private static DkimKeyReading ImportRsa(byte[] der, TagList tags)
    {
        var rsa = RSA.Create();
        if (!TryImport(rsa, der) || !HasSmallExponent(rsa))
            return Malformed("p= of the key record is no RSA key");
        return rsa.KeySize > DkimKey.MaxRsaBits
            ? new DkimKeyReading.Refused(new(DkimFault.InapplicableKey, $"an RSA key of {rsa.KeySize} bits is too long"))
            : new DkimKeyReading.Read(new(rsa, DkimKeyTerms.Of(tags)));
    }

    // RFC 6376 §3.6.1 says RSAPublicKey, and everybody publishes SubjectPublicKeyInfo (erratum 3017): both are about.
    private static bool TryImport(RSA rsa, byte[] der)
    {
        try
        {
            var inner = new AsnReader(der, AsnEncodingRules.DER).ReadSequence().PeekTag();
            int read;
            if (inner.HasSameClassAndValue(Asn1Tag.Integer))
                rsa.ImportRSAPublicKey(der, out read);
            else
                rsa.ImportSubjectPublicKeyInfo(der, out read);
            return read == der.Length;
        }
        catch (Exception unreadable) when (unreadable is AsnContentException or CryptographicException)
        {
            return false;
        }
    }

    private static bool HasSmallExponent(RSA rsa) =>
        rsa.ExportParameters(includePrivateParameters: false).Exponent is { Length: <= 4 } exponent && (exponent[^1] & 1) == 1;

    private static DkimKeyReading.Refused Malformed(string why) => new(new(DkimFault.MalformedKey, why));
}
