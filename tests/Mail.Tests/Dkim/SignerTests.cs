using System.Security.Cryptography;
using System.Text;
using ActionMail.Mail.Dkim;
using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Tests.Dkim;

public class SignerTests
{
    // The private key of RFC 8463 A.2 (RFC 8032 §7.1, test 1) in the form of RFC 8410 §7.
    private const string Ed25519Pem = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n";

    private static readonly byte[] Mail = Verifying.Wire(GoldenMail.Unsigned);

    private static readonly DkimSigning How = new() { Domain = "contoso.test", Selector = "sel", SignedAt = Verifying.Now };

    public static TheoryData<string> Keys => [NaiveSigner.Key.ExportPkcs8PrivateKeyPem(), NaiveSigner.Key.ExportRSAPrivateKeyPem(), Ed25519Pem];

    [Theory]
    [MemberData(nameof(Keys))]
    public void What_is_signed_passes_here_and_with_another_verifier(string pem)
    {
        using var key = Key(pem);
        var signed = Sign(Mail, How, key);

        var result = Assert.Single(Verifying.Dkim(signed, ZoneOf(key)));

        Assert.Equal((DkimResultWord.Pass, null), (result.Result, result.Reason));
        Assert.Equal((key.Algorithm, "contoso.test", "sel", Verifying.Now), (result.Algorithm, result.Domain, result.Selector, result.SignedAt));
        Assert.Empty(result.UncoveredNames);
        Assert.True(MimeKitVerifier.Passes(signed, key.Record));
    }

    [Theory]
    [InlineData("From: mallory@attacker.test\r\n")]
    [InlineData("To: mallory@attacker.test\r\n")]
    [InlineData("Subject: other\r\n")]
    [InlineData("Date: Fri, 02 Jan 2026 12:00:00 +0000\r\n")]
    public void A_field_that_is_added_to_a_sealed_name_breaks_it(string added)
    {
        using var key = Key(Ed25519Pem);
        var signed = Sign(Mail, How, key);

        Assert.Equal(DkimFault.SignatureMismatch, Assert.Single(Verifying.Dkim([.. Encoding.Latin1.GetBytes(added), .. signed], ZoneOf(key))).Fault);
    }

    [Fact]
    public void The_names_to_sign_can_be_chosen()
    {
        using var key = Key(Ed25519Pem);

        var result = Assert.Single(Verifying.Dkim(Sign(Mail, How with { SignedNames = ["Subject", "From"] }, key), ZoneOf(key)));

        Assert.Equal(["subject", "from"], result.SignedNames);
        Assert.Equal(DkimResultWord.Pass, result.Result);
    }

    [Fact]
    public void A_body_length_is_written_on_demand_alone()
    {
        using var key = Key(Ed25519Pem);

        Assert.Equal(DkimFault.PartialBody, Assert.Single(Verifying.Dkim(Sign(Mail, How with { WithBodyLength = true }, key), ZoneOf(key))).Fault);
    }

    [Theory]
    [InlineData("contoso", "sel", "From")]
    [InlineData("contoso.test; l=0", "sel", "From")]
    [InlineData("contoso.test", "s l", "From")]
    [InlineData("contoso.test", "sel", "Subject")]
    [InlineData("contoso.test", "sel", "From:\r\nX")]
    [InlineData("contoso.test", "sel", "From; l=0")]
    public void What_no_verifier_would_take_is_not_signed(string domain, string selector, string name)
    {
        using var key = Key(Ed25519Pem);
        var how = How with { Domain = domain, Selector = selector, SignedNames = [name] };

        Assert.NotEmpty(Assert.IsType<DkimSigningResult.Refused>(DkimSigner.Sign(Mail, how, key)).Why);
    }

    [Fact]
    public void Lines_of_a_signature_are_short()
    {
        using var key = Key(NaiveSigner.Key.ExportPkcs8PrivateKeyPem());

        Assert.All(Encoding.ASCII.GetString(Sign([], How, key)).Split("\r\n"), line => Assert.InRange(line.Length, 0, 100));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no key")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----")]
    public void What_is_no_private_key_is_told(string pem)
    {
        Assert.False(DkimSigningKey.TryReadPem(pem, out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void A_key_that_no_verifier_would_take_does_not_sign()
    {
        using var weak = RSA.Create(768);

        Assert.False(DkimSigningKey.TryReadPem(weak.ExportPkcs8PrivateKeyPem(), out _, out var problem));
        Assert.Contains("768 bits", problem, StringComparison.Ordinal);
    }

    private static DkimSigningKey Key(string pem)
    {
        Assert.True(DkimSigningKey.TryReadPem(pem, out var key, out var problem), problem);
        return key;
    }

    private static Zone ZoneOf(DkimSigningKey key) => Verifying.Zone(Verifying.Txt("sel._domainkey.contoso.test", key.Record));

    private static byte[] Sign(byte[] mail, DkimSigning how, DkimSigningKey key) =>
        [.. Assert.IsType<DkimSigningResult.Signed>(DkimSigner.Sign(mail, how, key)).Field.Span, .. mail];
}
