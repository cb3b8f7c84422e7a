using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Signing;

namespace ActionMail.Sdk;

/// <summary>
/// A card bound to its provider, sender and recipients by a signature, as a compact JWS (RFC 7515 §7.1). It proves the
/// mail's sender by itself, through relays and from any sending host. Protocol §3.
/// </summary>
public sealed class SignedCard
{
    // The payload is base64url on the wire, never markup: escaping for HTML would only make it longer.
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private SignedCard(SignedCardContent content, string jws)
    {
        Kind = content.Kind;
        Sender = content.Sender;
        Recipients = content.Recipients;
        Jws = jws;
    }

    /// <summary>The language of the card inside.</summary>
    public CardKind Kind { get; }

    /// <summary>The From address that the card is signed for.</summary>
    public string Sender { get; }

    /// <summary>The To and Cc addresses that the card is signed for.</summary>
    public IReadOnlyList<string> Recipients { get; }

    /// <summary>The compact JWS: three parts of base64url with two dots, in one line.</summary>
    public string Jws { get; }

    /// <summary>Signs a card.</summary>
    /// <param name="content">What to sign.</param>
    /// <param name="key">The provider's key; it decides the algorithm.</param>
    /// <param name="time">Tells the time for <c>iat</c> where the content does not.</param>
    /// <exception cref="ArgumentException">
    /// The content would be refused by every reader: the card is no JSON object of its kind, has duplicate members or is
    /// over 200,000 bytes, its originator is another, an address is none, or there is no recipient.
    /// </exception>
    public static SignedCard Create(SignedCardContent content, SigningKey key, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(time);
        RequireReadable(content);

        var issuedAt = content.IssuedAt ?? time.GetUtcNow();
        var signingInput = $"{Part(header => WriteHeader(header, key))}.{Part(payload => WriteClaims(payload, content, issuedAt))}";
        var signature = key.Sign(Encoding.ASCII.GetBytes(signingInput));
        return new(content, $"{signingInput}.{Base64Url.EncodeToString(signature)}");
    }

    private static void RequireReadable(SignedCardContent content)
    {
        CardText.RequireCard(content.CardJson, content.Kind, content.Originator);
        RequireAddress(content.Sender, "sender");
        if (content.Recipients.Count == 0)
            throw new ArgumentException("A signed card needs at least one recipient: every To and Cc address of the mail.");
        foreach (var recipient in content.Recipients)
            RequireAddress(recipient, "recipient");
    }

    private static void RequireAddress(string address, string role)
    {
        if (!EmailAddress.TryParse(address, out _))
            throw new ArgumentException($"The {role} '{address}' is not an address of the form local@domain.");
    }

    private static void WriteHeader(Utf8JsonWriter header, SigningKey key)
    {
        header.WriteString("alg", key.Algorithm.ToString());
        header.WriteString("typ", "JWT");
        header.WriteString("kid", key.PublicKey.Thumbprint);
    }

    private static void WriteClaims(Utf8JsonWriter payload, SignedCardContent content, DateTimeOffset issuedAt)
    {
        var card = content.Kind is CardKind.AdaptiveCard
            ? SignedCardClaims.AdaptiveCardSerialized
            : SignedCardClaims.MessageCardSerialized;
        payload.WriteString(SignedCardClaims.Sender, content.Sender);
        payload.WriteString(SignedCardClaims.Originator, content.Originator);
        payload.WriteString(SignedCardClaims.RecipientsSerialized, RecipientsAsText(content.Recipients));
        payload.WriteString(card, content.CardJson);
        payload.WriteNumber(SignedCardClaims.IssuedAt, issuedAt.ToUnixTimeSeconds());
    }

    private static string RecipientsAsText(IReadOnlyList<string> recipients)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, Json))
        {
            writer.WriteStartArray();
            foreach (var recipient in recipients.Distinct(StringComparer.OrdinalIgnoreCase))
                writer.WriteStringValue(recipient);
            writer.WriteEndArray();
        }
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static string Part(Action<Utf8JsonWriter> write)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, Json))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        return Base64Url.EncodeToString(text.WrittenSpan);
    }
}
