using System.Globalization;

namespace ActionMail.Protocol.Cards.Model;

/// <summary>The one pass that makes a <see cref="CardTree"/>. It goes no deeper than the JSON, whose depth is limited.</summary>
internal sealed class CardTreeWalk(CardLimits limits)
{
    private CardPart[] _parts = new CardPart[32];
    private int _count;
    private int _elements;
    private CardTreeReading.TooLarge? _fault;

    public CardTreeReading Read(JsonNode card)
    {
        Add(card, CardVocabulary.Card, PartCategory.Card, PartPlace.Free, via: null, parent: -1);
        return (CardTreeReading?)_fault ?? new CardTreeReading.Read(new(_parts, _count));
    }

    private void Members(JsonNode whole, ElementDefinition definition, PartPlace place, int parent)
    {
        foreach (var member in whole.Members)
        {
            if (!member.IsObject && !member.IsArray)
                continue;
            var property = definition.Find(member) ?? UnknownParts.Anything.Find(member);
            Value(member, property is { IsFallback: true } ? place.One : property?.Place ?? PartPlace.Free, property, parent);
        }
    }

    private void Value(JsonNode value, PartPlace place, PropertyDefinition? via, int parent)
    {
        if (place.Kind == PlaceKind.Data || _fault is not null)
            return;
        if (value.IsObject)
            Object(value, place, via, parent);
        foreach (var item in value.Items)
            Value(item, place, via, parent);
    }

    // The order matters: a fact is a fact whatever type it claims, then the claim counts, then the place.
    private void Object(JsonNode value, PartPlace place, PropertyDefinition? via, int parent)
    {
        var type = value["type"u8];
        if (place.Piece is { HoldsParts: false } leaf)
            Add(value, leaf, leaf.Category, place, via, parent);
        else if (type.IsString)
            AddClaimed(value, type, place, via, parent);
        else if (place.IsMap)
            AddNamed(value, via, parent);
        else if (place.Kind == PlaceKind.Free)
            Members(value, UnknownParts.Anything, place, parent);
        else
            Add(value, place.Piece, place.Piece?.Category ?? UnknownParts.CategoryOf(place), place, via, parent);
    }

    private void AddClaimed(JsonNode value, JsonNode type, PartPlace place, PropertyDefinition? via, int parent)
    {
        var claimed = CardVocabulary.Find(type.PlainBytes);
        Add(value, claimed, claimed?.Category ?? UnknownParts.CategoryOf(type, place), place, via, parent);
    }

    private void AddNamed(JsonNode map, PropertyDefinition? via, int parent)
    {
        foreach (var named in map.Members)
            Value(named, PartPlace.Action, via, parent);
    }

    private void Add(JsonNode json, ElementDefinition? definition, PartCategory category, PartPlace place, PropertyDefinition? via, int parent)
    {
        var level = parent < 0 ? 1 : _parts[parent].Level + 1;
        var holdsParts = definition is not { HoldsParts: false, Category: PartCategory.Piece };
        if (holdsParts && IsTooMuch(json, level))
            return;
        if (_count == _parts.Length)
            Array.Resize(ref _parts, _count * 2);
        var index = _count++;
        _parts[index] = Placed(json, definition, category, place, via, parent) with { Index = index, Level = level, End = _count };
        if (!holdsParts)
            return;
        Members(json, definition ?? UnknownParts.DefinitionOf(category), place, index);
        _parts[index] = _parts[index] with { End = _count };
    }

    private CardPart Placed(JsonNode json, ElementDefinition? definition, PartCategory category, PartPlace place, PropertyDefinition? via, int parent)
    {
        var isFallback = via is { IsFallback: true };
        return new()
        {
            Json = json,
            Parent = parent,
            Definition = definition,
            Category = category,
            Place = place,
            Via = via,
            IsFallback = isFallback,
            IsInFallback = isFallback || (parent >= 0 && _parts[parent].IsInFallback),
            IsBehindShowCard = parent >= 0 && (_parts[parent].IsBehindShowCard || (category == PartCategory.Card && _parts[parent].Category == PartCategory.Action)),
        };
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
