using System.Buffers.Text;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActionMail.Sdk;
using ActionMail.Server.Tests.Platform;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Tests.Intake;

/// <summary>A signed card with one thing wrong: stored and readable, nothing to press, and the step named where people look for it. Protocol §3, security C-19 to C-21.</summary>
[Collection(WayIn.Name)]
public sealed class SignatureTests(SharedPlatform shared) : IAsyncLifetime
{
    private readonly StubProvider _provider = new();
    private readonly Browser _owner = shared.Owner;
    private Service _service = null!;

    public async ValueTask InitializeAsync() => _service = await shared.RegisteredAsync(_provider);

    public ValueTask DisposeAsync()
    {
        _provider.Dispose();
        return ValueTask.CompletedTask;
    }

    public static TheoryData<string, string, string> Faults() => new()
    {
        { "two parts", "signed_bad_signature", "three parts" },
        { "five parts", "signed_bad_signature", "three parts" },
        { "padding", "signed_bad_signature", "base64url" },
        { "base64 that is not for URLs", "signed_bad_signature", "base64url" },
        { "no signature", "signed_bad_signature", "base64url" },
        { "a header with alg twice", "signed_bad_signature", "header JSON" },
        { "alg none", "signed_invalid_alg", "algorithm" },
        { "alg nOnE", "signed_invalid_alg", "algorithm" },
        { "alg HS256", "signed_invalid_alg", "algorithm" },
        { "alg RS512", "signed_invalid_alg", "algorithm" },
        { "crit", "signed_invalid_alg", "algorithm" },
        { "jwk", "signed_invalid_alg", "algorithm" },
        { "jku", "signed_invalid_alg", "algorithm" },
        { "b64", "signed_invalid_alg", "algorithm" },
        { "another key", "signed_bad_signature", "signature" },
        { "a changed payload", "signed_bad_signature", "signature" },
        { "a signature shorter by a byte", "signed_bad_signature", "signature" },
        { "a signature with spare bits", "signed_bad_signature", "base64url" },
        { "PS256 with a key for RS256", "signed_bad_signature", "signature" },
        { "unknown originator", "originator_unknown", "unknown originator" },
        { "without originator", "signed_claim_missing", "claim missing: originator" },
        { "without sender", "signed_claim_missing", "claim missing: sender" },
        { "without recipientsSerialized", "signed_claim_missing", "claim missing: recipientsSerialized" },
        { "without adaptiveCardSerialized", "signed_claim_missing", "claim missing: adaptiveCardSerialized" },
        { "without iat", "signed_claim_missing", "claim missing: iat" },
        { "recipients that are no array", "signed_claim_missing", "recipientsSerialized" },
        { "recipients with a pattern", "signed_recipient_mismatch", "recipient missing" },
        { "other recipients", "signed_recipient_mismatch", "recipient missing" },
        { "another sender", "signed_sender_mismatch", "sender differs" },
        { "iat as a text", "signed_claim_missing", "iat" },
        { "iat eight days ago", "signed_stale", "iat" },
        { "iat six minutes ahead", "signed_stale", "iat" },
        { "another originator in the card", "originator_sender_mismatch", "originator" },
        { "a card with a member twice", "card_malformed", "" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_broken_one_is_inert_with_its_reason_and_its_step(string what, string reason, string step)
    {
        var mail = Service.Compose(Broken(what));
        var id = await _service.DeliverAsync(mail);

        var state = await _owner.StateAsync(id);
        var page = await _owner.OpenAsync(id);
        var why = await _owner.Http.GetStringAsync($"/inbox/{id}/why");
        var body = await _owner.Http.GetStringAsync($"/inbox/{id}/body");
        var pressed = await _owner.PostAsync($"/api/messages/{id}/actions/a0", new { cardVersion = 1, clickId = Guid.NewGuid(), inputs = new { } });
        var audited = await shared.Running.ReadAsync(db => db.AuditEvents.Where(line => line.Subject == id.ToString()).Select(line => line.Kind).ToListAsync());

        var card = state.GetProperty("card");
        Assert.Equal((what, "inert", reason, 0), (what, card.GetProperty("state").GetString(), card.GetProperty("reason").GetString(), card.GetProperty("version").GetInt32()));
        Assert.Equal(JsonValueKind.Null, card.GetProperty("display").ValueKind);
        Assert.DoesNotContain("<actionable-card", page, StringComparison.Ordinal);
        Assert.Contains($"Reason code: <code>{reason}</code>", why, StringComparison.Ordinal);
        Assert.Contains(step, why, StringComparison.Ordinal);
        Assert.Contains("The plain request.", body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, pressed.Status);
        Assert.Equal([reason], audited);
        Assert.Empty(_provider.Seen);
    }

    [Theory]
    [InlineData("as the SDK signs it")]
    [InlineData("signed by hand")]
    [InlineData("with the thumbprint of another key in kid")]
    [InlineData("with a certificate in x5c, which is passed over")]
    [InlineData("with the originator in capitals")]
    [InlineData("iat six days ago")]
    [InlineData("iat four minutes ahead")]
    public async Task A_whole_one_is_active_in_the_same_surroundings(string what)
    {
        var now = TimeProvider.System.GetUtcNow();
        var jws = what switch
        {
            "as the SDK signs it" => _service.Sign(_service.Card()),
            "with the thumbprint of another key in kid" => Sign("""{"alg":"RS256","kid":"of-no-key"}""", Claims()),
            "with a certificate in x5c, which is passed over" => Sign("""{"alg":"RS256","x5c":["MIIB"]}""", Claims()),
            "with the originator in capitals" => Sign("""{"alg":"RS256"}""", Claims(claims => claims["originator"] = _service.Id.ToUpperInvariant())),
            "iat six days ago" => Sign("""{"alg":"RS256"}""", Claims(claims => claims["iat"] = now.AddDays(-6).ToUnixTimeSeconds())),
            "iat four minutes ahead" => Sign("""{"alg":"RS256"}""", Claims(claims => claims["iat"] = now.AddMinutes(4).ToUnixTimeSeconds())),
            _ => Sign("""{"alg":"RS256"}""", Claims()),
        };

        var id = await _service.DeliverAsync(Service.Compose(jws));

        Assert.Equal((what, "active"), (what, (await _owner.StateAsync(id)).GetProperty("card").GetProperty("state").GetString()));
        Assert.Equal("done", (await _owner.OpenAndPressAsync(id, "Approve")).OutcomeState);
    }

    [Theory]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public async Task The_other_algorithms_are_good_with_a_key_of_their_kind(string algorithm)
    {
        var key = algorithm == "ES256" ? SigningKey.CreateEc() : SigningKey.FromPem(_service.Key.ToPem(), Protocol.Signing.JwsAlgorithm.PS256);
        var service = new Service(shared.Running.Doors, _provider) { Key = key };
        (await service.RegisterAsync(service.File(keys: [key.PublicKey.Jwk]))).EnsureSuccessStatusCode();

        var id = await service.DeliverAsync(service.Mail(service.Card()));

        Assert.Equal("active", (await _owner.StateAsync(id)).GetProperty("card").GetProperty("state").GetString());
    }

    private string Broken(string what)
    {
        var good = _service.Sign(_service.Card());
        var parts = good.Split('.');
        return what switch
        {
            "two parts" => $"{parts[0]}.{parts[1]}",
            "five parts" => $"{good}.{parts[1]}.{parts[2]}",
            "padding" => good + "==",
            "base64 that is not for URLs" => $"{parts[0]}.{parts[1]}.{parts[2][..^4]}ab+/",
            "no signature" => $"{parts[0]}.{parts[1]}.",
            "a header with alg twice" => Sign("""{"alg":"RS256","alg":"RS256"}""", Claims()),
            "alg none" => $"{RawJws.Encode("""{"alg":"none"}""")}.{parts[1]}.{parts[2]}",
            "alg nOnE" => Sign("""{"alg":"nOnE"}""", Claims()),
            "alg HS256" => Sign("""{"alg":"HS256"}""", Claims()),
            "alg RS512" => Sign("""{"alg":"RS512"}""", Claims()),
            "crit" => Sign("""{"alg":"RS256","crit":["exp"]}""", Claims()),
            "jwk" => Sign($$"""{"alg":"RS256","jwk":{{_service.Key.PublicKey.Jwk}}}""", Claims()),
            "jku" => Sign($$"""{"alg":"RS256","jku":"{{_provider.Origin}}/keys"}""", Claims()),
            "b64" => Sign("""{"alg":"RS256","b64":false}""", Claims()),
            "another key" => RawJws.Sign(SigningKey.CreateRsa(2048), """{"alg":"RS256"}""", Claims()),
            "a changed payload" => $"{parts[0]}.{RawJws.Encode(RawJws.Decode(parts[1]).Replace("Please approve", "Please decline", StringComparison.Ordinal))}.{parts[2]}",
            "a signature shorter by a byte" => $"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(Base64Url.DecodeFromChars(parts[2])[..^1])}",
            "a signature with spare bits" => $"{parts[0]}.{parts[1]}.{parts[2][..^1]}B",
            "PS256 with a key for RS256" => Sign("""{"alg":"PS256"}""", Claims()),
            "unknown originator" => SignedWith(claims => claims["originator"] = Guid.NewGuid().ToString()),
            "recipients that are no array" => SignedWith(claims => claims["recipientsSerialized"] = $"\"{Service.Owner}\""),
            "recipients with a pattern" => SignedWith(claims => claims["recipientsSerialized"] = """["*@contoso.test"]"""),
            "other recipients" => SignedWith(claims => claims["recipientsSerialized"] = """["elvia@contoso.test"]"""),
            "another sender" => SignedWith(claims => claims["sender"] = "other@contoso.test"),
            "iat as a text" => SignedWith(claims => claims["iat"] = "now"),
            "iat eight days ago" => SignedWith(claims => claims["iat"] = TimeProvider.System.GetUtcNow().AddDays(-8).ToUnixTimeSeconds()),
            "iat six minutes ahead" => SignedWith(claims => claims["iat"] = TimeProvider.System.GetUtcNow().AddMinutes(6).ToUnixTimeSeconds()),
            "another originator in the card" => SignedWith(claims => claims["adaptiveCardSerialized"] = _service.Card().Replace(_service.Id, Guid.NewGuid().ToString(), StringComparison.Ordinal)),
            "a card with a member twice" => SignedWith(claims => claims["adaptiveCardSerialized"] = _service.Card(members: "\"version\":\"1.0\",")),
            _ when what.StartsWith("without ", StringComparison.Ordinal) => SignedWith(claims => Assert.True(claims.Remove(what["without ".Length..]))),
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, "no such fault"),
        };
    }

    private string SignedWith(Action<JsonObject> change) => Sign("""{"alg":"RS256"}""", Claims(change));

    private string Sign(string header, string claims) => RawJws.Sign(_service.Key, header, claims);

    private string Claims(Action<JsonObject>? change = null)
    {
        var claims = new JsonObject
        {
            ["originator"] = _service.Id,
            ["sender"] = Service.Sender,
            ["recipientsSerialized"] = JsonSerializer.Serialize(new[] { Service.Owner }),
            ["adaptiveCardSerialized"] = _service.Card(),
            ["iat"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
        };
        change?.Invoke(claims);
        return claims.ToJsonString();
    }
}
