using System.Net;
using ActionMail.Mail.Smtp;

namespace ActionMail.Server.Intake;

/// <summary>The two things that a connection asks the house.</summary>
/// <param name="FindRecipient">Whether somebody has the address.</param>
/// <param name="Accept">
/// Stores a message; <c>Stored</c> only when it is durable. The bytes are the connection's again when the task has ended.
/// </param>
internal sealed record SmtpIntake(
    Func<string, CancellationToken, ValueTask<RecipientAnswer>> FindRecipient,
    Func<SmtpEnvelope, ReadOnlyMemory<byte>, CancellationToken, Task<AcceptanceAnswer>> Accept);

/// <summary>What the conversation said about a message.</summary>
/// <param name="MailFrom">The reverse path, "" for the null sender.</param>
/// <param name="Recipients">The accepted recipients, each once, as the client wrote them.</param>
/// <param name="ClientAddress">Where the socket is connected to, an IPv4-mapped address as IPv4; never what the client claims.</param>
/// <param name="Helo">The name that the client gave itself.</param>
/// <param name="Tls">Whether the message came over TLS.</param>
/// <param name="Utf8">Whether SMTPUTF8 was asked for.</param>
/// <param name="SessionId">The connection's id in the logs.</param>
internal sealed record SmtpEnvelope(
    string MailFrom, IReadOnlyList<string> Recipients, IPAddress ClientAddress, string Helo, bool Tls, bool Utf8, string SessionId);

/// <summary>What became of a message.</summary>
internal abstract record AcceptanceAnswer
{
    private AcceptanceAnswer() { }

    /// <summary>It is durable: 250 with the id.</summary>
    public sealed record Stored(string Id) : AcceptanceAnswer;

    /// <summary>It was for the platform alone, which has done with it what the words say: 250 with them.</summary>
    public sealed record Taken(string Words) : AcceptanceAnswer;

    /// <summary>It is refused for good, in these words.</summary>
    public sealed record Rejected(SmtpReply Reply) : AcceptanceAnswer;

    /// <summary>The DNS could not say who sent it, and its card must not be judged by halves: 451 in these words. Protocol §2.</summary>
    public sealed record SenderUncertain(SmtpReply Reply) : AcceptanceAnswer;

    /// <summary>It cannot be stored now: 451.</summary>
    public sealed record TryLater : AcceptanceAnswer;
}
