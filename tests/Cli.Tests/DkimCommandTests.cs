using System.Security.Cryptography;

namespace ActionMail.Cli.Tests;

public sealed class DkimCommandTests
{
    private const string Mail = "From: Contoso <actions@mail.contoso.test>\r\nTo: alice@t1.test\r\nSubject: Approval\r\nDate: Thu, 01 Jan 2026 12:00:00 +0000\r\n\r\nHello Alice.\r\n";
    private const string At = "2026-01-01T12:00:00Z";

    // RFC 8410 §10.3.
    private const string Ed25519Pem = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";

    [Fact]
    public async Task A_mail_that_was_signed_passes_with_the_record_that_was_printed()
    {
        using var folder = new TemporaryFolder();
        using var rsa = RSA.Create(2048);
        var (signed, zone) = await SignAsync(folder, rsa.ExportPkcs8PrivateKeyPem());

        var run = await CliProcess.RunAsync(["dkim", "check", signed, "--zone", zone, "--at", At, "--json"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal("""[{"result":"pass","domain":"contoso.test","selector":"s1","algorithm":"rsa-sha256","bits":2048,"reason":null,"aligned":true}]""" + "\n", run.Output);
    }

    [Fact]
    public async Task Several_files_give_a_line_each()
    {
        using var folder = new TemporaryFolder();
        var (signed, zone) = await SignAsync(folder, Ed25519Pem);
        var unsigned = folder.Write("unsigned.eml", Mail);
        var changed = folder.Write("changed.eml", (await File.ReadAllTextAsync(signed)).Replace("Hello Alice", "Hello Bob", StringComparison.Ordinal));
        var stored = folder.Write("stored.eml", (await File.ReadAllTextAsync(signed)).ReplaceLineEndings("\n"));

        var run = await CliProcess.RunAsync(["dkim", "check", signed, unsigned, changed, stored, "--zone", zone, "--at", At, "--json"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        const string pass = """[{"result":"pass","domain":"contoso.test","selector":"s1","algorithm":"ed25519-sha256","bits":256,"reason":null,"aligned":true}]""";
        const string fail = """[{"result":"fail","domain":"contoso.test","selector":"s1","algorithm":"ed25519-sha256","bits":256,"reason":"body hash did not verify","aligned":true}]""";
        Assert.Equal(string.Join('\n', [pass, "[]", fail, pass, ""]), run.Output);
    }

    [Theory]
    [InlineData("contoso.test TXT \"v=DMARC1; p=none; psd=y\"", "psd at the parent", false)]
    [InlineData("", "nobody publishes DMARC", false)]
    [InlineData("contoso.test TXT \"v=DMARC1; p=none\"", "one organization", true)]
    public async Task Alignment_is_that_of_organizational_domains(string dmarc, string why, bool aligned)
    {
        using var folder = new TemporaryFolder();
        var (signed, zone) = await SignAsync(folder, Ed25519Pem, dmarc.Length > 0 ? "_dmarc." + dmarc : "");

        var run = await CliProcess.RunAsync(["dkim", "check", signed, "--zone", zone, "--at", At, "--json"]);

        Assert.True(run.Output.Contains($"\"aligned\":{(aligned ? "true" : "false")}", StringComparison.Ordinal), why);
    }

    [Fact]
    public async Task Without_json_it_says_what_was_signed_and_by_whom()
    {
        using var folder = new TemporaryFolder();
        var (signed, zone) = await SignAsync(folder, Ed25519Pem);

        var run = await CliProcess.RunAsync(["dkim", "check", signed, "--zone", zone, "--at", At]);

        Assert.Equal(
            """
            pass: contoso.test (aligned with From)
              key          s1._domainkey.contoso.test, 256 bits
              algorithm    ed25519-sha256
              signs        from to subject date from to subject date; the whole body

            """, run.Output);
    }

    [Fact]
    public async Task A_mail_without_a_chain_has_none()
    {
        using var folder = new TemporaryFolder();

        var run = await CliProcess.RunAsync(["arc", "check", folder.Write("mail.eml", Mail), "--zone", folder.Write("dns.zone", ""), "--json"]);

        Assert.Equal((0, """{"result":"none","reason":null,"chain":[]}""" + "\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task A_chain_names_its_sealers()
    {
        using var folder = new TemporaryFolder();
        var mail = folder.Write("mail.eml", "ARC-Seal: i=1; a=rsa-sha256; cv=none; d=relay.test; s=s; b=AAAA\r\nARC-Message-Signature: i=1; a=rsa-sha256; d=relay.test; s=s; h=from; bh=AAAA; b=AAAA\r\n"
            + "ARC-Authentication-Results: i=1; relay.test; dkim=pass header.d=contoso.test\r\n" + Mail);

        var run = await CliProcess.RunAsync(["arc", "check", mail, "--zone", folder.Write("dns.zone", ""), "--json"]);

        Assert.Equal(
            """{"result":"fail","reason":"message signature 1: no key for signature","chain":[{"instance":1,"domain":"relay.test","selector":"s","cv":"none","seal":null,"message":"fail","authenticationResults":"relay.test; dkim=pass header.d=contoso.test"}]}""" + "\n",
            run.Output);
    }

    [Theory]
    [InlineData("--domain", "contoso")]
    [InlineData("--headers", "to:subject")]
    [InlineData("--key", "no-such-file.pem")]
    public async Task What_cannot_be_signed_is_bad_input(string option, string value)
    {
        using var folder = new TemporaryFolder();
        var options = new Dictionary<string, string> { ["--key"] = folder.Write("key.pem", Ed25519Pem), ["--domain"] = "contoso.test", ["--selector"] = "s1" };
        options[option] = value;

        var run = await CliProcess.RunAsync(["mail", "sign", "--dkim", .. options.SelectMany(pair => (string[])[pair.Key, pair.Value]), folder.Write("mail.eml", Mail)]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.NotEmpty(run.OneLine);
    }

    private static async Task<(string Signed, string Zone)> SignAsync(TemporaryFolder folder, string pem, string more = "_dmarc.contoso.test TXT \"v=DMARC1; p=none\"")
    {
        string[] sign = ["mail", "sign", "--dkim", "--key", folder.Write("key.pem", pem), "--domain", "contoso.test", "--selector", "s1", "--at", At];
        var signed = await CliProcess.RunAsync([.. sign, folder.Write("mail.eml", Mail)]);
        var record = await CliProcess.RunAsync([.. sign, "--record"]);
        Assert.Equal((0, 0), (signed.ExitCode, record.ExitCode));
        Assert.EndsWith(Mail, signed.Output, StringComparison.Ordinal);
        return (folder.Write("signed.eml", signed.Output), folder.Write("dns.zone", record.Output + more));
    }
}
