using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Signing;
using Microsoft.Extensions.Time.Testing;

namespace ActionMail.Sdk.Tests;

public sealed class SignedCardTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly RSA Rsa = RSA.Create(2048);

    private static SignedCardContent Content => new()
    {
        CardJson = TestData.Card,
        Originator = TestData.Originator,
        Sender = "groups@contoso.test",
        Recipients = ["owner@contoso.test", "second.owner@contoso.test"],
    };

    public static TheoryData<JwsAlgorithm> Algorithms => [JwsAlgorithm.RS256, JwsAlgorithm.PS256, JwsAlgorithm.ES256];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void What_is_signed_here_is_verified_by_the_platform(JwsAlgorithm algorithm)
    {
        using var key = Key(algorithm);

        var card = SignedCard.Create(Content, key, new FakeTimeProvider(Noon));

        var result = SignedCardVerification.Verify(card.Jws, CardKind.AdaptiveCard,
            TestData.Platform(key.PublicKey, "groups@contoso.test", "second.owner@contoso.test", Noon.AddMinutes(1)), CardLimits.Default);
        Assert.Equal(TestData.Card, Assert.IsType<SignedCardResult.Verified>(result).CardJson);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void The_signature_holds_over_the_first_two_parts_by_the_runtimes_own_verification(JwsAlgorithm algorithm)
    {
        using var key = Key(algorithm);

        var jws = SignedCard.Create(Content, key, new FakeTimeProvider(Noon)).Jws;

        var signed = Encoding.ASCII.GetBytes(jws[..jws.LastIndexOf('.')]);
        var signature = Base64Url.DecodeFromChars(jws.AsSpan(jws.LastIndexOf('.') + 1));
        Assert.True(Verify(key, signed, signature));
        signed[^1] ^= 1;
        Assert.False(Verify(key, signed, signature));
    }

    [Fact]
    public void Header_and_claims_are_those_of_the_protocol_and_no_more()
    {
        using var key = Key(JwsAlgorithm.RS256);

        var parts = SignedCard.Create(Content, key, new FakeTimeProvider(Noon)).Jws.Split('.');

        Assert.Equal($$"""{"alg":"RS256","typ":"JWT","kid":"{{key.PublicKey.Thumbprint}}"}""", Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])));
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
        Assert.Equal(
            ["sender", "originator", "recipientsSerialized", "adaptiveCardSerialized", "iat"],
            claims.RootElement.EnumerateObject().Select(claim => claim.Name));
        Assert.Equal("""["owner@contoso.test","second.owner@contoso.test"]""", claims.RootElement.GetProperty("recipientsSerialized").GetString());
        Assert.Equal(Noon.ToUnixTimeSeconds(), claims.RootElement.GetProperty("iat").GetInt64());
    }

    [Fact]
    public void The_caller_may_say_when_the_card_was_issued()
    {
        using var key = Key(JwsAlgorithm.ES256);

        var jws = SignedCard.Create(Content with { IssuedAt = Noon.AddHours(-1) }, key, new FakeTimeProvider(Noon)).Jws;

        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(jws.Split('.')[1]));
        Assert.Equal(Noon.AddHours(-1).ToUnixTimeSeconds(), claims.RootElement.GetProperty("iat").GetInt64());
    }

    [Fact]
    public void A_MessageCard_has_a_claim_of_its_own()
    {
        using var key = Key(JwsAlgorithm.ES256);
        var card = """{"@type":"MessageCard","@context":"https://schema.org/extensions","text":"Hello"}""";

        var jws = SignedCard.Create(Content with { CardJson = card, Kind = CardKind.MessageCard }, key, TimeProvider.System).Jws;

        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(jws.Split('.')[1]));
        Assert.Equal(card, claims.RootElement.GetProperty("messageCardSerialized").GetString());
    }

    public static TheoryData<string, SignedCardContent> Refused => new()
    {
        { "JSON", Content with { CardJson = "{" } },
        { "AdaptiveCard", Content with { CardJson = "[]" } },
        { "AdaptiveCard", Content with { CardJson = """{"type":"MessageCard"}""" } },
        { "/actions/0/body", Content with { CardJson = """{"type":"AdaptiveCard","actions":[{"type":"Action.Http","method":"POST","url":"https://a.test/"}]}""" } },
        { "cannot be read", Content with { CardJson = """{"type":"AdaptiveCard","body":[],"body":[]}""" } },
        { "too large", Content with { CardJson = $$"""{"type":"AdaptiveCard","body":[],"speak":"{{new string('x', 200_001)}}"}""" } },
        { "originator", Content with { Originator = "00000000-0000-0000-0000-000000000001" } },
        { "sender", Content with { Sender = "Groups <groups@contoso.test>" } },
        { "recipient", Content with { Recipients = [] } },
        { "recipient", Content with { Recipients = ["owner@contoso.test", "nobody"] } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Content_that_every_reader_would_refuse_is_refused_with_the_reason(string reason, SignedCardContent content)
    {
        using var key = Key(JwsAlgorithm.ES256);

        var refusal = Assert.Throws<ArgumentException>(() => SignedCard.Create(content, key, TimeProvider.System));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.NotNull(SignedCard.Create(Content, key, TimeProvider.System));
    }

    private static SigningKey Key(JwsAlgorithm algorithm)
    {
        if (algorithm is JwsAlgorithm.ES256)
            return SigningKey.CreateEc();
        return SigningKey.FromPem(Rsa.ExportPkcs8PrivateKeyPem(), algorithm);
    }

    private static bool Verify(SigningKey key, byte[] signed, byte[] signature)
    {
        if (key.Algorithm is JwsAlgorithm.ES256)
        {
            using var ec = ECDsa.Create();
            ec.ImportFromPem(key.PublicKeyToPem());
            return ec.VerifyData(signed, signature, HashAlgorithmName.SHA256);
        }
        using var rsa = RSA.Create();
        rsa.ImportFromPem(key.PublicKeyToPem());
        return rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256,
            key.Algorithm is JwsAlgorithm.PS256 ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
    }
}
