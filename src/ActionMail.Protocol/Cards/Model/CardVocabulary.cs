using System.Collections.Immutable;

namespace ActionMail.Protocol.Cards.Model;

/// <summary>
/// Every type of Adaptive Cards 1.0 to 1.6 with its members, and Outlook's own. From the published schemas, from the official samples
/// where these know more, and from protocol §4.
/// </summary>
public static class CardVocabulary
{
    private static readonly NameTable<ElementDefinition> ByType;

    static CardVocabulary()
    {
        Types = [.. CardTypes.All, .. ElementTypes.All, .. InputTypes.All, .. ActionTypes.All, .. PieceTypes.All];
        ByType = new(Types, type => new(type.Type));
        Card = Find("AdaptiveCard")!;
        ShowCard = Find("Action.ShowCard")!;
    }

    /// <summary>All types.</summary>
    public static ImmutableArray<ElementDefinition> Types { get; }

    /// <summary>The card itself.</summary>
    public static ElementDefinition Card { get; }

    /// <summary><c>Action.ShowCard</c>, which may not stand everywhere.</summary>
    internal static ElementDefinition ShowCard { get; }

    /// <summary>The type with just this name, or null.</summary>
    public static ElementDefinition? Find(string type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Find(System.Text.Encoding.UTF8.GetBytes(type));
    }

    /// <summary>The type with just this name in UTF-8, or null.</summary>
    public static ElementDefinition? Find(ReadOnlySpan<byte> type) => ByType.Find(JsonNameHash.OfBytes(type), type);
}
