using ActionMail.Mail.Message;
using ActionMail.Protocol.Carriage;
using ActionMail.Protocol.Verdicts;

namespace ActionMail.Server.Intake;

/// <summary>A mail to the platform itself, verified like any mail.</summary>
internal sealed record MailToPlatform(
    MailMessage Mail, SmtpEnvelope Envelope, CarriedCard Carried, MessageFacts Facts, VerifiedSender? Sender, DateTimeOffset ArrivedAt)
{
    /// <summary>Whether a session proves the sender: it was written here.</summary>
    public bool IsFromSession { get; init; }

    /// <summary>Whether SPF or DKIM passed for the domain in From.</summary>
    public bool IsAligned =>
        Facts.Faults.IsEmpty && Facts.Sender is { } sender
        && (sender.Spf is { Result: MechanismResult.Pass, IsAligned: true } || sender.Dkim.Any(signature => signature is { Result: MechanismResult.Pass, IsAligned: true }));

    public bool IsSenderProven => IsFromSession || IsAligned;

    /// <summary>RFC 3834 §2: what came with a null sender or was written by a program is never answered.</summary>
    public bool IsAutomatic => !IsFromSession && (Envelope.MailFrom.Length == 0 || Mail.IsAutomatic);
}
