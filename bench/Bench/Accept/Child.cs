using System.Diagnostics;

namespace ActionMail.Bench.Accept;

/// <summary>Another program: run to its end, or beside the measurement until it is disposed of.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process _process;

    private Child(Process process) => _process = process;

    public int ProcessId => _process.Id;

    /// <summary>Starts a program; what it prints goes to a file.</summary>
    public static Child Start(string log, string program, params string[] arguments)
    {
        // The shell redirects, so that no reader in this process takes part in the measurement.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >\"$0\" 2>&1", log, program, .. arguments]);
        // What bench/run asks of this process alone: the program is measured as it is installed.
        start.Environment.Remove("DOTNET_ReadyToRun");
        var process = Process.Start(start)
            ?? throw new InvalidOperationException($"{program} did not start.");
        return new(process);
    }

    /// <summary>Runs a program to its end and gives what it printed; anything but success ends the benchmark with what it said.</summary>
    public static async Task<string> RunAsync(string program, string[] arguments, CancellationToken cancel)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"{program} did not start.");
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = await process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {errors}{await output}");
        return await output;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
