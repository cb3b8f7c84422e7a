namespace ActionMail.Protocol.Cards.Templating;

/// <summary>How much a template may ask for. A short template can repeat itself without end; these are its ends.</summary>
public sealed record TemplateLimits
{
    /// <summary>Limits that fit a card.</summary>
    public static TemplateLimits Default { get; } = new();

    /// <summary>Largest template, and largest data, in UTF-8 bytes each. Default 1 MiB.</summary>
    public int MaxInputBytes { get; init; } = 1024 * 1024;

    /// <summary>How deep the JSON of template, data and card may be nested. Default 64.</summary>
    public int MaxJsonDepth { get; init; } = 64;

    /// <summary>Largest expanded card, in UTF-8 bytes. Default what a card may have, 200,000.</summary>
    public int MaxOutputBytes { get; init; } = CardLimits.Default.MaxBytes;

    /// <summary>Most JSON values in the expanded card. Default 50,000.</summary>
    public int MaxOutputValues { get; init; } = 50_000;

    /// <summary>How deep an expression may be nested, a chain of operators or of members counting one for each. Default 100.</summary>
    public int MaxExpressionDepth { get; init; } = 100;

    /// <summary>
    /// Most work: a value looked up or a function called is one unit, and so is each character and each item that a function is given. Default 5,000,000.
    /// </summary>
    public int MaxWork { get; init; } = 5_000_000;
}
