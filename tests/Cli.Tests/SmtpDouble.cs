using System.Net;
using System.Net.Sockets;

namespace ActionMail.Cli.Tests;

/// <summary>A loopback SMTP server for one mail at a time; it refuses the recipients of one domain.</summary>
internal sealed class SmtpDouble : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;

    public SmtpDouble()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address => $"127.0.0.1:{Port}";

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public List<string> Recipients { get; } = [];

    public string Mail { get; private set; } = "";

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await ConverseAsync(client.GetStream());
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }

    private async Task ConverseAsync(Stream stream)
    {
        using var reader = new StreamReader(stream);
        await using var writer = new StreamWriter(stream) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 double");
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("RCPT TO:", StringComparison.Ordinal))
                Recipients.Add(line[9..line.IndexOf('>', StringComparison.Ordinal)]);
            await writer.WriteLineAsync(line switch
            {
                _ when line.Contains("@unknown.test>", StringComparison.Ordinal) => "550 5.1.1 No such person",
                "DATA" => "354 Go on",
                "QUIT" => "221 Bye",
                _ => "250 OK",
            });
            if (line == "QUIT")
                return;
            if (line == "DATA")
            {
                var mail = new StringWriter();
                while (await reader.ReadLineAsync() is { } content && content != ".")
                    await mail.WriteLineAsync(content);
                Mail = mail.ToString();
                await writer.WriteLineAsync("250 2.0.0 Stored");
            }
        }
    }
}
