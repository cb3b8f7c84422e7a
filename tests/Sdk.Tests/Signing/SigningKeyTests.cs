using System.Security.Cryptography;
using ActionMail.Protocol.Signing;

namespace ActionMail.Sdk.Tests;

public sealed class SigningKeyTests
{
    private static readonly RSA Rsa = RSA.Create(2048);
    private static readonly RSA Short = RSA.Create(1024);

    [Fact]
    public void The_key_of_RFC_7520_section_4_1_is_refused_because_everybody_has_it()
    {
        using var vector = TestData.Cookbook("4_1.rsa_v15_signature.json");

        var refusal = Assert.Throws<ArgumentException>(() => SigningKey.FromJwk(vector.RootElement.GetProperty("input").GetProperty("key").GetRawText()));

        Assert.Contains("published", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_of_RFC_7520_section_4_3_is_refused_because_it_is_not_on_P_256()
    {
        using var vector = TestData.Cookbook("4_3.ecdsa_signature.json");

        Assert.Throws<ArgumentException>(() => SigningKey.FromJwk(vector.RootElement.GetProperty("input").GetProperty("key").GetRawText()));
    }

    // Security J-01.
    [Theory]
    [InlineData("RSA", JwsAlgorithm.RS256)]
    [InlineData("RSA", JwsAlgorithm.PS256)]
    [InlineData("EC", JwsAlgorithm.ES256)]
    public void A_proof_of_possession_is_what_the_platform_asks_for(string kind, JwsAlgorithm algorithm)
    {
        using var made = kind == "EC" ? SigningKey.CreateEc() : SigningKey.FromPem(Rsa.ExportPkcs8PrivateKeyPem(), algorithm);
        var challenge = new KeyChallenge("5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913", made.PublicKey.Thumbprint, "a-nonce-of-the-platform_1");

        var proof = made.ProvePossession(challenge.Originator.ToUpperInvariant(), challenge.Nonce);

        Assert.IsType<KeyProof.Proven>(challenge.Judge(proof, made.PublicKey));
        Assert.IsType<KeyProof.Refused>((challenge with { Nonce = "another-nonce-of-the-platform" }).Judge(proof, made.PublicKey));
    }

    // Whoever asks for a signature chooses a nonce, and nothing else of what is signed.
    [Theory]
    [InlineData("5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913", "short")]
    [InlineData("5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913", "a nonce with blanks in it")]
    [InlineData("5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913", "a-nonce-with-an-end-of-line\n")]
    [InlineData("5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913", "eyJhbGciOiJSUzI1NiJ9.eyJzZW5kZXIiOiJhIn0")]
    [InlineData("no GUID", "a-nonce-of-the-platform_1")]
    public void Nothing_else_is_signed(string originator, string nonce)
    {
        using var key = SigningKey.CreateEc();
        Assert.Throws<ArgumentException>(() => key.ProvePossession(originator, nonce));
    }

    [Fact]
    public void An_RSA_key_is_the_same_from_PEM_PKCS1_RSAKeyValue_and_JWK()
    {
        using SigningKey pkcs8 = SigningKey.FromPem(Rsa.ExportPkcs8PrivateKeyPem()),
            pkcs1 = SigningKey.FromPem(Rsa.ExportRSAPrivateKeyPem()),
            xml = SigningKey.FromRsaKeyValue(Rsa.ToXmlString(includePrivateParameters: true)),
            jwk = SigningKey.FromJwk(TestData.PrivateJwk(Rsa.ExportParameters(includePrivateParameters: true))),
            again = SigningKey.FromPem(pkcs8.ToPem());

        Assert.Single(new[] { pkcs8, pkcs1, xml, jwk, again }.Select(key => key.PublicKey.Thumbprint).Distinct());
        Assert.All([pkcs8, pkcs1, xml, jwk, again], key => Assert.Equal(JwsAlgorithm.RS256, key.Algorithm));
    }

    [Fact]
    public void White_space_in_an_RSAKeyValue_is_accepted()
    {
        var xml = Rsa.ToXmlString(includePrivateParameters: true);
        using SigningKey plain = SigningKey.FromRsaKeyValue(xml),
            spaced = SigningKey.FromRsaKeyValue(xml.Replace("<D>", "\n  <D>\n    ", StringComparison.Ordinal).Replace("</D>", "\n  </D>\n", StringComparison.Ordinal));

        Assert.Equal(plain.PublicKey.Thumbprint, spaced.PublicKey.Thumbprint);
    }

    [Fact]
    public void An_EC_key_signs_ES256_and_an_RSA_key_PS256_only_when_asked()
    {
        using var ec = SigningKey.CreateEc();
        using var rsa = SigningKey.FromPem(Rsa.ExportPkcs8PrivateKeyPem());
        using var pss = SigningKey.FromPem(rsa.ToPem(), JwsAlgorithm.PS256);

        Assert.Equal((JwsAlgorithm.ES256, JwsAlgorithm.RS256, JwsAlgorithm.PS256), (ec.Algorithm, rsa.Algorithm, pss.Algorithm));
        Assert.Contains("\"alg\":\"PS256\"", pss.PublicKey.Jwk, StringComparison.Ordinal);
    }

    public static TheoryData<string, Func<string>> Unusable => new()
    {
        { "1024 bits", () => Short.ExportPkcs8PrivateKeyPem() },
        { "2048 to 4096", () => Short.ToXmlString(includePrivateParameters: true) },
        { "2048 to 4096", () => TestData.PrivateJwk(Short.ExportParameters(includePrivateParameters: true)) },
        { "P-256", () => ECDsa.Create(ECCurve.NamedCurves.nistP384).ExportPkcs8PrivateKeyPem() },
        { "public key", () => Rsa.ExportSubjectPublicKeyInfoPem() },
        { "lacks D", () => Rsa.ToXmlString(includePrivateParameters: false) },
        { "no unencrypted", () => "-----BEGIN NOTHING-----\nAAAA\n-----END NOTHING-----" },
        { "no unencrypted", () => Rsa.ExportEncryptedPkcs8PrivateKeyPem("secret", new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)) },
        { "no RSAKeyValue", () => "<!DOCTYPE x [<!ENTITY a 'b'>]><RSAKeyValue><Modulus>&a;</Modulus></RSAKeyValue>" },
        { "twice", () => "<RSAKeyValue><Modulus>AAAA</Modulus><Modulus>AAAA</Modulus></RSAKeyValue>" },
        { "oct", () => """{"kty":"oct","k":"AAAA"}""" },
        { "HS256", () => """{"kty":"RSA","alg":"HS256"}""" },
        { "no JWK", () => "{" },
        { "'d'", () => """{"kty":"RSA","n":"AAAA","e":"AQAB"}""" },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public void A_key_that_cannot_sign_cards_is_refused_with_the_reason(string reason, Func<string> text)
    {
        var refusal = Assert.Throws<ArgumentException>(() => Load(text()));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_key_is_not_made_shorter_than_any_reader_takes()
    {
        Assert.Throws<ArgumentException>(() => SigningKey.CreateRsa(1024));
    }

    [Fact]
    public void An_algorithm_of_another_kind_of_key_is_refused()
    {
        using var rsa = SigningKey.FromPem(Rsa.ExportPkcs8PrivateKeyPem());
        using var ec = SigningKey.CreateEc();

        Assert.Throws<ArgumentException>(() => SigningKey.FromPem(rsa.ToPem(), JwsAlgorithm.ES256));
        Assert.Throws<ArgumentException>(() => SigningKey.FromPem(ec.ToPem(), JwsAlgorithm.RS256));
    }

    [Fact]
    public void Several_threads_may_sign_with_one_key()
    {
        using var key = SigningKey.FromPem(Rsa.ExportPkcs8PrivateKeyPem());
        var text = "the same"u8.ToArray();

        var signatures = Enumerable.Range(0, 64).AsParallel().Select(_ => Convert.ToHexString(key.Sign(text))).Distinct();

        Assert.Single(signatures);
    }

    private static SigningKey Load(string text) => text.TrimStart() switch
    {
        ['<', ..] => SigningKey.FromRsaKeyValue(text),
        ['{', ..] => SigningKey.FromJwk(text),
        _ => SigningKey.FromPem(text),
    };
}
