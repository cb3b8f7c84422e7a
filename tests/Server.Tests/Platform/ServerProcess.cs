using System.Diagnostics;
using System.Text;
using ActionMail.Server.Operations;

namespace ActionMail.Server.Tests.Platform;

/// <summary>The server as operators run it: a process of its own, which can be signalled, killed and started again on the same folder and ports.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _words = new();

    private ServerProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>All that it has said.</summary>
    public string Words
    {
        get
        {
            lock (_words)
                return _words.ToString();
        }
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Free ports and an empty folder, for as many processes as come and go.</summary>
    public static PlatformDoors NewDoors() =>
        new(new($"http://localhost:{RunningPlatform.FreePort()}"), RunningPlatform.FreePort(), Directory.CreateTempSubdirectory("actionmail-").FullName);

    public static ServerProcess Start(PlatformDoors doors)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ActionMail.Server.dll")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ACTIONMAIL_HTTP_PORT"] = doors.Url.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["ACTIONMAIL_SMTP_PORT"] = doors.SmtpPort.ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["ACTIONMAIL_DATA"] = doors.Folder;
        start.Environment["ActionMail__Mode"] = nameof(ServerMode.Emulator);
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        return new(Process.Start(start)!);
    }

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<ServerProcess> StartReadyAsync(PlatformDoors doors)
    {
        var server = Start(doors);
        using var http = new HttpClient { BaseAddress = doors.Url };
        using var patience = new CancellationTokenSource(Patience);
        while (!await IsReadyAsync(http, patience.Token))
        {
            Assert.False(server.HasExited, $"The server has ended: {server.Words}");
            await Task.Delay(30, patience.Token);
        }
        return server;
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM; the exit code comes from <see cref="ExitAsync"/>.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async Task<int> ExitAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_words)
            _words.AppendLine(line.Data);
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancel)
    {
        try
        {
            using var answer = await http.GetAsync("/health/ready", cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
