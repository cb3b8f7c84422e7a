namespace ActionMail.Protocol.Cards.Model;

/// <summary>What may stand at a member's value.</summary>
internal enum PlaceKind
{
    /// <summary>Nothing in particular: objects with a type of their own are parts all the same, lest an action be missed.</summary>
    Free,

    /// <summary>An element.</summary>
    Element,

    /// <summary>An action.</summary>
    Action,

    /// <summary>An object whose type the place gives.</summary>
    Piece,

    /// <summary>The sender's data, in which nothing is a part.</summary>
    Data,
}

/// <summary>What may stand at a member's value, as the walk over a card needs it.</summary>
internal sealed class PartPlace(PlaceKind kind, string? pieceType = null)
{
    public static readonly PartPlace Free = new(PlaceKind.Free);
    private static readonly PartPlace Element = new(PlaceKind.Element);
    private static readonly PartPlace Action = new(PlaceKind.Action);
    private static readonly PartPlace SelectAction = new(PlaceKind.Action) { MayShowCard = false };
    private static readonly PartPlace Data = new(PlaceKind.Data);

    public PlaceKind Kind { get; } = kind;

    /// <summary>Whether the value is an object of parts under the sender's names.</summary>
    public bool IsMap { get; private init; }

    /// <summary>What may stand here under one name: the place of a fallback.</summary>
    public PartPlace One => IsMap ? Action : this;

    /// <summary>Whether <c>Action.ShowCard</c> may stand here.</summary>
    public bool MayShowCard { get; private init; } = true;

    /// <summary>The type that the place gives; asked for after the vocabulary is there.</summary>
    public ElementDefinition? Piece => field ??= pieceType is null ? null : CardVocabulary.Find(pieceType);

    public static PartPlace Of(PropertyShape shape) => shape switch
    {
        PropertyShape.Element => Element,
        PropertyShape.Action(var mayShowCard) => mayShowCard ? Action : SelectAction,
        PropertyShape.Data => Data,
        PropertyShape.Piece(var type) => new(PlaceKind.Piece, type),
        PropertyShape.ListOf(var item) => Of(item),
        PropertyShape.MapOf(var item) => OfMap(item),
        PropertyShape.AnyOf(var shapes) => OfAny([.. shapes.Select(Of)]),
        _ => Free,
    };

    private static PartPlace OfMap(PropertyShape item) => Of(item).Kind == PlaceKind.Action ? new(PlaceKind.Action) { IsMap = true } : Data;

    private static PartPlace OfAny(PartPlace[] places) =>
        places.FirstOrDefault(place => place.IsMap) ?? places.FirstOrDefault(place => place.Kind != PlaceKind.Free) ?? Free;
}
