using ActionMail.Protocol.Cards;
using MimeKit;
using MimeKit.Utils;

namespace ActionMail.Sdk;

/// <summary>
/// A mail with a card: what to write, to whom, and the bodies that a reader without cards shows instead. Becomes a
/// multipart/alternative of text/plain and text/html, in UTF-8 and in lines that any SMTP server takes. Protocol §1.
/// </summary>
public sealed record ActionableMail
{
    /// <summary>The sender; its address must be one of the provider's registered senders.</summary>
    public required MailboxAddress From { get; init; }

    /// <summary>The recipients, at least one. A card is shown to nobody else than To and Cc.</summary>
    public required IReadOnlyList<MailboxAddress> To { get; init; }

    /// <summary>Further visible recipients. Default none.</summary>
    public IReadOnlyList<MailboxAddress> Cc { get; init; } = [];

    /// <summary>The subject.</summary>
    public required string Subject { get; init; }

    /// <summary>
    /// What is shown where cards are not: a whole HTML document, or only what stands inside its body. Make it say all that
    /// the card says, with a link to where the same can be done.
    /// </summary>
    public required string HtmlBody { get; init; }

    /// <summary>The same as plain text.</summary>
    public required string TextBody { get; init; }

    /// <summary>The card, as JSON text.</summary>
    public required string CardJson { get; init; }

    /// <summary>The language of the card. Default Adaptive Card.</summary>
    public CardKind CardKind { get; init; } = CardKind.AdaptiveCard;

    /// <summary>Signs the card for this mail's sender and recipients, and writes the mail.</summary>
    /// <param name="originator">The provider id of the registration.</param>
    /// <param name="key">The provider's key.</param>
    /// <param name="time">Tells the time for <c>Date</c> and <c>iat</c>.</param>
    /// <returns>The mail, with a Message-ID and a Date of its own: write it anew for each sending.</returns>
    /// <exception cref="ArgumentException">The mail or its card would be refused by every reader; the text says why.</exception>
    public MimeMessage ToSignedMessage(string originator, SigningKey key, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var now = time.GetUtcNow();
        var card = SignedCard.Create(new SignedCardContent
        {
            CardJson = CardJson,
            Kind = CardKind,
            Originator = originator,
            Sender = From.Address,
            Recipients = [.. To.Concat(Cc).Select(mailbox => mailbox.Address)],
            IssuedAt = now,
        }, key, time);
        return Write(CardMarkup.WithSigned(HtmlBody, Subject, card), now);
    }

    /// <summary>
    /// Writes the mail with the card unsigned. It is shown only where the mail itself proves its sender by DKIM or SPF
    /// (protocol §2), which a mail that goes through a relay often does not.
    /// </summary>
    /// <param name="time">Tells the time for <c>Date</c>.</param>
    /// <exception cref="ArgumentException">The mail or its card would be refused by every reader; the text says why.</exception>
    public MimeMessage ToUnsignedMessage(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        CardText.RequireCard(CardJson, CardKind, originator: null);
        return Write(CardMarkup.WithUnsigned(HtmlBody, Subject, CardJson, CardKind), time.GetUtcNow());
    }

    private MimeMessage Write(string html, DateTimeOffset now)
    {
        if (To.Count == 0)
            throw new ArgumentException("The mail has no To address.");
        var message = new MimeMessage { Subject = Subject, Date = now, Body = Alternatives(html) };
        message.From.Add(From);
        message.To.AddRange(To);
        message.Cc.AddRange(Cc);
        message.MessageId = MimeUtils.GenerateMessageId(From.Domain);
        return message;
    }

    // RFC 2046 §5.1.4: the plainest first. Quoted-printable keeps a JWS of any length within RFC 5321's 998 octets a line.
    private MultipartAlternative Alternatives(string html) =>
    [
        new TextPart("plain") { Text = TextBody, ContentTransferEncoding = ContentEncoding.QuotedPrintable },
        new TextPart("html") { Text = html, ContentTransferEncoding = ContentEncoding.QuotedPrintable },
    ];
}
