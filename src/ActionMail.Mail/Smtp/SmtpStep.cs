namespace ActionMail.Mail.Smtp;

/// <summary>What a line means for the one who holds the connection.</summary>
public abstract record SmtpStep
{
    private SmtpStep() { }

    /// <summary>Say this and read on.</summary>
    public sealed record Reply(SmtpReply Words) : SmtpStep;

    /// <summary>Ask the house about the address, then tell <see cref="SmtpConversation.RecipientAnswered"/>.</summary>
    public sealed record AskRecipient(string Address) : SmtpStep;

    /// <summary>Say this and decode the message that follows, then tell <see cref="SmtpConversation.DataEnded"/>.</summary>
    public sealed record ReceiveData(SmtpReply Words) : SmtpStep;

    /// <summary>The message is whole: have it stored, and say 250 only when it is.</summary>
    /// <param name="Sender">The reverse path, "" for the null sender.</param>
    /// <param name="Recipients">The accepted recipients in their order, each once.</param>
    /// <param name="Utf8">Whether the transaction was opened with SMTPUTF8.</param>
    public sealed record Accept(string Sender, IReadOnlyList<string> Recipients, bool Utf8) : SmtpStep;

    /// <summary>Say this and begin TLS, then tell <see cref="SmtpConversation.TlsStarted"/>.</summary>
    public sealed record StartTls(SmtpReply Words) : SmtpStep;

    /// <summary>Say this and close: the client has nothing more to say.</summary>
    public sealed record Quit(SmtpReply Words) : SmtpStep;

    /// <summary>Say this and close on a client that may still be talking; whatever has arrived behind is never executed.</summary>
    public sealed record HangUp(SmtpReply Words) : SmtpStep;
}
