using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace ActionMail.Server.Tests.Intake;

/// <summary>A client that sends exactly the bytes it is given and reads replies. Ten seconds of silence fail the test.</summary>
internal sealed class SmtpLineClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Socket _socket;
    private Stream _stream;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start, _end;

    private SmtpLineClient(Socket socket) => (_socket, _stream) = (socket, new NetworkStream(socket, ownsSocket: true));

    /// <param name="server">Where it listens.</param>
    /// <param name="client">The own address; whatever the system chooses when left out.</param>
    public static async Task<SmtpLineClient> ConnectAsync(IPEndPoint server, IPAddress? client = null)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (client is not null)
            socket.Bind(new IPEndPoint(client, 0));
        await socket.ConnectAsync(server);
        return new(socket);
    }

    /// <summary>Delivers a mail of exactly these bytes (the last two a line's end) in a connection of its own. The last reply, which is the first that is not hoped for.</summary>
    public static Task<string> DeliverAsync(int port, byte[] mail, string from, params string[] recipients) => DeliverAsync(IPAddress.Loopback, port, mail, from, recipients);

    /// <summary>The same from an own address.</summary>
    public static async Task<string> DeliverAsync(IPAddress address, int port, byte[] mail, string from, params string[] recipients)
    {
        await using var client = await ConnectAsync(new(IPAddress.Loopback, port), address);
        var reply = await client.ReadAsync();
        (string Line, string Hoped)[] talk =
            [("EHLO client.test", "220"), ($"MAIL FROM:<{from}>", "250"), .. recipients.Select(recipient => ($"RCPT TO:<{recipient}>", "250")), ("DATA", "250"), ("", "354")];
        foreach (var (line, hoped) in talk)
        {
            if (!reply.StartsWith(hoped, StringComparison.Ordinal))
                return reply;
            if (line.Length > 0)
                reply = await client.SayAsync(line);
        }
        // RFC 5321 §4.5.2: a dot at the start of a line is doubled.
        await client.SendAsync(Encoding.Latin1.GetString(mail).Replace("\r\n.", "\r\n..", StringComparison.Ordinal));
        return await client.SayAsync(".");
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(byte[] bytes)
    {
        using var patience = new CancellationTokenSource(Patience);
        await _stream.WriteAsync(bytes, patience.Token);
    }

    /// <summary>Sends a line and reads the reply to it.</summary>
    public async Task<string> SayAsync(string line)
    {
        await SendAsync(Encoding.UTF8.GetBytes(line + "\r\n"));
        return await ReadAsync();
    }

    /// <summary>One reply, all its lines; "" when the server has closed.</summary>
    public async Task<string> ReadAsync()
    {
        var reply = new StringBuilder();
        while (await ReadLineAsync() is { } line)
        {
            if (reply.Length > 0)
                reply.Append('\n');
            reply.Append(line);
            if (line.Length < 4 || line[3] == ' ')
                break;
        }
        return reply.ToString();
    }

    public async Task ExpectAsync(params string[] replies)
    {
        foreach (var expected in replies)
            Assert.StartsWith(expected, await ReadAsync(), StringComparison.Ordinal);
    }

    /// <summary>The reply that the server closes with.</summary>
    public async Task ExpectLastAsync(string reply)
    {
        await ExpectAsync(reply);
        Assert.Equal("", await ReadAsync());
    }

    /// <summary>TLS with the server that has this certificate: the test made it, so nobody else vouches for it.</summary>
    public async Task StartTlsAsync(string certificateHash)
    {
        var tls = new SslStream(_stream, leaveInnerStreamOpen: false, (_, certificate, _, _) => certificate?.GetCertHashString() == certificateHash);
        using var patience = new CancellationTokenSource(Patience);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "mx.contoso.test" }, patience.Token);
        _stream = tls;
    }

    /// <summary>No more will be sent; replies can still be read.</summary>
    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Closes with a reset, as a client that has crashed.</summary>
    public void Crash()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task<string?> ReadLineAsync()
    {
        while (true)
        {
            var lf = _buffer.AsSpan(_start.._end).IndexOf((byte)'\n');
            if (lf >= 0)
            {
                var line = Encoding.ASCII.GetString(_buffer, _start, lf - 1);
                _start += lf + 1;
                return line;
            }
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            using var patience = new CancellationTokenSource(Patience);
            var read = await _stream.ReadAsync(_buffer.AsMemory(_end), patience.Token);
            if (read == 0)
                return null;
            _end += read;
        }
    }
}
