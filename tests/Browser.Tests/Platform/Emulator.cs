using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ActionMail.Browser.Tests.Platform;

/// <summary>
/// <c>actionmail dev</c> as <c>./run</c> starts it: the platform and the Groups sample, each a process, on free ports and a
/// data folder that goes when its tests are over. What one of them logs as an error fails them.
/// </summary>
public sealed class Emulator : IAsyncLifetime
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(150);
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Becomes the program after it has left a watcher behind, who reads a pipe that the tests hold: when they are gone,
    /// however they ended, the pipe is closed and the watcher tells the program to stop.
    /// </summary>
    private const string Leash =
        "exec 3<&0; (read -r _ <&3; grep -qa actionmail /proc/$$/cmdline && kill -TERM $$) >/dev/null 2>&1 & exec \"$@\" 3<&- </dev/null";

    /// <summary>An add-in of another site, installed beside the emulator's own; nobody is there unless a test answers for it.</summary>
    public const string AddInElsewhere = "elsewhere@contoso.test";

    public const string AddInPage = "https://pane.contoso.test/pane";

    private readonly ConcurrentQueue<string> _lines = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("actionmail-browser-").FullName;
    private readonly int _httpPort = FreePort();
    private readonly int _groupsPort = FreePort();
    private Process? _process;
    private IReadOnlyList<int> _programs = [];

    public Uri Url => new(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{_httpPort}/"));

    public Uri Groups => new(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{_groupsPort}/"));

    public int SmtpPort { get; } = FreePort();

    /// <summary>What the command line reads to find this emulator.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["ACTIONMAIL_HTTP_PORT"] = _httpPort.ToString(CultureInfo.InvariantCulture),
        ["ACTIONMAIL_SMTP_PORT"] = SmtpPort.ToString(CultureInfo.InvariantCulture),
        ["ACTIONMAIL_GROUPS_PORT"] = _groupsPort.ToString(CultureInfo.InvariantCulture),
        ["ACTIONMAIL_DATA"] = _folder,
        ["Accounts__Local__Enabled"] = "true",
        ["AddIns__Installed__0__Id"] = AddInElsewhere,
        ["AddIns__Installed__0__Name"] = "Elsewhere",
        ["AddIns__Installed__0__Url"] = AddInPage,
    };

    public string OperatorToken => File.ReadAllText(Path.Combine(_folder, "operator.token")).Trim();

    public async ValueTask InitializeAsync()
    {
        _process = Start("/bin/sh", ["-c", Leash, "leash", "dotnet", Checkout.CommandLine, "dev"]);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.OutputDataReceived += (_, line) => Keep(line.Data, ready);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data, ready);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var first = await Task.WhenAny(ready.Task, _process.WaitForExitAsync(), Task.Delay(StartDeadline));
        Assert.True(first == ready.Task, $"The emulator did not start:\n{string.Join('\n', _lines)}");
        _programs = [.. ChildrenOf(_process.Id).Where(IsRunning)];
    }

    /// <summary>Runs the command line to its end; gives its output.</summary>
    public async Task<string> RunCommandAsync(params string[] arguments)
    {
        using var command = Start("dotnet", [Checkout.CommandLine, .. arguments]);
        command.StandardInput.Close();
        var error = command.StandardError.ReadToEndAsync();
        var output = await command.StandardOutput.ReadToEndAsync();
        await command.WaitForExitAsync();
        Assert.True(command.ExitCode == 0, await error);
        return output;
    }

    /// <summary>Holds the Groups service in mid-air: its port takes connections, and nobody answers. Disposing lets it go on.</summary>
    public async Task<IAsyncDisposable> FreezeGroupsAsync()
    {
        var groups = _programs.Single(id => CommandOf(id).Contains("Groups.dll", StringComparison.Ordinal));
        await SignalAsync(groups, "STOP");
        return new Thaw(groups);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
            return;
        _process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(StopDeadline);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            Assert.Fail($"The emulator did not stop:\n{string.Join('\n', _lines)}");
        }
        var exitCode = _process.ExitCode;
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
        Assert.DoesNotContain(_programs, IsRunning);
        Assert.True(exitCode == 0 && !_lines.Any(IsError), $"The emulator ended with {exitCode} and said:\n{string.Join('\n', _lines)}");
    }

    private static bool IsError(string line) => line.Contains(" fail: ", StringComparison.Ordinal) || line.Contains(" crit: ", StringComparison.Ordinal);

    private void Keep(string? line, TaskCompletionSource ready)
    {
        if (line is null)
            return;
        _lines.Enqueue(line);
        if (line.Contains("Ctrl-C stops all of it", StringComparison.Ordinal))
            ready.TrySetResult();
    }

    private Process Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        // What the tester's shell has set must not decide.
        foreach (var name in start.Environment.Keys.Where(IsOurs).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static bool IsOurs(string name) =>
        name.StartsWith("ACTIONMAIL_", StringComparison.Ordinal) || name.StartsWith("GROUPS_", StringComparison.Ordinal);

    private static List<int> ChildrenOf(int id) =>
        [.. Directory.EnumerateDirectories($"/proc/{id}/task")
            .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(child => int.Parse(child, CultureInfo.InvariantCulture))];

    private static bool IsRunning(int id) => CommandOf(id).Contains(".dll", StringComparison.Ordinal);

    // Empty for a process that has ended and is not taken note of yet.
    private static string CommandOf(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static async Task SignalAsync(int process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Thaw(int process) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await SignalAsync(process, "CONT");
    }
}
