using System.Text;
using MimeKit.Utils;

namespace ActionMail.Mail.Message;

/// <summary>
/// A received mail, parsed once: what verifies, matches and displays it all look at this one reading (security §B).
/// Every mail can be read and shown as plain mail; one with <see cref="Faults"/> can carry no card.
/// </summary>
public sealed class MailMessage
{
    private readonly HeaderBlock _header;
    private readonly MessagePart _root;
    private readonly Bodies _bodies;
    private PartText? _html;
    private PartText? _text;

    private MailMessage(ReadOnlyMemory<byte> raw, HeaderBlock header, MessagePart root, Bodies bodies)
    {
        Raw = raw;
        _header = header;
        _root = root;
        _bodies = bodies;
    }

    /// <summary>The bytes as received.</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    /// <summary>The header as it was read, for what verifies the mail.</summary>
    internal HeaderBlock Header => _header;

    /// <summary>The structure, for what looks into a part that readers are not shown.</summary>
    internal MessagePart Root => _root;

    /// <summary>What keeps the mail from carrying a card, the reason first; empty for a mail that all parsers read alike.</summary>
    public IReadOnlyList<MessageFinding> Faults { get; private init; } = [];

    /// <summary>Who the mail says it is from. RFC 5322 §3.6.2.</summary>
    public required MailSender From { get; init; }

    /// <summary>The addresses of To in lower case, those alone that are plain mailboxes outside groups.</summary>
    public required IReadOnlyList<string> To { get; init; }

    /// <summary>The addresses of Cc, as in <see cref="To"/>.</summary>
    public required IReadOnlyList<string> Cc { get; init; }

    /// <summary>Where replies are asked to go, as in <see cref="To"/>; empty where the mail does not say, or not for certain. RFC 5322 §3.6.2.</summary>
    public IReadOnlyList<string> ReplyTo => field ??= RecipientLine.Read(_header, FieldName.ReplyTo, MessageLimits.Default, new Findings());

    /// <summary>Whether there is a Cc field, whatever is in it.</summary>
    public bool HasCc => _header.First(FieldName.Cc) is not null;

    /// <summary>The decoded subject on one line; empty where there is none.</summary>
    public string Subject => field ??= Shown(FieldName.Subject) ?? "";

    /// <summary>The Message-ID with its angle brackets, or null where there is none of that form. RFC 5322 §3.6.4.</summary>
    public string? MessageId => field ??= ReadMessageId();

    /// <summary>The Date field, or null where it is absent or no date. RFC 5322 §3.6.1.</summary>
    public DateTimeOffset? Date =>
        _header.First(FieldName.Date) is { } date && DateUtils.TryParse(date.Value.ToArray(), out var read) ? read : null;

    /// <summary>Whether the mail says that a program wrote it by itself: what answers by itself must leave it alone. RFC 3834 §2, §5.</summary>
    public bool IsAutomatic => AutomaticMail.IsSaidBy(_header);

    /// <summary>The HTML that a reader shows, or null: never an attachment, never inside an attached message.</summary>
    public string? HtmlBody => (_html ??= Decode(_bodies.Html))?.Text;

    /// <summary>The plain text of the mail, or null where it has HTML alone.</summary>
    public string? TextBody => (_text ??= Decode(_bodies.Text))?.Text;

    /// <summary><see cref="HtmlBody"/> where a card may be looked for in it (protocol §1), else null.</summary>
    public string? CardHtml => _bodies.CardMayBeHere ? HtmlBody : null;

    /// <summary>Why a card in <see cref="CardHtml"/> must not be read, such as its character set; null where it may (security B-13).</summary>
    public string? CardHtmlFault => HtmlBody is null ? null : _html?.Fault;

    /// <summary>The card parts that stand before the HTML in its multipart/alternative. Protocol §1.</summary>
    public IReadOnlyList<MailCardPart> CardParts => field ??= [.. _bodies.Cards.Select(MailCardPart.From)];

    /// <summary>The first 140 characters or so of what the mail says, on one line.</summary>
    public string Preview => field ??=
        TextBody is { } text ? PreviewText.OfText(text)
        : HtmlBody is { } html ? PreviewText.OfHtml(html)
        : "";

    /// <summary>The first 140 characters or so of the body that a reader shows, which is the HTML where there is one; empty where no word of it is to be seen.</summary>
    public string ShownPreview => HtmlBody is { } html ? PreviewText.OfHtml(html) : Preview;

    /// <summary>
    /// The bytes of the mail without its card parts, and with each HTML part that is no attachment as <paramref name="markup"/> leaves it (it is told the
    /// text and why it must not be read, or null). Everything else stays byte for byte, attached messages too; the same memory where nothing changes.
    /// </summary>
    public ReadOnlyMemory<byte> WithoutCards(Func<string, string?, string> markup) => CardRemoval.From(Raw, _root, markup);

    /// <summary>Reads a mail. Any bytes give a message; what is wrong with them is in <see cref="Faults"/>.</summary>
    public static MailMessage Read(ReadOnlyMemory<byte> raw, MessageLimits? limits = null)
    {
        limits ??= MessageLimits.Default;
        var findings = new Findings();
        var header = HeaderBlock.Read(raw, limits, findings);
        var from = FromLine.Read(header, findings);
        var to = RecipientLine.Read(header, FieldName.To, limits, findings);
        var cc = RecipientLine.Read(header, FieldName.Cc, limits, findings);

        var body = raw[header.Length..];
        CheckBytes(body.Span, findings);
        var root = MimeTree.Read(header, body, limits, findings);
        StructureRules.Check(root, limits, findings);
        var bodies = Bodies.Of(root);
        CheckTransfer([bodies.Html, bodies.Text, .. bodies.Cards], findings);
        return new MailMessage(raw, header, root, bodies) { From = from, To = to, Cc = cc, Faults = findings.InOrder() };
    }

    // A bare CR or LF is a line end to some readers only, and so is what follows it a boundary or not.
    private static void CheckBytes(ReadOnlySpan<byte> body, Findings findings)
    {
        if (HeaderBlock.HasBareLineEnd(body))
            findings.Ambiguous("a bare CR or LF in the body");
        if (body.Contains((byte)0))
            findings.Ambiguous("a NUL in the body");
    }

    private static void CheckTransfer(ReadOnlySpan<MessagePart?> shown, Findings findings)
    {
        foreach (var part in shown)
        {
            if (part is not null && PartText.TransferFault(part) is { } fault)
                findings.Ambiguous(fault);
        }
    }

    private static PartText? Decode(MessagePart? part) => part is null ? null : PartText.Decode(part);

    private string? Shown(FieldName name) => _header.First(name) is { } field ? FieldText.Decode(field.Value) : null;

    private string? ReadMessageId()
    {
        if (_header.First(FieldName.MessageId) is not { } field)
            return null;
        var value = field.Value;
        return value is [(byte)'<', _, .., (byte)'>'] && !value[1..^1].ContainsAny("<> \t"u8) && !value.ContainsAnyExceptInRange((byte)'!', (byte)'~')
            ? Encoding.ASCII.GetString(value)
            : null;
    }
}

/// <summary>
/// A card that came as a MIME part of its own: <paramref name="IsSigned"/> for <c>application/adaptivecard+jws</c>.
/// <paramref name="Fault"/> says why its text must not be read as a card, or is null.
/// </summary>
public sealed record MailCardPart(bool IsSigned, string Text, string? Fault)
{
    internal static MailCardPart From(MessagePart part)
    {
        var (text, fault) = PartText.Decode(part);
        return new(part.ContentType.Value.EndsWith("+jws", StringComparison.Ordinal), text, fault);
    }
}
