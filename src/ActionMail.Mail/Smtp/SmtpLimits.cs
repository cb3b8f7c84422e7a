namespace ActionMail.Mail.Smtp;

/// <summary>What a conversation is told beforehand.</summary>
/// <param name="Hostname">The name that the receiver gives itself.</param>
public sealed record SmtpLimits(string Hostname)
{
    /// <summary>Largest message, in bytes, as announced with SIZE and as received. Default 10 MiB.</summary>
    public long MaxMessageBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Longest line of a message, in bytes with its CRLF. Default 2048.</summary>
    public int MaxTextLineBytes { get; init; } = 2048;

    /// <summary>Recipients of one message. Default 1000.</summary>
    public int MaxRecipients { get; init; } = 1000;

    /// <summary>Refused commands before the conversation is ended. Default 20.</summary>
    public int MaxErrors { get; init; } = 20;

    /// <summary>Unknown recipients before the conversation is ended. Default 10.</summary>
    public int MaxUnknownRecipients { get; init; } = 10;

    /// <summary>Whether STARTTLS is offered: there is a certificate. Default false.</summary>
    public bool OffersTls { get; init; }
}
