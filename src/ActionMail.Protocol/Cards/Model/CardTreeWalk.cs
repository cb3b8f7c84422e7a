using System.Globalization;
using System.Text.Json;

namespace ActionMail.Protocol.Cards.Model;

/// <summary>The one pass that makes a <see cref="CardTree"/>. It goes no deeper than the JSON, whose depth is limited.</summary>
internal sealed class CardTreeWalk(CardLimits limits)
{
    private CardPart[] _parts = [];
    private int _count;
    private int _elements;
    private CardTreeReading.TooLarge? _fault;

    public CardTreeReading Read(JsonNode card)
    {
        // A part is an object with some four members.
        _parts = new CardPart[Math.Min(card.ValueCount / 5, limits.MaxElements) + 8];
        Add(card, CardVocabulary.Card, PartCategory.Card, new(PartPlace.Free, null, -1));
        return (CardTreeReading?)_fault ?? new CardTreeReading.Read(new(_parts, _count));
    }

    // Where a value stands: what may stand there, the member that leads there, and the part that has the member.
    private readonly record struct Spot(PartPlace Place, PropertyDefinition? Via, int Parent);

    private void Members(JsonNode whole, ElementDefinition definition, PartPlace place, int parent)
    {
        foreach (var member in whole.Members)
        {
            if (member.Kind is not (JsonValueKind.Object or JsonValueKind.Array))
                continue;
            var property = definition.Find(member) ?? UnknownParts.Anything.Find(member);
            Value(member, new(property is { IsFallback: true } ? place.One : property?.Place ?? PartPlace.Free, property, parent));
        }
    }

    private void Value(JsonNode value, in Spot spot)
    {
        if (spot.Place.Kind == PlaceKind.Data || _fault is not null)
            return;
        if (value.IsObject)
            Object(value, spot);
        foreach (var item in value.Items)
            Value(item, spot);
    }

    // The order matters: a fact is a fact whatever type it claims, then the claim counts, then the place.
    private void Object(JsonNode value, in Spot spot)
    {
        var place = spot.Place;
        if (place.Piece is { HoldsParts: false } leaf)
            Add(value, leaf, leaf.Category, spot);
        else if (value["type"u8] is { IsString: true } type)
            AddClaimed(value, type, spot);
        else if (place.IsMap)
            AddNamed(value, spot);
        else if (place.Kind == PlaceKind.Free)
            Members(value, UnknownParts.Anything, place, spot.Parent);
        else
            Add(value, place.Piece, place.Piece?.Category ?? UnknownParts.CategoryOf(place), spot);
    }

    private void AddClaimed(JsonNode value, JsonNode type, in Spot spot)
    {
        var claimed = CardVocabulary.Find(type.PlainBytes);
        Add(value, claimed, claimed?.Category ?? UnknownParts.CategoryOf(type, spot.Place), spot);
    }

    private void AddNamed(JsonNode map, in Spot spot)
    {
        foreach (var named in map.Members)
            Value(named, spot with { Place = spot.Place.One });
    }

    private void Add(JsonNode json, ElementDefinition? definition, PartCategory category, in Spot spot)
    {
        var level = spot.Parent < 0 ? 1 : _parts[spot.Parent].Level + 1;
        var isLeaf = definition is { HoldsParts: false, Category: PartCategory.Piece };
        if (!isLeaf && IsTooMuch(json, level))
            return;
        if (_count == _parts.Length)
            Array.Resize(ref _parts, _count * 2);
        var index = _count++;
        var isFallback = spot.Via is { IsFallback: true };
        // The card stands in nothing: the first place, which is still empty, says so of itself.
        ref readonly var around = ref _parts[Math.Max(spot.Parent, 0)];
        _parts[index] = new()
        {
            Index = index,
            Parent = spot.Parent,
            Level = level,
            Json = json,
            Definition = definition,
            Category = category,
            Place = spot.Place,
            Via = spot.Via,
            IsFallback = isFallback,
            IsInFallback = isFallback || around.IsInFallback,
            IsBehindShowCard = around.IsBehindShowCard || (category == PartCategory.Card && around.Category == PartCategory.Action),
        };
        if (!isLeaf)
            Members(json, definition ?? UnknownParts.DefinitionOf(category), spot.Place, index);
        _parts[index].End = _count;
    }

    private bool IsTooMuch(JsonNode json, int level)
    {
        if (++_elements > limits.MaxElements)
            _fault ??= new(json, string.Create(CultureInfo.InvariantCulture, $"the card has more than {limits.MaxElements} elements"));
        else if (level > limits.MaxLevels)
            _fault ??= new(json, string.Create(CultureInfo.InvariantCulture, $"elements are nested more than {limits.MaxLevels} levels deep at {json.Pointer}"));
        return _fault is not null;
    }
}
