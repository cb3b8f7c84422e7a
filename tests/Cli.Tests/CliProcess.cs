using System.Diagnostics;
using System.Runtime.Versioning;

[assembly: UnsupportedOSPlatform("windows")] // Signals and file modes are what half of these tests are about.

namespace ActionMail.Cli.Tests;

/// <summary>The built command line as its users meet it: a process with arguments, an environment and two streams.</summary>
internal sealed class CliProcess : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _error;

    private CliProcess(Process process, Task<string> error) => (_process, _error) = (process, error);

    public int Id => _process.Id;

    public static CliProcess Start(IEnumerable<string> args, IReadOnlyDictionary<string, string>? environment = null, string? workingDirectory = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "actionmail.dll"), .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? AppContext.BaseDirectory,
        };
        // What the tester's shell has set must not decide.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("ACTIONMAIL_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        // Nor who the tester is signed in as.
        start.Environment["XDG_CONFIG_HOME"] = "/nowhere/config";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        return new(process, process.StandardError.ReadToEndAsync());
    }

    /// <summary>Runs to the end.</summary>
    public static async Task<CliResult> RunAsync(
        IEnumerable<string> args, IReadOnlyDictionary<string, string>? environment = null, string input = "", string? workingDirectory = null)
    {
        await using var cli = Start(args, environment, workingDirectory);
        await cli._process.StandardInput.WriteAsync(input);
        cli._process.StandardInput.Close();
        return await cli.EndAsync();
    }

    /// <summary>Reads lines until one contains the text.</summary>
    public async Task<string> ReadUntilAsync(string text)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var seen = new StringWriter();
        while (await _process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
        {
            await seen.WriteLineAsync(line);
            if (line.Contains(text, StringComparison.Ordinal))
                return seen.ToString();
        }
        throw new InvalidOperationException($"It ended without saying '{text}': {seen}{await _error}");
    }

    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for the end and takes what is left on the streams.</summary>
    public async Task<CliResult> EndAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var output = await _process.StandardOutput.ReadToEndAsync(deadline.Token);
        await _process.WaitForExitAsync(deadline.Token);
        return new(_process.ExitCode, output, await _error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
    }
}

internal sealed record CliResult(int ExitCode, string Output, string Error)
{
    public System.Text.Json.JsonElement Json => System.Text.Json.JsonElement.Parse(Output);

    /// <summary>The one line of a problem: begins with the program's name, ends as a sentence or a command does.</summary>
    public string OneLine
    {
        get
        {
            var lines = Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Single(lines);
            Assert.StartsWith("actionmail: ", lines[0], StringComparison.Ordinal);
            return lines[0];
        }
    }
}
