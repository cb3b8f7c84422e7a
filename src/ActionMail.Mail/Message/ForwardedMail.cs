namespace ActionMail.Mail.Message;

/// <summary>
/// Whether a mail was forwarded by somebody's mail program, which leaves a card behind. Nothing in a mail says so for certain; these are the traces that the usual programs
/// leave, and they are believed only to explain why something is missing.
/// </summary>
public static class ForwardedMail
{
    private const int MostText = 64 * 1024;

    private static readonly string[] SubjectMarks = ["fwd:", "fw:", "wg:", "tr:", "rv:", "i:", "enc:", "vs:", "转发:"];

    private static readonly string[] TextMarks =
    [
        "---------- forwarded message", "-----original message-----", "begin forwarded message:", "-------- forwarded message --------", "----- forwarded message",
        "________________________________\r\nfrom:",
    ];

    /// <summary>What shows that the mail was forwarded, in words; null where nothing does.</summary>
    public static string? TraceIn(MailMessage mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        if (Array.Find(SubjectMarks, mark => mail.Subject.StartsWith(mark, StringComparison.OrdinalIgnoreCase)) is not null)
            return "its subject begins with the mark of a forward";
        if (HasAttachedMessage(mail.Root))
            return "it carries another mail as an attachment";
        var text = mail.TextBody ?? mail.HtmlBody ?? "";
        var begin = text[..Math.Min(text.Length, MostText)];
        if (Array.Find(TextMarks, mark => begin.Contains(mark, StringComparison.OrdinalIgnoreCase)) is not null)
            return "its text has the heading of a forwarded message";
        return mail.Header.Fields.Any(field => IsNamed(field, "Resent-From"u8) || IsNamed(field, "References"u8) || IsNamed(field, "In-Reply-To"u8))
            ? "it refers to an earlier message"
            : null;
    }

    private static bool HasAttachedMessage(MessagePart part) => part.ContentType.Value == "message/rfc822" || part.Children.Exists(HasAttachedMessage);

    private static bool IsNamed(HeaderField field, ReadOnlySpan<byte> name) => System.Text.Ascii.EqualsIgnoreCase(field.WrittenName, name);
}
