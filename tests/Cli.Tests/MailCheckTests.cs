using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ActionMail.Cli.Tests;

/// <summary>Who really sent a mail, from the command line: by the code of the platform, with a zone file for the DNS.</summary>
public sealed class MailCheckTests : IDisposable
{
    private const string At = "2026-01-01T12:00:00Z";
    private const string Spf = "contoso.test TXT \"v=spf1 ip4:192.0.2.1 -all\"";
    private const string Dmarc = "_dmarc.contoso.test TXT \"v=DMARC1; p=reject\"";

    private static readonly string KeyPem = MakeKey();

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_mechanism_has_its_result_in_the_words_of_the_RFCs()
    {
        var (signed, key) = await SignAsync();

        var check = await CheckAsync(signed, [key, Spf, Dmarc], "--ip", "192.0.2.1", "--helo", "mail.contoso.test", "--mail-from", "actions@contoso.test");

        Assert.Equal(["spf", "dkim", "dmarc", "arc", "from", "card"], check.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("pass", "contoso.test", ""), (Text(check, "spf", "result"), Text(check, "spf", "domain"), Text(check, "spf", "explanation")));
        var signature = Assert.Single(check.GetProperty("dkim").EnumerateArray());
        Assert.Equal(
            """{"result":"pass","domain":"contoso.test","selector":"s1","algorithm":"rsa-sha256","bits":2048,"reason":null,"aligned":true""",
            signature.GetRawText().Split(",\"record\"")[0]);
        Assert.Equal(
            ("pass", "reject", "contoso.test", "dkim"),
            (Text(check, "dmarc", "result"), Text(check, "dmarc", "policy"), Text(check, "dmarc", "domain"), Text(check, "dmarc", "alignedBy")));
        Assert.Equal(("none", 0), (Text(check, "arc", "result"), check.GetProperty("arc").GetProperty("chain").GetArrayLength()));
        Assert.Equal(("actions@contoso.test", "pass"), (Text(check, "from", "address"), Text(check, "from", "result")));
        Assert.Equal("""{"state":"active","reason":null}""", check.GetProperty("card").GetRawText());
    }

    [Theory]
    [InlineData("nothing is published", "", "dkim_fail")]
    [InlineData("DMARC is published too", Dmarc, "dkim_fail")]
    [InlineData("the DNS is down", "s1._domainkey.contoso.test SERVFAIL", "sender_unverified")]
    public async Task What_keeps_a_card_from_acting_is_its_reason(string why, string zone, string reason)
    {
        var (signed, _) = await SignAsync();

        var check = await CheckAsync(signed, [zone]);

        Assert.Equal((why, "inert", reason), (why, Text(check, "card", "state"), Text(check, "card", "reason")));
        Assert.Equal(("none", "", ""), (Text(check, "spf", "result"), Text(check, "spf", "domain"), Text(check, "spf", "explanation")));
    }

    [Fact]
    public async Task A_mail_from_two_is_from_nobody_and_its_signature_is_judged_all_the_same()
    {
        var (signed, key) = await SignAsync(Mail().Replace("From: ", "From: else@contoso.test, ", StringComparison.Ordinal));

        var check = await CheckAsync(signed, [key]);

        Assert.Equal((null, "from_multiple", "from_multiple"), (Text(check, "from", "address"), Text(check, "from", "result"), Text(check, "card", "reason")));
        var signature = Assert.Single(check.GetProperty("dkim").EnumerateArray());
        Assert.Equal(("pass", false), (signature.GetProperty("result").GetString(), signature.GetProperty("aligned").GetBoolean()));
        Assert.Equal(("none", null), (Text(check, "dmarc", "result"), Text(check, "dmarc", "alignedBy")));
    }

    [Theory]
    [InlineData(100, "actions@contoso.test", "pass")]
    [InlineData(1_000, null, "message_malformed")]
    public async Task A_From_behind_more_fields_than_a_mail_may_have_does_not_pass(int before, string? address, string result)
    {
        var mail = string.Concat(Enumerable.Repeat("X: y\r\n", before)) + Mail();

        var check = await CheckAsync(_folder.Write("mail.eml", mail), [Dmarc]);

        Assert.Equal((address, result), (Text(check, "from", "address"), Text(check, "from", "result")));
    }

    [Theory]
    [InlineData("signed", "standard", 0, null)]
    [InlineData("signed", "strict", 1, "spf_none")]
    [InlineData("unsigned", "standard", 1, "dkim_none")]
    public async Task Explain_decides_with_the_sender_as_the_platform_does(string which, string demand, int exit, string? reason)
    {
        var (signed, key) = await SignAsync();
        var mail = which == "signed" ? signed : _folder.Write("unsigned.eml", Mail());

        var run = await CliProcess.RunAsync(
            ["message", "explain", mail, "--zone", _folder.Write("dns.zone", key), "--demand", demand, "--at", At, "--providers", Providers(), "--json"]);

        Assert.Equal((exit, ""), (run.ExitCode, run.Error));
        Assert.Equal(reason, run.Json.GetProperty("card").GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("--helo mail.contoso.test", "--ip")]
    [InlineData("--ip 192.0.2", "192.0.2")]
    [InlineData("--at yesterday", "--at 'yesterday' is no time; write it as in 2026-01-31T09:00:00Z.")]
    public async Task Wrong_usage_is_one_line_that_names_it(string options, string named)
    {
        var refused = await CliProcess.RunAsync(["mail", "check", _folder.Write("mail.eml", Mail()), .. options.Split(' ')]);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(named, refused.OneLine, StringComparison.Ordinal);
    }

    private async Task<(string Signed, string KeyLine)> SignAsync(string? text = null)
    {
        var (mail, pem) = (_folder.Write("mail.eml", text ?? Mail()), _folder.Write("key.pem", KeyPem));
        string[] sign = ["mail", "sign", "--dkim", "--key", pem, "--domain", "contoso.test", "--selector", "s1", "--at", At];
        var signed = await CliProcess.RunAsync([.. sign, mail]);
        var record = await CliProcess.RunAsync([.. sign, "--record"]);
        Assert.Equal((0, 0), (signed.ExitCode, record.ExitCode));
        return (_folder.Write("signed.eml", signed.Output), record.Output);
    }

    private async Task<JsonElement> CheckAsync(string mail, string[] zone, params string[] options)
    {
        var run = await CliProcess.RunAsync(
            ["mail", "check", mail, "--zone", _folder.Write("dns.zone", string.Join('\n', zone)), "--at", At, "--providers", Providers(), "--json", .. options]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run.Json;
    }

    private string Providers() => _folder.Write("providers.json", $$"""
        {"providers":[{"id":"{{CardSignTests.Originator}}","name":"Contoso Groups","state":"approved","revision":1,"senders":["actions@contoso.test"],
          "targets":["https://groups.contoso.test"],"keys":[],"scope":"organization","organization":"t1.test","testUsers":[]}]}
        """);

    private static string Mail() => new StringBuilder()
        .Append("From: Contoso <actions@contoso.test>\r\nTo: alice@t1.test\r\nSubject: Approval\r\nDate: Thu, 01 Jan 2026 12:00:00 +0000\r\n")
        .Append("MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n")
        .Append("<html><head><script type=\"application/adaptivecard+json\">").Append(CardSignTests.SampleCard.ReplaceLineEndings("\r\n"))
        .Append("</script></head><body>Hello</body></html>\r\n")
        .ToString();

    private static string MakeKey()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportPkcs8PrivateKeyPem();
    }

    private static string? Text(JsonElement check, string part, string member) => check.GetProperty(part).GetProperty(member).GetString();
}
