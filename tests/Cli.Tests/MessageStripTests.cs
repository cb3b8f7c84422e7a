namespace ActionMail.Cli.Tests;

public sealed class MessageStripTests
{
    private const string Card = """<script type="application/adaptivecard+json">{"type":"AdaptiveCard","version":"1.0"}</script>""";

    private static readonly string Mail = $"""
        From: actions@contoso.test
        To: owner@contoso.test
        Subject:   kept as it is
        Content-Type: multipart/alternative; boundary=b

        --b
        Content-Type: application/adaptivecard+json

        """ + "{\"type\":\"AdaptiveCard\",\"version\":\"1.0\"}\n" + $"""
        --b
        Content-Type: text/html

        <p>before</p>{Card}<p>behind</p>
        --b--

        """;

    [Fact]
    public async Task The_mail_is_printed_without_any_card_and_the_rest_as_it_was()
    {
        using var folder = new TemporaryFolder();
        var mail = Mail.ReplaceLineEndings("\r\n");

        var run = await CliProcess.RunAsync(["message", "strip", folder.Write("mail.eml", mail)]);
        var again = await CliProcess.RunAsync(["message", "strip", folder.Write("plain.eml", run.Output)]);

        var part = mail[mail.IndexOf("Content-Type: application", StringComparison.Ordinal)..mail.IndexOf("Content-Type: text/html", StringComparison.Ordinal)];
        Assert.Equal((0, "", mail.Replace(part, "", StringComparison.Ordinal).Replace(Card, " ", StringComparison.Ordinal)), (run.ExitCode, run.Error, run.Output));
        Assert.Equal(run.Output, again.Output);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_wrong_input()
    {
        var run = await CliProcess.RunAsync(["message", "strip", "missing.eml"]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("missing.eml", run.OneLine, StringComparison.Ordinal);
    }
}
