namespace ActionMail.Mail.Message;

/// <summary>How large a mail's structure may be. What exceeds a limit is <see cref="MessageFault.MessageMalformed"/>.</summary>
public sealed record MessageLimits
{
    /// <summary>The limits that apply where none are configured.</summary>
    public static MessageLimits Default { get; } = new();

    /// <summary>Largest header block, in bytes. Default 256 KiB.</summary>
    public int MaxHeaderBytes { get; init; } = 256 * 1024;

    /// <summary>Largest number of fields in one header block. Default 500.</summary>
    public int MaxFields { get; init; } = 500;

    /// <summary>Largest header field with its folded lines, in bytes. Default 100 KiB.</summary>
    public int MaxFieldBytes { get; init; } = 100 * 1024;

    /// <summary>Largest number of entries in To and in Cc. Default 10,240.</summary>
    public int MaxAddresses { get; init; } = 10_240;

    /// <summary>Deepest nesting of multiparts and attached messages. Default 32.</summary>
    public int MaxDepth { get; init; } = 32;

    /// <summary>Largest number of MIME parts, those inside attached messages included. Default 1,000.</summary>
    public int MaxParts { get; init; } = 1_000;

    /// <summary>Longest boundary, in characters. Default 70 (RFC 2046 §5.1.1).</summary>
    public int MaxBoundary { get; init; } = 70;
}
