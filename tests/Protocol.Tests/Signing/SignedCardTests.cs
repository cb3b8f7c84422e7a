using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ActionMail.Protocol.Verdicts;
using static ActionMail.Protocol.Tests.Fixtures;

namespace ActionMail.Protocol.Tests.Signing;

/// <summary>Protocol §3, security C-19 to C-21: the golden signed card with exactly one mutation, and unmutated in the same run.</summary>
public sealed class SignedCardTests
{
    [Fact]
    public void The_golden_card_is_active()
    {
        var decision = CardDecision.Decide(Question(Signed(Sign(Claims()))));

        Assert.Equal((CardState.Active, null), (decision.State, decision.Reason));
        Assert.All(decision.Checks, check => Assert.Equal(CheckOutcome.Pass, check.Outcome));
        Assert.Equal(Key(K1).Thumbprint, decision.SigningKey?.Thumbprint);
    }

    public static TheoryData<string, Reason, string, string> Mutations()
    {
        var golden = Sign(Claims());
        var parts = golden.Split('.');
        var payload = JsonSerializer.Serialize(Claims());
        return new()
        {
            { "two parts", Reason.SignedBadSignature, "three parts", $"{parts[0]}.{parts[1]}" },
            { "four parts", Reason.SignedBadSignature, "three parts", golden + ".x" },
            { "JSON serialization", Reason.SignedBadSignature, "three parts", """{"payload":"x","signatures":[]}""" },
            { "padding", Reason.SignedBadSignature, "base64url", golden + "==" },
            { "white space inside", Reason.SignedBadSignature, "base64url", $"{parts[0]}.{parts[1]}.{parts[2][..9]} {parts[2][9..]}" },
            { "base64 alphabet", Reason.SignedBadSignature, "base64url", $"{parts[0]}.{parts[1]}.{parts[2][..^1]}+" },
            { "spare bits in the header", Reason.SignedBadSignature, "base64url", $"{parts[0]}B.{parts[1]}.{parts[2]}" },
            { "spare bits in the signature", Reason.SignedBadSignature, "base64url", $"{parts[0]}.{parts[1]}.{parts[2][..^1]}B" },
            { "a signature of one letter", Reason.SignedBadSignature, "base64url", $"{parts[0]}.{parts[1]}.A" },
            { "empty signature", Reason.SignedBadSignature, "base64url", $"{parts[0]}.{parts[1]}." },
            { "signature one byte short", Reason.SignedBadSignature, "signature", $"{parts[0]}.{parts[1]}.{Shorter(parts[2])}" },
            { "header is no JSON", Reason.SignedBadSignature, "header JSON", SignRaw("{alg:RS256}", payload, K1) },
            { "duplicate alg", Reason.SignedBadSignature, "header JSON", SignRaw("""{"alg":"RS256","alg":"RS256"}""", payload, K1) },
            { "none", Reason.SignedInvalidAlg, "algorithm", SignRaw("""{"alg":"none"}""", payload, K1) },
            { "nOnE", Reason.SignedInvalidAlg, "algorithm", SignRaw("""{"alg":"nOnE"}""", payload, K1) },
            { "HS256 with the public key", Reason.SignedInvalidAlg, "algorithm", SignRaw("""{"alg":"HS256"}""", payload, K1) },
            { "RS512", Reason.SignedInvalidAlg, "algorithm", SignRaw("""{"alg":"RS512"}""", payload, K1) },
            { "rs256", Reason.SignedInvalidAlg, "algorithm", SignRaw("""{"alg":"rs256"}""", payload, K1) },
            { "no alg", Reason.SignedInvalidAlg, "algorithm", SignRaw("{}", payload, K1) },
            { "PS256 under an RS256 key", Reason.SignedBadSignature, "signature", SignRaw("""{"alg":"PS256"}""", payload, K1) },
            { "ES256 under an RSA key", Reason.SignedBadSignature, "signature", SignRaw("""{"alg":"ES256"}""", payload, K1) },
            { "unknown crit", Reason.SignedInvalidAlg, "crit", SignRaw("""{"alg":"RS256","crit":["x"],"x":1}""", payload, K1) },
            { "b64 false", Reason.SignedInvalidAlg, "b64", SignRaw("""{"alg":"RS256","b64":false}""", payload, K1) },
            { "jku", Reason.SignedInvalidAlg, "jku", SignRaw("""{"alg":"RS256","jku":"https://evil.test/keys"}""", payload, K1) },
            { "jwk", Reason.SignedInvalidAlg, "jwk", SignRaw("""{"alg":"RS256","jwk":{}}""", payload, K2) },
            { "key of another provider", Reason.SignedBadSignature, "signature", Sign(Claims(), K2, $$"""{"alg":"RS256","kid":"{{Key(K2).Thumbprint}}"}""") },
            { "payload changed", Reason.SignedBadSignature, "signature", $"{parts[0]}.{Sign(With("iat", Noon.ToUnixTimeSeconds() + 1)).Split('.')[1]}.{parts[2]}" },
            { "payload is no JSON", Reason.SignedClaimMissing, "claims", Sign("[1]") },
            { "duplicate claim", Reason.SignedClaimMissing, "claims", Sign(payload.Insert(1, $"\"originator\":\"{O1}\",")) },
            { "originator missing", Reason.SignedClaimMissing, "originator", Sign(Without("originator")) },
            { "unknown originator", Reason.OriginatorUnknown, "unknown originator", Sign(With("originator", Guid.Empty.ToString())) },
            { "originator of another provider", Reason.SignedBadSignature, "signature", Sign(With("originator", O2)) },
            { "sender missing", Reason.SignedClaimMissing, "sender", Sign(Without("sender")) },
            { "sender differs", Reason.SignedSenderMismatch, "sender differs", Sign(With("sender", "other@contoso.test")) },
            { "card missing", Reason.SignedClaimMissing, "adaptiveCardSerialized", Sign(Without("adaptiveCardSerialized")) },
            { "card is no string", Reason.SignedClaimMissing, "adaptiveCardSerialized", Sign(With("adaptiveCardSerialized", new { type = "AdaptiveCard" })) },
            { "recipients missing", Reason.SignedClaimMissing, "recipientsSerialized", Sign(Without("recipientsSerialized")) },
            { "recipients are one address", Reason.SignedClaimMissing, "recipientsSerialized", Sign(With("recipientsSerialized", "\"alice@t1.test\"")) },
            { "recipients are an array, not a string", Reason.SignedClaimMissing, "recipientsSerialized", Sign(With("recipientsSerialized", new[] { "alice@t1.test" })) },
            { "recipients without alice", Reason.SignedRecipientMismatch, "recipient missing", Sign(With("recipientsSerialized", """["bob@t1.test"]""")) },
            { "recipients with a star", Reason.SignedRecipientMismatch, "recipient missing", Sign(With("recipientsSerialized", """["*"]""")) },
            { "iat missing", Reason.SignedClaimMissing, "iat", Sign(Without("iat")) },
            { "iat is text", Reason.SignedClaimMissing, "iat", Sign(With("iat", "now")) },
            { "iat an hour ahead", Reason.SignedStale, "iat", Sign(With("iat", Noon.AddHours(1).ToUnixTimeSeconds())) },
            { "iat 30 days ago", Reason.SignedStale, "iat", Sign(With("iat", Noon.AddDays(-30).ToUnixTimeSeconds())) },
            { "inner originator differs", Reason.OriginatorSenderMismatch, "originator", Sign(Claims(GoldenCard.Replace(O1, O2, StringComparison.Ordinal))) },
            { "inner card has duplicate keys", Reason.CardMalformed, "url", Sign(Claims(GoldenCard.Replace("\"method\"", "\"url\":\"https://api.contoso.test/x\",\"method\"", StringComparison.Ordinal))) },
            { "inner card calls another host", Reason.TargetDenied, "/actions/0/url", Sign(Claims(GoldenCard.Replace("api.contoso.test/", "evil.test/", StringComparison.Ordinal))) },
        };
    }

