using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
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
        { "a DTD", "damaged", "<!DOCTYPE x [<!ENTITY e \"AQAB\">]>" + Xml(Golden.Modulus!, Golden.Exponent!).Replace("AQAB", "&e;", StringComparison.Ordinal) },
        { "two moduli", "twice", Xml(Golden.Modulus!, Golden.Exponent!).Replace("<Exponent>", "<Modulus>AQAB</Modulus><Exponent>", StringComparison.Ordinal) },
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
        { "exponent 65536", "65537", Xml(Golden.Modulus!, [1, 0, 0]) },
        { "a symmetric JWK", "private key", """{"kty":"oct","k":"AAAA"}""" },
        { "an unknown curve", "P-256", """{"kty":"EC","crv":"P-384","x":"AA","y":"AA"}""" },
        { "a point that is not on the curve", "damaged", """{"kty":"EC","crv":"P-256","x":"AAAA","y":"AAAA"}""" },
        { "nothing of the kind", "RSAKeyValue element", "hello" },
        { "ten kilobytes", "at most", new string('<', 10_000) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_bad_key_is_refused_with_its_reason(string what, string words, string text)
    {
        var refused = Assert.IsType<KeyReading.Refused>(PublicKeyText.Read(text));

        Assert.True(refused.Why.Contains(words, StringComparison.Ordinal), $"{what}: {refused.Why}");
    }

    private static string Xml(byte[] modulus, byte[] exponent) =>
        $"<RSAKeyValue><Modulus>{Convert.ToBase64String(modulus)}</Modulus><Exponent>{Convert.ToBase64String(exponent)}</Exponent></RSAKeyValue>";

    private static byte[] Random(int length)
    {
        var bytes = RandomNumberGenerator.GetBytes(length);
        bytes[0] |= 0x80;
        bytes[^1] |= 1;
        return bytes;
    }
}
