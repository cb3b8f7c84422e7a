using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ActionMail.Protocol.Cards.MessageCards;

/// <summary>
/// A MessageCard as an Adaptive Card: <paramref name="Json"/> is the Adaptive Card, <paramref name="Losses"/> says what has no place in it.
/// Protocol §4.
/// </summary>
public sealed record MessageCardConversion(JsonNode Json, ImmutableArray<MessageCardLoss> Losses)
{
    // A part stands a few levels deeper in an Adaptive Card than it did.
    internal const int MaxDepth = 1000;

    /// <summary>
    /// The card for a page of ours, which holds nothing of what is called: an action that the platform carries out has <c>actionId</c>, and <c>inputIds</c>, the
    /// inputs whose values it takes. On the card, <c>themeColor</c> is its accent as #RRGGBB. A date with a time is <c>ActionMail.Input.DateTime</c>. What the losses say
    /// is what nobody sees here.
    /// </summary>
    public static MessageCardConversion ForDisplay(Card card) => Convert(card, isForDisplay: true);

    /// <summary>
    /// The card for a sender who leaves MessageCard behind: version 1.0 with the real actions, which every client that draws <c>Action.Http</c> shows. The losses
    /// say what no such card can express.
    /// </summary>
    public static MessageCardConversion ForMigration(Card card) => Convert(card, isForDisplay: false);

    private static MessageCardConversion Convert(Card card, bool isForDisplay)
    {
        ArgumentNullException.ThrowIfNull(card);
        if (card.Kind != CardKind.MessageCard)
            throw new ArgumentException("the card is no MessageCard", nameof(card));
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        var output = new ConversionOutput(json, card, isForDisplay);
        new BodyConversion(output).Write();
        json.Flush();
        return JsonText.Read(buffer.WrittenMemory, MaxDepth) is JsonTextReading.Read(var text)
            ? new(text.Root, output.Losses)
            : throw new UnreachableException();
    }

    /// <summary>The Adaptive Card's text, indented.</summary>
    public override string ToString()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            JsonElement.Parse(Json.RawBytes, new JsonDocumentOptions { MaxDepth = MaxDepth }).WriteTo(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
