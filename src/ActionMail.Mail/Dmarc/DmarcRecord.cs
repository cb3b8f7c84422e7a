using System.Collections.Immutable;

namespace ActionMail.Mail.Dmarc;

/// <summary>What a domain owner asks to be done with mail that fails. RFC 9989 §4.7.</summary>
public enum DmarcPolicy
{
    /// <summary>No preference.</summary>
    None,

    /// <summary>The mail is suspicious.</summary>
    Quarantine,

    /// <summary>The use of the domain is not valid.</summary>
    Reject,
}

/// <summary>How near an authenticated domain must be to the author domain. RFC 9989 §4.4.</summary>
public enum AlignmentMode
{
    /// <summary>Both have the same organizational domain.</summary>
    Relaxed,

    /// <summary>Both are the same domain.</summary>
    Strict,
}

/// <summary>What a record says of its domain's place in the tree: the tag <c>psd</c>. RFC 9989 §4.7.</summary>
public enum PublicSuffix
{
    /// <summary>Nothing: the tree walk finds the organizational domain.</summary>
    Unsaid,

    /// <summary><c>psd=y</c>: names are registered directly below it.</summary>
    Yes,

    /// <summary><c>psd=n</c>: it is the organizational domain of itself and everything below.</summary>
    No,
}

/// <summary>A DMARC policy record as published, with the defaults where a tag is absent or cannot be read. RFC 9989 §4.7.</summary>
public sealed record DmarcRecord(string Text)
{
    /// <summary><c>p</c>, for the domain itself. None where the tag is absent or a policy tag cannot be read (§4.10.1).</summary>
    public DmarcPolicy Policy { get; init; }

    /// <summary><c>sp</c>, for subdomains that exist; null: <see cref="Policy"/>.</summary>
    public DmarcPolicy? SubdomainPolicy { get; init; }

    /// <summary><c>np</c>, for subdomains that do not exist; null: as for those that do.</summary>
    public DmarcPolicy? NonexistentPolicy { get; init; }

    /// <summary>
    /// Whether DMARC applies to the mail of the record's domain at all. False where no policy can be read and nobody asks for reports: §4.10.1.
    /// </summary>
    public bool Applies { get; init; }

    /// <summary><c>t=y</c>: each policy is to be applied one level lower.</summary>
    public bool IsTest { get; init; }

    /// <summary><c>psd</c>.</summary>
    public PublicSuffix PublicSuffix { get; init; }

    /// <summary><c>adkim</c>.</summary>
    public AlignmentMode DkimAlignment { get; init; }

    /// <summary><c>aspf</c>.</summary>
    public AlignmentMode SpfAlignment { get; init; }

    /// <summary><c>rua</c>: the URIs that want aggregate reports, without the size limits of RFC 7489.</summary>
    public ImmutableArray<string> AggregateReports { get; init; } = [];

    /// <summary><c>ruf</c>: the URIs that want failure reports, without the size limits of RFC 7489.</summary>
    public ImmutableArray<string> FailureReports { get; init; } = [];

    /// <summary>The policy for the domain itself, testing considered.</summary>
    public DmarcPolicy ForItself => Lowered(Policy);

    /// <summary>The policy for a subdomain, testing considered.</summary>
    public DmarcPolicy ForSubdomain(bool exists) =>
        Lowered((exists ? null : NonexistentPolicy) ?? SubdomainPolicy ?? Policy);

    // RFC 9989 §4.7, t=y: reject is applied as quarantine, and quarantine as none.
    private DmarcPolicy Lowered(DmarcPolicy policy) => IsTest && policy > DmarcPolicy.None ? policy - 1 : policy;
}
