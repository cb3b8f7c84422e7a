using System.Net;
using ActionMail.Cli.Cards;
using ActionMail.Sdk;
using MimeKit;
using MimeKit.Utils;

namespace ActionMail.Cli.Messages;

/// <summary>A mail from what was typed: with a card by the SDK, without one by hand.</summary>
internal static class Letter
{
    /// <summary>A mail with a card. Without HTML of its own it says what the card says first.</summary>
    public static ActionableMail Actionable(string from, string[] to, string[] cc, string subject, string? html, CardFile card)
    {
        var body = html ?? $"<p>{WebUtility.HtmlEncode(card.Summary.Length > 0 ? card.Summary : "This message carries a card.")}</p>";
        return new()
        {
            From = Mailbox(from),
            To = [.. to.Select(Mailbox)],
            Cc = [.. cc.Select(Mailbox)],
            Subject = subject,
            HtmlBody = body,
            TextBody = PlainText.Of(body),
            CardJson = card.Json,
            CardKind = card.Kind,
        };
    }

    /// <summary>An ordinary mail.</summary>
    public static MimeMessage Plain(string from, string[] to, string[] cc, string subject, string html, TimeProvider time)
    {
        var message = new MimeMessage
        {
            Subject = subject,
            Date = time.GetUtcNow(),
            Body = new BodyBuilder { HtmlBody = html, TextBody = PlainText.Of(html) }.ToMessageBody(),
        };
        message.From.Add(Mailbox(from));
        message.To.AddRange(to.Select(Mailbox));
        message.Cc.AddRange(cc.Select(Mailbox));
        message.MessageId = MimeUtils.GenerateMessageId(Mailbox(from).Domain);
        return message;
    }

    private static MailboxAddress Mailbox(string address) => new("", address);
}
