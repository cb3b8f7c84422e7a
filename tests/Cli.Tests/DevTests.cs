using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace ActionMail.Cli.Tests;

/// <summary><c>actionmail dev</c> with two small real processes in place of the platform and the sample.</summary>
public sealed partial class DevTests : IDisposable
{
    private const string Ready = "Ctrl-C stops all of it";

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment;

    public DevTests() => _environment = new()
    {
        ["ACTIONMAIL_DATA"] = _folder.File("data"),
        ["ACTIONMAIL_HTTP_PORT"] = $"{FreePort()}",
        ["ACTIONMAIL_SMTP_PORT"] = $"{FreePort()}",
        ["ACTIONMAIL_GROUPS_PORT"] = $"{FreePort()}",
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task It_tells_where_everything_is_and_a_signal_stops_it_all(string signal)
    {
        await using var dev = Start();
        var told = await dev.ReadUntilAsync(Ready);
        Assert.Contains($"http://localhost:{_environment["ACTIONMAIL_HTTP_PORT"]}/sign-in", told, StringComparison.Ordinal);
        Assert.Contains($"http://localhost:{_environment["ACTIONMAIL_GROUPS_PORT"]}/", told, StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{_environment["ACTIONMAIL_SMTP_PORT"]}", told, StringComparison.Ordinal);
        Assert.Contains(_environment["ACTIONMAIL_DATA"], told, StringComparison.Ordinal);
        Assert.Contains("server | warn: something is odd", told, StringComparison.Ordinal);

        await dev.SignalAsync(signal);

        var ended = await dev.EndAsync();
        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        AssertNoOrphan();
        Assert.Contains("server stopped", Journal(), StringComparison.Ordinal);
        Assert.Contains("groups stopped", Journal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Groups_is_registered_before_it_sends_its_first_mail()
    {
        await using var dev = Start();
        await dev.ReadUntilAsync(Ready);

        var registered = Journal().IndexOf("PUT /api/operator/providers/5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913 Bearer the-token", StringComparison.Ordinal);
        var sent = Journal().IndexOf("POST /seed", StringComparison.Ordinal);
        Assert.InRange(registered, 0, sent);
        Assert.Contains("\"the-public-key\"", Journal(), StringComparison.Ordinal);
        Assert.Contains($"to http://localhost:{_environment["ACTIONMAIL_HTTP_PORT"]} and {_environment["ACTIONMAIL_SMTP_PORT"]}", Journal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ACTIONMAIL_HTTP_PORT")]
    [InlineData("ACTIONMAIL_SMTP_PORT")]
    [InlineData("ACTIONMAIL_GROUPS_PORT")]
    public async Task A_port_that_is_taken_is_named_with_its_variable_before_anything_starts(string variable)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        _environment[variable] = $"{((IPEndPoint)taken.LocalEndpoint).Port}";

        var refused = await CliProcess.RunAsync(Arguments, _environment);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(_environment[variable], refused.OneLine, StringComparison.Ordinal);
        Assert.Contains(variable + "=PORT", refused.OneLine, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_environment["ACTIONMAIL_DATA"]));
    }

    [Theory]
    [InlineData("ACTIONMAIL_HTTP_PORT", "http", "ACTIONMAIL_HTTP_PORT is 'http'")]
    [InlineData("ACTIONMAIL_SMTP_PORT", "70000", "ACTIONMAIL_SMTP_PORT is '70000'")]
    public async Task A_port_that_is_none_is_named(string variable, string value, string named)
    {
        _environment[variable] = value;

        var refused = await CliProcess.RunAsync(Arguments, _environment);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(named, refused.OneLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_equal_ports_are_named()
    {
        _environment["ACTIONMAIL_SMTP_PORT"] = _environment["ACTIONMAIL_HTTP_PORT"];

        var refused = await CliProcess.RunAsync(Arguments, _environment);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("ACTIONMAIL_HTTP_PORT and ACTIONMAIL_SMTP_PORT", refused.OneLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dies at start", 7)]
    [InlineData("dies later", 9)]
    public async Task A_program_that_dies_is_named_and_the_rest_is_stopped(string behaviour, int code)
    {
        _environment["TEST_SERVER"] = behaviour;

        var ended = await CliProcess.RunAsync(Arguments, _environment);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains($"server ended by itself with exit code {code}", ended.OneLine, StringComparison.Ordinal);
        AssertNoOrphan();
    }

    [Fact]
    public async Task The_last_words_of_a_program_that_dies_are_shown()
    {
        _environment["TEST_SERVER"] = "dies at start";

        Assert.Contains("server | the database is broken", (await CliProcess.RunAsync(Arguments, _environment)).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TEST_SERVER", "refuses", 2, "no such organization")]
    [InlineData("TEST_GROUPS", "cannot send", 3, "Groups could not send its first mail: The server refused it.")]
    public async Task A_set_up_that_fails_stops_both_and_says_why(string variable, string behaviour, int exit, string named)
    {
        _environment[variable] = behaviour;

        var ended = await CliProcess.RunAsync(Arguments, _environment);

        Assert.Equal(exit, ended.ExitCode);
        Assert.Contains(named, ended.OneLine, StringComparison.Ordinal);
        AssertNoOrphan();
    }

    [Fact]
    public async Task A_program_that_does_not_stop_is_killed_after_ten_seconds()
    {
        _environment["TEST_SERVER"] = "is deaf";
        await using var dev = Start();
        await dev.ReadUntilAsync(Ready);

        await dev.SignalAsync("TERM");

        Assert.Equal(0, (await dev.EndAsync()).ExitCode);
        Assert.Contains("server ignores", Journal(), StringComparison.Ordinal);
        AssertNoOrphan();
    }

    [Fact]
    public async Task A_signal_before_it_is_ready_stops_it_too()
    {
        await using var dev = Start();
        await dev.ReadUntilAsync("something is odd");

        await dev.SignalAsync("INT");

        Assert.Equal(0, (await dev.EndAsync()).ExitCode);
        AssertNoOrphan();
    }

    private static string[] Arguments =>
        ["dev", "--server", Path.Combine(AppContext.BaseDirectory, "Children", "server"), "--groups", Path.Combine(AppContext.BaseDirectory, "Children", "groups")];

    private CliProcess Start() => CliProcess.Start(Arguments, _environment);

    private string Journal() => File.ReadAllText(Path.Combine(_environment["ACTIONMAIL_DATA"], "journal"));

    private void AssertNoOrphan()
    {
        foreach (Match child in ChildLine().Matches(Journal()))
            Assert.False(Directory.Exists($"/proc/{child.Groups["pid"].Value}"), $"{child.Value} still runs");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"^(server|groups) (?<pid>\d+)$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex ChildLine();
}
