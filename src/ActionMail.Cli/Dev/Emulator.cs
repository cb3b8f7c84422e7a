using System.Net;
using ActionMail.Cli.Platform;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.Dev;

/// <summary>
/// The platform and the Groups sample as two processes, from start to stop:
/// (1) start both; (2) wait until both answer; (3) register Groups, then have it send its first mail, in this order, or the
/// mail would arrive from a stranger; (4) tell where everything is; (5) wait for a stop or for the death of either;
/// (6) stop what still runs, whatever happened before.
/// </summary>
internal sealed class Emulator(DevSettings settings, TextWriter output, TimeProvider time)
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(35); // longer than the server lets running calls take

    /// <summary>
    /// How long a cause may lag behind its effect: a Ctrl-C reaches the children as well as us, and one that has ended may just have
    /// heard it first; a call that failed may have failed because the child was about to be gone.
    /// </summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    public async Task<Answer> RunAsync(EmulatorProgram server, EmulatorProgram groups, bool verbose, CancellationToken stop)
    {
        List<ChildProcess> children = [];
        try
        {
            children.Add(ChildProcess.Start(server, ServerEnvironment(verbose), output));                                  // 1
            children.Add(ChildProcess.Start(groups, WithLogLevel(GroupsSample.Environment(settings), verbose), output));
            return await WatchAsync(children, stop);
        }
        catch (System.ComponentModel.Win32Exception unstartable)
        {
            return new Answer.BadInput($"A program cannot be started ({unstartable.Message}); check that dotnet is installed and the file is executable.");
        }
        finally
        {
            await Task.WhenAll(children.Select(child => child.StopAsync(StopPatience, time)));                             // 6
            children.ForEach(child => child.Dispose());
        }
    }

    private async Task<Answer> WatchAsync(List<ChildProcess> children, CancellationToken stop)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var death = FirstDeathAsync(children);
        var setUp = SetUpAsync(ends.Token);
        var failed = await Task.WhenAny(death, setUp) == setUp ? await setUp : null;
        if (failed is null)
            await Task.WhenAny(death, Task.Delay(Timeout.InfiniteTimeSpan, time, stop));                                   // 5
        if (!stop.IsCancellationRequested)
            await Task.WhenAny(Task.Delay(Grace, time, stop));
        await ends.CancelAsync();
        await setUp;
        return stop.IsCancellationRequested ? new Answer.Done()
            : death.IsCompleted ? new Answer.No(await death)
            : failed!;
    }

    private static async Task<string> FirstDeathAsync(List<ChildProcess> children)
    {
        var ends = children.ToDictionary(child => child.Ended);
        var dead = ends[await Task.WhenAny(ends.Keys)];
        return $"{dead.Name} ended by itself with exit code {dead.ExitCode}; the rest is stopped. Its last lines stand above.";
    }

    /// <summary>Null when everything is ready and told, else what went wrong.</summary>
    private async Task<Answer?> SetUpAsync(CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(StartDeadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        using var http = new HttpClient();
        try
        {
            await AnswerAsync(http, new(settings.Inbox, "health/ready"), either.Token);                                    // 2
            var publicKey = await AnswerAsync(http, new(settings.Groups, "public-key"), either.Token);
            if (await RegisterAsync(publicKey, either.Token) is ApiReply.Nothing(var refused))                             // 3
                return refused;
            if (await SeedAsync(http, either.Token) is { } unsent)
                return unsent;
            await output.WriteLineAsync(Welcome.Text(settings));                                                           // 4
            return null;
        }
        catch (HttpRequestException unreachable)
        {
            return Unsent(unreachable.Message);
        }
        catch (OperationCanceledException)
        {
            return new Answer.Unreachable($"The emulator is not ready after {StartDeadline.TotalSeconds:0} s; the lines above say why, more of them with --verbose.");
        }
    }

    /// <summary>Asks until the answer is 200: a process that starts does not listen yet, then is not ready yet.</summary>
    private async Task<string> AnswerAsync(HttpClient http, Uri address, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                using var response = await http.GetAsync(address, cancel);
                if (response.StatusCode == HttpStatusCode.OK)
                    return await response.Content.ReadAsStringAsync(cancel);
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancel);
        }
    }

    /// <summary>Null when the first mail is sent, now or at an earlier start.</summary>
    private async Task<Answer?> SeedAsync(HttpClient http, CancellationToken cancel)
    {
        using var seeded = await http.PostAsync(new Uri(settings.Groups, "seed"), null, cancel);
        return seeded.IsSuccessStatusCode ? null : Unsent(await seeded.Content.ReadAsStringAsync(cancel));
    }

    private static Answer.Unreachable Unsent(string why) =>
        new($"Groups could not send its first mail: {why.Trim().TrimEnd('.').Printable}. The lines above may say more.");

    private async Task<ApiReply> RegisterAsync(string publicKey, CancellationToken cancel)
    {
        // Not the environment's token or address: those may belong to a platform elsewhere.
        if (!PlatformAddress.TryTokenFile(settings.DataFolder, out var token, out var problem))
            return new ApiReply.Nothing(new Answer.BadInput(problem));
        using var api = new OperatorApi(settings.Inbox, token);
        return await api.RegisterAsync(GroupsSample.ProviderId, GroupsSample.Registration(settings, publicKey.Trim()), cancel);
    }

    private Dictionary<string, string> ServerEnvironment(bool verbose) => WithLogLevel(
        new()
        {
            ["ActionMail__Mode"] = "Emulator",
            [PlatformAddress.HttpPortVariable] = $"{settings.HttpPort}",
            [PlatformAddress.SmtpPortVariable] = $"{settings.SmtpPort}",
            [PlatformAddress.DataVariable] = settings.DataFolder,
            // Whoever tries things out registers often.
            ["Providers__DraftsPerDay"] = "1000",
            ["Providers__RevisionsPerDay"] = "1000",
        },
        verbose);

    private static Dictionary<string, string> WithLogLevel(Dictionary<string, string> environment, bool verbose)
    {
        environment["Logging__LogLevel__Default"] = verbose ? "Information" : "Warning";
        environment["Logging__LogLevel__Microsoft"] = verbose ? "Information" : "Warning";
        // That keys lie unencrypted in the data folder is news to nobody who runs an emulator.
        environment["Logging__LogLevel__Microsoft.AspNetCore.DataProtection"] = verbose ? "Information" : "Error";
        environment["Logging__Console__FormatterName"] = "simple";
        environment["Logging__Console__FormatterOptions__SingleLine"] = "true";
        return environment;
    }
}
