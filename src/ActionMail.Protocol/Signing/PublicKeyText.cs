using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Xml;
using ActionMail.Protocol.Cards;

namespace ActionMail.Protocol.Signing;

/// <summary>What reading a public key came to.</summary>
public abstract record KeyReading
{
    private KeyReading() { }

    /// <summary>The text is a public key that may be used.</summary>
    public sealed record Read(PublicKey Key) : KeyReading;

    /// <summary>It is not; <paramref name="Why"/> is a sentence for the person who gave it.</summary>
    public sealed record Refused(string Why) : KeyReading;
}

/// <summary>
/// Public keys as people have them: xmldsig <c>RSAKeyValue</c>, PEM <c>PUBLIC KEY</c>, a PEM certificate, a JWK. Private keys are refused, as are
/// weak ones. dashboard.md "Public key", security J-01.
/// </summary>
public static class PublicKeyText
{
    private const int MaxLength = 8 * 1024;
    private const string Compromised = "this is a private key: whoever has seen it can sign in your name. Discard it and make a new pair";

    /// <summary>Reads a key in whichever of the four forms the text has; at most 8 KiB.</summary>
    public static KeyReading Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        if (trimmed.Length > MaxLength)
            return new KeyReading.Refused($"a key has at most {MaxLength} characters");
        if (trimmed.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
            return new KeyReading.Refused(Compromised);
        try
        {
            return trimmed switch
            {
                ['<', ..] => ReadXml(trimmed),
                ['{', ..] => ReadJwk(trimmed),
                _ when trimmed.StartsWith("-----BEGIN PUBLIC KEY-----", StringComparison.Ordinal) => ReadPem(trimmed),
                _ when trimmed.StartsWith("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal) => ReadCertificate(trimmed),
                _ => new KeyReading.Refused("give an RSAKeyValue element, a PEM public key or certificate, or a JWK"),
            };
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or XmlException or FormatException)
        {
            return new KeyReading.Refused("the key cannot be read: its encoding is damaged");
        }
    }

    private static KeyReading ReadXml(string xml)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaxLength,
            IgnoreWhitespace = true,
        };
        using var reader = XmlReader.Create(new StringReader(xml), settings);
        reader.MoveToContent();
        if (reader.LocalName != "RSAKeyValue" || reader.AttributeCount > (reader.GetAttribute("xmlns") is null ? 0 : 1))
            return new KeyReading.Refused("the root element is not RSAKeyValue");
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        reader.ReadStartElement();
        while (reader.NodeType == XmlNodeType.Element)
        {
            var name = reader.LocalName;
            if (name is "P" or "Q" or "D" or "DP" or "DQ" or "InverseQ")
                return new KeyReading.Refused(Compromised);
            if (name is not ("Modulus" or "Exponent"))
                return new KeyReading.Refused($"the element {name} does not belong into an RSAKeyValue");
            if (!parts.TryAdd(name, reader.ReadElementContentAsString()))
                return new KeyReading.Refused($"the element {name} is there twice");
        }
        reader.ReadEndElement();
        return parts is { Count: 2 }
            ? FromRsa(Convert.FromBase64String(parts["Modulus"]), Convert.FromBase64String(parts["Exponent"]))
            : new KeyReading.Refused("an RSAKeyValue has a Modulus and an Exponent");
    }

    private static KeyReading ReadJwk(string json)
    {
        if (StrictJson.Read(json, 4) is not JsonReading.Read({ ValueKind: JsonValueKind.Object } jwk))
            return new KeyReading.Refused("the JWK is not strict JSON");
        if (jwk.TryGetProperty("d", out _) || jwk.TryGetProperty("p", out _) || jwk.TryGetProperty("k", out _))
            return new KeyReading.Refused(Compromised);
        if (jwk.TextMember("use") is not (null or "sig") || (jwk.TryGetProperty("key_ops", out var operations) && !MayVerify(operations)))
            return new KeyReading.Refused("the JWK is not for signatures");
        switch (jwk.TextMember("kty"))
        {
            case "RSA" when jwk.TextMember("n") is { } n && jwk.TextMember("e") is { } e:
                return jwk.TextMember("alg") switch
                {
                    null or "RS256" => FromRsa(Base64Url.DecodeFromChars(n), Base64Url.DecodeFromChars(e)),
                    "PS256" => FromRsa(Base64Url.DecodeFromChars(n), Base64Url.DecodeFromChars(e), JwsAlgorithm.PS256),
                    _ => new KeyReading.Refused("the JWK is for an algorithm other than RS256, PS256 and ES256"),
                };
            case "EC" when jwk.TextMember("alg") is null or "ES256" && jwk.TextMember("crv") is "P-256" && jwk.TextMember("x") is { } x && jwk.TextMember("y") is { } y:
                return FromEc(new() { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = Base64Url.DecodeFromChars(x), Y = Base64Url.DecodeFromChars(y) } });
            default:
                return new KeyReading.Refused("the JWK is neither an RSA key nor an EC key on P-256");
        }
    }

    private static bool MayVerify(JsonElement operations) =>
        operations.ValueKind == JsonValueKind.Array
        && operations.EnumerateArray().Any(operation => operation.ValueKind == JsonValueKind.String && operation.ValueEquals("verify"u8));

    private static KeyReading ReadPem(string pem)
    {
        var der = Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]);
        return FromSubjectPublicKeyInfo(der);
    }

    private static KeyReading ReadCertificate(string pem)
    {
        using var certificate = X509Certificate2.CreateFromPem(pem);
        return FromSubjectPublicKeyInfo(certificate.PublicKey.ExportSubjectPublicKeyInfo());
    }

    private static KeyReading FromSubjectPublicKeyInfo(byte[] der)
    {
        var key = System.Security.Cryptography.X509Certificates.PublicKey.CreateFromSubjectPublicKeyInfo(der, out _);
        if (key.GetRSAPublicKey() is { } rsa)
        {
            using (rsa)
            {
                var parameters = rsa.ExportParameters(false);
                return FromRsa(parameters.Modulus!, parameters.Exponent!);
            }
        }
        if (key.GetECDsaPublicKey() is { } ec)
        {
            using (ec)
                return FromEc(ec.ExportParameters(false));
        }
        return new KeyReading.Refused("the key is neither RSA nor EC on P-256");
    }

    private static KeyReading FromRsa(byte[] modulus, byte[] exponent, JwsAlgorithm algorithm = JwsAlgorithm.RS256)
    {
        // Leading zeros are how a short key is made to look long.
        var n = modulus.AsSpan().TrimStart((byte)0).ToArray();
        var e = exponent.AsSpan().TrimStart((byte)0);
        var bits = n.Length == 0 ? 0 : (n.Length * 8) - int.CreateChecked(byte.LeadingZeroCount(n[0]));
        if (bits is < PublicKey.MinRsaBits or > PublicKey.MaxRsaBits)
            return new KeyReading.Refused($"the RSA key has {bits} bits; {PublicKey.MinRsaBits} to {PublicKey.MaxRsaBits} are accepted");
        if ((n[^1] & 1) == 0)
            return new KeyReading.Refused("the modulus is even, so this is not an RSA key");
        return e.SequenceEqual<byte>([1, 0, 1])
            ? new KeyReading.Read(new(new RSAParameters { Modulus = n, Exponent = e.ToArray() }, algorithm))
            : new KeyReading.Refused("the public exponent is not 65537 (AQAB)");
    }

    private static KeyReading FromEc(ECParameters parameters)
    {
        if (parameters.Curve.Oid?.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
            return new KeyReading.Refused("the EC key is not on P-256");
        parameters.Validate();
        return new KeyReading.Read(new(parameters));
    }
}
