using ActionMail.Mail.Message;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Carriage;
using ActionMail.Protocol.Verdicts;

namespace ActionMail.Server.Intake;

/// <summary>
/// The one place where a parsed mail becomes what a decision asks for. Mail and Protocol do not know each other; the command line compiles this file too.
/// </summary>
internal static class MailFacts
{
    public static MessageFacts Of(MailMessage mail)
    {
        EmailAddress? from = EmailAddress.TryParse(mail.From.Address, out var address) ? address : null;
        var faults = mail.Faults.Select(finding => new Check(ReasonOf(finding.Fault), CheckOutcome.Fail, finding.Detail)).ToList();
        // An address with letters of other scripts is a fine sender of plain mail, but nothing is decided by it.
        if (from is null && faults.Count == 0)
            faults.Add(new(Reason.FromMalformed, CheckOutcome.Fail, "the From address is not a plain ASCII address"));
        return new()
        {
            From = from,
            Faults = [.. faults],
            Date = mail.Date,
            VisibleRecipients = [.. mail.To.Concat(mail.Cc).SelectMany(text => EmailAddress.TryParse(text, out var recipient) ? [recipient] : Array.Empty<EmailAddress>())],
        };
    }

    public static CarriedCard CardOf(MailMessage mail) => CardFinder.Find(
        mail.CardHtml,
        [.. mail.CardParts.Select(part => new CardPart(part.IsSigned, part.Text, part.Fault))],
        mail.CardHtmlFault);

    private static Reason ReasonOf(MessageFault fault) => fault switch
    {
        MessageFault.MessageMalformed => Reason.MessageMalformed,
        MessageFault.FromMissing => Reason.FromMissing,
        MessageFault.FromMultiple => Reason.FromMultiple,
        MessageFault.FromMalformed => Reason.FromMalformed,
        MessageFault.MessageAmbiguous => Reason.MessageAmbiguous,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
