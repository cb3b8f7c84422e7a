using MimeKit;

namespace ActionMail.Cli.Tests;

public sealed class MessageSendTests : IDisposable
{
    private static readonly string[] Basics = ["--from", "elvia@contoso.test", "--to", "owner@contoso.test", "--subject", "Grüße"];

    private readonly TemporaryFolder _folder = new();

    public MessageSendTests()
    {
        _folder.Write("card.json", CardSignTests.SampleCard);
        _folder.Write("body.html", "<h1>Hello</h1><p>Please &amp; thank you</p><style>p{}</style>");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_mail_without_a_card_has_both_alternatives()
    {
        await using var smtp = new SmtpDouble();

        var sent = await SendAsync([.. Basics, "--cc", "miguel@contoso.test", "--html", _folder.File("body.html"), "--smtp", smtp.Address, "--json"]);

        Assert.Equal((0, ""), (sent.ExitCode, sent.Error));
        Assert.Equal(["owner@contoso.test", "miguel@contoso.test"], smtp.Recipients);
        var mail = await ReadAsync(smtp.Mail);
        Assert.Equal("Grüße", mail.Subject);
        Assert.Equal(sent.Json.GetProperty("messageId").GetString(), mail.MessageId);
        Assert.Contains("<h1>Hello</h1>", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Equal("Hello\nPlease & thank you\n", mail.TextBody!.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task With_a_key_the_card_is_signed_and_without_html_the_body_says_what_the_card_says()
    {
        await using var smtp = new SmtpDouble();
        await CliProcess.RunAsync(["key", "new", "--out", _folder.File("k.pem")]);

        var sent = await SendAsync(
            [.. Basics, "--card", _folder.File("card.json"), "--key", _folder.File("k.pem"), "--originator", CardSignTests.Originator, "--smtp", smtp.Address]);

        Assert.Equal((0, ""), (sent.ExitCode, sent.Error));
        var mail = await ReadAsync(smtp.Mail);
        Assert.Contains("itemprop=\"signedAdaptiveCard\"", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("<p>Elvia Atkins has requested to join this group.</p>", mail.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_the_card_goes_unsigned()
    {
        await using var smtp = new SmtpDouble();

        var sent = await SendAsync([.. Basics, "--card", _folder.File("card.json")], new() { ["ACTIONMAIL_SMTP_PORT"] = $"{smtp.Port}" });

        Assert.Equal((0, ""), (sent.ExitCode, sent.Error));
        Assert.Contains("<script type=\"application/adaptivecard+json\">", (await ReadAsync(smtp.Mail)).HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_self_test_is_handed_in_as_the_person_who_sends_it()
    {
        await using var platform = await OperatorDouble.StartAsync();

        var sent = await SendAsync(
            ["--self-test", "--from", "elvia@contoso.test", "--subject", "Look", "--card", _folder.File("card.json"), "--json"], platform.Environment);

        Assert.Equal((0, ""), (sent.ExitCode, sent.Error));
        var (person, mail) = Assert.Single(platform.SelfTests);
        Assert.Equal("elvia@contoso.test", person);
        Assert.Equal("elvia@contoso.test", Assert.IsType<MailboxAddress>(Assert.Single((await ReadAsync(mail)).To)).Address);
        Assert.DoesNotMatch("[^\r]\n", mail);
        Assert.False(string.IsNullOrEmpty(sent.Json.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task A_refused_recipient_is_a_no_that_repeats_the_server()
    {
        await using var smtp = new SmtpDouble();

        var refused = await SendAsync(
            ["--from", "a@b.test", "--to", "nobody@unknown.test", "--subject", "x", "--html", _folder.File("body.html"), "--smtp", smtp.Address]);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("nobody@unknown.test with 550", refused.OneLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--html body.html --smtp 127.0.0.1:1", 3, "127.0.0.1:1 cannot be reached")]
    [InlineData("--html body.html --smtp 127.0.0.1", 2, "HOST:PORT")]
    [InlineData("--html body.html --smtp 127.0.0.1:70000", 2, "HOST:PORT")]
    [InlineData("", 2, "--card FILE")]
    [InlineData("--html absent.html", 2, "absent.html")]
    [InlineData("--html body.html --key k.pem", 2, "--card")]
    [InlineData("--card card.json --key k.pem", 2, "--originator")]
    [InlineData("--card card.json --originator x", 2, "--key")]
    [InlineData("--card body.html", 2, "not strict JSON")]
    [InlineData("--card card.json --as a@b.test", 2, "--self-test")]
    [InlineData("--card card.json --self-test --smtp 127.0.0.1:25", 2, "--smtp")]
    [InlineData("--card card.json --cc Elvia", 2, "'Elvia'")]
    public async Task Wrong_usage_is_one_line_that_names_it(string command, int exit, string named)
    {
        var refused = await SendAsync([.. Basics, .. command.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal(exit, refused.ExitCode);
        Assert.Contains(named, refused.OneLine, StringComparison.Ordinal);
        Assert.Empty(refused.Output);
    }

    private Task<CliResult> SendAsync(string[] args, Dictionary<string, string>? environment = null) =>
        CliProcess.RunAsync(["message", "send", .. args], environment, workingDirectory: _folder.Path);

    private static Task<MimeMessage> ReadAsync(string mail) => MimeMessage.LoadAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(mail)));
}
