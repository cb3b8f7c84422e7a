using System.Text.Json;

namespace ActionMail.Cli.Tests;

public sealed class SignInTests
{
    [Fact]
    public async Task Login_shows_the_code_waits_for_the_person_and_keeps_the_token_for_its_owner_alone()
    {
        await using var platform = await PersonalDouble.StartAsync(signedIn: false);
        platform.Polls.Enqueue("authorization_pending");
        platform.Polls.Enqueue("authorization_pending");

        var login = await CliProcess.RunAsync(["login", "--platform", platform.Url], ConfigOf(platform));

        Assert.Equal((0, ""), (login.ExitCode, login.Error));
        Assert.Contains("https://mail.contoso.test/device", login.Output, StringComparison.Ordinal);
        Assert.Contains("    BCDF-GHJK\n", login.Output, StringComparison.Ordinal);
        Assert.Contains("as Lynne Robbins <dev@contoso.test>", login.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(PersonalDouble.Token, login.Output, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(platform.SignIns));
        Assert.Equal(PersonalDouble.Token, JsonElement.Parse(File.ReadAllText(platform.SignIns)).GetProperty("platforms").GetProperty(platform.Url).GetProperty("token").GetString());

        var who = await CliProcess.RunAsync(["whoami"], ConfigOf(platform));
        Assert.Equal((0, "Lynne Robbins <dev@contoso.test>, Contoso (developer)\n"), (who.ExitCode, who.Output));
    }

    [Fact]
    public async Task A_platform_that_asks_to_slow_down_is_asked_later()
    {
        await using var platform = await PersonalDouble.StartAsync(signedIn: false);
        platform.Polls.Enqueue("slow_down");
        var clock = System.Diagnostics.Stopwatch.StartNew();

        var login = await CliProcess.RunAsync(["login"], platform.Environment);

        Assert.Equal(0, login.ExitCode);
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(50));
    }

    [Theory]
    [InlineData("access_denied", 1, "refused on the page")]
    [InlineData("expired_token", 1, "in time")]
    [InlineData("invalid_grant", 3, "gave no token")]
    public async Task A_sign_in_that_ends_otherwise_says_how(string error, int exit, string named)
    {
        await using var platform = await PersonalDouble.StartAsync(signedIn: false);
        platform.Polls.Enqueue(error);

        var login = await CliProcess.RunAsync(["login"], platform.Environment);

        Assert.Equal(exit, login.ExitCode);
        Assert.Contains(named, login.OneLine, StringComparison.Ordinal);
        Assert.False(File.Exists(platform.SignIns));
    }

    [Theory]
    [InlineData("http://mail.contoso.test", 2, "use https")]
    [InlineData("mail", 2, "--platform is 'mail'")]
    [InlineData("http://127.0.0.1:1", 3, "cannot be reached")]
    public async Task A_platform_that_cannot_be_asked_is_named(string address, int exit, string named)
    {
        using var config = new TemporaryFolder();

        var login = await CliProcess.RunAsync(["login", "--platform", address], new Dictionary<string, string> { ["ACTIONMAIL_CONFIG"] = config.Path });

        Assert.Equal(exit, login.ExitCode);
        Assert.Contains(named, login.OneLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logout_has_the_token_forgotten_here_and_there()
    {
        await using var platform = await PersonalDouble.StartAsync();

        var logout = await CliProcess.RunAsync(["logout"], platform.Environment);
        var again = await CliProcess.RunAsync(["logout"], platform.Environment);
        var who = await CliProcess.RunAsync(["whoami"], platform.Environment);

        Assert.Equal(0, logout.ExitCode);
        Assert.Equal("DELETE /api/account/token", Assert.Single(platform.Requests).Request);
        Assert.DoesNotContain(PersonalDouble.Token, File.ReadAllText(platform.SignIns), StringComparison.Ordinal);
        Assert.Equal(1, again.ExitCode);
        Assert.Equal(2, who.ExitCode);
        Assert.Contains($"actionmail login --platform {platform.Url}", who.OneLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_not_known_any_more_leads_to_a_new_sign_in()
    {
        await using var platform = await PersonalDouble.StartAsync();
        File.WriteAllText(platform.SignIns, File.ReadAllText(platform.SignIns).Replace(PersonalDouble.Token, "amt_old", StringComparison.Ordinal));

        var who = await CliProcess.RunAsync(["whoami"], platform.Environment);

        Assert.Equal(2, who.ExitCode);
        Assert.Contains("sign in again: actionmail login", who.OneLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_sign_ins_that_is_broken_is_named()
    {
        await using var platform = await PersonalDouble.StartAsync();
        File.WriteAllText(platform.SignIns, "{");

        var who = await CliProcess.RunAsync(["whoami"], platform.Environment);

        Assert.Equal(2, who.ExitCode);
        Assert.Contains(platform.SignIns, who.OneLine, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> ConfigOf(PersonalDouble platform) => new() { ["ACTIONMAIL_CONFIG"] = platform.Config };
}
