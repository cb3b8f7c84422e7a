using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using ActionMail.Server.Network;

namespace ActionMail.Server.Tests.Network;

/// <summary>
/// What lies behind the guard: a resolver that answers as the test says, and a last step that writes down which address it was asked for and leads to a stub on
/// loopback. Nothing leaves the machine.
/// </summary>
internal sealed class RecordedNetwork(int port)
{
    private int _questions;

    public ConcurrentQueue<IPEndPoint> Asked { get; } = new();

    /// <summary>The answers to the first, second … question for a name; the last goes on.</summary>
    public string[][] Answers { get; set; } = [["44.128.0.10"]];

    /// <summary>Where the last step leads.</summary>
    public int Port { get; set; } = port;

    public string[] Own { get; set; } = [];

    public EgressSeam Seam => new(ResolveAsync, ConnectAsync) { FindOwn = () => Own.Select(IPAddress.Parse) };

    private Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancel)
    {
        var answer = Answers[Math.Min(Interlocked.Increment(ref _questions), Answers.Length) - 1];
        return answer.Length > 0 ? Task.FromResult(Array.ConvertAll(answer, IPAddress.Parse)) : throw new SocketException((int)SocketError.HostNotFound);
    }

    private async Task<Stream> ConnectAsync(IPEndPoint endpoint, CancellationToken cancel)
    {
        Asked.Enqueue(endpoint);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, Port, cancel);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
