using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ActionMail.Cli.Tests.RealPlatform;

/// <summary>The emulator's server as a process of its own, on free ports and a folder that goes with it: what the command line meets outside of tests.</summary>
public sealed class ServerProgram : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly TemporaryFolder _folder = new();
    private readonly StringBuilder _words = new();
    private readonly int _httpPort = FreePort();
    private readonly Dictionary<string, TemporaryFolder> _homes = new(StringComparer.Ordinal);
    private Process? _process;

    public Uri Url => new(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{_httpPort}/"));

    public int SmtpPort { get; } = FreePort();

    public async ValueTask InitializeAsync()
    {
        var start = new ProcessStartInfo("dotnet", [Program]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetDirectoryName(Program)! };
        start.Environment["ACTIONMAIL_HTTP_PORT"] = _httpPort.ToString(CultureInfo.InvariantCulture);
        start.Environment["ACTIONMAIL_SMTP_PORT"] = SmtpPort.ToString(CultureInfo.InvariantCulture);
        start.Environment["ACTIONMAIL_DATA"] = _folder.Path;
        start.Environment["ActionMail__Mode"] = "Emulator";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["Providers__DraftsPerDay"] = "1000";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await ReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
        foreach (var home in _homes.Values)
            home.Dispose();
        _folder.Dispose();
    }

    /// <summary>The command line of somebody, who keeps their sign-ins in a folder of their own.</summary>
    internal Dictionary<string, string> EnvironmentOf(string address)
    {
        if (!_homes.TryGetValue(address, out var home))
            _homes[address] = home = new();
        return new() { ["ACTIONMAIL_URL"] = Url.ToString(), ["ACTIONMAIL_CONFIG"] = home.Path, ["ACTIONMAIL_SMTP_PORT"] = SmtpPort.ToString(CultureInfo.InvariantCulture) };
    }

    // …/tests/Cli.Tests/bin/Debug/net10.0/ has …/src/ActionMail.Server/bin/Debug/net10.0/ in the same checkout.
    private static string Program
    {
        get
        {
            var output = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
            var checkout = Path.GetFullPath(Path.Combine(output, "..", "..", "..", "..", ".."));
            var configuration = Path.GetFileName(Path.GetDirectoryName(output)!);
            return Path.Combine(checkout, "src", "ActionMail.Server", "bin", configuration, Path.GetFileName(output), "ActionMail.Server.dll");
        }
    }

    private async Task ReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = Url };
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            Assert.False(_process!.HasExited, $"The server has ended: {_words}");
            try
            {
                using var answer = await http.GetAsync("/health/ready", patience.Token);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
            await Task.Delay(50, patience.Token);
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_words)
            _words.AppendLine(line.Data);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
