using ActionMail.Mail.Message;
using ActionMail.Protocol.Carriage;

namespace ActionMail.Server.Intake;

/// <summary>
/// A mail as it may leave the platform: without any card. Protocol §1. Like <see cref="MailFacts"/> it joins Mail and Protocol; the command line compiles this file too.
/// </summary>
internal static class CardlessMail
{
    private const int MaxPasses = 8;

    /// <summary>The bytes without any card, the same where there is none; null for a mail whose parts come to light one after the other, made to resist.</summary>
    public static ReadOnlyMemory<byte>? Of(ReadOnlyMemory<byte> raw)
    {
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            var mail = MailMessage.Read(raw);
            var without = mail.WithoutCards(CarriageRemoval.FromHtml);
            if (without.Equals(raw))
                return MailFacts.CardOf(mail) is CarriedCard.None ? raw : null;
            raw = without;
        }
        return null;
    }
}
