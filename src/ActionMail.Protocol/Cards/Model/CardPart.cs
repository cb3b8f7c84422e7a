namespace ActionMail.Protocol.Cards.Model;

/// <summary>One part of a card: an element, an input, an action, the card, or a piece of one of them. It stands in a <see cref="CardTree"/>.</summary>
public record struct CardPart
{
    /// <summary>Its number in the order of the text; the card has 0.</summary>
    public int Index { get; internal init; }

    /// <summary>The number of the part that it stands in; -1 for the card.</summary>
    public int Parent { get; internal init; }

    /// <summary>The number after the last part that stands in it, however deep.</summary>
    public int End { get; internal set; }

    /// <summary>How deep it stands, the card being level 1.</summary>
    public int Level { get; internal init; }

    /// <summary>Its JSON.</summary>
    public JsonNode Json { get; internal init; }

    /// <summary>What the vocabulary says of its type; null when the type is unknown or not given.</summary>
    public ElementDefinition? Definition { get; internal init; }

    /// <summary>The member by which it is reached; null for the card and for what stands in a member that the vocabulary does not know.</summary>
    public PropertyDefinition? Via { get; internal init; }

    /// <summary>What may stand where it stands; of a fallback what it stands in for.</summary>
    internal PartPlace Place { get; init; }

    /// <summary>What it is for; for an unknown type what its name or its place says.</summary>
    public PartCategory Category { get; internal init; }

    /// <summary>Whether it is itself the <c>fallback</c> of the part that it stands in.</summary>
    public bool IsFallback { get; internal init; }

    /// <summary>Whether it stands in a <c>fallback</c>, or is one.</summary>
    public bool IsInFallback { get; internal init; }

    /// <summary>Whether it is seen only after an <c>Action.ShowCard</c>.</summary>
    public bool IsBehindShowCard { get; internal init; }

    /// <summary>The published version at which a client knows the part in this place.</summary>
    public readonly CardVersion Since => Later(Definition?.Since, Via?.Since);

    /// <summary>The version at which Outlook knows the part in this place.</summary>
    public readonly CardVersion SinceInOutlook => Later(Definition?.SinceInOutlook, Via?.SinceInOutlook);

    private static CardVersion Later(CardVersion? one, CardVersion? other)
    {
        var (a, b) = (one ?? default, other ?? default);
        return a > b ? a : b;
    }
}
