using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ActionMail.Protocol.Signing;

namespace ActionMail.Protocol.Tests.Signing;

/// <summary>Security J-01: whoever registers a key shows that they have its private half.</summary>
public sealed class KeyChallengeTests
{
    private const string Nonce = "bm9uY2Utb2YtdGhlLXRlc3Q";
    private static readonly PublicKey Key = Fixtures.Key(Fixtures.K1);
    private static readonly KeyChallenge Challenge = new(Fixtures.O1, Key.Thumbprint, Nonce);

    [Fact]
    public void The_text_names_the_registration_the_key_and_the_nonce_and_is_no_card()
    {
        Assert.Equal($"actionmail-key-proof {Fixtures.O1} {Key.Thumbprint} {Nonce}", Challenge.Text);
        Assert.DoesNotContain('\n', Challenge.Text);
        Assert.DoesNotContain('{', Challenge.Text);
    }

    [Theory]
    [InlineData("a compact JWS", true)]
    [InlineData("a compact JWS with white space around it", true)]
    [InlineData("a signature in base64", true)]
    [InlineData("a signature in base64url", true)]
    [InlineData("a signature in folded base64", true)]
    [InlineData("a JWS of another nonce", false)]
    [InlineData("a JWS of another registration", false)]
    [InlineData("a JWS by another key", false)]
    [InlineData("a JWS with PS256", false)]
    [InlineData("a signed card", false)]
    [InlineData("a signature over the text with an end of line", false)]
    [InlineData("a signature by another key", false)]
    [InlineData("a signature over another nonce", false)]
    [InlineData("a signature with SHA-512", false)]
    [InlineData("nothing", false)]
    [InlineData("words", false)]
    [InlineData("too much", false)]
    public void An_answer_proves_the_key(string what, bool proves)
    {
        var another = Challenge with { Nonce = "another-nonce-of-the-test" };
        var answer = what switch
        {
            "a compact JWS" => Jws(Challenge, Fixtures.K1),
            "a compact JWS with white space around it" => $" {Jws(Challenge, Fixtures.K1)}\r\n",
            "a signature in base64" => Convert.ToBase64String(Signature(Challenge.Text, Fixtures.K1)),
            "a signature in base64url" => Base64Url.EncodeToString(Signature(Challenge.Text, Fixtures.K1)),
            "a signature in folded base64" => Convert.ToBase64String(Signature(Challenge.Text, Fixtures.K1), Base64FormattingOptions.InsertLineBreaks),
            "a JWS of another nonce" => Jws(another, Fixtures.K1),
            "a JWS of another registration" => Jws(Challenge with { Originator = Fixtures.O2 }, Fixtures.K1),
            "a JWS by another key" => Jws(Challenge, Fixtures.K2),
            "a JWS with PS256" => Jws(Challenge, Fixtures.K1, "PS256", RSASignaturePadding.Pss),
            "a signed card" => Jws(Challenge, Fixtures.K1, payload: """{"originator":"11111111-1111-4111-8111-111111111111"}"""),
            "a signature over the text with an end of line" => Convert.ToBase64String(Signature(Challenge.Text + "\n", Fixtures.K1)),
            "a signature by another key" => Convert.ToBase64String(Signature(Challenge.Text, Fixtures.K2)),
            "a signature over another nonce" => Convert.ToBase64String(Signature(another.Text, Fixtures.K1)),
            "a signature with SHA-512" => Convert.ToBase64String(Fixtures.K1.SignData(Encoding.ASCII.GetBytes(Challenge.Text), HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1)),
            "nothing" => " ",
            "words" => "I have it, believe me",
            _ => new string('A', KeyChallenge.LongestAnswer + 1),
        };

        var judged = Challenge.Judge(answer, Key);

        Assert.True(proves == judged is KeyProof.Proven, $"{what}: {judged}");
    }

    [Theory]
    [InlineData(DSASignatureFormat.IeeeP1363FixedFieldConcatenation)]
    [InlineData(DSASignatureFormat.Rfc3279DerSequence)]
    public void An_EC_signature_counts_as_JOSE_and_as_openssl_write_it(DSASignatureFormat format)
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = ((KeyReading.Read)PublicKeyText.Read(ec.ExportSubjectPublicKeyInfoPem())).Key;
        var challenge = Challenge with { Thumbprint = key.Thumbprint };
        // Now and then r or s is short, and DER leaves its zeros out.
        for (var round = 0; round < 200; round++)
        {
            var signature = ec.SignData(Encoding.ASCII.GetBytes(challenge.Text), HashAlgorithmName.SHA256, format);
            Assert.IsType<KeyProof.Proven>(challenge.Judge(Convert.ToBase64String(signature), key));
            signature[^1] ^= 1;
            Assert.IsType<KeyProof.Refused>(challenge.Judge(Convert.ToBase64String(signature), key));
        }
    }

    [Fact]
    public void A_challenge_for_one_key_is_not_answered_by_another() =>
        Assert.IsType<KeyProof.Refused>(Challenge.Judge(Jws(Challenge, Fixtures.K2), Fixtures.Key(Fixtures.K2)));

    [Fact]
    public void Whatever_is_sent_is_judged_and_proves_nothing()
    {
        var random = new Random(1);
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var ecKey = ((KeyReading.Read)PublicKeyText.Read(ec.ExportSubjectPublicKeyInfoPem())).Key;
        var golden = Jws(Challenge, Fixtures.K1);
        for (var round = 0; round < 2_000; round++)
        {
            var bytes = new byte[random.Next(0, 300)];
            random.NextBytes(bytes);
            // DER's own letters, so that its reader is met too.
            if (round % 3 == 0 && bytes.Length > 2)
                (bytes[0], bytes[1]) = (0x30, (byte)(bytes.Length - 2));
            var text = (round % 4) switch
            {
                0 => Convert.ToBase64String(bytes),
                1 => Encoding.Latin1.GetString(bytes),
                2 => golden[..random.Next(golden.Length)],
                _ => golden.Remove(random.Next(golden.Length), 1),
            };
            Assert.IsType<KeyProof.Refused>(Challenge.Judge(text, Key));
            Assert.IsType<KeyProof.Refused>((Challenge with { Thumbprint = ecKey.Thumbprint }).Judge(text, ecKey));
        }
    }

    private static byte[] Signature(string text, RSA key) => key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private static string Jws(KeyChallenge challenge, RSA key, string algorithm = "RS256", RSASignaturePadding? padding = null, string? payload = null)
    {
        var signed = $"{Part($$"""{"alg":"{{algorithm}}"}""")}.{Part(payload ?? challenge.Text)}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, padding ?? RSASignaturePadding.Pkcs1))}";
    }

    private static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
