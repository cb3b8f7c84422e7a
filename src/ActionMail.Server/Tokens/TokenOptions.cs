namespace ActionMail.Server.Tokens;

/// <summary>The section <c>Tokens</c>.</summary>
internal sealed class TokenOptions
{
    public const string Section = "Tokens";

    /// <summary>How long an action token is good for. Default 5 minutes; at most 10 (protocol §6).</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a signing key signs. Default 90 days.</summary>
    public TimeSpan KeyPeriod { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How long a key is still published after its last signature, and the next one before its first. Default 24 hours: longer than any cache of them.</summary>
    public TimeSpan KeyOverlap { get; init; } = TimeSpan.FromHours(24);
}
