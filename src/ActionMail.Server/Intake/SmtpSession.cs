using System.Buffers;
using System.Security.Authentication;
using ActionMail.Mail.Smtp;

namespace ActionMail.Server.Intake;

/// <summary>One client's conversation: asks <see cref="SmtpConversation"/> what each line means, and does it.</summary>
internal sealed class SmtpSession(SmtpWire wire, SmtpPeer peer, SmtpHouse house) : IDisposable
{
    private const int ReplyBatchBytes = 16 * 1024;

    private readonly SmtpOptions _options = house.Options;
    private readonly SmtpConversation _conversation = new(house.Options.Limits);
    private readonly SmtpDataDecoder _decoder = new(house.Options.MaxMessageBytes, house.Options.MaxTextLineBytes);
    private readonly MessageBuffer _message = new(house.Memory, house.Options.MaxMessageBytes);
    private bool _isInLine;
    private bool _isOver;
    private SmtpStep? _lastWords;

    /// <summary>The last words, <c>Quit</c> or <c>HangUp</c>, for the caller to say; null when the client has gone.</summary>
    public async Task<SmtpStep?> RunAsync()
    {
        if (await TalksEarlyAsync())
            return new SmtpStep.HangUp(SmtpReplies.EarlyTalk);
        wire.Say(SmtpReplies.Greeting(_options.Hostname));
        while (!_isOver)
            await ListenAsync();
        return _lastWords;
    }

    public void Dispose() => _message.Dispose();

    // RFC 5321 §3.1: the client waits for the greeting.
    private async ValueTask<bool> TalksEarlyAsync()
    {
        if (_options.GreetingPause <= TimeSpan.Zero)
            return wire.HasInput();
        var received = await wire.ReadCommandsAsync(_options.GreetingPause);
        wire.Consume(received.Buffer.Start, received.Buffer.End);
        wire.Deadline.Restart(_options.SessionTimeout);
        return !received.Buffer.IsEmpty;
    }

    private async Task ListenAsync()
    {
        var received = await wire.ReadCommandsAsync(_isInLine ? null : Patience());
        if (wire.Deadline.HasPassed || wire.IsStopping)
        {
            wire.Consume(received.Buffer.End);
            End(wire.Deadline.HasPassed ? new SmtpStep.HangUp(SmtpReplies.TooSlow) : new SmtpStep.Quit(SmtpReplies.ShuttingDown));
            return;
        }
        if (await HearAsync(received.Buffer) is { } turn)
            await TakeAsync(turn);
        else if (received.IsCompleted)
            End(null);
    }

    private TimeSpan Patience() =>
        house.Admission.UnderPressure ? _options.IdleTimeoutUnderPressure : _options.IdleTimeout;

    /// <summary>Answers the lines received, to the last or to the first that changes what the bytes behind it are.</summary>
    private async ValueTask<SmtpStep?> HearAsync(ReadOnlySequence<byte> received)
    {
        SmtpStep? turn = null;
        for (var isNew = !_isInLine; turn is null; isNew = true)
        {
            switch (SmtpLine.TryTake(ref received, _options.MaxCommandBytes, out var line))
            {
                case SmtpLineFound.Incomplete:
                    _isInLine = !received.IsEmpty;
                    if (_isInLine && isNew)
                        wire.Deadline.Set(_options.CommandTimeout);
                    wire.Consume(received.Start, received.End);
                    return null;
                case SmtpLineFound.BareLf:
                    turn = new SmtpStep.HangUp(SmtpReplies.BadLineEnding);
                    break;
                case SmtpLineFound.TooLong:
                    turn = new SmtpStep.HangUp(SmtpReplies.LineTooLong);
                    break;
                default:
                    turn = await AnswerAsync(line, moreBuffered: !received.IsEmpty);
                    break;
            }
        }
        _isInLine = false;
        wire.Consume(received.Start);
        return turn;
    }

    private async ValueTask<SmtpStep?> AnswerAsync(ReadOnlySequence<byte> line, bool moreBuffered)
    {
        var step = _conversation.Hear(Span(line), moreBuffered);
        if (step is SmtpStep.AskRecipient(var address))
            step = await AskAsync(address);
        if (step is not SmtpStep.Reply(var words))
            return step;
        wire.Say(words);
        if (words.IsRefusal && house.Logger.IsEnabled(LogLevel.Information))
            house.Logger.CommandRefused(peer.SessionId, peer.Address, IntakeLog.Quoted(Span(line)), words.ToString());
        if (wire.UnsentBytes >= ReplyBatchBytes)   // a client that only talks must also read
            await wire.FlushAsync();
        return null;
    }

