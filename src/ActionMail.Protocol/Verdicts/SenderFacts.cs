using System.Collections.Immutable;

namespace ActionMail.Protocol.Verdicts;

/// <summary>What a mechanism that verifies senders came to, in the meanings of RFC 8601 §2.7.</summary>
public enum MechanismResult
{
    /// <summary>There was nothing to verify.</summary>
    None,

    /// <summary>It was seen and says nothing.</summary>
    Neutral,

    /// <summary>It holds, and is not accepted here.</summary>
    Policy,

    /// <summary>It holds.</summary>
    Pass,

    /// <summary>It does not hold.</summary>
    Fail,

    /// <summary>SPF only: it probably does not hold.</summary>
    SoftFail,

    /// <summary>The DNS could not say; a later attempt may. Never a verdict about the sender.</summary>
    TempError,

    /// <summary>What is published, or what the mail carries, cannot be read.</summary>
    PermError,
}

/// <summary>
/// What was found out about the sender of a mail whose From is one address, in plain facts: whoever verifies (SPF, DKIM, DMARC, ARC) tells them,
/// and <see cref="SenderVerdict"/> judges by them. Protocol §2.
/// </summary>
public sealed record SenderFacts
{
    /// <summary>SPF, or null where the connecting address is not known, as for a mail in a file.</summary>
    public SpfFact? Spf { get; init; }

    /// <summary>One for each DKIM signature, in the order of the mail.</summary>
    public ImmutableArray<DkimFact> Dkim { get; init; } = [];

    /// <summary>DMARC for the domain in From.</summary>
    public required DmarcFact Dmarc { get; init; }

    /// <summary>The ARC chain, or null where the mail has none or nobody looked.</summary>
    public ArcFact? Arc { get; init; }

    /// <summary>Whether the mail has a Cc field: it then decides who is addressed, and must be signed.</summary>
    public bool HasCc { get; init; }

    /// <summary>What the DNS was asked, in order, as in <c>_dmarc.example.org TXT</c>.</summary>
    public ImmutableArray<string> Questions { get; init; } = [];
}

/// <summary>
/// SPF for MAIL FROM, or for HELO where the sender is null. <paramref name="IsAligned"/>: the domain has the organizational domain of From.
/// RFC 7208, RFC 9989 §4.4.
/// </summary>
public sealed record SpfFact(MechanismResult Result, string Domain, bool IsAligned)
{
    /// <summary>Which identity was judged: <c>mailfrom</c> or <c>helo</c>.</summary>
    public string Identity { get; init; } = "mailfrom";

    /// <summary>The record that decided, or why there is none; null where nothing is known.</summary>
    public string? Evidence { get; init; }
}

/// <summary>What keeps a DKIM signature from proving a sender.</summary>
public enum SignatureFault
{
    /// <summary>Nothing: it verifies.</summary>
    None,

    /// <summary>It does not verify; the evidence says at which step.</summary>
    NotVerified,

    /// <summary>Its key is published as a test: to be treated as unsigned. RFC 6376 §3.6.1.</summary>
    Testing,

    /// <summary>It verifies, over a part of the body only (<c>l=</c>).</summary>
    PartialBody,

    /// <summary>Its RSA key has less than 1024 bits. RFC 8301 §3.2.</summary>
    WeakKey,

    /// <summary>Its time is over (<c>x=</c>).</summary>
    Expired,

    /// <summary>It is dated in the future (<c>t=</c>).</summary>
    Future,
}

/// <summary>One DKIM signature. <paramref name="IsAligned"/>: its domain has the organizational domain of From. RFC 6376, RFC 9989 §4.4.</summary>
public sealed record DkimFact(MechanismResult Result, SignatureFault Fault, string Domain, string Selector, bool IsAligned)
{
    /// <summary>The algorithm as written, such as <c>rsa-sha256</c>.</summary>
    public string Algorithm { get; init; } = "";

    /// <summary>The size of an RSA key in bits; null for other keys, or where no key was read.</summary>
    public int? RsaBits { get; init; }

    /// <summary>The names in <c>h=</c>, in lower case.</summary>
    public ImmutableArray<string> SignedFields { get; init; } = [];

    /// <summary>What was seen where it does not verify, or null.</summary>
    public string? Evidence { get; init; }
}

/// <summary>
/// DMARC for the domain in From. Pass and fail say that the domain publishes a policy. <paramref name="Policy"/> is the word of the policy
/// that applies, <paramref name="Domain"/> where it was found; both null without one. RFC 9989.
/// </summary>
public sealed record DmarcFact(MechanismResult Result, string? Policy = null, string? Domain = null)
{
    /// <summary>The record that applies, or why there is no result; null where nothing is known.</summary>
    public string? Evidence { get; init; }

    /// <summary>Whether a policy is published that can be applied.</summary>
    public bool IsPublished => Result is MechanismResult.Pass or MechanismResult.Fail;
}

/// <summary>
/// An ARC chain. <paramref name="Sealers"/> are the domains that sealed it, the first one first; <paramref name="Claims"/> is what the first of
/// them says of the mail as it came to it. RFC 8617.
/// </summary>
public sealed record ArcFact(MechanismResult Result, ImmutableArray<string> Sealers, ImmutableArray<ArcClaim> Claims);

/// <summary>One result that a sealer reports: <paramref name="Method"/> is <c>dkim</c> or <c>spf</c>.</summary>
public sealed record ArcClaim(string Method, MechanismResult Result, string Domain, bool IsAligned);
