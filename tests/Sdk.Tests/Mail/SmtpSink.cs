using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using MimeKit;

namespace ActionMail.Sdk.Tests;

/// <summary>What came in one SMTP conversation.</summary>
public sealed record SunkMail(string From, IReadOnlyList<string> To, MimeMessage Message);

/// <summary>A small real SMTP server on loopback that keeps what it is given. A reply can be changed by its command's first word.</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<SunkMail> _mails = Channel.CreateUnbounded<SunkMail>();
    private readonly Task _loop;

    public SmtpSink()
    {
        _listener.Start();
        _loop = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Replies that replace the friendly one; the value "" hangs up instead, "…" says nothing any more.</summary>
    public Dictionary<string, string> Replies { get; } = [];

    public async Task<SunkMail> NextAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        return await _mails.Reader.ReadAsync(deadline.Token);
    }

    public bool IsEmpty => _mails.Reader.Count == 0;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _loop;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ConverseAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task ConverseAsync(TcpClient client)
    {
        using var owned = client;
        try
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
            await using var writer = new StreamWriter(client.GetStream(), Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
            await AnswerAsync(reader, writer);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
        }
    }

    private async Task AnswerAsync(StreamReader reader, StreamWriter writer)
    {
        var from = "";
        var to = new List<string>();
        await writer.WriteLineAsync("220 sink");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            if (verb == "MAIL")
                from = Address(line);
            if (verb == "RCPT")
                to.Add(Address(line));
            var reply = Replies.GetValueOrDefault(verb, verb switch
            {
                "EHLO" => "250 sink",
                "DATA" => "354 go on",
                "QUIT" => "221 bye",
                _ => "250 ok",
            });
            if (reply is "")
                return;
            if (reply is "…")
                await Task.Delay(Timeout.Infinite, _stop.Token);
            await writer.WriteLineAsync(reply);
            if (verb == "DATA" && reply.StartsWith("354", StringComparison.Ordinal))
            {
                var message = await ReadDataAsync(reader);
                var end = Replies.GetValueOrDefault(".", "250 kept");
                if (end is "")
                    return;
                if (end.StartsWith("250", StringComparison.Ordinal))
                    _mails.Writer.TryWrite(new(from, [.. to], message));
                await writer.WriteLineAsync(end);
            }
            if (verb == "QUIT")
                return;
        }
    }

    private async Task<MimeMessage> ReadDataAsync(StreamReader reader)
    {
        var data = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line and not ".")
            data.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        return MimeMessage.Load(new MemoryStream(Encoding.Latin1.GetBytes(data.ToString())));
    }

    private static string Address(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
}
