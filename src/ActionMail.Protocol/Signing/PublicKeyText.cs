using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;
using System.Xml;

namespace ActionMail.Protocol.Signing;

/// <summary>
/// Public keys as people have them: xmldsig <c>RSAKeyValue</c>, PEM <c>PUBLIC KEY</c>, a certificate (PEM or .cer), a JWK. Private keys are
/// refused, as are weak ones. dashboard.md "Public key", security J-01.
/// </summary>
public static class PublicKeyText
{
    /// <summary>Most characters of a key, and most bytes of its file.</summary>
    public const int MaxLength = 8 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a key in whichever of the forms the text has, and looks for the weaknesses that can be found in well under a second.</summary>
    public static KeyReading Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Unweakened(Stored(text));
    }

    /// <summary>Reads an uploaded file: the text of any form, or the DER of a certificate or public key.</summary>
    public static KeyReading Read(ReadOnlySpan<byte> file)
    {
        if (file.Length > MaxLength)
            return TooLong();
        try
        {
            return file is [0x30, ..] && file.IndexOfAnyExceptInRange((byte)'\t', (byte)'~') >= 0
                ? Unweakened(DerKey.Read(file.ToArray()))
                : Read(Utf8.GetString(file is [0xEF, 0xBB, 0xBF, ..] ? file[3..] : file));
        }
        catch (Exception error) when (IsDamage(error))
        {
            return Damaged();
        }
    }

    /// <summary>Reads a key that was accepted before: the form is read just as strictly, but weaknesses are not looked for again, which is most of the time.</summary>
    public static KeyReading Stored(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        if (IsPrivate(trimmed))
            return KeyReading.Refused.PrivateKey;
        if (trimmed.Length > MaxLength)
            return TooLong();
        try
        {
            return trimmed switch
            {
                ['<', ..] => RsaKeyValue.Read(trimmed),
                ['{', ..] => JwkKey.Read(trimmed),
                _ when trimmed.Contains("-----BEGIN ", StringComparison.Ordinal) => ReadPem(trimmed),
                _ => new KeyReading.Refused(KeyFault.Form, "give an RSAKeyValue element, a PEM public key or certificate, or a JWK"),
            };
        }
        catch (Exception error) when (IsDamage(error))
        {
            return Damaged();
        }
    }

    /// <summary>
    /// Whether the text has the private half of a key in it, be the rest as damaged as it likes. What has must not be stored, not even as a draft.
    /// </summary>
    public static bool IsPrivate(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Contains("PRIVATE KEY", StringComparison.Ordinal)
            || text.Contains("PuTTY-User-Key-File", StringComparison.Ordinal)
            || (text.Contains("RSAKeyValue", StringComparison.OrdinalIgnoreCase) && RsaKeyValue.HasPrivatePart(text))
            || (text.Contains("\"kty\"", StringComparison.Ordinal) && JwkKey.HasPrivatePart(text));
    }

    private static KeyReading ReadPem(string pem)
    {
        if (!PemEncoding.TryFind(pem, out var fields))
            return Damaged();
        var der = Convert.FromBase64String(pem[fields.Base64Data]);
        return pem[fields.Label] is "PUBLIC KEY" or "CERTIFICATE"
            ? DerKey.Read(der)
            : new KeyReading.Refused(KeyFault.Form, "the PEM block must be a PUBLIC KEY or a CERTIFICATE");
    }

    private static KeyReading Unweakened(KeyReading reading) => reading switch
    {
        KeyReading.Read(var key) when PublishedKeys.Where(key.Thumbprint) is { } where =>
            new KeyReading.Refused(KeyFault.Published, $"its private half is published, in {where}, so anybody can sign with it. Make a pair of your own"),
        KeyReading.Read({ Modulus: { } modulus }) when RsaWeakness.Of(modulus) is { } weakness => weakness,
        _ => reading,
    };

    private static bool IsDamage(Exception error) => error is CryptographicException or AsnContentException or ArgumentException or XmlException or FormatException;

    private static KeyReading.Refused Damaged() => new(KeyFault.Encoding, "the key cannot be read: its encoding is damaged");

    private static KeyReading.Refused TooLong() => new(KeyFault.TooLong, $"a key has at most {MaxLength} characters");
}
