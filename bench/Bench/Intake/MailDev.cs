using ActionMail.Bench.Accept;

namespace ActionMail.Bench.Intake;

/// <summary>maildev as it comes: it parses each mail, keeps it in memory and writes it to a folder, without waiting for the disk.</summary>
internal sealed class MailDev : IDisposable
{
    private readonly Child _child;
    private readonly string _mails;
    private int _expected;

    private MailDev(Child child, string mails, int port)
    {
        _child = child;
        _mails = mails;
        Port = port;
    }

    public int Port { get; }

    public int ProcessId => _child.ProcessId;

    public static async Task<MailDev> StartAsync(string folder, CancellationToken cancel)
    {
        var (smtp, web, mails) = (Ports.Free(), Ports.Free(), Path.Combine(folder, "maildev"));
        Directory.CreateDirectory(mails);
        var child = Child.Start(Path.Combine(folder, "maildev.log"), "node", Path.Combine("bench", "node_modules", "maildev", "bin", "maildev"),
            "--ip", "127.0.0.1", "--smtp", $"{smtp}", "--web", $"{web}", "--mail-directory", mails);
        await Ports.ListeningAsync(smtp, cancel);
        return new(child, mails, smtp);
    }

    public void RequireKept(int more)
    {
        _expected += more;
        var kept = Directory.EnumerateFiles(_mails, "*.eml").Count();
        if (kept != _expected)
            throw new InvalidOperationException($"maildev accepted {_expected} mails, but has {kept}.");
    }

    public void Dispose() => _child.Dispose();
}
