using ActionMail.Mail.Message;
using ActionMail.Protocol.Addresses;
using ActionMail.Server.Inbox;
using ActionMail.Server.Intake;
using MimeKit;

namespace ActionMail.Server.Outbound;

/// <summary>All that an answer is made of.</summary>
internal sealed record Letter(Draft Draft, DraftReading Recipients, EmailAddress From, string FromName, MailMessage Answered, DateTimeOffset AnsweredAt, DateTimeOffset SentAt)
{
    /// <summary>From the form's id: however often the mail is sent, it is known to be the same. RFC 5322 §3.6.4.</summary>
    public string MessageId => $"{Draft.Id:N}@{From.Domain}";
}

/// <summary>Writes an answer: the text, the quoted mail and, in a forward, its parts. Whatever was answered, the bytes carry no card.</summary>
internal static class LetterWriter
{
    /// <summary>The bytes, or null where the answered mail is made so that its cards cannot be taken out.</summary>
    public static ReadOnlyMemory<byte>? Write(Letter letter)
    {
        var mail = new MimeMessage { Subject = letter.Draft.Subject, Date = letter.SentAt, MessageId = letter.MessageId, Body = BodyOf(letter) };
        mail.From.Add(new MailboxAddress(letter.FromName, letter.From.ToString()));
        mail.To.AddRange(letter.Recipients.To.Select(Mailbox));
        mail.Cc.AddRange(letter.Recipients.Cc.Except(letter.Recipients.To).Select(Mailbox));
        if (letter.Draft.Kind != AnswerKind.Forward)
            AddThread(mail, ReplyThread.To(letter.Answered));
        mail.Prepare(EncodingConstraint.SevenBit);
        return CardlessMail.Of(MailBytes.Of(mail));
    }

    private static MailboxAddress Mailbox(EmailAddress address) => new("", address.ToString());

    private static void AddThread(MimeMessage mail, ReplyThread thread)
    {
        if (thread.InReplyTo is not { } answered)
            return;
        mail.Headers.Add(HeaderId.InReplyTo, answered);
        mail.Headers.Add(HeaderId.References, string.Join(' ', thread.References));
    }

    private static MimeEntity BodyOf(Letter letter)
    {
        var quotation = Quotation.Of(letter.Answered, letter.Draft.Kind, letter.AnsweredAt);
        var text = letter.Draft.Text.ReplaceLineEndings("\r\n");
        MimeEntity said = new MultipartAlternative
        {
            Text("plain", $"{text}\r\n\r\n{quotation.Text}"),
            Text("html", $"<!DOCTYPE html>\n<html>\n<head><meta charset=\"utf-8\"></head>\n<body>\n{PlainBody.Render(text)}\n{quotation.Html}\n</body>\n</html>\n"),
        };
        var parts = letter.Draft.Kind == AnswerKind.Forward ? ForwardedParts.Of(letter.Answered.Raw) : [];
        if (parts.Count == 0)
            return said;
        var all = new Multipart("mixed") { said };
        foreach (var part in parts)
            all.Add(AsAttachment(part));
        return all;
    }

    // A picture that a page drew inline would otherwise stand beside the text with nothing to say where.
    private static MimeEntity AsAttachment(MimeEntity part)
    {
        part.ContentDisposition ??= new();
        part.ContentDisposition.Disposition = ContentDisposition.Attachment;
        return part;
    }

    private static TextPart Text(string subtype, string text)
    {
        var part = new TextPart(subtype) { ContentTransferEncoding = ContentEncoding.QuotedPrintable };
        part.SetText(System.Text.Encoding.UTF8, text);
        return part;
    }
}