    [Theory]
    [MemberData(nameof(Mutations))]
    public void One_mutation_makes_it_inert_and_names_the_step(string what, Reason reason, string step, string jws)
    {
        var decision = CardDecision.Decide(Question(Signed(jws)));

        Assert.Equal((what, CardState.Inert, (Reason?)reason), (what, decision.State, decision.Reason));
        Assert.Contains(step, decision.Checks.First(check => check.Outcome == CheckOutcome.Fail).Evidence, StringComparison.Ordinal);
    }

    // A text that made the verification throw would come back with each retry of its sender.
    [Fact]
    public void No_text_makes_it_throw()
    {
        var golden = Sign(Claims());
        var random = new Random(20261123);
        for (var round = 0; round < 3_000; round++)
        {
            var text = golden.ToCharArray();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                text[random.Next(text.Length)] = (char)random.Next(33, 127);
            var spoiled = new string(text)[..random.Next(text.Length / 2, text.Length + 1)];
            var state = CardDecision.Decide(Question(Signed(spoiled))).State;
            Assert.Equal(spoiled == golden ? CardState.Active : CardState.Inert, state);
        }
    }

    [Theory]
    [InlineData(5 * 60, true)]
    [InlineData((5 * 60) + 1, false)]
    [InlineData(-7 * 86_400, true)]
    [InlineData((-7 * 86_400) - 1, false)]
    public void Iat_may_be_five_minutes_ahead_and_seven_days_old(long offset, bool active) =>
        Assert.Equal(active ? CardState.Active : CardState.Inert, CardDecision.Decide(Question(Signed(Sign(With("iat", Noon.ToUnixTimeSeconds() + offset))))).State);

