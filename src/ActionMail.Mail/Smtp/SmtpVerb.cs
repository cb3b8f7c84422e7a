using System.Text;

namespace ActionMail.Mail.Smtp;

/// <summary>The first word of a command line, as far as this receiver tells them apart. RFC 5321 §4.1.1.</summary>
public enum SmtpVerb
{
    /// <summary>A word that means nothing here: answered 500. PROXY and XCLIENT are among them on purpose.</summary>
    Unknown,

    /// <summary>HELO: the client names itself and wants no extensions.</summary>
    Helo,

    /// <summary>EHLO: the client names itself and reads our extensions.</summary>
    Ehlo,

    /// <summary>MAIL FROM: a transaction begins.</summary>
    Mail,

    /// <summary>RCPT TO: one recipient more.</summary>
    Rcpt,

    /// <summary>DATA: the message follows.</summary>
    Data,

    /// <summary>RSET: the transaction is dropped.</summary>
    Rset,

    /// <summary>NOOP: nothing, politely.</summary>
    Noop,

    /// <summary>VRFY: always answered with the same 252.</summary>
    Vrfy,

    /// <summary>QUIT: the client is done.</summary>
    Quit,

    /// <summary>STARTTLS, RFC 3207.</summary>
    StartTls,

    /// <summary>BDAT, RFC 3030: not offered; told apart because bytes of a message follow it.</summary>
    Bdat,

    /// <summary>A command that SMTP knows and this receiver does not perform: answered 502.</summary>
    Unimplemented,
}

internal static class SmtpVerbs
{
    public static SmtpVerb Read(ReadOnlySpan<byte> word) => word.Length switch
    {
        4 when Is(word, "EHLO"u8) => SmtpVerb.Ehlo,
        4 when Is(word, "MAIL"u8) => SmtpVerb.Mail,
        4 when Is(word, "RCPT"u8) => SmtpVerb.Rcpt,
        4 when Is(word, "DATA"u8) => SmtpVerb.Data,
        4 when Is(word, "QUIT"u8) => SmtpVerb.Quit,
        4 when Is(word, "RSET"u8) => SmtpVerb.Rset,
        4 when Is(word, "HELO"u8) => SmtpVerb.Helo,
        4 when Is(word, "NOOP"u8) => SmtpVerb.Noop,
        4 when Is(word, "VRFY"u8) => SmtpVerb.Vrfy,
        4 when Is(word, "BDAT"u8) => SmtpVerb.Bdat,
        4 when Is(word, "EXPN"u8) || Is(word, "HELP"u8) || Is(word, "AUTH"u8) => SmtpVerb.Unimplemented,
        4 when Is(word, "TURN"u8) || Is(word, "ATRN"u8) || Is(word, "ETRN"u8) => SmtpVerb.Unimplemented,
        8 when Is(word, "STARTTLS"u8) => SmtpVerb.StartTls,
        _ => SmtpVerb.Unknown,
    };

    // RFC 2920 §3.1 and RFC 3207 §4: nothing may be sent behind these before their reply has been read.
    public static bool EndsGroup(this SmtpVerb verb) =>
        verb is SmtpVerb.Ehlo or SmtpVerb.Helo or SmtpVerb.Data or SmtpVerb.StartTls;

    private static bool Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> verb) => Ascii.EqualsIgnoreCase(word, verb);
}
