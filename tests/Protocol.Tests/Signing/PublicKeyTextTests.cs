using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ActionMail.Protocol.Signing;
using static ActionMail.Protocol.Tests.Fixtures;

namespace ActionMail.Protocol.Tests.Signing;

/// <summary>dashboard.md "Public key", security J-01: the four forms of a good key, and what is refused in words.</summary>
public sealed class PublicKeyTextTests
{
    private static readonly RSAParameters Golden = K1.ExportParameters(false);

    [Fact]
    public void The_four_forms_read_as_the_same_key()
    {
        var request = new CertificateRequest("CN=contoso.test", K1, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(Noon, Noon.AddDays(1));

        var keys = new[] { Xml(Golden.Modulus!, Golden.Exponent!), K1.ExportSubjectPublicKeyInfoPem(), certificate.ExportCertificatePem(), Key(K1).Jwk }
            .Select(text => Assert.IsType<KeyReading.Read>(PublicKeyText.Read(text)).Key.Thumbprint);

        Assert.Single(keys.Distinct());
    }

    [Fact]
    public void What_is_shown_reads_back()
    {
        Assert.IsType<KeyReading.Read>(PublicKeyText.Read(Key(K1).RsaKeyValue!));
        Assert.IsType<KeyReading.Read>(PublicKeyText.Read(Key(K1).Jwk));
    }

    [Fact]
    public void White_space_in_the_base64_is_accepted_as_senders_write_it() =>
        Assert.IsType<KeyReading.Read>(PublicKeyText.Read($"<RSAKeyValue>\n <Modulus>\n{Convert.ToBase64String(Golden.Modulus!, Base64FormattingOptions.InsertLineBreaks)}\n</Modulus>\n<Exponent> AQAB </Exponent></RSAKeyValue>"));

    public static TheoryData<string, string, string> Refused() => new()
    {
        { "a private key in XML", "private key", K1.ToXmlString(true) },
        { "a private key in PEM", "private key", K1.ExportPkcs8PrivateKeyPem() },
        { "a private key in a JWK", "private key", """{"kty":"RSA","n":"AQ","e":"AQAB","d":"AQ"}""" },
        { "a DTD", "document type", "<!DOCTYPE x [<!ENTITY e \"AQAB\">]>" + Xml(Golden.Modulus!, Golden.Exponent!).Replace("AQAB", "&e;", StringComparison.Ordinal) },
        { "two moduli", "twice", Xml(Golden.Modulus!, Golden.Exponent!).Replace("<Exponent>", "<Modulus>AQAB</Modulus><Exponent>", StringComparison.Ordinal) },
        { "an external entity", "document type", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>" + Xml(Golden.Modulus!, Golden.Exponent!).Replace("AQAB", "&e;", StringComparison.Ordinal) },
        { "an entity that nobody declared", "damaged", Xml(Golden.Modulus!, Golden.Exponent!).Replace("AQAB", "&e;", StringComparison.Ordinal) },
        { "a comment", "comment", Xml(Golden.Modulus!, Golden.Exponent!).Replace("AQAB", "AQ<!-- x -->AB", StringComparison.Ordinal) },
        { "a CDATA section", "CDATA", Xml(Golden.Modulus!, Golden.Exponent!).Replace("AQAB", "<![CDATA[AQAB]]>", StringComparison.Ordinal) },
        { "an instruction", "instruction", Xml(Golden.Modulus!, Golden.Exponent!).Replace("<Exponent>", "<?x y?><Exponent>", StringComparison.Ordinal) },
        { "text between the elements", "between the elements", Xml(Golden.Modulus!, Golden.Exponent!).Replace("<Exponent>", "x<Exponent>", StringComparison.Ordinal) },
        { "an attribute", "attributes", Xml(Golden.Modulus!, Golden.Exponent!).Replace("<Modulus>", "<Modulus a='b'>", StringComparison.Ordinal) },
        { "a foreign namespace", "root", Xml(Golden.Modulus!, Golden.Exponent!).Replace("<RSAKeyValue>", "<RSAKeyValue xmlns='urn:x'>", StringComparison.Ordinal) },
        { "a prefix", "root", Xml(Golden.Modulus!, Golden.Exponent!).Replace("RSAKeyValue", "d:RSAKeyValue", StringComparison.Ordinal).Replace("<d:RSAKeyValue>", "<d:RSAKeyValue xmlns:d='http://www.w3.org/2000/09/xmldsig#'>", StringComparison.Ordinal) },
        { "a nested element", "does not belong", Xml(Golden.Modulus!, Golden.Exponent!).Replace("AQAB", "<Exponent>AQAB</Exponent>", StringComparison.Ordinal) },
        { "five hundred nested elements", "does not belong", "<RSAKeyValue>" + string.Concat(Enumerable.Repeat("<Modulus>", 500)) },
        { "two roots", "damaged", Xml(Golden.Modulus!, Golden.Exponent!) + Xml(Golden.Modulus!, Golden.Exponent!) },
        { "a private key in broken XML", "private key", "<RSAKeyValue><Modulus>AQAB<D>AQAB" },
        { "a private key in a broken JWK", "private key", "{\"kty\":\"RSA\",\"d\" : \"AQAB\"" },
        { "a private key in a JWK, escaped", "private key", """{"kty":"RSA","n":"AQ","e":"AQAB","\u0064":"AQ"}""" },
        { "an encrypted private key", "private key", K1.ExportEncryptedPkcs8PrivateKeyPem("x", new(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1)) },
        { "a private key behind the public one", "private key", K1.ExportSubjectPublicKeyInfoPem() + "\n" + K1.ExportRSAPrivateKeyPem() },
        { "PEM of another kind", "must be", K1.ExportRSAPublicKeyPem() },
        { "spare bits in the base64", "damaged", WithSpareBits(Xml(Golden.Modulus!, Golden.Exponent!)) },
        { "an element too many", "does not belong", Xml(Golden.Modulus!, Golden.Exponent!).Replace("<Exponent>", "<X/><Exponent>", StringComparison.Ordinal) },
        { "an upper-case root", "RSAKeyValue", Xml(Golden.Modulus!, Golden.Exponent!).Replace("RSAKeyValue", "RSAKEYVALUE", StringComparison.Ordinal) },
        { "no exponent", "Modulus and an Exponent", "<RSAKeyValue><Modulus>AQAB</Modulus></RSAKeyValue>" },
        { "malformed base64", "damaged", "<RSAKeyValue><Modulus>%%</Modulus><Exponent>AQAB</Exponent></RSAKeyValue>" },
        { "1024 bits", "1024 bits", Xml(Random(128), Golden.Exponent!) },
        { "1024 bits padded to 2048", "1024 bits", Xml([.. new byte[128], .. Random(128)], Golden.Exponent!) },
        { "16384 bits", "16384 bits", Xml(Random(2048), Golden.Exponent!) },
        { "an even modulus", "even", Xml([.. Golden.Modulus![..^1], (byte)(Golden.Modulus[^1] & 0xFE)], Golden.Exponent!) },
        { "exponent 1", "65537", Xml(Golden.Modulus!, [1]) },
        { "exponent 3", "65537", Xml(Golden.Modulus!, [3]) },
        { "exponent 2", "65537", Xml(Golden.Modulus!, [2]) },
        { "exponent 2^64+1", "65537", Xml(Golden.Modulus!, [1, 0, 0, 0, 0, 0, 0, 0, 1]) },
        { "exponent 65536", "65537", Xml(Golden.Modulus!, [1, 0, 0]) },
        { "a symmetric JWK", "private key", """{"kty":"oct","k":"AAAA"}""" },
        { "an unknown curve", "P-256", """{"kty":"EC","crv":"P-384","x":"AA","y":"AA"}""" },
        { "a point that is not on the curve", "damaged", """{"kty":"EC","crv":"P-256","x":"AAAA","y":"AAAA"}""" },
        { "nothing of the kind", "RSAKeyValue element", "hello" },
        { "ten kilobytes", "at most", new string('<', 10_000) },
    };

    [Theory]
    [InlineData(KeyFault.SmallFactor, WeakModuli.SmallFactor, "9973")]
    [InlineData(KeyFault.PrimeModulus, WeakModuli.Prime, "a prime")]
    [InlineData(KeyFault.PrimePower, WeakModuli.Square, "a power")]
    [InlineData(KeyFault.PrimePower, WeakModuli.Cube, "a power")]
    [InlineData(KeyFault.ClosePrimes, WeakModuli.ClosePrimes, "close")]
    [InlineData(KeyFault.Roca, WeakModuli.Roca, "ROCA")]
    [InlineData(KeyFault.Pattern, WeakModuli.ShortSleeve, "pattern")]
    [InlineData(KeyFault.Pattern, WeakModuli.Run, "pattern")]
    public void A_weak_modulus_is_refused_in_every_form(KeyFault fault, string modulus, string words)
    {
        var n = Convert.FromBase64String(modulus);
        foreach (var text in new[] { Xml(n, Golden.Exponent!), Jwk(n), Pem(n) })
        {
            var refused = Assert.IsType<KeyReading.Refused>(PublicKeyText.Read(text));
            Assert.Equal(fault, refused.Fault);
            Assert.Contains(words, refused.Why, StringComparison.Ordinal);
            Assert.IsType<KeyReading.Read>(PublicKeyText.Stored(text));
        }
    }

    [Fact]
    public void A_good_modulus_is_taken_in_every_form()
    {
        var n = Convert.FromBase64String(WeakModuli.Good);

        Assert.All([Xml(n, Golden.Exponent!), Jwk(n), Pem(n)], text => Assert.IsType<KeyReading.Read>(PublicKeyText.Read(text)));
    }

    [Theory]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""", "RFC 7515")]
    [InlineData("""
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEVs/o5+uQbTjL3chynL4wXgUg2R9
        q9UU8I5mEovUf86QZ7kOBIjJwqnzD1omageEHWwHdBO6B+dFabmdT9POxg==
        -----END PUBLIC KEY-----
        """, "jwt.io")]
    public void A_key_out_of_an_example_is_refused(string text, string where)
    {
        var refused = Assert.IsType<KeyReading.Refused>(PublicKeyText.Read(text));

        Assert.Equal("published", refused.Reason);
        Assert.Contains(where, refused.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_a_certificate_a_public_key_or_any_text()
    {
        var request = new CertificateRequest("CN=contoso.test", K1, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(Noon, Noon.AddDays(1));
        byte[][] files = [certificate.RawData, K1.ExportSubjectPublicKeyInfo(), Encoding.UTF8.GetBytes("\uFEFF" + Key(K1).Jwk), Encoding.ASCII.GetBytes(certificate.ExportCertificatePem())];

        Assert.All(files, file => Assert.Equal(Key(K1), Assert.IsType<KeyReading.Read>(PublicKeyText.Read(file)).Key));
    }

    [Fact]
    public void A_file_of_a_private_key_or_of_nothing_is_refused()
    {
        var request = new CertificateRequest("CN=contoso.test", K1, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(Noon, Noon.AddDays(1));
        var encryption = new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1);
        byte[][] secrets = [K1.ExportPkcs8PrivateKey(), K1.ExportRSAPrivateKey(), K1.ExportEncryptedPkcs8PrivateKey("x", encryption), certificate.Export(X509ContentType.Pkcs12)];

        Assert.All(secrets, file => Assert.Equal(KeyFault.PrivateKey, Assert.IsType<KeyReading.Refused>(PublicKeyText.Read(file)).Fault));
        Assert.Equal(KeyFault.Encoding, Assert.IsType<KeyReading.Refused>(PublicKeyText.Read([0x30, 0x80, 0])).Fault);
        Assert.Equal(KeyFault.Encoding, Assert.IsType<KeyReading.Refused>(PublicKeyText.Read([0xFF, 0xFE])).Fault);
        Assert.Equal(KeyFault.TooLong, Assert.IsType<KeyReading.Refused>(PublicKeyText.Read(new byte[10 << 20])).Fault);
    }

    [Fact]
    public void Any_change_of_a_byte_of_a_certificate_gives_a_documented_result()
    {
        var request = new CertificateRequest("CN=contoso.test", K1, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(Noon, Noon.AddDays(1));
        var random = new System.Random(4);

        for (var round = 0; round < 400; round++)
        {
            var file = certificate.RawData.ToArray();
            file[random.Next(file.Length)] = (byte)random.Next(256);
            Assert.NotNull(PublicKeyText.Read(round % 2 == 0 ? file : file.AsSpan(0, random.Next(file.Length))));
        }
    }

    [Fact]
    public void What_is_refused_is_not_quoted()
    {
        foreach (var text in new[] { K1.ToXmlString(true), K1.ExportPkcs8PrivateKeyPem(), Xml(Golden.Modulus!, [3]) })
            Assert.DoesNotContain(Convert.ToBase64String(Golden.Modulus!)[..16], Assert.IsType<KeyReading.Refused>(PublicKeyText.Read(text)).Why, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_bad_key_is_refused_with_its_reason(string what, string words, string text)
    {
        var refused = Assert.IsType<KeyReading.Refused>(PublicKeyText.Read(text));

        Assert.True(refused.Why.Contains(words, StringComparison.Ordinal), $"{what}: {refused.Why}");
    }

    private static string Xml(byte[] modulus, byte[] exponent) =>
        $"<RSAKeyValue><Modulus>{Convert.ToBase64String(modulus)}</Modulus><Exponent>{Convert.ToBase64String(exponent)}</Exponent></RSAKeyValue>";

    // The last letter before "==" has four bits that belong to no byte: A, Q, g and w have them zero, and their successors do not.
    private static string WithSpareBits(string xml)
    {
        var last = xml.IndexOf("==</Modulus>", StringComparison.Ordinal) - 1;
        return xml[..last] + (char)(xml[last] + 1) + xml[(last + 1)..];
    }

    private static string Jwk(byte[] modulus) => $$"""{"kty":"RSA","e":"AQAB","n":"{{Base64Url.EncodeToString(modulus)}}"}""";

    private static string Pem(byte[] modulus)
    {
        using var rsa = RSA.Create(new RSAParameters { Modulus = modulus, Exponent = Golden.Exponent });
        return rsa.ExportSubjectPublicKeyInfoPem();
    }

    private static byte[] Random(int length)
    {
        var bytes = RandomNumberGenerator.GetBytes(length);
        bytes[0] |= 0x80;
        bytes[^1] |= 1;
        return bytes;
    }
}
