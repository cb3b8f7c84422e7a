namespace ActionMail.Sdk;

/// <summary>What became of a mail that was handed to an SMTP server: exactly one of the cases below.</summary>
public abstract record SendResult
{
    private SendResult() { }

    /// <summary>The server has taken the mail on itself. <paramref name="Response"/> is its own text.</summary>
    public sealed record Accepted(string Response) : SendResult;

    /// <summary>
    /// The server refused: its reply code (RFC 5321 §4.2.3), its text, and the recipient whom it was about, or null.
    /// Nothing was delivered. Codes from 400 to 499 may be tried again later (<see cref="IsTransient"/>).
    /// </summary>
    public sealed record Refused(int Code, string Text, string? Recipient) : SendResult
    {
        /// <summary>True when the same mail may be accepted later.</summary>
        public bool IsTransient => Code is >= 400 and < 500;
    }

    /// <summary>There was no usable conversation with the server, so the mail is not sent. <paramref name="Why"/> names the cause.</summary>
    public sealed record Unreachable(string Why) : SendResult;

    /// <summary>
    /// The conversation broke while the mail was under way: the server may have it or not. Sending again can make a second
    /// copy; give the cards of both the same <c>correlationId</c>. <paramref name="Why"/> names the cause.
    /// </summary>
    public sealed record Interrupted(string Why) : SendResult;
}
