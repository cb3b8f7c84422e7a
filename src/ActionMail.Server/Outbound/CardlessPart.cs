using ActionMail.Server.Intake;
using MimeKit;

namespace ActionMail.Server.Outbound;

/// <summary>
/// A part of a mail as it may be forwarded: card parts are gone, pages and attached messages lose the cards in them, however deep. Protocol §1, security B-11.
/// </summary>
internal static class CardlessPart
{
    private const int MaxDepth = 32;

    /// <summary>The part without cards, or null where nothing of it may leave.</summary>
    public static MimeEntity? Of(MimeEntity part, int depth = 0) => part switch
    {
        _ when depth > MaxDepth => null,
        Multipart parts => OfAll(parts, depth + 1),
        MessagePart { Message: { } message } attached => OfMessage(message, attached.ContentDisposition, depth + 1),
        MessagePart or MessagePartial => null,      // a piece of a message says what it carries only when it is put together
        MimePart { Content: null } => null,
        MimePart mime when IsCard(mime) => null,
        MimePart mime when IsMessage(mime) => Read(mime) is { } message ? OfMessage(message, mime.ContentDisposition, depth + 1) : null,
        MimePart mime when mime.ContentType.IsMimeType("text", "html") => OfPage(mime),
        _ => part,
    };

    private static Multipart OfAll(Multipart parts, int depth)
    {
        for (var i = parts.Count - 1; i >= 0; i--)
        {
            if (Of(parts[i], depth) is { } cardless)
                parts[i] = cardless;
            else
                parts.RemoveAt(i);
        }
        if (parts.Count == 0)
            parts.Add(new TextPart("plain") { Text = "" });     // RFC 2046 §5.1: one part at least
        return parts;
    }

    private static MessagePart? OfMessage(MimeMessage message, ContentDisposition? disposition, int depth)
    {
        if (message.Body is not null)
            message.Body = Of(message.Body, depth) ?? new TextPart("plain") { Text = "" };
        // Read once more as a whole, as an inbox would if it came by itself.
        return CardlessMail.Of(MailBytes.Of(message)) is { } without && Parse(without) is { } cardless
            ? new MessagePart("rfc822") { Message = cardless, ContentDisposition = disposition ?? new(ContentDisposition.Attachment) }
            : null;
    }

    // As the body of a mail, which a page that is an attachment is none of: an attachment is nowhere searched for a card.
    private static MimeEntity? OfPage(MimePart page)
    {
        var disposition = page.ContentDisposition;
        page.ContentDisposition = null;
        if (CardlessMail.Of(MailBytes.Of(page)) is not { } without)
            return null;
        var cardless = MimeEntity.Load(new MemoryStream(without.ToArray()));
        cardless.ContentDisposition = disposition;
        return cardless;
    }

    private static bool IsCard(MimePart part) => part.ContentType.MimeType.StartsWith("application/adaptivecard", StringComparison.OrdinalIgnoreCase);

    // An attached message that was encoded, which RFC 2046 §5.2.1 forbids and some readers open.
    private static bool IsMessage(MimePart part) => part.ContentType.IsMimeType("message", "rfc822") || part.ContentType.IsMimeType("message", "global");

    private static MimeMessage? Read(MimePart part)
    {
        using var content = new MemoryStream();
        part.Content!.DecodeTo(content);
        return Parse(content.ToArray());
    }

    private static MimeMessage? Parse(ReadOnlyMemory<byte> bytes) => ForwardedParts.Parse(bytes);
}

/// <summary>A part or a mail as bytes on the wire.</summary>
internal static class MailBytes
{
    private static readonly FormatOptions Wire = new() { NewLineFormat = NewLineFormat.Dos, EnsureNewLine = true };

    public static byte[] Of(MimeEntity part)
    {
        using var bytes = new MemoryStream();
        part.WriteTo(Wire, bytes);
        return bytes.ToArray();
    }

    public static byte[] Of(MimeMessage mail)
    {
        using var bytes = new MemoryStream();
        mail.WriteTo(Wire, bytes);
        return bytes.ToArray();
    }
}
