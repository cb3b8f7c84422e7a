using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ActionMail.Protocol.Cards.MessageCards;

namespace ActionMail.Protocol.Cards;

/// <summary>One pass over a card's JSON that finds its actions and inputs and counts against the limits.</summary>
internal sealed class CardReader
{
    private const string AutoInvokePointer = "/autoInvokeAction";

    private readonly CardLimits _limits;
    private readonly ImmutableArray<CardAction>.Builder _actions = ImmutableArray.CreateBuilder<CardAction>();
    private readonly ImmutableDictionary<string, CardInput>.Builder _inputs =
        ImmutableDictionary.CreateBuilder<string, CardInput>(StringComparer.OrdinalIgnoreCase);
    private int _elements;
    private int _numbered;

    private CardReader(CardLimits limits) => _limits = limits;

    public static CardReading Read(JsonNode root, CardLimits limits)
    {
        if (!root.IsObject)
            return new CardReading.Malformed("", "a card is a JSON object");
        var isAdaptiveCard = root["type"u8].Says("AdaptiveCard"u8);
        if (!isAdaptiveCard && !MessageCardReader.IsMessageCard(root))
            return NotACard(root);
        if (!IsListOfTexts(root["expectedActors"u8]))
            return new CardReading.Malformed("/expectedActors", "expectedActors is an array of addresses: anything else would leave everybody free to act");
        if (!isAdaptiveCard)
            return MessageCardReader.Read(root, limits);
        var reader = new CardReader(limits);
        if (reader.Walk(root, 1) is { } fault)
            return fault;
        var card = new Card(root, reader._actions.ToImmutable(), reader._inputs.ToImmutable());
        return card.AutoInvoke is null || root["body"u8].Count > 0 || root["actions"u8].Count > 0
            ? new CardReading.Read(card)
            : new CardReading.Malformed("/autoInvokeAction", "a card with nothing but an autoInvokeAction shows nothing");
    }

    /// <summary>Whether a member's content is the sender's own data, which is neither read nor shown.</summary>
    public static bool IsOpaque(JsonNode member) =>
        member.IsNamed("data"u8) || member.IsNamed("headers"u8) || member.IsNamed("initializationContext"u8) || member.IsNamed("msteams"u8) || member.IsNamed("metadata"u8);

    // Linked data of another type is somebody's, only not ours.
    private static CardReading NotACard(JsonNode root) => root["type"u8].Exists || !root["@type"u8].IsString
        ? new CardReading.Malformed("/type", "the card's type is not \"AdaptiveCard\"")
        : new CardReading.Unsupported("the card is neither an Adaptive Card nor a MessageCard");

    private static bool IsListOfTexts(JsonNode actors)
    {
        if (actors.Kind is JsonValueKind.Undefined or JsonValueKind.Null)
            return true;
        foreach (var actor in actors.Items)
        {
            if (!actor.IsString)
                return false;
        }
        return actors.IsArray;
    }

    private CardReading? Walk(JsonNode node, int level)
    {
        var type = node["type"u8];
        if (type.IsString)
        {
            if (++_elements > _limits.MaxElements)
                return new CardReading.TooLarge($"the card has more than {_limits.MaxElements} elements");
            if (level > _limits.MaxLevels)
                return new CardReading.TooLarge($"elements are nested more than {_limits.MaxLevels} levels deep at {node.Pointer}");
            if ((AddAction(node, type.Text!) ?? AddInput(node, type.Text!)) is { } fault)
                return fault;
            level++;
        }
        foreach (var inner in node.Inner)
        {
            if (!IsOpaque(inner) && Walk(inner, level) is { } fault)
                return fault;
        }
        return null;
    }

    private CardReading.Malformed? AddAction(JsonNode action, string type)
    {
        if (!type.StartsWith("Action.", StringComparison.Ordinal))
            return null;
        var pointer = action.Pointer;
        var id = pointer == AutoInvokePointer ? CardAction.AutoInvokeId : string.Create(CultureInfo.InvariantCulture, $"a{_numbered++}");
        var title = action["title"u8].Text ?? "";
        switch (type)
        {
            case "Action.Http":
                switch (HttpActionReader.Read(action, pointer, id, title))
                {
                    case HttpActionReading.Read(var http): _actions.Add(http); return null;
                    case HttpActionReading.Malformed(var place, var message): return new(place, message);
                    default: throw new System.Diagnostics.UnreachableException();
                }
            case "Action.Execute":
                _actions.Add(new CardAction.Execute(id, pointer, title));
                return null;
            default:
                _actions.Add(new CardAction.Local(id, pointer, title, type));
                return null;
        }
    }

    private CardReading.Malformed? AddInput(JsonNode input, string type)
    {
        if (CardInputReader.Read(input, type) is not { } read)
            return null;
        return _inputs.TryAdd(read.Id, read) ? null : new(input.Pointer + "/id", $"the input id '{read.Id}' is there twice, letter case aside");
    }
}
