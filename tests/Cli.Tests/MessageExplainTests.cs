using System.Text.Json;
using System.Text.Json.Nodes;
using ActionMail.Protocol.Signing;
using ActionMail.Sdk;
using MimeKit;

namespace ActionMail.Cli.Tests;

public sealed class MessageExplainTests : IDisposable
{
    private static readonly SigningKey Key = SigningKey.CreateRsa(2048);
    private static readonly SigningKey OtherKey = SigningKey.CreateRsa(2048);

    private readonly TemporaryFolder _folder = new();
    private readonly string _mail;

    public MessageExplainTests() => _mail = Write("mail.eml", Mail().ToSignedMessage(CardSignTests.Originator, Key, TimeProvider.System));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_card_that_holds_is_active_and_each_check_says_what_was_seen()
    {
        var explained = await ExplainAsync([_mail, "--json"], Registration());

        Assert.Equal((0, ""), (explained.ExitCode, explained.Error));
        var json = explained.Json;
        Assert.Equal(["card", "checks"], Members(json));
        Assert.Equal("""{"state":"active","reason":null,"kind":"adaptiveCard","carriage":"microdata"}""", Compact(json.GetProperty("card")));
        Assert.All(json.GetProperty("checks").EnumerateArray(), check =>
        {
            Assert.Equal(["code", "outcome", "evidence", "remedy", "who"], Members(check));
            Assert.Equal("pass", check.GetProperty("outcome").GetString());
            Assert.NotEqual("", check.GetProperty("evidence").GetString());
            Assert.Equal(JsonValueKind.Null, check.GetProperty("remedy").ValueKind);
        });
    }

    [Theory]
    [InlineData("suspended", "state", "suspended", "provider_suspended", "recipientAdministrator")]
    [InlineData("another sender", "senders", "crm@contoso.test", "originator_sender_mismatch", "sender")]
    [InlineData("another target", "targets", "https://crm.contoso.test", "target_denied", "sender")]
    [InlineData("another organization", "organization", "fabrikam.test", "scope_denied", "recipientAdministrator")]
    [InlineData("another id", "id", "00000000-0000-0000-0000-000000000001", "originator_unknown", "sender")]
    public async Task A_registration_that_does_not_fit_gives_its_reason(string why, string member, string value, string reason, string who)
    {
        var registration = Registration();
        registration[member] = registration[member] is JsonArray ? new JsonArray(value) : value;

        var explained = await ExplainAsync([_mail, "--json"], registration);

        AssertInert(explained, reason, who, why);
    }

    [Fact]
    public async Task Another_key_is_a_bad_signature() =>
        AssertInert(await ExplainAsync([_mail, "--json"], Registration(OtherKey)), "signed_bad_signature", "sender");

    [Theory]
    [InlineData("--to second.owner@contoso.test", "signed_recipient_mismatch")]
    [InlineData("--at 2020-01-01T00:00:00Z", "signed_stale")]
    [InlineData("--at 2099-01-01T00:00:00Z", "signed_stale")]
    public async Task The_mailbox_and_the_time_of_arrival_count(string options, string reason) =>
        AssertInert(await ExplainAsync([_mail, .. options.Split(' '), "--json"], Registration()), reason, "sender");

    [Fact]
    public async Task An_unsigned_card_waits_for_a_verified_sender()
    {
        var mail = Write("unsigned.eml", Mail().ToUnsignedMessage(TimeProvider.System));

        var explained = await ExplainAsync([mail, "--json"], Registration());

        AssertInert(explained, "sender_unverified", "sender");
        Assert.Equal("script", explained.Json.GetProperty("card").GetProperty("carriage").GetString());
    }

    [Fact]
    public async Task A_mail_without_a_card_is_a_no()
    {
        var mail = _folder.Write("plain.eml", "From: a@b.test\r\nTo: c@d.test\r\nSubject: x\r\n\r\nHello\r\n");

        var explained = await ExplainAsync([mail, "--json"], Registration());

        Assert.Equal(1, explained.ExitCode);
        Assert.Equal("""{"card":{"state":"none","reason":null,"kind":null,"carriage":null},"checks":[]}""", Compact(explained.Json));
    }

