namespace ActionMail.Protocol.Cards;

/// <summary>How large a card may be. Protocol §4.</summary>
public sealed record CardLimits
{
    /// <summary>The limits of the protocol.</summary>
    public static CardLimits Default { get; } = new();

    /// <summary>Largest card, in UTF-8 bytes. Default 200,000.</summary>
    public int MaxBytes { get; init; } = 200_000;

    /// <summary>How deep elements may be nested, the card itself being level 1. Default 20.</summary>
    public int MaxLevels { get; init; } = 20;

    /// <summary>Most elements and actions together. Default 2,000.</summary>
    public int MaxElements { get; init; } = 2_000;

    /// <summary>How deep the JSON may be nested. An element costs two levels, so 64 leave room for data. Default 64.</summary>
    public int MaxJsonDepth { get; init; } = 64;
}
