using System.Globalization;
using System.Text;

namespace ActionMail.Mail.Smtp;

/// <summary>
/// One conversation with a client, without the wire: it is told what the client says and answers what that means.
/// RFC 5321 with SIZE, 8BITMIME, SMTPUTF8, PIPELINING, ENHANCEDSTATUSCODES and STARTTLS.
/// </summary>
public sealed class SmtpConversation(SmtpLimits limits)
{
    private readonly List<string> _recipients = [];
    private SmtpState _state = SmtpState.Connected;
    private string _sender = "";
    private string _asked = "";
    private bool _utf8;
    private int _errors;
    private int _unknown;

    /// <summary>The name that the client gave itself; "" before it did.</summary>
    public string ClientName { get; private set; } = "";

    /// <summary>Whether the conversation runs over TLS.</summary>
    public bool IsTls { get; private set; }

    /// <summary>What a line means.</summary>
    /// <param name="line">The line without its CRLF.</param>
    /// <param name="moreBuffered">Whether bytes behind the line have been received already.</param>
    public SmtpStep Hear(ReadOnlySpan<byte> line, bool moreBuffered)
    {
        var command = SmtpCommand.Parse(line);
        // RFC 2920 §3.1: whoever talks behind EHLO, DATA or STARTTLS has not read the reply that it depends on; it may be
        // somebody else's text (CVE-2011-0411 and its kin).
        if (moreBuffered && command.Verb.EndsGroup())
            return new SmtpStep.HangUp(SmtpReplies.EarlyTalk);
        return command.Verb switch
        {
            SmtpVerb.Unknown => Refuse(command is SmtpCommand.Malformed { Reply: var reply } ? reply : SmtpReplies.UnknownCommand),
            SmtpVerb.Unimplemented => Refuse(SmtpReplies.NotImplemented),
            // What follows BDAT is a message; read as commands it would be a second sender's word.
            SmtpVerb.Bdat => new SmtpStep.HangUp(SmtpReplies.NotImplemented),
            SmtpVerb.StartTls when !limits.OffersTls => Refuse(SmtpReplies.NotImplemented),
            SmtpVerb.StartTls when IsTls => Refuse(SmtpReplies.BadSequence),
            _ => Follow(command),
        };
    }

    /// <summary>Goes on after <see cref="SmtpStep.AskRecipient"/>.</summary>
    public SmtpStep RecipientAnswered(RecipientAnswer answer)
    {
        switch (answer)
        {
            case RecipientAnswer.Known:
                _recipients.Add(_asked);
                _state = SmtpState.HasRecipient;
                return Reply(SmtpReplies.RecipientOk);
            case RecipientAnswer.Unknown when ++_unknown > limits.MaxUnknownRecipients:
                return new SmtpStep.HangUp(SmtpReplies.TooManyUnknown);
            case RecipientAnswer.Unknown:
                return Refuse(SmtpReplies.UnknownRecipient);
            case RecipientAnswer.Refused:
                return Refuse(SmtpReplies.NoRelay);
            default:
                return Reply(SmtpReplies.TryLater);   // our trouble does not use up the client's errors
        }
    }

    /// <summary>Goes on after <see cref="SmtpStep.ReceiveData"/>, when the end of the message has been received.</summary>
    /// <param name="faults">What the decoder found.</param>
    /// <param name="size">The size of the message in bytes.</param>
    public SmtpStep DataEnded(SmtpDataFaults faults, long size)
    {
        var accept = new SmtpStep.Accept(
            _sender, _recipients.Distinct(StringComparer.OrdinalIgnoreCase).ToList(), _utf8);
        ForgetTransaction(SmtpState.Greeted);
        // One reply for all of it. The connection ends with it: another receiver might have seen the message end earlier,
        // and what the client means to say next is then anybody's guess.
        if ((faults & SmtpDataFaults.Malformed) != 0)
            return new SmtpStep.HangUp(SmtpReplies.BadDataLineEnding);
        if (faults.HasFlag(SmtpDataFaults.TooLarge))
            return Reply(SmtpReplies.TooLarge);
        if (faults.HasFlag(SmtpDataFaults.LineTooLong))
            return Reply(SmtpReplies.TextLineTooLong);
        if (faults.HasFlag(SmtpDataFaults.NoRoom))
            return Reply(SmtpReplies.NoRoom);
        return size == 0 ? Reply(SmtpReplies.EmptyMessage) : accept;
    }

