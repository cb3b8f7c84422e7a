namespace ActionMail.Cli.Tests;

public sealed class SpfCheckTests
{
    private const string Zone = """
        ; who may send for contoso
        contoso.test      TXT "v=spf1 ip4:192.0.2.0/24 " "exists:%{l}.ok.contoso.test ~all"
        alice.ok.contoso.test A 127.0.0.2
        strict.test       SPF "v=spf1 -all exp=why.strict.test"
        why.strict.test   TXT "%{i} may not send for %{o}."
        broken.test       TXT "v=spf1 a:1.2.3.4 -all"
        silent.test       TIMEOUT
        mail.contoso.test TXT "v=spf1 a -all"
        mail.contoso.test A   198.51.100.7
        open.test         TXT "v=spf1 ?all"
        """;

    [Theory]
    [InlineData("198.51.100.7", "x.test", "bob@contoso.test", "softfail", "contoso.test", "")]
    [InlineData("192.0.2.9", "x.test", "bob@contoso.test", "pass", "contoso.test", "")]
    [InlineData("::ffff:192.0.2.9", "x.test", "bob@contoso.test", "pass", "contoso.test", "")]
    [InlineData("198.51.100.7", "x.test", "alice@Contoso.TEST", "pass", "contoso.test", "")]
    [InlineData("198.51.100.7", "mail.contoso.test", "", "pass", "mail.contoso.test", "")]
    [InlineData("198.51.100.8", "mail.contoso.test", "<>", "fail", "mail.contoso.test", "")]
    [InlineData("198.51.100.7", "x.test", "bob@strict.test", "fail", "strict.test", "198.51.100.7 may not send for strict.test.")]
    [InlineData("198.51.100.7", "x.test", "@open.test", "neutral", "open.test", "")]
    [InlineData("198.51.100.7", "x.test", "bob@broken.test", "permerror", "broken.test", "")]
    [InlineData("198.51.100.7", "x.test", "bob@silent.test", "temperror", "silent.test", "")]
    [InlineData("198.51.100.7", "x.test", "bob@open.test", "neutral", "open.test", "")]
    [InlineData("198.51.100.7", "x.test", "bob@nowhere.test", "none", "nowhere.test", "")]
    public async Task One_line_has_the_result_the_domain_and_the_explanation(string ip, string helo, string mailFrom, string result, string domain, string explanation)
    {
        using var folder = new TemporaryFolder();

        var run = await CliProcess.RunAsync(["spf", "check", "--ip", ip, "--helo", helo, "--mail-from", mailFrom, "--zone", folder.Write("dns.zone", Zone), "--json"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal($$"""{"result":"{{result}}","domain":"{{domain}}","explanation":"{{explanation}}"}""" + "\n", run.Output);
    }

    [Fact]
    public async Task Without_json_it_says_what_decided_and_what_was_asked()
    {
        using var folder = new TemporaryFolder();

        var run = await CliProcess.RunAsync(["spf", "check", "--ip", "198.51.100.7", "--mail-from", "a@strict.test", "--zone", folder.Write("dns.zone", Zone)]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            """
            fail: strict.test (MAIL FROM)
              because      -all
              record       v=spf1 -all exp=why.strict.test
              explanation  198.51.100.7 may not send for strict.test.
              asked        strict.test TXT
              asked        why.strict.test TXT

            """, run.Output);
    }

    [Theory]
    [InlineData("an address that is none", "is no address", "--ip", "192.0.2", "--mail-from", "a@contoso.test")]
    [InlineData("no domain", "no domain to judge", "--ip", "192.0.2.1")]
    [InlineData("a line of the zone that cannot be read", "line 2", "--ip", "192.0.2.1", "--mail-from", "a@contoso.test", "--zone", "broken.zone")]
    [InlineData("a zone that is not there", "no file", "--ip", "192.0.2.1", "--mail-from", "a@contoso.test", "--zone", "missing.zone")]
    [InlineData("a server that is no address", "is no address", "--ip", "192.0.2.1", "--mail-from", "a@contoso.test", "--dns", "dns.test")]
    [InlineData("two sources", "exclude each other", "--ip", "192.0.2.1", "--mail-from", "a@contoso.test", "--dns", "192.0.2.53", "--zone", "broken.zone")]
    public async Task Wrong_input_is_named(string why, string expected, params string[] args)
    {
        using var folder = new TemporaryFolder();
        var zone = folder.Write("broken.zone", "contoso.test A 192.0.2.1\ncontoso.test A nothing\n");

        var run = await CliProcess.RunAsync(["spf", "check", .. args], workingDirectory: Path.GetDirectoryName(zone));

        Assert.True(run.ExitCode == 2, why);
        Assert.Contains(expected, run.OneLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_temperror()
    {
        // Port 9 on loopback discards or refuses; nobody there speaks DNS.
        var run = await CliProcess.RunAsync(["spf", "check", "--ip", "192.0.2.1", "--mail-from", "a@contoso.test", "--dns", "127.0.0.1:9", "--json"]);

        Assert.Equal((0, """{"result":"temperror","domain":"contoso.test","explanation":""}""" + "\n"), (run.ExitCode, run.Output));
    }
}
