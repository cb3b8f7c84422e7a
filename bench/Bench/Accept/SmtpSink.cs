namespace ActionMail.Bench.Accept;

/// <summary>Postfix's sink, which answers and discards: nothing can be faster than what is left of the machine beside the generator.</summary>
internal sealed class SmtpSink : IDisposable
{
    private readonly Child _child;

    private SmtpSink(Child child, int port)
    {
        _child = child;
        Port = port;
    }

    public int Port { get; }

    public int ProcessId => _child.ProcessId;

    public static async Task<SmtpSink> StartAsync(string folder, CancellationToken cancel)
    {
        var port = Ports.Free();
        // Started by root it wants to be somebody else.
        string[] user = Environment.IsPrivilegedProcess ? ["-u", "nobody"] : [];
        var sink = new SmtpSink(Child.Start(Path.Combine(folder, "sink.log"), "smtp-sink", [.. user, $"127.0.0.1:{port}", "1000"]), port);
        await Ports.ListeningAsync(port, cancel);
        return sink;
    }

    public void Dispose() => _child.Dispose();
}
