using System.Collections.Immutable;
using ActionMail.Mail.Arc;
using ActionMail.Mail.AuthenticationResults;
using ActionMail.Mail.Dkim;
using ActionMail.Mail.Dmarc;
using ActionMail.Mail.Dns;
using ActionMail.Mail.Spf;

namespace ActionMail.Mail.Senders;

/// <summary>What SPF, DKIM, DMARC and ARC say of one mail, each domain with its relaxed alignment with the author's. RFC 9989 §4.4.</summary>
public sealed record SenderResults
{
    /// <summary>The domain of the address in From.</summary>
    public required DomainName Author { get; init; }

    /// <summary>SPF, or null where it is not known who connected.</summary>
    public SpfFinding? Spf { get; init; }

    /// <summary>One for each DKIM signature, in the order of the mail.</summary>
    public required ImmutableArray<SignatureFinding> Signatures { get; init; }

    /// <summary>DMARC for the author domain.</summary>
    public required DmarcResult Dmarc { get; init; }

    /// <summary>The ARC chain.</summary>
    public required ArcResult Arc { get; init; }

    /// <summary>What the oldest sealer of a chain that holds saw of SPF and DKIM. Whether it is believed is decided elsewhere.</summary>
    public ImmutableArray<ClaimFinding> ArcClaims { get; init; } = [];

    /// <summary>What the DNS could not say and a proof may hang on, or null: then the mail is to be asked for again, and not judged. Protocol §2, security C-03.</summary>
    public SenderTrouble? Trouble =>
        Signatures.FirstOrDefault(each => each is { Result.Result: DkimResultWord.TempError, Alignment: not IdentifierAlignment.NotAligned }) is { } signature
            ? new SenderTrouble.Key($"{signature.Result.KeyName}: {signature.Result.Reason}")
        : Spf is { Result.Outcome: SpfOutcome.TempError, Result.Problem: var why } ? new SenderTrouble.Dns($"SPF: {why}")
        : Dmarc is DmarcResult.TempError(var cause) ? new SenderTrouble.Dns($"DMARC: {cause}")
        : Signatures.Select(each => each.Alignment).Append(Spf?.Alignment).OfType<IdentifierAlignment.Unavailable>().FirstOrDefault() is { Why: var reason }
            ? new SenderTrouble.Dns($"alignment: {reason}")
        : null;
}

/// <summary>SPF, its alignment, and who reports it where the platform did not judge itself.</summary>
public sealed record SpfFinding(SpfResult Result, IdentifierAlignment Alignment, string? ReportedBy);

/// <summary>One DKIM signature and its alignment.</summary>
public sealed record SignatureFinding(DkimResult Result, IdentifierAlignment Alignment);

/// <summary>A result that a sealer reports, and the alignment of its domain.</summary>
public sealed record ClaimFinding(MethodResult Result, IdentifierAlignment Alignment);

/// <summary>What could not be asked.</summary>
public abstract record SenderTrouble(string Why)
{
    /// <summary>The key of a signature that may be the author's.</summary>
    public sealed record Key(string Why) : SenderTrouble(Why);

    /// <summary>What SPF, DMARC or alignment ask for.</summary>
    public sealed record Dns(string Why) : SenderTrouble(Why);
}
