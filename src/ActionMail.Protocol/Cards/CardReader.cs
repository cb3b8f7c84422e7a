using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace ActionMail.Protocol.Cards;

/// <summary>One pass over a card's JSON that finds its actions and inputs and counts against the limits.</summary>
internal sealed class CardReader
{
    private const string AutoInvokePointer = "/autoInvokeAction";

    // Members whose content is data of the sender's, not part of the card's own structure.
    private static readonly ImmutableHashSet<string> Opaque = ["data", "headers", "initializationContext", "msteams", "metadata"];

    private readonly CardLimits _limits;
    private readonly ImmutableArray<CardAction>.Builder _actions = ImmutableArray.CreateBuilder<CardAction>();
    private readonly ImmutableDictionary<string, CardInput>.Builder _inputs =
        ImmutableDictionary.CreateBuilder<string, CardInput>(StringComparer.OrdinalIgnoreCase);
    private int _elements;
    private int _numbered;

    private CardReader(CardLimits limits) => _limits = limits;

    public static CardReading Read(JsonElement root, CardLimits limits)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return new CardReading.Malformed("", "a card is a JSON object");
        if (root.TextMember("type") is not "AdaptiveCard")
        {
            return string.Equals(root.TextMember("@type") ?? root.TextMember("type"), "MessageCard", StringComparison.OrdinalIgnoreCase)
                ? new CardReading.Unsupported("the card is a MessageCard")
                : new CardReading.Malformed("/type", "the card's type is not \"AdaptiveCard\"");
        }
        if (root.TryGetProperty("expectedActors", out var actors) && !IsListOfTexts(actors))
            return new CardReading.Malformed("/expectedActors", "expectedActors is an array of addresses: anything else would leave everybody free to act");
        var reader = new CardReader(limits);
        if (reader.Walk(root, "", 1) is { } fault)
            return fault;
        var card = new Card(root, reader._actions.ToImmutable(), reader._inputs.ToImmutable());
        return HasContent(root) || card.AutoInvoke is null
            ? new CardReading.Read(card)
            : new CardReading.Malformed("/autoInvokeAction", "a card with nothing but an autoInvokeAction shows nothing");
    }

    /// <summary>Whether a member's content is the sender's own data, which is neither read nor shown.</summary>
    public static bool IsOpaque(string member) => Opaque.Contains(member);

    private static bool HasContent(JsonElement root) =>
        (root.TryGetProperty("body", out var body) && body.ValueKind == JsonValueKind.Array && body.GetArrayLength() > 0)
        || (root.TryGetProperty("actions", out var actions) && actions.ValueKind == JsonValueKind.Array && actions.GetArrayLength() > 0);

    private static bool IsListOfTexts(JsonElement actors) => actors.ValueKind == JsonValueKind.Null
        || (actors.ValueKind == JsonValueKind.Array && actors.EnumerateArray().All(actor => actor.ValueKind == JsonValueKind.String));

    private CardReading? Walk(JsonElement element, string pointer, int level)
    {
        if (element.ValueKind == JsonValueKind.Array)
            return WalkItems(element, pointer, level);
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        var type = element.TextMember("type");
        if (type is not null)
        {
            if (++_elements > _limits.MaxElements)
                return new CardReading.TooLarge($"the card has more than {_limits.MaxElements} elements");
            if (level > _limits.MaxLevels)
                return new CardReading.TooLarge($"elements are nested more than {_limits.MaxLevels} levels deep at {pointer}");
            if (type.StartsWith("Action.", StringComparison.Ordinal) && AddAction(element, pointer, type) is { } actionFault)
                return actionFault;
            if (type.StartsWith("Input.", StringComparison.Ordinal) && AddInput(element, pointer, type) is { } inputFault)
                return inputFault;
        }
        foreach (var member in element.EnumerateObject())
        {
            if (!IsOpaque(member.Name) && Walk(member.Value, $"{pointer}/{JsonPointer.Escape(member.Name)}", type is null ? level : level + 1) is { } fault)
                return fault;
        }
        return null;
    }

    private CardReading? WalkItems(JsonElement array, string pointer, int level)
    {
        var index = 0;
        foreach (var item in array.EnumerateArray())
        {
            if (Walk(item, $"{pointer}/{index++}", level) is { } fault)
                return fault;
        }
        return null;
    }

    private CardReading.Malformed? AddAction(JsonElement element, string pointer, string type)
    {
        var id = pointer == AutoInvokePointer ? CardAction.AutoInvokeId : string.Create(CultureInfo.InvariantCulture, $"a{_numbered++}");
        var title = element.TextMember("title") ?? "";
        switch (type)
        {
            case "Action.Http":
                switch (HttpActionReader.Read(element, pointer, id, title))
                {
                    case HttpActionReading.Read(var action): _actions.Add(action); return null;
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

    private CardReading.Malformed? AddInput(JsonElement element, string pointer, string type)
    {
        if (CardInputReader.Read(element, type) is not { } input)
            return null;
        return _inputs.TryAdd(input.Id, input) ? null : new(pointer + "/id", $"the input id '{input.Id}' is there twice, letter case aside");
    }
}
