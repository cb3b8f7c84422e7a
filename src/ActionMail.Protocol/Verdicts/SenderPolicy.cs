using System.Collections.Immutable;

namespace ActionMail.Protocol.Verdicts;

/// <summary>How much must be proven of the sender of an unsigned card. Protocol §2.</summary>
public enum SenderDemand
{
    /// <summary>DKIM, or SPF where the domain in From publishes DMARC.</summary>
    Standard,

    /// <summary>DKIM with a key of 2048 bits or more, and SPF.</summary>
    Strict,
}

/// <summary>What the operator of an installation demands of senders, and whom it trusts to vouch for them.</summary>
public sealed record SenderPolicy(SenderDemand Demand)
{
    /// <summary>The default: <see cref="SenderDemand.Standard"/>, and no forwarder is trusted.</summary>
    public static SenderPolicy Standard { get; } = new(SenderDemand.Standard);

    /// <summary><see cref="SenderDemand.Strict"/>, and no forwarder is trusted.</summary>
    public static SenderPolicy Strict { get; } = new(SenderDemand.Strict);

    /// <summary>The domains whose ARC seals may stand in for what a forwarder broke, in lower case. Empty: ARC is off.</summary>
    public ImmutableHashSet<string> TrustedSealers { get; init; } = [];

    /// <summary>The policy for the people of an organization: it may demand more than the operator, not less.</summary>
    public SenderPolicy For(SenderDemand organization) => organization > Demand ? this with { Demand = organization } : this;
}
