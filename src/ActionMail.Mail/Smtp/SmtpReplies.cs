namespace ActionMail.Mail.Smtp;

/// <summary>Every fixed thing that the receiver says. A stranger reads them: they name no cause inside the house.</summary>
public static class SmtpReplies
{
    /// <summary>354 to DATA.</summary>
    public static SmtpReply SendData { get; } = new(354, null, "Send the message, end it with <CRLF>.<CRLF>");

    /// <summary>220 to STARTTLS.</summary>
    public static SmtpReply BeginTls { get; } = new(220, "2.0.0", "Begin TLS");

    /// <summary>221 to QUIT.</summary>
    public static SmtpReply Bye { get; } = new(221, "2.0.0", "Goodbye");

    /// <summary>250 to RSET and NOOP.</summary>
    public static SmtpReply Ok { get; } = new(250, "2.0.0", "OK");

    /// <summary>250 to MAIL.</summary>
    public static SmtpReply SenderOk { get; } = new(250, "2.1.0", "Sender OK");

    /// <summary>250 to RCPT.</summary>
    public static SmtpReply RecipientOk { get; } = new(250, "2.1.5", "Recipient OK");

    /// <summary>252 to VRFY: the same whoever is asked about, so that nothing can be learned (RFC 5321 §7.3).</summary>
    public static SmtpReply CannotVerify { get; } = new(252, "2.5.0", "Cannot verify; send mail and see");

    /// <summary>421 at the installation's cap, and when it stops.</summary>
    public static SmtpReply Busy { get; } = new(421, "4.3.2", "Too busy, try again later");

    /// <summary>421 when the server stops.</summary>
    public static SmtpReply ShuttingDown { get; } = new(421, "4.3.2", "Shutting down, try again later");

    /// <summary>421 at the cap of one address.</summary>
    public static SmtpReply TooManyConnections { get; } = new(421, "4.7.0", "Too many connections from your address");

    /// <summary>421 when a deadline has passed.</summary>
    public static SmtpReply TooSlow { get; } = new(421, "4.4.2", "Timed out, closing");

    /// <summary>421 when the error budget is spent.</summary>
    public static SmtpReply TooManyErrors { get; } = new(421, "4.7.0", "Too many errors, closing");

    /// <summary>421 when a client guesses addresses.</summary>
    public static SmtpReply TooManyUnknown { get; } = new(421, "4.7.0", "Too many unknown recipients, closing");

    /// <summary>451 when something of ours does not answer now.</summary>
    public static SmtpReply TryLater { get; } = new(451, "4.3.0", "Temporarily unavailable, try again later");

    /// <summary>451 when the DNS does not say who may send for a domain. RFC 3463 §3.5.</summary>
    public static SmtpReply SenderUncertain { get; } = new(451, "4.4.3", "The DNS does not say now who may send this, try again later");

    /// <summary>451 when the DNS does not give the key of a signature. RFC 7372 §3.2 has no such code; 4.7.5 is RFC 3463's for a failure of cryptography.</summary>
    public static SmtpReply KeyUncertain { get; } = new(451, "4.7.5", "The DNS does not give the signature's key now, try again later");

    /// <summary>452 when there is no room for the message now.</summary>
    public static SmtpReply NoRoom { get; } = new(452, "4.3.1", "No room for the message now, try again later");

    /// <summary>452 above the limit of recipients.</summary>
    public static SmtpReply TooManyRecipients { get; } = new(452, "4.5.3", "Too many recipients, send the rest in another transaction");

    /// <summary>500 to a word that is no command.</summary>
    public static SmtpReply UnknownCommand { get; } = new(500, "5.5.1", "Command not recognized");

    /// <summary>500 to a line longer than the limit.</summary>
    public static SmtpReply LineTooLong { get; } = new(500, "5.5.2", "Line too long");

