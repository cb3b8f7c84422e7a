namespace ActionMail.Cli.Tests;

public sealed class DmarcCheckTests
{
    private const string Zone = """
        ; contoso and a public suffix
        _dmarc.contoso.test TXT "v=DMARC1; p=reject; " "sp=quarantine; np=reject; adkim=r; aspf=s"
        mail.contoso.test   A   192.0.2.1
        _dmarc.co.test      TXT "v=DMARC1; p=none; psd=y"
        _dmarc.testing.test TXT "v=DMARC1; p=reject; t=y"
        _dmarc.two.test     TXT "v=DMARC1; p=none"
        _dmarc.two.test     TXT "v=DMARC1; p=reject"
        _dmarc.down.test    SERVFAIL
        """;

    [Theory]
    [InlineData("--from a@contoso.test --dkim contoso.test", """{"result":"pass","policy":"reject","domain":"contoso.test","alignedBy":"dkim"}""")]
    [InlineData("--from a@CONTOSO.test --dkim attacker.test --dkim Mail.Contoso.test", """{"result":"pass","policy":"reject","domain":"contoso.test","alignedBy":"dkim"}""")]
    [InlineData("--from a@contoso.test --spf contoso.test", """{"result":"pass","policy":"reject","domain":"contoso.test","alignedBy":"spf"}""")]
    [InlineData("--from a@contoso.test --spf mail.contoso.test", """{"result":"fail","policy":"reject","domain":"contoso.test","alignedBy":null}""")]
    [InlineData("--from a@mail.contoso.test", """{"result":"fail","policy":"quarantine","domain":"contoso.test","alignedBy":null}""")]
    [InlineData("--from a@none.contoso.test", """{"result":"fail","policy":"reject","domain":"contoso.test","alignedBy":null}""")]
    [InlineData("--from a@foo.co.test --dkim bar.co.test", """{"result":"fail","policy":"none","domain":"co.test","alignedBy":null}""")]
    [InlineData("--from a@testing.test", """{"result":"fail","policy":"quarantine","domain":"testing.test","alignedBy":null}""")]
    [InlineData("--from a@two.test --dkim two.test", """{"result":"none","policy":null,"domain":null,"alignedBy":null}""")]
    [InlineData("--from a@nowhere.test --dkim nowhere.test", """{"result":"none","policy":null,"domain":null,"alignedBy":null}""")]
    [InlineData("--from a@down.test --dkim down.test", """{"result":"temperror","policy":null,"domain":null,"alignedBy":null}""")]
    public async Task One_line_has_the_result_the_policy_where_it_was_found_and_what_aligned(string args, string expected)
    {
        using var folder = new TemporaryFolder();

        var run = await CliProcess.RunAsync(["dmarc", "check", .. args.Split(' '), "--zone", folder.Write("dns.zone", Zone), "--json"]);

        Assert.Equal((0, "", expected + "\n"), (run.ExitCode, run.Error, run.Output));
    }

    [Fact]
    public async Task Without_json_it_says_what_decided_and_what_was_asked()
    {
        using var folder = new TemporaryFolder();

        var run = await CliProcess.RunAsync(["dmarc", "check", "--from", "a@contoso.test", "--dkim", "contoso.test", "--zone", folder.Write("dns.zone", Zone)]);

        Assert.Equal(
            """
            pass: the policy reject of contoso.test applies
              aligned      contoso.test by dkim
              record       v=DMARC1; p=reject; sp=quarantine; np=reject; adkim=r; aspf=s
              asked        _dmarc.contoso.test TXT

            """, run.Output);
    }

    [Theory]
    [InlineData("an address that is none", "no address", "--from", "contoso.test")]
    [InlineData("a domain that is none", "no domain name", "--from", "a@contoso.test", "--dkim", "a..b")]
    [InlineData("no address", "--from", "--dkim", "contoso.test")]
    public async Task Wrong_input_is_named(string why, string expected, params string[] args)
    {
        var run = await CliProcess.RunAsync(["dmarc", "check", .. args]);

        Assert.True(run.ExitCode == 2, why);
        Assert.Contains(expected, run.OneLine, StringComparison.Ordinal);
    }
}