    /// <summary>Goes on after <see cref="SmtpStep.StartTls"/>: whatever was said in the clear is forgotten. RFC 3207 §4.2.</summary>
    public void TlsStarted()
    {
        IsTls = true;
        ClientName = "";
        ForgetTransaction(SmtpState.Connected);
    }

    private SmtpStep Follow(SmtpCommand command)
    {
        if (!_state.TryFollow(command.Verb, out var next))
            return Refuse(SmtpReplies.BadSequence);
        switch (command)
        {
            case SmtpCommand.Malformed(_, var reply):
                return Refuse(reply);
            case SmtpCommand.Hello(var verb, var name):
                ClientName = name;
                ForgetTransaction(next);
                return Reply(verb == SmtpVerb.Ehlo ? EhloReply() : new SmtpReply(250, null, limits.Hostname));
            case SmtpCommand.MailFrom mail:
                return Open(mail, next);
            case SmtpCommand.RcptTo(var recipient):
                return Ask(recipient);
            default:
                return FollowBare(command.Verb, next);
        }
    }

    private SmtpStep FollowBare(SmtpVerb verb, SmtpState next)
    {
        switch (verb)
        {
            case SmtpVerb.Data:
                return new SmtpStep.ReceiveData(SmtpReplies.SendData);
            case SmtpVerb.StartTls:
                return new SmtpStep.StartTls(SmtpReplies.BeginTls);
            case SmtpVerb.Quit:
                return new SmtpStep.Quit(SmtpReplies.Bye);
            case SmtpVerb.Vrfy:
                return Reply(SmtpReplies.CannotVerify);
            case SmtpVerb.Rset:
                ForgetTransaction(next);
                return Reply(SmtpReplies.Ok);
            default:
                return Reply(SmtpReplies.Ok);
        }
    }

    private SmtpStep Open(SmtpCommand.MailFrom mail, SmtpState next)
    {
        if (mail.Size > (ulong)limits.MaxMessageBytes)   // RFC 1870 §6.1
            return Refuse(SmtpReplies.TooLarge);
        (_sender, _utf8, _state) = (mail.Sender, mail.Utf8, next);
        return Reply(SmtpReplies.SenderOk);
    }

    private SmtpStep Ask(string recipient)
    {
        if (!_utf8 && !Ascii.IsValid(recipient))
            return Refuse(SmtpReplies.Utf8NotAsked);
        // The percent hack and bang paths ask for another hop (RFC 1123 §5.2.16): there is none.
        if (recipient.AsSpan().ContainsAny('%', '!'))
            return Refuse(SmtpReplies.NoRelay);
        if (_recipients.Count >= limits.MaxRecipients)
            return Refuse(SmtpReplies.TooManyRecipients);
        _asked = recipient.Contains('@', StringComparison.Ordinal) ? recipient : recipient + "@" + limits.Hostname;
        return new SmtpStep.AskRecipient(_asked);
    }

    private SmtpReply EhloReply()
    {
        List<string> lines =
        [
            limits.Hostname,
            string.Create(CultureInfo.InvariantCulture, $"SIZE {limits.MaxMessageBytes}"),
            "8BITMIME", "SMTPUTF8", "PIPELINING",
        ];
        if (limits.OffersTls && !IsTls)
            lines.Add("STARTTLS");
        lines.Add("ENHANCEDSTATUSCODES");
        return new SmtpReply(250, null, lines);
    }

    private void ForgetTransaction(SmtpState next)
    {
        (_sender, _asked, _utf8, _state) = ("", "", false, next);
        _recipients.Clear();
    }

    private static SmtpStep.Reply Reply(SmtpReply words) => new(words);

    private SmtpStep Refuse(SmtpReply words) => ++_errors > limits.MaxErrors
        ? new SmtpStep.HangUp(SmtpReplies.TooManyErrors)
        : new SmtpStep.Reply(words);
}
