using ActionMail.Bench.Accept;

namespace ActionMail.Bench.Intake;

/// <summary>One that takes mails. What it has to do after its last 250 is waited for outside the time, and checked.</summary>
internal sealed record Receiver(string Name, int Port, int ProcessId, Func<int, CancellationToken, Task> SettledAsync);

/// <summary>
/// The complete intake: SMTP, parsing, SPF, DKIM and DMARC from known answers, the card and the commit, for mails whose every check passes and whose card is
/// active. The rate of accepted mails, and what one cost the server's processes.
/// </summary>
internal sealed class IntakeSuite(SendingService service, Settings settings)
{
    private const int WarmPasses = 4;

    private int _firstRound;

    public static async Task<IReadOnlyList<Comparison>> RunAsync(Settings settings, CancellationToken cancel)
    {
        using var folder = new BenchFolder();
        using var service = new SendingService();
        var zone = Path.Combine(folder.Path, "service.zone");
        await File.WriteAllTextAsync(zone, service.Zone, cancel);
        using var sink = await SmtpSink.StartAsync(folder.Path, cancel);
        await using var emulator = await Emulator.StartAsync(folder.Path, cancel, $"--Dns:Zone={zone}");
        await service.RegisterAsync(emulator, cancel);
        await using var uncounting = await Emulator.StartAsync(Directory.CreateDirectory(Path.Combine(folder.Path, "uncounting")).FullName, cancel, $"--Dns:Zone={zone}");
        await service.RegisterAsync(uncounting, cancel);
        uncounting.DiscardCounts();
        await using var postfix = await Postfix.StartIfPossibleAsync(folder.Path, cancel);
        using var maildev = await MailDev.StartAsync(folder.Path, cancel);
        var (own, withoutCounts) = (ReceiverOf("ActionMail (every check, SQLite, synchronous=FULL)", emulator, isCounted: true), ReceiverOf("ActionMail, counts dropped by the store", uncounting, isCounted: false));
        var receivers = new List<Receiver>
        {
            new("smtp-sink (discards)", sink.Port, sink.ProcessId, (_, _) => Task.CompletedTask),
            own,
            new("maildev (memory)", maildev.Port, maildev.ProcessId, (mails, _) => Task.Run(() => maildev.RequireKept(mails), cancel)),
        };
        if (postfix is not null)
            receivers.Insert(2, new("Postfix to a maildir (no check)", postfix.Port, postfix.ProcessId, postfix.DeliveredAsync));
        var suite = new IntakeSuite(service, settings);
        await suite.WarmUpAsync([.. receivers, withoutCounts], cancel);
        return
        [
            .. await suite.CompareAsync("Complete intake", receivers, keepsConnections: false, cancel), .. await suite.CompareAsync("Complete intake", receivers, keepsConnections: true, cancel),
            .. await suite.CompareAsync("What counting for providers costs", [withoutCounts, own], keepsConnections: true, cancel),
        ];
    }

    // As servers are that have run for a while: two of the runtimes compile what is hot once more in the background, which one round would measure.
    private async Task WarmUpAsync(IReadOnlyList<Receiver> receivers, CancellationToken cancel)
    {
        for (; _firstRound < WarmPasses; _firstRound++)
        {
            foreach (var receiver in receivers.Where(receiver => settings.Only is null || receiver.Name.Contains(settings.Only, StringComparison.Ordinal)))
                await MeasureAsync(receiver, _firstRound, keepsConnections: true, costs: [], cancel);
        }
    }

    private async Task<Comparison[]> CompareAsync(string what, IReadOnlyList<Receiver> receivers, bool keepsConnections, CancellationToken cancel)
    {
        var way = keepsConnections ? "kept connections" : "a connection each";
        var costs = receivers.ToDictionary(receiver => receiver.Name, _ => new List<double>(), StringComparer.Ordinal);
        var rates = await Rounds.RunAsync($"{what}, 5 KB, 8 sessions, {way}", "mails/s", settings, receivers.Select(ContenderFor), cancel);
        _firstRound += settings.Rounds + 1;
        // As with the rates, the first round does not count.
        var times = rates.Series.Select(series => new Series(series.Name, costs[series.Name][1..]));
        return [rates, new($"{what}: processor time of its processes, {way}", "µs a mail", [.. times])];

        Contender ContenderFor(Receiver receiver)
        {
            var round = _firstRound;
            return new(receiver.Name, stop => MeasureAsync(receiver, round++, keepsConnections, costs[receiver.Name], stop));
        }
    }

    private async Task<double> MeasureAsync(Receiver receiver, int round, bool keepsConnections, List<double> costs, CancellationToken cancel)
    {
        var mails = service.MailsOf(round, settings.IntakeMails);
        var before = ProcessorTime.SecondsOf(receiver.ProcessId);
        var rate = await SmtpSessions.SendAsync(receiver.Port, mails, SendingService.Sender, SendingService.Recipient, keepsConnections, cancel);
        await receiver.SettledAsync(mails.Length, cancel);
        costs.Add(1e6 * (ProcessorTime.SecondsOf(receiver.ProcessId) - before) / mails.Length);
        return rate;
    }

    private static Receiver ReceiverOf(string name, Emulator emulator, bool isCounted) => new(name, emulator.Port, emulator.ProcessId, (mails, cancel) => Task.Run(() =>
    {
        emulator.RequireStored(mails);
        emulator.RequireActive();
        emulator.RequireCounted(isCounted);
    }, cancel));
}
