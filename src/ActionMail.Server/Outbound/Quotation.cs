using System.Globalization;
using System.Net;
using System.Text;
using ActionMail.Mail.Message;
using ActionMail.Server.Inbox;

namespace ActionMail.Server.Outbound;

/// <summary>
/// The answered mail below an answer, as text and as HTML. The HTML is what the inbox shows: sanitized, without anything that loads, and without the places of a card.
/// </summary>
internal sealed record Quotation(string Text, string Html)
{
    public static Quotation Of(MailMessage mail, AnswerKind kind, DateTimeOffset receivedAt)
    {
        var html = mail.HtmlBody is { } markup ? HtmlBody.Sanitize(markup).Html : PlainBody.Render(mail.TextBody ?? "");
        var text = mail.TextBody ?? PageBounds.TextOf(html);
        return kind == AnswerKind.Forward ? Forwarded(Head(mail, receivedAt), text, html) : Quoted(Attribution(mail, receivedAt), text, html);
    }

    private static Quotation Quoted(string attribution, string text, string html) => new(
        $"{attribution}\r\n{Prefixed(text)}",
        $"<p>{Encoded(attribution)}</p>\n<blockquote style=\"margin:0 0 0 4px;padding:0 0 0 12px;border-left:2px solid #c7c7c7\">\n{html}\n</blockquote>");

    private static Quotation Forwarded(List<(string Name, string Value)> head, string text, string html) => new(
        $"---------- Forwarded message ----------\r\n{string.Concat(head.Select(line => $"{line.Name}: {line.Value}\r\n"))}\r\n{text.ReplaceLineEndings("\r\n")}",
        $"<hr>\n<p>{string.Join("<br>\n", head.Select(line => $"<b>{line.Name}:</b> {Encoded(line.Value)}"))}</p>\n<div>\n{html}\n</div>");

    private static List<(string Name, string Value)> Head(MailMessage mail, DateTimeOffset receivedAt) =>
    [
        ("From", SenderOf(mail)),
        ("Date", Time(mail.Date ?? receivedAt)),
        ("Subject", mail.Subject),
        .. mail.To.Count > 0 ? [("To", string.Join(", ", mail.To))] : Array.Empty<(string, string)>(),
        .. mail.Cc.Count > 0 ? [("Cc", string.Join(", ", mail.Cc))] : Array.Empty<(string, string)>(),
    ];

    private static string Attribution(MailMessage mail, DateTimeOffset receivedAt) => $"On {Time(mail.Date ?? receivedAt)}, {SenderOf(mail)} wrote:";

    private static string SenderOf(MailMessage mail) =>
        mail.From.Address is { } address && mail.From.Shown != address ? $"{mail.From.Shown} <{address}>" : mail.From.Shown;

    private static string Time(DateTimeOffset time) => time.ToString("ddd, d MMM yyyy HH:mm zzz", CultureInfo.InvariantCulture);

    // RFC 3676 §4.5: one mark more in front of what has marks already.
    private static string Prefixed(string text)
    {
        var quoted = new StringBuilder(text.Length + 64);
        foreach (var line in text.AsSpan().EnumerateLines())
            quoted.Append(line.StartsWith('>') ? ">" : "> ").Append(line.TrimEnd()).Append("\r\n");
        return quoted.ToString();
    }

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
