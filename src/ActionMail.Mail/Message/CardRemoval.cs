using System.Text;
using MimeKit.Encodings;

namespace ActionMail.Mail.Message;

/// <summary>Takes the cards out of a mail's bytes and leaves the rest where it is. Protocol §1: no card leaves the platform in a reply or a forward.</summary>
internal sealed class CardRemoval(Func<string, string?, string> markup)
{
    private readonly List<(int Begin, int End, byte[] Instead)> _changes = [];

    public static ReadOnlyMemory<byte> From(ReadOnlyMemory<byte> raw, MessagePart root, Func<string, string?, string> markup)
    {
        var removal = new CardRemoval(markup);
        removal.Visit(root);
        return removal._changes.Count == 0 ? raw : removal.Apply(raw.Span);
    }

    private void Visit(MessagePart part)
    {
        if (part.IsAttachment)
            return;
        if (!part.ContentType.IsMultipart)
        {
            if (part.ContentType.Value == "text/html")
                Rewrite(part);
            return;
        }
        if (part.Children.Exists(IsCard))
            CutCards(part.Children);
        foreach (var child in part.Children.Where(child => !IsCard(child)))
            Visit(child);
    }

    private static bool IsCard(MessagePart part) => part.IsCard && !part.IsAttachment;

    // A part goes with the boundary line behind it; the last ones with the line before them, since the closing one must stay.
    private void CutCards(List<MessagePart> children)
    {
        var kept = children.FindLastIndex(child => !IsCard(child));
        for (var i = 0; i < kept; i++)
        {
            if (IsCard(children[i]))
                Change(children[i].Place.Begin, children[i + 1].Place.Begin, []);
        }
        if (kept < 0)
            Change(children[0].Place.Begin, children[^1].Place.End, "\r\n"u8.ToArray());     // RFC 2046 §5.1: one part at least, an empty text
        else if (kept < children.Count - 1)
            Change(children[kept].Place.End, children[^1].Place.End, []);
    }

    private void Rewrite(MessagePart part)
    {
        var (text, encoding) = PartText.DecodeMarkup(part);
        var without = markup(text, PartText.Decode(part).Fault);
        if (!ReferenceEquals(text, without))
            Change(part.Place.Content, part.Place.End, Encode(encoding.GetBytes(without), part.Encoding));
    }

    private static byte[] Encode(byte[] bytes, string transferEncoding) => transferEncoding switch
    {
        "base64" => EncodeWith(new Base64Encoder(), bytes),
        "quoted-printable" => WithoutLeadingDashes(EncodeWith(new QuotedPrintableEncoder(72), bytes)),
        _ => bytes,
    };

    private static byte[] EncodeWith(IMimeEncoder encoder, byte[] bytes)
    {
        var encoded = new byte[encoder.EstimateOutputLength(bytes.Length)];
        return Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(encoded, 0, encoder.Flush(bytes, 0, bytes.Length, encoded)).ReplaceLineEndings("\r\n"));
    }

    // A soft line break may fall before dashes, and the line must not become a boundary.
    private static byte[] WithoutLeadingDashes(byte[] encoded) =>
        Encoding.Latin1.GetBytes(("\r\n" + Encoding.Latin1.GetString(encoded)).Replace("\r\n--", "\r\n=2D-", StringComparison.Ordinal)[2..]);

    private void Change(int begin, int end, byte[] instead) => _changes.Add((begin, end, instead));

    private byte[] Apply(ReadOnlySpan<byte> raw)
    {
        var (result, at) = (new MemoryStream(raw.Length), 0);
        foreach (var (begin, end, instead) in _changes.OrderBy(change => change.Begin))
        {
            // The parts of a damaged mail may overlap; what is cut twice is cut once.
            result.Write(raw[at..Math.Max(at, begin)]);
            result.Write(instead);
            at = Math.Max(at, end);
        }
        result.Write(raw[at..]);
        return result.ToArray();
    }
}
