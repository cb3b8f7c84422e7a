using System.Collections.Immutable;

namespace ActionMail.Mail.Dkim;

/// <summary>What a signature is to say.</summary>
public sealed record DkimSigning
{
    /// <summary>The signing domain, <c>d=</c>.</summary>
    public required string Domain { get; init; }

    /// <summary>The selector, <c>s=</c>.</summary>
    public required string Selector { get; init; }

    /// <summary>The time of signing, <c>t=</c>.</summary>
    public required DateTimeOffset SignedAt { get; init; }

    /// <summary>The names to sign, in this order; empty for each field that RFC 6376 §5.4.1 advises, and From, To, Subject and Date once more, so that none can be added.</summary>
    public ImmutableArray<string> SignedNames { get; init; } = [];

    /// <summary>Whether to write <c>l=</c>, which leaves the end of the body to anybody. Default false.</summary>
    public bool WithBodyLength { get; init; }
}

/// <summary>What signing came to.</summary>
public abstract record DkimSigningResult
{
    private DkimSigningResult() { }

    /// <summary>The DKIM-Signature field with its line end, to stand before the bytes that were given.</summary>
    public sealed record Signed(ReadOnlyMemory<byte> Field) : DkimSigningResult;

    /// <summary>No verifier would take such a signature; <paramref name="Why"/> says what of it.</summary>
    public sealed record Refused(string Why) : DkimSigningResult;
}