    /// <summary>500 to a command line with a bare CR, a bare LF or a NUL.</summary>
    public static SmtpReply BadLineEnding { get; } = new(500, "5.5.2", "A line ends with CRLF and holds no other CR, LF or NUL");

    /// <summary>501 to arguments that cannot be read.</summary>
    public static SmtpReply BadArguments { get; } = new(501, "5.5.4", "Syntax error in arguments");

    /// <summary>501 to a sender that is no mailbox.</summary>
    public static SmtpReply BadSender { get; } = new(501, "5.1.7", "Bad sender address syntax");

    /// <summary>501 to a recipient that is no mailbox.</summary>
    public static SmtpReply BadRecipient { get; } = new(501, "5.1.3", "Bad recipient address syntax");

    /// <summary>502 to a command that is not performed.</summary>
    public static SmtpReply NotImplemented { get; } = new(502, "5.5.1", "Command not implemented");

    /// <summary>503 to a command at the wrong moment.</summary>
    public static SmtpReply BadSequence { get; } = new(503, "5.5.1", "Bad sequence of commands");

    /// <summary>550 to an address that nobody has here.</summary>
    public static SmtpReply UnknownRecipient { get; } = new(550, "5.1.1", "No such mailbox here");

    /// <summary>550 to mail that would have to be carried elsewhere.</summary>
    public static SmtpReply NoRelay { get; } = new(550, "5.7.1", "Relaying is not allowed");

    /// <summary>550 to a message with a bare CR, a bare LF or a NUL.</summary>
    public static SmtpReply BadDataLineEnding { get; } = new(550, "5.5.2", "Message refused: bare CR, bare LF or NUL in it; closing");

    /// <summary>552 to a message above the limit, announced or received.</summary>
    public static SmtpReply TooLarge { get; } = new(552, "5.3.4", "Message too large");

    /// <summary>553 to a sender with a quoted local part.</summary>
    public static SmtpReply QuotedSender { get; } = new(553, "5.1.7", "Quoted local parts are not accepted");

    /// <summary>553 to a recipient with a quoted local part.</summary>
    public static SmtpReply QuotedRecipient { get; } = new(553, "5.1.3", "Quoted local parts are not accepted");

    /// <summary>553 to an address beyond ASCII in a transaction without SMTPUTF8. RFC 6531 §3.5.</summary>
    public static SmtpReply Utf8NotAsked { get; } = new(553, "5.6.7", "This address needs SMTPUTF8 on MAIL FROM");

    /// <summary>554 to bytes sent before the reply that they depend on was read.</summary>
    public static SmtpReply EarlyTalk { get; } = new(554, "5.5.0", "You talk too early, closing");

    /// <summary>554 to a message with an endless line.</summary>
    public static SmtpReply TextLineTooLong { get; } = new(554, "5.6.0", "Message refused: a line in it is too long");

    /// <summary>554 to DATA without data.</summary>
    public static SmtpReply EmptyMessage { get; } = new(554, "5.6.0", "Message refused: it is empty");

    /// <summary>555 to a parameter that was not offered. RFC 5321 §4.1.1.11.</summary>
    public static SmtpReply UnknownParameter { get; } = new(555, "5.5.4", "Parameter not recognized");

    /// <summary>220, the first words. They name the host and nothing of the software.</summary>
    public static SmtpReply Greeting(string hostname) => new(220, null, hostname + " ESMTP");

    /// <summary>250 to DATA: the message is stored under this id and will not be lost.</summary>
    public static SmtpReply Stored(string id) => new(250, "2.0.0", "Stored as " + id);

    /// <summary>250 to DATA: the message was for the platform itself; the words say what it made of it.</summary>
    public static SmtpReply Taken(string words) => new(250, "2.0.0", "Taken: " + words);

    /// <summary>451 for a fault of ours; the id finds it in the log.</summary>
    public static SmtpReply Fault(string id) => new(451, "4.3.0", "Something went wrong here, try again later; reference " + id);
}
