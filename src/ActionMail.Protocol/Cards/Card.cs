using System.Collections.Immutable;
using System.Text;
using ActionMail.Protocol.Cards.MessageCards;
using ActionMail.Protocol.Cards.Model;

namespace ActionMail.Protocol.Cards;

/// <summary>
/// A card that was read and may be shown: its JSON, unknown members kept, and what the platform must know of it. Immutable.
/// Protocol §4.
/// </summary>
public sealed class Card
{
    internal Card(CardTree parts, ImmutableArray<CardAction> actions, ImmutableDictionary<string, CardInput> inputs)
    {
        Parts = parts;
        Actions = actions;
        Inputs = inputs;
    }

    /// <summary>Which of the two card languages it is written in.</summary>
    public CardKind Kind => MessageParts is null ? CardKind.AdaptiveCard : CardKind.MessageCard;

    /// <summary>The card as it came, strictly read.</summary>
    public JsonNode Json => Parts.Json;

    /// <summary>Its elements, inputs and actions with their pieces, in the order of the text; of a MessageCard, which has parts of its own, the card alone.</summary>
    public CardTree Parts { get; }

    /// <summary>The version that the card says it is of; null when it says none that can be read, as real senders do.</summary>
    public CardVersion? Version => Parts.Version;

    /// <summary>Every action in the order of the text, the <c>autoInvokeAction</c> among them.</summary>
    public ImmutableArray<CardAction> Actions { get; }

    /// <summary>The inputs by id, letter case aside.</summary>
    public ImmutableDictionary<string, CardInput> Inputs { get; }

    /// <summary>The provider id that the card names, or null.</summary>
    public string? Originator => Json["originator"u8].Text;

    /// <summary>The card's own id for the <c>Card-Correlation-Id</c> header, or null.</summary>
    public string? CorrelationId => Json["correlationId"u8].Text;

    /// <summary>The addresses of which the actor must have one; empty when anybody may act who has the mail. Protocol §5.</summary>
    public ImmutableArray<string> ExpectedActors => TextsOf(Json["expectedActors"u8]);

    /// <summary>Whether the body of the mail is left out beside the card. Senders write a boolean or its text.</summary>
    public bool HideOriginalBody => Json["hideOriginalBody"u8].IsTrue;

    /// <summary>What is called when the message is opened, or null.</summary>
    public CardAction.Http? AutoInvoke => FindAction(CardAction.AutoInvokeId) as CardAction.Http;

    /// <summary>A line for a list: the card's headline, else its first text, else what it says where it cannot be drawn.</summary>
    public string Summary => Kind == CardKind.MessageCard ? CardSummary.OfMessageCard(Json) : CardSummary.Of(Json);

    /// <summary>Where the actions and inputs of a MessageCard stand; null for an Adaptive Card.</summary>
    internal MessageCardParts? MessageParts { get; init; }

    /// <summary>Reads a card's text.</summary>
    public static CardReading Read(string text, CardLimits limits)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(Encoding.UTF8.GetBytes(text), limits);
    }

    /// <summary>Reads a card's UTF-8 text. Time is linear in the length; every text gives one of the documented results.</summary>
    public static CardReading Read(ReadOnlyMemory<byte> utf8, CardLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (utf8.Length > limits.MaxBytes)
            return new CardReading.TooLarge($"the card has {utf8.Length} bytes; the limit is {limits.MaxBytes}");
        return JsonText.Read(utf8, limits.MaxJsonDepth) switch
        {
            JsonTextReading.Refused(var pointer, _, var message) => new CardReading.Malformed(pointer, message),
            JsonTextReading.Read(var text) => CardReader.Read(text.Root, limits),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>The action with an id of ours, or null.</summary>
    public CardAction? FindAction(string id) => Actions.FirstOrDefault(action => string.Equals(action.Id, id, StringComparison.Ordinal));

    private static ImmutableArray<string> TextsOf(JsonNode array)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var item in array.Items)
        {
            if (item.Text is { } text)
                texts.Add(text);
        }
        return texts.ToImmutable();
    }
}
