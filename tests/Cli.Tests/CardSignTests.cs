using System.Text.RegularExpressions;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Signing;

namespace ActionMail.Cli.Tests;

public sealed partial class CardSignTests : IAsyncLifetime
{
    public const string Originator = "5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913";
    private static readonly Guid Organization = Guid.Parse("0c0a1e5c-5f7e-4a6b-8e1d-3b1f6d2a9c01");

    private readonly TemporaryFolder _folder = new();
    private string _publicKey = "";

    public async ValueTask InitializeAsync()
    {
        _folder.Write("card.json", SampleCard);
        _publicKey = (await CliProcess.RunAsync(["key", "new", "--out", _folder.File("k.pem"), "--json"])).Json
            .GetProperty("publicKey").GetProperty("rsaKeyValue").GetString()!;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_signed_card_verifies_for_its_sender_and_each_recipient()
    {
        var jws = (await SignAsync()).Output.Trim();

        Assert.IsType<SignedCardResult.Verified>(Verify(jws, "groups@contoso.test", "owner@contoso.test"));
        Assert.IsType<SignedCardResult.Verified>(Verify(jws, "groups@contoso.test", "second.owner@contoso.test"));
        Assert.IsType<SignedCardResult.Verified>(Verify(jws, "groups@contoso.test", "elvia@contoso.test"));
        Assert.IsType<SignedCardResult.Failed>(Verify(jws, "groups@contoso.test", "miguel@contoso.test"));
        Assert.IsType<SignedCardResult.Failed>(Verify(jws, "elvia@contoso.test", "owner@contoso.test"));
        Assert.IsType<SignedCardResult.Failed>(Verify(jws[..^8] + "AAAAAAAA", "groups@contoso.test", "owner@contoso.test"));
    }

    [Fact]
    public async Task The_html_body_carries_the_same_card_in_its_microdata()
    {
        var html = (await SignAsync("--html")).Output;

        Assert.Contains("itemtype=\"http://schema.org/SignedAdaptiveCard\"", html, StringComparison.Ordinal);
        Assert.Contains("Elvia Atkins has requested to join", html, StringComparison.Ordinal);
        Assert.IsType<SignedCardResult.Verified>(Verify(Jws().Match(html).Groups["jws"].Value, "groups@contoso.test", "owner@contoso.test"));
    }

    [Fact]
    public async Task As_json_the_key_is_named_by_its_thumbprint()
    {
        var json = (await SignAsync("--json")).Json;

        Assert.Equal(Assert.IsType<KeyReading.Read>(PublicKeyText.Read(_publicKey)).Key.Thumbprint, json.GetProperty("keyId").GetString());
        Assert.IsType<SignedCardResult.Verified>(Verify(json.GetProperty("jws").GetString()!, "groups@contoso.test", "owner@contoso.test"));
    }

    [Theory]
    [InlineData("no card", "{}", "type")]
    [InlineData("not JSON", "{", "not strict JSON")]
    [InlineData("another originator", """{"type":"AdaptiveCard","originator":"another","body":[{"type":"TextBlock","text":"x"}]}""", "another")]
    [InlineData("a duplicate member", """{"type":"AdaptiveCard","type":"AdaptiveCard","body":[]}""", "is there twice")]
    public async Task A_card_that_no_reader_would_take_is_not_signed(string why, string card, string named)
    {
        _folder.Write("card.json", card);

        var refused = await SignAsync();

        Assert.True(refused.ExitCode == 2, why);
        Assert.Contains(named, refused.OneLine, StringComparison.Ordinal);
        Assert.Empty(refused.Output);
    }

    [Theory]
    [InlineData("a public key", "<RSAKeyValue><Modulus>AQ==</Modulus><Exponent>AQAB</Exponent></RSAKeyValue>")]
    [InlineData("no key", "hello")]
    [InlineData("a JWK without its private part", """{"kty":"RSA","n":"AQ","e":"AQAB"}""")]
    public async Task A_file_that_cannot_sign_is_named_with_the_way_to_make_one_that_can(string why, string key)
    {
        _folder.Write("k.pem", key);

        var refused = await SignAsync();

        Assert.True(refused.ExitCode == 2, why);
        Assert.Contains("k.pem", refused.OneLine, StringComparison.Ordinal);
        Assert.Contains("actionmail key new", refused.OneLine, StringComparison.Ordinal);
    }

    internal const string SampleCard = $$"""
        {"type":"AdaptiveCard","version":"1.0","originator":"{{Originator}}",
         "body":[{"type":"TextBlock","text":"Elvia Atkins has requested to join this group."}],
         "actions":[{"type":"Action.Http","title":"Approve","method":"POST","url":"https://groups.contoso.test/approve","body":"{}"}]}
        """;

    private Task<CliResult> SignAsync(params string[] more) => CliProcess.RunAsync(
        [
            "card", "sign", _folder.File("card.json"), "--key", _folder.File("k.pem"), "--originator", Originator, "--sender", "groups@contoso.test",
            "--to", "owner@contoso.test", "--to", "second.owner@contoso.test", "--cc", "elvia@contoso.test", .. more,
        ]);

    private SignedCardResult Verify(string jws, string from, string recipient)
    {
        var key = Assert.IsType<KeyReading.Read>(PublicKeyText.Read(_publicKey)).Key;
        var provider = new ProviderRegistration(Originator, "Contoso Groups", Organization, ProviderState.Approved, 1, ProviderScope.Organization) { Keys = [key] };
        var mailbox = new Recipient(Organization, [EmailAddress.Parse(recipient)], _ => true);
        return SignedCardVerification.Verify(
            jws,
            CardKind.AdaptiveCard,
            new(EmailAddress.Parse(from), mailbox, TimeProvider.System.GetUtcNow(), id => id == Originator ? provider : null),
            CardLimits.Default);
    }

    [GeneratedRegex("itemprop=\"signedAdaptiveCard\"[^>]*>(?<jws>[^<]+)<", RegexOptions.CultureInvariant)]
    private static partial Regex Jws();
}
