using System.Collections.Immutable;

namespace ActionMail.Mail.Arc;

/// <summary>What a chain comes to. RFC 8617 §4.4, and temperror of RFC 8601 §2.7.1 for a DNS that could not say.</summary>
public enum ArcResultWord
{
    /// <summary>There is no chain.</summary>
    None,

    /// <summary>The newest message signature and every seal verify.</summary>
    Pass,

    /// <summary>The chain is broken, or says itself that it is.</summary>
    Fail,

    /// <summary>A key could not be had; a later try may.</summary>
    TempError,
}

/// <summary>
/// The result of a chain. <paramref name="Reason"/> says what broke it, and is null for pass and none. <paramref name="Chain"/> has the sets
/// that could be read, the oldest first. Whether a sealer is trusted is not decided here: a chain that passes proves who sealed it, not that
/// what they say is true (security C-15).
/// </summary>
public sealed record ArcResult(ArcResultWord Result, string? Reason, ImmutableArray<ArcSet> Chain);

/// <summary>One set of the three fields of a hop.</summary>
public sealed record ArcSet
{
    /// <summary>Its place in the chain, from 1 for the oldest.</summary>
    public required int Instance { get; init; }

    /// <summary>The domain that sealed.</summary>
    public required string Domain { get; init; }

    /// <summary>The selector of the seal.</summary>
    public required string Selector { get; init; }

    /// <summary>What the sealer said of the chain before it: <c>none</c>, <c>pass</c> or <c>fail</c>.</summary>
    public required string Cv { get; init; }

    /// <summary>Whether the seal verifies; null where an earlier fault left it unchecked.</summary>
    public bool? SealHolds { get; init; }

    /// <summary>Whether the message signature verifies: of the newest set alone, since later hops may change the mail; null elsewhere.</summary>
    public bool? MessageHolds { get; init; }

    /// <summary>The domain of the message signature, which need not be the sealer's.</summary>
    public required string MessageDomain { get; init; }

    /// <summary>What the sealer saw: the Authentication-Results of its hop, without the instance (RFC 8617 §4.1.1).</summary>
    public required string AuthenticationResults { get; init; }
}
