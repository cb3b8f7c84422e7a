namespace ActionMail.Protocol.Cards.Model;

/// <summary>What reading a card's parts came to.</summary>
public abstract record CardTreeReading
{
    private CardTreeReading() { }

    /// <summary>The parts, within the limits.</summary>
    public sealed record Read(CardTree Tree) : CardTreeReading;

    /// <summary>There are more parts than the limits allow, or they are nested too deep; <paramref name="Place"/> is the first that is too much.</summary>
    public sealed record TooLarge(JsonNode Place, string Message) : CardTreeReading;
}

/// <summary>
/// The parts of a card in the order of its text, each with its place among the others. What an object is follows from where it stands;
/// in places that the vocabulary does not know every object with a type is a part, lest an action be missed. Immutable.
/// </summary>
public sealed class CardTree
{
    private readonly CardPart[] _parts;
    private readonly int _count;

    internal CardTree(CardPart[] parts, int count)
    {
        (_parts, _count) = (parts, count);
        Version = Json["version"u8] is { IsString: true } said && CardVersion.TryParse(said.PlainBytes, out var version) ? version : null;
    }

    /// <summary>The card's JSON.</summary>
    public JsonNode Json => _parts[0].Json;

    /// <summary>The version that the card says it is of; null when it says none that can be read. That of a shown card does not count.</summary>
    public CardVersion? Version { get; }

    /// <summary>All parts, the card first.</summary>
    public ReadOnlySpan<CardPart> Parts => _parts.AsSpan(0, _count);

    /// <summary>The part with a number.</summary>
    public ref readonly CardPart this[int index] => ref Parts[index];

    /// <summary>Reads the parts of an object that is a card. Time is linear in its size.</summary>
    public static CardTreeReading Read(JsonNode card, CardLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return new CardTreeWalk(limits).Read(card);
    }

    /// <summary>The tree of a card whose parts are of another language.</summary>
    internal static CardTree OfOnePart(JsonNode card) => new([new() { Json = card, Parent = -1, End = 1, Level = 1, Category = PartCategory.Card }], 1);

    /// <summary>The number of the part that is the <c>fallback</c> of another; -1 when that has none, or a word.</summary>
    public int FallbackOf(int index)
    {
        for (var inner = index + 1; inner < _parts[index].End; inner = _parts[inner].End)
        {
            if (_parts[inner].IsFallback)
                return inner;
        }
        return -1;
    }
}