    [Fact]
    public async Task A_mail_can_come_from_standard_input()
    {
        var explained = await CliProcess.RunAsync(
            ["message", "explain", "-", "--providers", Registrations(Registration())], input: await File.ReadAllTextAsync(_mail));

        Assert.Equal((0, ""), (explained.ExitCode, explained.Error));
        Assert.StartsWith("The card is active for owner@contoso.test.", explained.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_people_the_reason_stands_first_and_the_remedy_under_its_check()
    {
        var explained = await ExplainAsync([_mail], Registration(OtherKey));

        Assert.StartsWith("The card is inert for owner@contoso.test: signed_bad_signature\n", explained.Output, StringComparison.Ordinal);
        Assert.Matches(@"\n  fail    signed_bad_signature .+\n +To mend \(sender\): .+\n", explained.Output);
    }

    [Fact]
    public async Task The_registrations_of_a_platform_that_answers_are_asked()
    {
        await using var platform = await OperatorDouble.StartAsync();
        platform.Providers[CardSignTests.Originator] = Registration();

        var explained = await CliProcess.RunAsync(["message", "explain", _mail, "--json"], platform.Environment);

        Assert.Equal(0, explained.ExitCode);
        Assert.Equal(["GET /api/operator/providers"], platform.Requests);
    }

    [Fact]
    public async Task Without_registrations_the_evidence_says_that_there_was_nobody_to_ask()
    {
        var explained = await CliProcess.RunAsync(
            ["message", "explain", _mail, "--json"], new Dictionary<string, string> { ["ACTIONMAIL_URL"] = "http://127.0.0.1:1", ["ACTIONMAIL_TOKEN"] = "t" });

        AssertInert(explained, "originator_unknown", "sender");
        var check = explained.Json.GetProperty("checks").EnumerateArray().Single(each => each.GetProperty("outcome").GetString() == "fail");
        Assert.Contains("there were no registrations to ask: The platform at http://127.0.0.1:1/ cannot be reached", check.GetProperty("evidence").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("absent.eml", "{}", 2, "absent.eml")]
    [InlineData("mail.eml", "{}", 2, "providers")]
    [InlineData("mail.eml", "[", 2, "provider list --json")]
    [InlineData("mail.eml", """{"providers":[{"id":"x","scope":"everybody"}]}""", 2, "everybody")]
    [InlineData("mail.eml", """{"providers":[{"id":"x","scope":"global","senders":["@contoso.test"]}]}""", 2, "@contoso.test")]
    [InlineData("mail.eml", """{"providers":[{"id":"x","scope":"global","targets":["ftp://x"]}]}""", 2, "ftp://x")]
    [InlineData("mail.eml", """{"providers":[{"id":"x","scope":"global"},{"id":"X","scope":"global"}]}""", 2, "twice")]
    [InlineData("mail.eml --to Elvia", """{"providers":[]}""", 2, "Elvia")]
    [InlineData("mail.eml --at yesterday", """{"providers":[]}""", 2, "yesterday")]
    public async Task Wrong_usage_is_one_line_that_names_it(string command, string registrations, int exit, string named)
    {
        _folder.Write("providers.json", registrations);

        var refused = await CliProcess.RunAsync(["message", "explain", .. command.Split(' '), "--providers", "providers.json"], workingDirectory: _folder.Path);

        Assert.Equal(exit, refused.ExitCode);
        Assert.Contains(named, refused.OneLine, StringComparison.Ordinal);
        Assert.Empty(refused.Output);
    }

    private Task<CliResult> ExplainAsync(string[] args, JsonObject registration) =>
        CliProcess.RunAsync(["message", "explain", .. args, "--providers", Registrations(registration)]);

    private string Registrations(JsonObject registration) =>
        _folder.Write("providers.json", new JsonObject { ["providers"] = new JsonArray(registration) }.ToJsonString());

    private static void AssertInert(CliResult explained, string reason, string who, string why = "")
    {
        Assert.True((1, "") == (explained.ExitCode, explained.Error), why + explained.Error);
        Assert.Equal("inert", explained.Json.GetProperty("card").GetProperty("state").GetString());
        Assert.Equal(reason, explained.Json.GetProperty("card").GetProperty("reason").GetString());
        var check = explained.Json.GetProperty("checks").EnumerateArray().First(each => each.GetProperty("outcome").GetString() == "fail");
        Assert.Equal(reason, check.GetProperty("code").GetString());
        Assert.Equal(who, check.GetProperty("who").GetString());
        Assert.NotEqual("", check.GetProperty("remedy").GetString());
    }

    private static ActionableMail Mail() => new()
    {
        From = new("Contoso Groups", "groups@contoso.test"),
        To = [new("", "owner@contoso.test")],
        Subject = "A request",
        HtmlBody = "<p>Elvia asks</p>",
        TextBody = "Elvia asks",
        CardJson = CardSignTests.SampleCard,
    };

    private static JsonObject Registration(SigningKey? key = null)
    {
        var jwk = Assert.IsType<KeyReading.Read>(PublicKeyText.Read((key ?? Key).PublicKeyToPem())).Key.Jwk;
        return new()
        {
            ["id"] = CardSignTests.Originator,
            ["name"] = "Contoso Groups",
            ["state"] = "approved",
            ["revision"] = 1,
            ["senders"] = new JsonArray("groups@contoso.test"),
            ["targets"] = new JsonArray("https://groups.contoso.test"),
            ["keys"] = new JsonArray(new JsonObject { ["jwk"] = jwk }),
            ["scope"] = "organization",
            ["organization"] = "contoso.test",
        };
    }

    private string Write(string name, MimeMessage message)
    {
        var wire = FormatOptions.Default.Clone();
        wire.NewLineFormat = NewLineFormat.Dos;
        using var file = File.Create(_folder.File(name));
        message.WriteTo(wire, file);
        return _folder.File(name);
    }

    private static string[] Members(JsonElement json) => [.. json.EnumerateObject().Select(member => member.Name)];

    private static string Compact(JsonElement json) => JsonSerializer.Serialize(json);
}