    private async ValueTask<SmtpStep> AskAsync(string address)
    {
        using var patience = new CancellationTokenSource(_options.AcceptTimeout, house.Time);
        var began = wire.Deadline.Suspend();
        var answer = await house.Intake.FindRecipient(address, patience.Token);
        wire.Deadline.Resume(began);
        if (answer == RecipientAnswer.Unknown)
            house.Admission.CountUnknownRecipient(peer.Address);
        return _conversation.RecipientAnswered(answer);
    }

    private async Task TakeAsync(SmtpStep turn)
    {
        switch (turn)
        {
            case SmtpStep.ReceiveData(var words):
                wire.Say(words);
                await ReceiveAsync();
                break;
            case SmtpStep.StartTls(var words):
                wire.Say(words);
                await StartTlsAsync();
                break;
            default:
                End(turn);
                break;
        }
    }

    private async Task ReceiveAsync()
    {
        await wire.FlushAsync();
        wire.Deadline.Set(_options.CommandTimeout);
        _decoder.Reset();
        var drained = 0L;
        while (true)
        {
            var received = await wire.ReadDataAsync();
            var hasEnded = Decode(received.Buffer, out var consumed);
            wire.Consume(received.Buffer.GetPosition(consumed));
            drained += consumed;
            if (hasEnded)
            {
                await ConcludeAsync(_conversation.DataEnded(_decoder.Faults, _decoder.Size));
                return;
            }
            if (wire.Deadline.HasPassed || received.IsCompleted || drained > _options.MaxDrainedBytes)
            {
                End(wire.Deadline.HasPassed ? TooSlow() : drained > _options.MaxDrainedBytes ? new SmtpStep.HangUp(SmtpReplies.TooLarge) : null);
                return;
            }
            wire.Deadline.Extend(TimeSpan.FromSeconds(consumed / (double)_options.MinDataBytesPerSecond), most: _options.CommandTimeout);
        }
    }

    // A client that believes to have ended its message with bare LFs waits for us; it should learn why it waited in vain.
    private SmtpStep.HangUp TooSlow() => new(
        (_decoder.Faults & SmtpDataFaults.Malformed) != 0 ? SmtpReplies.BadDataLineEnding : SmtpReplies.TooSlow);

    private bool Decode(in ReadOnlySequence<byte> received, out long consumed)
    {
        consumed = 0;
        foreach (var piece in received)
        {
            Span<byte> room = default;
            if (_decoder.Faults != SmtpDataFaults.None)
                _message.Clear();
            else if (!_message.TryReserve(piece.Length, out room))
                _decoder.GiveUp();
            var hasEnded = _decoder.Decode(piece.Span, room, out var read, out var written);
            _message.Advance(written);
            consumed += read;
            if (hasEnded)
                return true;
        }
        return false;
    }

    private async Task ConcludeAsync(SmtpStep conclusion)
    {
        switch (conclusion)
        {
            case SmtpStep.Accept accept:
                var words = await AcceptAsync(accept);
                house.Logger.MessageAnswered(peer.SessionId, peer.Address, _conversation.ClientName, accept.Recipients.Count, _message.Written.Length, words);
                wire.Say(words);
                break;
            case SmtpStep.Reply(var refusal):
                house.Logger.CommandRefused(peer.SessionId, peer.Address, "DATA", refusal.ToString());
                wire.Say(refusal);
                break;
            default:
                End(conclusion);
                break;
        }
        _message.Clear();
    }

    private async Task<SmtpReply> AcceptAsync(SmtpStep.Accept accept)
    {
        using var patience = new CancellationTokenSource(_options.AcceptTimeout, house.Time);
        var envelope = new SmtpEnvelope(
            accept.Sender, accept.Recipients, peer.Address, _conversation.ClientName, _conversation.IsTls, accept.Utf8, peer.SessionId);
        var began = wire.Deadline.Suspend();
        // Never abandoned: the message's memory is lent until the task has ended.
        var answer = await house.Intake.Accept(envelope, _message.Written, patience.Token);
        wire.Deadline.Resume(began);
        return answer switch
        {
            AcceptanceAnswer.Stored(var id) => SmtpReplies.Stored(id),
            AcceptanceAnswer.Taken(var words) => SmtpReplies.Taken(words),
            AcceptanceAnswer.Rejected(var reply) => reply,
            AcceptanceAnswer.SenderUncertain(var reply) => reply,
            _ => SmtpReplies.TryLater,
        };
    }

    private async Task StartTlsAsync()
    {
        try
        {
            await wire.StartTlsAsync(house.Tls!);
            _conversation.TlsStarted();
        }
        catch (Exception fault) when (fault is AuthenticationException or IOException or OperationCanceledException)
        {
            house.Logger.NoTls(peer.SessionId, peer.Address, fault.Message);
            End(null);
        }
    }

    private void End(SmtpStep? lastWords) => (_isOver, _lastWords) = (true, lastWords);

    private static ReadOnlySpan<byte> Span(in ReadOnlySequence<byte> line) =>
        line.IsSingleSegment ? line.FirstSpan : line.ToArray();
}
