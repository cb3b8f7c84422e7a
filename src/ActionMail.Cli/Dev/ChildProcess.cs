using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ActionMail.Cli.Dev;

/// <summary>A program that runs beside this one and ends with it. Each line it writes is passed on with its name in front.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const int SigTerm = 15;

    private readonly Process _process;

    private ChildProcess(string name, Process process) => (Name, _process) = (name, process);

    public string Name { get; }

    /// <summary>Completes when the program has ended, for whatever reason.</summary>
    public Task Ended => _process.WaitForExitAsync(CancellationToken.None);

    public int ExitCode => _process.ExitCode;

    public static ChildProcess Start(EmulatorProgram program, IReadOnlyDictionary<string, string> environment, TextWriter output)
    {
        var isAssembly = program.Path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(isAssembly ? DotnetPath : program.Path)
        {
            WorkingDirectory = program.WorkingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        if (isAssembly)
            start.ArgumentList.Add(program.Path);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Pass(line.Data);
        process.ErrorDataReceived += (_, line) => Pass(line.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new(program.Name, process);

        void Pass(string? line)
        {
            if (!string.IsNullOrWhiteSpace(line))
                output.WriteLine($"{program.Name} | {line}");
        }
    }

    /// <summary>Asks the program to end, waits for it, and ends it by force when it has not done so in time.</summary>
    public async Task StopAsync(TimeSpan patience, TimeProvider time)
    {
        if (!_process.HasExited)
            Terminate();
        try
        {
            await Ended.WaitAsync(patience, time);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            await Ended;
        }
    }

    public void Dispose() => _process.Dispose();

    // "dotnet actionmail.dll" runs its children with the same dotnet; an installed tool finds dotnet on the PATH.
    private static string DotnetPath =>
        Environment.ProcessPath is { } self && Path.GetFileNameWithoutExtension(self) == "dotnet" ? self : "dotnet";

    private void Terminate()
    {
        // The base library has no gentle signal. A process that has just ended answers ESRCH, which is as good.
        if (OperatingSystem.IsWindows())
            _process.Kill(entireProcessTree: true);
        else
            _ = Kill(_process.Id, SigTerm);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