    [Fact]
    public void A_header_that_carries_certificates_is_passed_over() =>
        Assert.Equal(CardState.Active, CardDecision.Decide(Question(Signed(Sign(Claims(), K1, """{"alg":"RS256","x5c":["AAAA"],"kid":"nobody"}""")))).State);

    [Fact]
    public void A_provider_without_keys_is_told_so()
    {
        var question = Question(Signed(Sign(Claims()))) with { FindProvider = _ => P1 with { Keys = [] } };

        Assert.Contains("no key for the provider", CardDecision.Decide(question).Checks[^1].Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_of_several_keys_is_tried_while_they_rotate() =>
        Assert.Equal(CardState.Active, CardDecision.Decide(Question(Signed(Sign(Claims()))) with { FindProvider = _ => P1 with { Keys = [Key(K2), Key(K1)] } }).State);

    [Theory]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public void Other_algorithms_hold_for_keys_of_their_kind(string algorithm)
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var parameters = ec.ExportParameters(false);
        var rsa = K1.ExportParameters(false);
        var jwk = algorithm == "ES256"
            ? $$"""{"kty":"EC","crv":"P-256","x":"{{B64(parameters.Q.X!)}}","y":"{{B64(parameters.Q.Y!)}}"}"""
            : $$"""{"kty":"RSA","alg":"PS256","n":"{{B64(rsa.Modulus!)}}","e":"{{B64(rsa.Exponent!)}}"}""";
        var key = Assert.IsType<Protocol.Signing.KeyReading.Read>(Protocol.Signing.PublicKeyText.Read(jwk)).Key;
        var signed = $"{B64(Encoding.UTF8.GetBytes($$"""{"alg":"{{algorithm}}"}"""))}.{B64(JsonSerializer.SerializeToUtf8Bytes(Claims()))}";
        var signature = algorithm == "ES256"
            ? ec.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256)
            : K1.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        var question = Question(Signed($"{signed}.{B64(signature)}"));

        Assert.Equal(CardState.Active, CardDecision.Decide(question with { FindProvider = _ => P1 with { Keys = [key] } }).State);
        Assert.Equal(Reason.SignedBadSignature, CardDecision.Decide(question).Reason);
    }

    private static Dictionary<string, object?> With(string claim, object? value)
    {
        var claims = Claims();
        claims[claim] = value;
        return claims;
    }

    private static Dictionary<string, object?> Without(string claim)
    {
        var claims = Claims();
        claims.Remove(claim);
        return claims;
    }

    private static string Shorter(string signature) => B64(System.Buffers.Text.Base64Url.DecodeFromChars(signature)[..^1]);

    private static string B64(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
