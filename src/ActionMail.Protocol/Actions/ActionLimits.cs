namespace ActionMail.Protocol.Actions;

/// <summary>How much an actor may enter and a request may carry. Security G-12, F-09.</summary>
public sealed record ActionLimits
{
    /// <summary>The limits of the protocol.</summary>
    public static ActionLimits Default { get; } = new();

    /// <summary>Longest value of one input, in characters. Default 4,096.</summary>
    public int MaxValueLength { get; init; } = 4_096;

    /// <summary>Longest URL after substitution, in characters. Default 8,000.</summary>
    public int MaxUrlLength { get; init; } = 8_000;

    /// <summary>Longest value of one header after substitution, in characters. Default 4,096.</summary>
    public int MaxHeaderLength { get; init; } = 4_096;

    /// <summary>Longest request body after substitution, in characters. Default 262,144.</summary>
    public int MaxBodyLength { get; init; } = 256 * 1024;
}
