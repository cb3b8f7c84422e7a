using MimeKit;

namespace ActionMail.Server.Outbound;

/// <summary>What of a mail goes along with a forward beside the text that is quoted: attachments, attached messages, the pictures of a page.</summary>
internal static class ForwardedParts
{
    /// <summary>The parts without cards; those of which nothing may leave are left out.</summary>
    public static IReadOnlyList<MimeEntity> Of(ReadOnlyMemory<byte> raw) =>
        Parse(raw)?.Body is { } body ? [.. In(body, isText: true).Select(part => CardlessPart.Of(part)).OfType<MimeEntity>()] : [];

    /// <summary>How people call a part.</summary>
    public static string NameOf(MimeEntity part) => part switch
    {
        MessagePart { Message.Subject: { Length: > 0 } subject } => subject,
        { ContentDisposition.FileName: { Length: > 0 } name } => name,
        { ContentType.Name: { Length: > 0 } name } => name,
        _ => part.ContentType.MimeType,
    };

    /// <summary>Null for bytes that are no mail to this parser.</summary>
    public static MimeMessage? Parse(ReadOnlyMemory<byte> raw)
    {
        try
        {
            return MimeMessage.Load(new MemoryStream(raw.ToArray()));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // The first text of a multipart is what the mail says, and is quoted; alternatives say the same in other words. RFC 2046 §5.1.
    private static IEnumerable<MimeEntity> In(MimeEntity part, bool isText) => part switch
    {
        MultipartAlternative alternatives => alternatives.SelectMany(each => In(each, isText)),
        Multipart parts => parts.SelectMany((each, index) => In(each, isText && index == 0)),
        TextPart { IsAttachment: false } when isText => [],
        MimePart when part.ContentType.MimeType.EndsWith("-signature", StringComparison.OrdinalIgnoreCase) => [],     // RFC 1847: of a text that is no longer whole
        _ => [part],
    };
}
