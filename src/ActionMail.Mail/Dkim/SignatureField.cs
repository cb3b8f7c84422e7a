using ActionMail.Mail.Dns;
using ActionMail.Mail.Message;

namespace ActionMail.Mail.Dkim;

/// <summary>The three fields that carry a signature in DKIM's form.</summary>
[Flags]
internal enum SignatureKind
{
    /// <summary>DKIM-Signature. RFC 6376 §3.5.</summary>
    Dkim = 1,

    /// <summary>ARC-Message-Signature. RFC 8617 §4.1.2.</summary>
    ArcMessage = 2,

    /// <summary>ARC-Seal. RFC 8617 §4.1.3.</summary>
    ArcSeal = 4,
}

internal enum DkimAlgorithm
{
    RsaSha256,
    Ed25519Sha256,
}

/// <summary>What the verifier of the previous hop said of the chain. RFC 8617 §4.4.</summary>
internal enum ArcChainWord
{
    None,
    Fail,
    Pass,
}

/// <summary>A signature as its field says it, not yet verified. Which tags are there depends on its kind: <see cref="SignatureParser"/>.</summary>
internal sealed class SignatureField(int index, HeaderField own)
{
    /// <summary>Which field of the header it is.</summary>
    public int Index => index;

    public HeaderField Field => own;

    public DkimAlgorithm Algorithm { get; set; }

    /// <summary>The algorithm as written, one that is not ours too.</summary>
    public string AlgorithmText { get; set; } = "";

    public byte[] Signature { get; set; } = [];

    /// <summary>Where in the field the value of <c>b=</c> stands, which is not signed itself.</summary>
    public Range SignaturePlace { get; set; }

    public byte[] BodyHash { get; set; } = [];

    public Canonicalization HeaderForm { get; set; }

    public Canonicalization BodyForm { get; set; }

    public DomainName Domain { get; set; }

    public string Selector { get; set; } = "";

    /// <summary>Where the key is published. RFC 6376 §3.6.2.1.</summary>
    public DomainName KeyName { get; set; }

    /// <summary>The names in <c>h=</c> as written, in the order of signing.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> SignedNames { get; set; } = [];

    /// <summary>Whom the signer signs for, or null where <c>i=</c> says nothing: then it is the domain.</summary>
    public string? Identity { get; set; }

    public DomainName IdentityDomain { get; set; }

    /// <summary>How many octets of the canonical body are signed; null for all.</summary>
    public long? BodyLength { get; set; }

    /// <summary>Seconds since 1970, or null.</summary>
    public long? SignedAt { get; set; }

    /// <inheritdoc cref="SignedAt"/>
    public long? ExpiresAt { get; set; }

    /// <summary>The place in an ARC chain, from 1.</summary>
    public int Instance { get; set; }

    public ArcChainWord ChainWord { get; set; }
}

/// <summary>What reading a signature field came to.</summary>
internal abstract record SignatureReading
{
    private SignatureReading() { }

    public sealed record Read(SignatureField Signature) : SignatureReading;

    /// <summary>It cannot be verified; <paramref name="Partly"/> has what was readable before the fault, for the evidence.</summary>
    public sealed record Refused(DkimFinding Finding, SignatureField Partly) : SignatureReading;
}
