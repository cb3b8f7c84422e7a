using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ActionMail.Protocol.Cards.MessageCards;
using ActionMail.Protocol.Cards.Model;

namespace ActionMail.Protocol.Cards;

/// <summary>Finds what the platform must know of a card among its parts: the actions and the inputs.</summary>
internal sealed class CardReader
{
    private readonly CardTree _tree;
    private readonly JsonPointerTrail _pointers = new();
    private readonly ImmutableArray<CardAction>.Builder _actions = ImmutableArray.CreateBuilder<CardAction>();
    private readonly Dictionary<string, (CardInput Input, int Part)> _inputs = new(StringComparer.OrdinalIgnoreCase);
    private ImmutableArray<PartFate> _fates;
    private int _numbered;

    private CardReader(CardTree tree) => _tree = tree;

    public static CardReading Read(JsonNode root, CardLimits limits) =>
        Refusal(root) ?? (IsAdaptiveCard(root) ? ReadParts(root, limits) : MessageCardReader.Read(root, limits));

    private static bool IsAdaptiveCard(JsonNode root) => root["type"u8].Says("AdaptiveCard"u8);

    private static CardReading ReadParts(JsonNode root, CardLimits limits) => CardTree.Read(root, limits) switch
    {
        CardTreeReading.TooLarge(_, var message) => new CardReading.TooLarge(message),
        CardTreeReading.Read(var tree) => new CardReader(tree).Read(),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static CardReading? Refusal(JsonNode root)
    {
        if (!root.IsObject)
            return new CardReading.Malformed("", "a card is a JSON object");
        if (!IsAdaptiveCard(root) && !MessageCardReader.IsMessageCard(root))
            return NotACard(root);
        return IsListOfTexts(root["expectedActors"u8])
            ? null
            : new CardReading.Malformed("/expectedActors", "expectedActors is an array of addresses: anything else would leave everybody free to act");
    }

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

    private CardReading Read()
    {
        foreach (ref readonly var part in _tree.Parts)
        {
            if ((part.Category is PartCategory.Action ? AddAction(part) : part.Category is PartCategory.Input ? AddInput(part) : null) is { } fault)
                return fault;
        }
        var inputs = _inputs.ToImmutableDictionary(input => input.Key, input => input.Value.Input, StringComparer.OrdinalIgnoreCase);
        var card = new Card(_tree, _actions.ToImmutable(), inputs);
        return card.AutoInvoke is null || card.Json["body"u8].Count > 0 || card.Json["actions"u8].Count > 0
            ? new CardReading.Read(card)
            : new CardReading.Malformed("/autoInvokeAction", "a card with nothing but an autoInvokeAction shows nothing");
    }

    private CardReading.Malformed? AddAction(in CardPart part)
    {
        if (part.Json["type"u8].Text is not { } type || !type.StartsWith("Action.", StringComparison.Ordinal))
            return null;
        var isAuto = part.Parent == 0 && part.Json.IsNamed("autoInvokeAction"u8);
        var id = isAuto ? CardAction.AutoInvokeId : string.Create(CultureInfo.InvariantCulture, $"a{_numbered++}");
        var (pointer, title) = (_pointers.PointerOf(part.Json), part.Json["title"u8].Text ?? "");
        switch (type)
        {
            case "Action.Http":
                switch (HttpActionReader.Read(part.Json, pointer, id, title))
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

    private CardReading.Malformed? AddInput(in CardPart part)
    {
        if (CardInputReader.Read(part.Json) is not { } read || _inputs.TryAdd(read.Id, (read, part.Index)))
            return null;
        var first = _inputs[read.Id].Part;
        if (!IsEitherOr(first, part.Index))
            return new(part.Json.Pointer + "/id", $"the input id '{read.Id}' is there twice, letter case aside");
        if (_fates[part.Index] is PartFate.Shown)
            _inputs[read.Id] = (read, part.Index);
        return null;
    }

    // An input and its fallback may share their id, for the inbox never shows both.
    private bool IsEitherOr(int first, int second)
    {
        if (!_tree[second].IsInFallback && !_tree[first].IsInFallback)
            return false;
        if (_fates.IsDefault)
            _fates = FallbackResolution.Of(_tree, HostCapabilities.Inbox);
        return _fates[first] is not PartFate.Shown || _fates[second] is not PartFate.Shown;
    }
}
