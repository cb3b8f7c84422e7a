namespace ActionMail.Bench.Accept;

/// <summary>
/// Durable accept: the 250 after the commit, beside smtp-sink, which discards and so bounds what the generator can send, and beside Postfix delivering to a
/// maildir, whose 250 comes after its queue file is on disk. With a connection for each mail, as smtp-source does it by itself, and with kept ones.
/// </summary>
internal static class AcceptSuite
{
    public static async Task<IReadOnlyList<Comparison>> RunAsync(Settings settings, CancellationToken cancel)
    {
        using var folder = new BenchFolder();
        return await RunAsync(settings, folder.Path, cancel);
    }

    private static async Task<IReadOnlyList<Comparison>> RunAsync(Settings settings, string folder, CancellationToken cancel)
    {
        using var sink = await SmtpSink.StartAsync(folder, cancel);
        await using var emulator = await Emulator.StartAsync(folder, cancel);
        await using var postfix = await Postfix.StartIfPossibleAsync(folder, cancel);
        var comparisons = new List<Comparison>();
        foreach (var keeps in (bool[])[false, true])
        {
            var contenders = new List<Contender>
            {
                new("smtp-sink (discards)", stop => SmtpSource.SendAsync(sink.Port, settings.Mails, keeps, stop)),
                new("ActionMail (SQLite, synchronous=FULL)", stop => ToEmulatorAsync(emulator, settings.Mails, keeps, stop)),
            };
            if (postfix is not null)
                contenders.Add(new("Postfix to a maildir", stop => ToPostfixAsync(postfix, settings.Mails, keeps, stop)));
            comparisons.Add(await Rounds.RunAsync($"Durable accept, 5 KB, 8 sessions, {(keeps ? "kept connections" : "a connection each")}", "mails/s", settings, contenders, cancel));
        }
        return comparisons;
    }

    private static async Task<double> ToEmulatorAsync(Emulator emulator, int mails, bool keeps, CancellationToken cancel)
    {
        var rate = await SmtpSource.SendAsync(emulator.Port, mails, keeps, cancel);
        emulator.RequireStored(mails);
        return rate;
    }

    private static async Task<double> ToPostfixAsync(Postfix postfix, int mails, bool keeps, CancellationToken cancel)
    {
        var rate = await SmtpSource.SendAsync(postfix.Port, mails, keeps, cancel);
        await postfix.DeliveredAsync(mails, cancel);
        return rate;
    }
}
