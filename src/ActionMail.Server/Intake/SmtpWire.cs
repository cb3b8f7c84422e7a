using System.IO.Pipelines;
using System.Net.Security;
using ActionMail.Mail.Smtp;
using Microsoft.AspNetCore.Connections;

namespace ActionMail.Server.Intake;

/// <summary>A client's bytes in and our replies out, each wait within its deadline, in the clear or over TLS.</summary>
internal sealed class SmtpWire : IAsyncDisposable
{
    private enum Wait { Nothing, Command, Data, Flush, Handshake }

    private readonly SmtpOptions _options;
    private readonly IDuplexPipe _transport;
    private PipeReader _input;
    private PipeWriter _output;
    private SslStream? _tls;
    private SequencePosition? _held;   // the end of what was read and not consumed yet
    private int _wait;
    private volatile bool _isStopping;

    public SmtpWire(IDuplexPipe transport, SmtpOptions options, TimeProvider time)
    {
        _options = options;
        _transport = transport;
        _input = transport.Input;
        _output = transport.Output;
        Deadline = new(time, options.SessionTimeout, Interrupt);
    }

    public SmtpDeadline Deadline { get; }

    public bool IsStopping => _isStopping;

    public long UnsentBytes => _output.UnflushedBytes;

    /// <summary>The bytes of everything said so far.</summary>
    public long SaidBytes { get; private set; }

    /// <summary>The server stops: a client that is between two commands need not be waited for.</summary>
    public void Stop()
    {
        _isStopping = true;
        if (Volatile.Read(ref _wait) == (int)Wait.Command)
            _input.CancelPendingRead();
    }

    /// <summary>Says something; it goes out with the next wait, in one write with what else was said.</summary>
    public void Say(SmtpReply reply)
    {
        reply.Bytes.CopyTo(_output.GetSpan(reply.Bytes.Length));
        _output.Advance(reply.Bytes.Length);
        SaidBytes += reply.Bytes.Length;
    }

    /// <summary>What the client has said while it waits for our next reply. Look at <see cref="SmtpDeadline.HasPassed"/> and <see cref="IsStopping"/> first.</summary>
    /// <param name="wait">How long; null when the wait goes on that an earlier call began.</param>
    public async ValueTask<ReadResult> ReadCommandsAsync(TimeSpan? wait)
    {
        await FlushAsync();
        if (wait is { } begun)
            Deadline.Set(begun);
        return await ReadAsync(Wait.Command);
    }

    /// <summary>More of a message. The deadline is the caller's.</summary>
    public ValueTask<ReadResult> ReadDataAsync() => ReadAsync(Wait.Data);

    /// <summary>What has arrived already.</summary>
    public bool HasInput()
    {
        if (!_input.TryRead(out var result))
            return false;
        _input.AdvanceTo(result.Buffer.Start);
        return !result.Buffer.IsEmpty;
    }

    public void Consume(SequencePosition to) => Consume(to, to);

    public void Consume(SequencePosition to, SequencePosition lookedAt)
    {
        _held = null;
        _input.AdvanceTo(to, lookedAt);
    }

    public async ValueTask FlushAsync()
    {
        if (UnsentBytes == 0)
            return;
        Volatile.Write(ref _wait, (int)Wait.Flush);
        var flush = _output.FlushAsync();
        if (!flush.IsCompleted)
            Deadline.Set(_options.CommandTimeout);
        var result = await OrGone(flush);
        Volatile.Write(ref _wait, (int)Wait.Nothing);
        if (result.IsCanceled || result.IsCompleted)
            throw new ConnectionAbortedException("The client does not read our replies.");
    }

    /// <summary>Goes on over TLS. Nothing that came in the clear is left: the caller has seen to it.</summary>
    public async Task StartTlsAsync(SslServerAuthenticationOptions tls)
    {
        await FlushAsync();
        Deadline.Set(_options.CommandTimeout);
        Volatile.Write(ref _wait, (int)Wait.Handshake);
        _tls = new SslStream(new DuplexPipeStream(_transport.Input, _transport.Output));
        await _tls.AuthenticateAsServerAsync(tls, CancellationToken.None);
        _input = PipeReader.Create(_tls, new StreamPipeReaderOptions(leaveOpen: true));
        _output = PipeWriter.Create(_tls, new StreamPipeWriterOptions(leaveOpen: true));
        Volatile.Write(ref _wait, (int)Wait.Nothing);
    }

    /// <summary>
    /// Lets a client that is still sending read our last words: closing over unread bytes resets the connection, and the
    /// reset overtakes them.
    /// </summary>
    public async Task LingerAsync()
    {
        Deadline.Restart(_options.ClosingTimeout);
        await FlushAsync();
        if (_held is { } end)
            Consume(end);
        while (true)
        {
            var result = await ReadAsync(Wait.Data);
            Consume(result.Buffer.End);
            if (result.IsCompleted || Deadline.HasPassed)
                return;
        }
    }

    /// <summary>The last words are out; what can be closed properly is.</summary>
    public async Task CloseAsync()
    {
        Deadline.Restart(_options.ClosingTimeout);
        await FlushAsync();
        if (_tls is not null)
            await _tls.ShutdownAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Deadline.Dispose();
        if (_tls is null)
            return;
        await _input.CompleteAsync();
        await _tls.DisposeAsync();
    }

    private async ValueTask<ReadResult> ReadAsync(Wait wait)
    {
        Volatile.Write(ref _wait, (int)wait);
        // Either the timer and Stop see the wait, or we see what they have set.
        Interlocked.MemoryBarrier();
        if (Deadline.HasPassed || (wait == Wait.Command && _isStopping))
            _input.CancelPendingRead();
        var result = await OrGone(_input.ReadAsync());
        Volatile.Write(ref _wait, (int)Wait.Nothing);
        _held = result.Buffer.End;
        return result;
    }

    // What goes wrong on the wire is the client's leaving and nobody's fault; what goes wrong in the house is not of this type.
    private static async ValueTask<T> OrGone<T>(ValueTask<T> pending)
    {
        try
        {
            return await pending;
        }
        catch (IOException gone)
        {
            throw new ConnectionAbortedException(gone.Message, gone);
        }
    }

    private void Interrupt()
    {
        switch ((Wait)Volatile.Read(ref _wait))
        {
            case Wait.Flush: _output.CancelPendingFlush(); break;
            case Wait.Handshake: _transport.Input.CancelPendingRead(); break;
            case Wait.Command or Wait.Data: _input.CancelPendingRead(); break;
        }
    }
}
