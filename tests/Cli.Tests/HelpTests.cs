namespace ActionMail.Cli.Tests;

public sealed class HelpTests
{
    [Theory]
    [InlineData("key new")]
    [InlineData("card sign")]
    [InlineData("card convert")]
    [InlineData("card expand")]
    [InlineData("card lint")]
    [InlineData("card render")]
    [InlineData("message send")]
    [InlineData("message explain")]
    [InlineData("provider add")]
    [InlineData("provider list")]
    [InlineData("provider show")]
    [InlineData("provider suspend")]
    [InlineData("provider resume")]
    [InlineData("login")]
    [InlineData("logout")]
    [InlineData("whoami")]
    [InlineData("provider apply")]
    [InlineData("provider new")]
    [InlineData("provider drafts")]
    [InlineData("provider submit")]
    [InlineData("provider discard")]
    [InlineData("provider clone")]
    [InlineData("provider migrate")]
    [InlineData("provider approve")]
    [InlineData("provider reject")]
    [InlineData("provider withdraw")]
    [InlineData("provider revoke")]
    [InlineData("provider owners add")]
    [InlineData("provider owners remove")]
    [InlineData("provider consent list")]
    [InlineData("provider consent grant")]
    [InlineData("provider consent revoke")]
    [InlineData("provider invitations list")]
    [InlineData("provider invitations accept")]
    [InlineData("provider invitations decline")]
    [InlineData("organization show")]
    [InlineData("organization set")]
    [InlineData("organization domain list")]
    [InlineData("organization domain add")]
    [InlineData("organization domain check")]
    [InlineData("organization domain remove")]
    [InlineData("provider export")]
    [InlineData("provider history")]
    [InlineData("provider health")]
    [InlineData("provider diagnose")]
    [InlineData("provider test-message")]
    [InlineData("message strip")]
    [InlineData("spf check")]
    [InlineData("dmarc check")]
    [InlineData("dkim check")]
    [InlineData("arc check")]
    [InlineData("mail check")]
    [InlineData("mail sign")]
    [InlineData("dev")]
    public async Task Every_command_explains_itself_with_examples_and_exit_codes(string command)
    {
        var help = await CliProcess.RunAsync([.. command.Split(' '), "--help"]);

        Assert.Equal((0, ""), (help.ExitCode, help.Error));
        Assert.Contains($"actionmail {command} ", help.Output + " ", StringComparison.Ordinal);
        Assert.Matches(@"Examples:\n(  \S.*\n)+", help.Output);
        Assert.Matches(@"Exit codes:\n  0  .+\n  1  .+\n  2  .+\n  3  .+\n", help.Output);
    }

    [Theory]
    [InlineData("")]
    [InlineData("key")]
    [InlineData("provider")]
    [InlineData("provider owners")]
    [InlineData("provider consent")]
    [InlineData("message")]
    [InlineData("card")]
    [InlineData("spf")]
    [InlineData("dmarc")]
    [InlineData("dkim")]
    [InlineData("arc")]
    [InlineData("mail")]
    public async Task A_group_of_commands_shows_an_example_of_each(string group)
    {
        var help = await CliProcess.RunAsync([.. group.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal(0, help.ExitCode);
        Assert.Matches(@"Examples:\n(  \S.*\n)+", help.Output);
    }
}
