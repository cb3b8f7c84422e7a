using System.Collections.Frozen;

namespace ActionMail.Mail.Smtp;

/// <summary>How far a conversation has come. RFC 5321 §4.1.4.</summary>
public enum SmtpState
{
    /// <summary>The client has not named itself; also right after TLS has begun (RFC 3207 §4.2).</summary>
    Connected,

    /// <summary>The client has named itself; no transaction is open.</summary>
    Greeted,

    /// <summary>A transaction with a sender and no accepted recipient.</summary>
    HasSender,

    /// <summary>A transaction with a sender and at least one accepted recipient.</summary>
    HasRecipient,
}

internal static class SmtpStates
{
    // RFC 5321 §4.1.4: which command may follow which, and where it leads when it succeeds.
    // A pair absent from the table is answered 503.
    private static readonly FrozenDictionary<(SmtpState, SmtpVerb), SmtpState> Table =
        new Dictionary<(SmtpState, SmtpVerb), SmtpState>
        {
            [(SmtpState.Connected, SmtpVerb.Helo)] = SmtpState.Greeted,
            [(SmtpState.Connected, SmtpVerb.Ehlo)] = SmtpState.Greeted,
            [(SmtpState.Connected, SmtpVerb.Rset)] = SmtpState.Connected,
            [(SmtpState.Connected, SmtpVerb.Noop)] = SmtpState.Connected,
            [(SmtpState.Connected, SmtpVerb.Vrfy)] = SmtpState.Connected,
            [(SmtpState.Connected, SmtpVerb.Quit)] = SmtpState.Connected,

            [(SmtpState.Greeted, SmtpVerb.Helo)] = SmtpState.Greeted,
            [(SmtpState.Greeted, SmtpVerb.Ehlo)] = SmtpState.Greeted,
            [(SmtpState.Greeted, SmtpVerb.StartTls)] = SmtpState.Connected,
            [(SmtpState.Greeted, SmtpVerb.Mail)] = SmtpState.HasSender,
            [(SmtpState.Greeted, SmtpVerb.Rset)] = SmtpState.Greeted,
            [(SmtpState.Greeted, SmtpVerb.Noop)] = SmtpState.Greeted,
            [(SmtpState.Greeted, SmtpVerb.Vrfy)] = SmtpState.Greeted,
            [(SmtpState.Greeted, SmtpVerb.Quit)] = SmtpState.Greeted,

            [(SmtpState.HasSender, SmtpVerb.Helo)] = SmtpState.Greeted,
            [(SmtpState.HasSender, SmtpVerb.Ehlo)] = SmtpState.Greeted,
            [(SmtpState.HasSender, SmtpVerb.Rcpt)] = SmtpState.HasRecipient,
            [(SmtpState.HasSender, SmtpVerb.Rset)] = SmtpState.Greeted,
            [(SmtpState.HasSender, SmtpVerb.Noop)] = SmtpState.HasSender,
            [(SmtpState.HasSender, SmtpVerb.Vrfy)] = SmtpState.HasSender,
            [(SmtpState.HasSender, SmtpVerb.Quit)] = SmtpState.HasSender,

            [(SmtpState.HasRecipient, SmtpVerb.Helo)] = SmtpState.Greeted,
            [(SmtpState.HasRecipient, SmtpVerb.Ehlo)] = SmtpState.Greeted,
            [(SmtpState.HasRecipient, SmtpVerb.Rcpt)] = SmtpState.HasRecipient,
            [(SmtpState.HasRecipient, SmtpVerb.Data)] = SmtpState.Greeted,
            [(SmtpState.HasRecipient, SmtpVerb.Rset)] = SmtpState.Greeted,
            [(SmtpState.HasRecipient, SmtpVerb.Noop)] = SmtpState.HasRecipient,
            [(SmtpState.HasRecipient, SmtpVerb.Vrfy)] = SmtpState.HasRecipient,
            [(SmtpState.HasRecipient, SmtpVerb.Quit)] = SmtpState.HasRecipient,
        }.ToFrozenDictionary();

    public static bool TryFollow(this SmtpState state, SmtpVerb verb, out SmtpState next) =>
        Table.TryGetValue((state, verb), out next);
}
