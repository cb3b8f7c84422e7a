using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ActionMail.Server.Tests.Platform;

/// <summary>One request as it came over the wire.</summary>
internal sealed record SeenRequest(string Head, string Body)
{
    public string? Header(string name) => Head.Split("\r\n").Skip(1).Select(line => line.Split(": ", 2))
        .Where(pair => pair.Length == 2 && pair[0].Equals(name, StringComparison.OrdinalIgnoreCase)).Select(pair => pair[1]).FirstOrDefault();
}

/// <summary>A provider on a bare loopback socket: it records every request, and answers, drips, breaks off or keeps silent as the test says.</summary>
internal sealed class StubProvider : IDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();

    /// <param name="port">Where it listens; 0 takes any free port.</param>
    public StubProvider(int port = 0)
    {
        _listener = new(IPAddress.Loopback, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    public string Origin => $"http://localhost:{Port}";

    public ConcurrentQueue<SeenRequest> Seen { get; } = new();

    /// <summary>What a request is answered with; the stream is closed afterwards.</summary>
    public Func<SeenRequest, Stream, CancellationToken, Task> Behave { get; set; } = (_, stream, cancel) => Answer(stream, "200 OK", "", cancel: cancel);

    /// <summary>Completes with the next request that arrives from now on.</summary>
    public TaskCompletionSource<SeenRequest> Next { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task Answer(Stream stream, string status, string body, string headers = "", CancellationToken cancel = default)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {bytes.Length}\r\nConnection: close\r\n{headers}\r\n"), cancel);
        await stream.WriteAsync(bytes, cancel);
    }

    public static Task Card(Stream stream, string card, string status, CancellationToken cancel) =>
        Answer(stream, "200 OK", card, $"Content-Type: application/json\r\nCARD-UPDATE-IN-BODY: true\r\nCARD-ACTION-STATUS: {status}\r\n", cancel);

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                if (await ReadAsync(stream) is not { } request)
                    return;
                Seen.Enqueue(request);
                Next.TrySetResult(request);
                await Behave(request, stream, _stop.Token);
            }
            catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The platform hung up, which some tests are about.
            }
        }
    }

    private async Task<SeenRequest?> ReadAsync(NetworkStream stream)
    {
        var bytes = new MemoryStream();
        var buffer = new byte[8_192];
        while (await stream.ReadAsync(buffer, _stop.Token) is > 0 and var count)
        {
            bytes.Write(buffer, 0, count);
            var text = Encoding.UTF8.GetString(bytes.ToArray());
            if (text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is >= 0 and var end)
            {
                var request = new SeenRequest(text[..end], text[(end + 4)..]);
                if (Encoding.UTF8.GetByteCount(request.Body) >= int.Parse(request.Header("Content-Length") ?? "0", System.Globalization.CultureInfo.InvariantCulture))
                    return request;
            }
        }
        return null;
    }
}
