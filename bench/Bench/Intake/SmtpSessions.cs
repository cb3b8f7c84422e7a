using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ActionMail.Bench.Intake;

/// <summary>
/// The load generator for given mails: 8 sessions, each a thread that waits for every answer, as smtp-source does. It does as little as it can, since it
/// shares the machine with what it measures.
/// </summary>
internal static class SmtpSessions
{
    private const int Sessions = 8;
    private const int Patience = 60_000;    // milliseconds

    /// <summary>Sends each mail, as it stands behind DATA, and gives how many were accepted a second; a refused one ends the benchmark.</summary>
    public static async Task<double> SendAsync(int port, byte[][] mails, string sender, string recipient, bool keepsConnections, CancellationToken cancel)
    {
        var envelope = new[] { $"MAIL FROM:<{sender}>\r\n", $"RCPT TO:<{recipient}>\r\n", "DATA\r\n" }.Select(Encoding.ASCII.GetBytes).ToArray();
        var next = -1;
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Sessions).Select(_ => Task.Factory.StartNew(Run, cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        return mails.Length / Stopwatch.GetElapsedTime(began).TotalSeconds;

        void Run()
        {
            Session? session = null;
            for (var own = Interlocked.Increment(ref next); own < mails.Length; own = Interlocked.Increment(ref next))
            {
                cancel.ThrowIfCancellationRequested();
                session ??= new Session(port);
                session.Send(envelope, mails[own]);
                if (keepsConnections)
                    continue;
                session.Dispose();
                session = null;
            }
            session?.Dispose();
        }
    }

    private sealed class Session : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = Patience,
            SendTimeout = Patience,
        };

        private readonly byte[] _answer = new byte[4096];

        public Session(int port)
        {
            _socket.Connect(IPAddress.Loopback, port);
            Expect((byte)'2');
            Say("HELO bench.service.test\r\n"u8, (byte)'2');
        }

        public void Send(byte[][] envelope, byte[] mail)
        {
            Say(envelope[0], (byte)'2');
            Say(envelope[1], (byte)'2');
            Say(envelope[2], (byte)'3');
            Say(mail, (byte)'2');
        }

        public void Dispose()
        {
            Say("QUIT\r\n"u8, (byte)'2');
            _socket.Dispose();
        }

        private void Say(ReadOnlySpan<byte> words, byte answer)
        {
            while (!words.IsEmpty)
                words = words[_socket.Send(words)..];
            Expect(answer);
        }

        // One command at a time and none with an answer of several lines: what ends in a line end is the whole of it. RFC 5321 §4.2.
        private void Expect(byte answer)
        {
            var length = 0;
            do
            {
                var more = _socket.Receive(_answer.AsSpan(length));
                length = more > 0 ? length + more : throw new InvalidOperationException("The server hung up.");
            }
            while (_answer[length - 1] != (byte)'\n');
            if (_answer[0] != answer)
                throw new InvalidOperationException($"A mail was refused: {Encoding.Latin1.GetString(_answer, 0, length)}");
        }
    }
}
