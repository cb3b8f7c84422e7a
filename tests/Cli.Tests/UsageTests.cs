namespace ActionMail.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("", "actionmail --help")]
    [InlineData("key", "actionmail key --help")]
    [InlineData("keys new", "'keys'")]
    [InlineData("key new --bits 1024", "2048")]
    [InlineData("key new --format xml", "rsakeyvalue")]
    [InlineData("key new --out", "--out")]
    [InlineData("key new surplus", "surplus")]
    [InlineData("key new --out /nowhere/k.pem", "/nowhere/k.pem")]
    [InlineData("provider show", "ID")]
    [InlineData("provider show nonsense", "'nonsense' is no provider id")]
    [InlineData("provider show nonsense --operator", "'nonsense' is no provider id")]
    [InlineData("provider history nonsense", "'nonsense' is no provider id")]
    [InlineData("provider approve nonsense", "'nonsense' is no provider id")]
    [InlineData("provider withdraw nonsense", "'nonsense' is no provider id")]
    [InlineData("provider owners add nonsense elvia@contoso.test", "'nonsense' is no provider id")]
    [InlineData("provider consent grant nonsense", "'nonsense' is no provider id")]
    [InlineData("provider invitations accept nonsense", "'nonsense' is no provider id")]
    [InlineData("provider submit nonsense", "'nonsense' is no provider id")]
    [InlineData("provider clone nonsense", "'nonsense' is no provider id")]
    [InlineData("provider health nonsense", "'nonsense' is no provider id")]
    [InlineData("provider diagnose nonsense", "'nonsense' is no provider id")]
    [InlineData("provider prove-key nonsense --key k.pem", "'nonsense' is no provider id")]
    [InlineData("dev --server /nowhere/Server.dll", "/nowhere/Server.dll")]
    public async Task Wrong_usage_is_exit_code_2_and_one_line_that_names_it(string command, string named)
    {
        var refused = await CliProcess.RunAsync(command.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(named, refused.OneLine, StringComparison.Ordinal);
        Assert.Empty(refused.Output);
    }

    [Fact]
    public async Task The_version_is_that_of_the_build()
    {
        var version = await CliProcess.RunAsync(["--version"]);

        Assert.Equal(0, version.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+", version.Output);
    }
}
