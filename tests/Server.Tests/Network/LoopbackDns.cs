using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ActionMail.Server.Tests.Network;

/// <summary>A question as it arrived; <paramref name="Number"/> counts from 1.</summary>
internal sealed record LoopbackQuestion(string Name, int Type, bool OverTcp, int Number);

/// <summary>What to answer. Each of the mischiefs is off unless it is set.</summary>
internal sealed record LoopbackReply(params LoopbackRecord[] Answers)
{
    public int Code { get; init; }

    public LoopbackRecord[] Authority { get; init; } = [];

    /// <summary>The TC bit, and no records.</summary>
    public bool IsCut { get; init; }

    public bool HasWrongId { get; init; }

    /// <summary>The question that it claims to answer, when it is not the one asked.</summary>
    public string? AboutName { get; init; }

    /// <summary>Octets sent in place of everything behind the id.</summary>
    public byte[]? Garbage { get; init; }

    public TimeSpan After { get; init; }
}

internal sealed record LoopbackRecord(string Owner, int Type, uint TimeToLive, byte[] Data)
{
    public static LoopbackRecord A(string owner, string address, uint ttl = 300) => new(owner, 1, ttl, IPAddress.Parse(address).GetAddressBytes());

    public static LoopbackRecord Aaaa(string owner, string address, uint ttl = 300) => new(owner, 28, ttl, IPAddress.Parse(address).GetAddressBytes());

    public static LoopbackRecord Cname(string owner, string target, uint ttl = 300) => new(owner, 5, ttl, NameOctets(target));

    public static LoopbackRecord Ptr(string owner, string host) => new(owner, 12, 300, NameOctets(host));

    public static LoopbackRecord Mx(string owner, ushort preference, string host) => new(owner, 15, 300, [(byte)(preference >> 8), (byte)preference, .. NameOctets(host)]);

    public static LoopbackRecord Txt(string owner, uint ttl, params byte[][] texts) => new(owner, 16, ttl, [.. texts.SelectMany(text => (byte[])[(byte)text.Length, .. text])]);

    public static LoopbackRecord Soa(string owner, uint ttl, uint minimum)
    {
        var numbers = new byte[20];
        BinaryPrimitives.WriteUInt32BigEndian(numbers.AsSpan(16), minimum);
        return new(owner, 6, ttl, [.. NameOctets("ns.test"), .. NameOctets("host.test"), .. numbers]);
    }

    public static byte[] NameOctets(string name) =>
        [.. name.Split('.', StringSplitOptions.RemoveEmptyEntries).SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.Latin1.GetBytes(label)]), 0];
}

/// <summary>A DNS server on loopback that answers over UDP and TCP as a function says; null is silence.</summary>
internal sealed class LoopbackDns : IAsyncDisposable
{
    private readonly Func<LoopbackQuestion, LoopbackReply?> _answer;
    private readonly CancellationTokenSource _end = new();
    private readonly TcpListener _tcp = new(IPAddress.Loopback, 0);
    private readonly UdpClient _udp;
    private readonly Task _running;
    private int _number;

    public LoopbackDns(Func<LoopbackQuestion, LoopbackReply?> answer)
    {
        _answer = answer;
        _tcp.Start();
        _udp = new(new IPEndPoint(IPAddress.Loopback, ((IPEndPoint)_tcp.LocalEndpoint).Port));
        _running = Task.WhenAll(ServeUdpAsync(), ServeTcpAsync());
    }

    public ConcurrentQueue<LoopbackQuestion> Asked { get; } = [];

    public string Address => _tcp.LocalEndpoint.ToString()!;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _udp.Dispose();
        _tcp.Dispose();
        await _running;
        _end.Dispose();
    }

    private async Task ServeUdpAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var received = await _udp.ReceiveAsync(_end.Token);
                _ = AnswerAsync(received.Buffer, overTcp: false, reply => _udp.SendAsync(reply, received.RemoteEndPoint, _end.Token).AsTask());
            }
            catch (Exception closed) when (closed is OperationCanceledException or SocketException or ObjectDisposedException)
            {
            }
        }
    }

    private async Task ServeTcpAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                _ = TalkAsync(await _tcp.AcceptTcpClientAsync(_end.Token));
            }
            catch (Exception closed) when (closed is OperationCanceledException or SocketException or ObjectDisposedException)
            {
            }
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        try
        {
            using var closing = client;
            await using var stream = client.GetStream();
            var length = new byte[2];
            while (true)
            {
                await stream.ReadExactlyAsync(length, _end.Token);
                var query = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
                await stream.ReadExactlyAsync(query, _end.Token);
                await AnswerAsync(query, overTcp: true, reply => stream.WriteAsync((byte[])[(byte)(reply.Length >> 8), (byte)reply.Length, .. reply], _end.Token).AsTask());
            }
        }
        catch (Exception closed) when (closed is OperationCanceledException or IOException or ObjectDisposedException)
        {
        }
    }

    private async Task AnswerAsync(byte[] query, bool overTcp, Func<byte[], Task> send)
    {
        var (name, type) = ReadQuestion(query);
        var question = new LoopbackQuestion(name, type, overTcp, Interlocked.Increment(ref _number));
        Asked.Enqueue(question);
        if (_answer(question) is not { } reply)
            return;
        await Task.Delay(reply.After, _end.Token);
        await send(Write(query, question, reply));
    }

    private static (string Name, int Type) ReadQuestion(ReadOnlySpan<byte> query)
    {
        var labels = new List<string>();
        var at = 12;
        for (; query[at] != 0; at += query[at] + 1)
            labels.Add(Encoding.Latin1.GetString(query.Slice(at + 1, query[at])));
        return (string.Join('.', labels), BinaryPrimitives.ReadUInt16BigEndian(query[(at + 1)..]));
    }

    private static byte[] Write(byte[] query, LoopbackQuestion question, LoopbackReply reply)
    {
        byte[] id = [query[0], (byte)(query[1] ^ (reply.HasWrongId ? 1 : 0))];
        if (reply.Garbage is { } garbage)
            return [.. id, .. garbage];
        var answers = reply.IsCut ? [] : reply.Answers;
        return
        [
            .. id, (byte)(reply.IsCut ? 0x83 : 0x81), (byte)(0x80 | reply.Code), 0, 1, .. Number(answers.Length), .. Number(reply.Authority.Length), 0, 0,
            .. LoopbackRecord.NameOctets(reply.AboutName ?? question.Name), .. Number(question.Type), 0, 1,
            .. answers.SelectMany(Octets), .. reply.Authority.SelectMany(Octets),
        ];
    }

    private static byte[] Octets(LoopbackRecord record) =>
    [
        .. LoopbackRecord.NameOctets(record.Owner), .. Number(record.Type), 0, 1,
        (byte)(record.TimeToLive >> 24), (byte)(record.TimeToLive >> 16), (byte)(record.TimeToLive >> 8), (byte)record.TimeToLive,
        .. Number(record.Data.Length), .. record.Data,
    ];

    private static byte[] Number(int number) => [(byte)(number >> 8), (byte)number];
}
