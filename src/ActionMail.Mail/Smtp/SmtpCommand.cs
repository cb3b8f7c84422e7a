using System.Text;

namespace ActionMail.Mail.Smtp;

/// <summary>A command line, read. RFC 5321 §4.1.</summary>
public abstract record SmtpCommand
{
    private SmtpCommand(SmtpVerb verb) => Verb = verb;

    /// <summary>The first word.</summary>
    public SmtpVerb Verb { get; }

    /// <summary>HELO or EHLO with the name that the client gives itself, proven by nothing.</summary>
    public sealed record Hello(SmtpVerb Greeting, string ClientName) : SmtpCommand(Greeting);

    /// <summary>MAIL with its reverse path ("" for the null sender), the announced size in bytes when there is one, and whether SMTPUTF8 was asked for.</summary>
    public sealed record MailFrom(string Sender, ulong? Size, bool Utf8) : SmtpCommand(SmtpVerb.Mail);

    /// <summary>RCPT with its forward path; a bare <c>postmaster</c> has no domain yet (RFC 5321 §4.5.1).</summary>
    public sealed record RcptTo(string Recipient) : SmtpCommand(SmtpVerb.Rcpt);

    /// <summary>A command that needs nothing but its verb.</summary>
    public sealed record Bare(SmtpVerb Word) : SmtpCommand(Word);

    /// <summary>A known command whose arguments are refused, with the reply that says so.</summary>
    public sealed record Malformed(SmtpVerb Word, SmtpReply Reply) : SmtpCommand(Word);

    /// <summary>Reads a line without its CRLF. Every line means something: what cannot be read is <see cref="Malformed"/>.</summary>
    public static SmtpCommand Parse(ReadOnlySpan<byte> line)
    {
        if (line.ContainsAny(SmtpCharacters.Forbidden))
            return new Malformed(SmtpVerb.Unknown, SmtpReplies.BadLineEnding);
        line = line.TrimEnd(" \t"u8);   // RFC 5321 §4.1.1: white space before the CRLF is tolerated
        var space = line.IndexOf((byte)' ');
        var verb = SmtpVerbs.Read(space < 0 ? line : line[..space]);
        var arguments = space < 0 ? [] : line[(space + 1)..];
        return verb switch
        {
            SmtpVerb.Helo or SmtpVerb.Ehlo => ReadHello(verb, arguments),
            SmtpVerb.Mail => ReadMail(arguments),
            SmtpVerb.Rcpt => ReadRcpt(arguments),
            SmtpVerb.Data or SmtpVerb.Rset or SmtpVerb.Quit or SmtpVerb.StartTls when !arguments.IsEmpty =>
                new Malformed(verb, SmtpReplies.BadArguments),
            _ => new Bare(verb),
        };
    }

    private static SmtpCommand ReadHello(SmtpVerb verb, ReadOnlySpan<byte> name) =>
        name.Length is 0 or > 255 || name.ContainsAnyExcept(SmtpCharacters.ClientName)
            ? new Malformed(verb, SmtpReplies.BadArguments)
            : new Hello(verb, Encoding.ASCII.GetString(name));

    private static SmtpCommand ReadMail(ReadOnlySpan<byte> arguments)
    {
        if (!TrySplitPath(arguments, "FROM:<"u8, out var mailbox, out var parameters))
            return new Malformed(SmtpVerb.Mail, SmtpReplies.BadSender);
        var sender = "";
        switch (mailbox.IsEmpty ? SmtpPathFault.None : SmtpPath.Read(mailbox, out sender))
        {
            case SmtpPathFault.Quoted: return new Malformed(SmtpVerb.Mail, SmtpReplies.QuotedSender);
            case SmtpPathFault.Malformed: return new Malformed(SmtpVerb.Mail, SmtpReplies.BadSender);
        }
        if (SmtpParameters.Read(parameters, out var size, out var utf8) is { } refusal)
            return new Malformed(SmtpVerb.Mail, refusal);
        return !utf8 && !Ascii.IsValid(sender)
            ? new Malformed(SmtpVerb.Mail, SmtpReplies.Utf8NotAsked)
            : new MailFrom(sender, size, utf8);
    }

    private static SmtpCommand ReadRcpt(ReadOnlySpan<byte> arguments)
    {
        if (!TrySplitPath(arguments, "TO:<"u8, out var mailbox, out var parameters))
            return new Malformed(SmtpVerb.Rcpt, SmtpReplies.BadRecipient);
        if (!parameters.IsEmpty)   // DSN (RFC 3461) is not offered, and nothing else is defined for RCPT
            return new Malformed(SmtpVerb.Rcpt, SmtpReplies.UnknownParameter);
        if (Ascii.EqualsIgnoreCase(mailbox, "postmaster"u8))
            return new RcptTo("postmaster");
        return SmtpPath.Read(mailbox, out var recipient) switch
        {
            SmtpPathFault.Quoted => new Malformed(SmtpVerb.Rcpt, SmtpReplies.QuotedRecipient),
            SmtpPathFault.Malformed => new Malformed(SmtpVerb.Rcpt, SmtpReplies.BadRecipient),
            _ => new RcptTo(recipient),
        };
    }

    private static bool TrySplitPath(
        ReadOnlySpan<byte> arguments, ReadOnlySpan<byte> keyword, out ReadOnlySpan<byte> mailbox, out ReadOnlySpan<byte> parameters)
    {
        mailbox = parameters = [];
        if (arguments.Length < keyword.Length || !Ascii.EqualsIgnoreCase(arguments[..keyword.Length], keyword))
            return false;
        arguments = arguments[keyword.Length..];
        var end = arguments.IndexOf((byte)'>');
        if (end < 0 || (end + 1 < arguments.Length && arguments[end + 1] != ' '))
            return IsQuoted(arguments, out mailbox);
        mailbox = arguments[..end];
        parameters = end + 1 < arguments.Length ? arguments[(end + 2)..] : [];
        return true;
    }

    // A quoted local part may hold the bracket that seemed to end the path; it is refused as what it is.
    private static bool IsQuoted(ReadOnlySpan<byte> arguments, out ReadOnlySpan<byte> mailbox)
    {
        mailbox = arguments;
        return arguments.StartsWith((byte)'"');
    }
}
