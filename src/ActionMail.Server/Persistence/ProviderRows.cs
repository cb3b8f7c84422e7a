using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Providers;

namespace ActionMail.Server.Persistence;

/// <summary>A registration: which revision runs, which one waits, and whether it is in force.</summary>
internal sealed class ProviderRow
{
    public required Guid OrganizationId { get; init; }

    /// <summary>The originator id, a GUID in lower case; never used again.</summary>
    public required string Id { get; init; }

    public required ProviderState State { get; set; }

    /// <summary>The approved revision, or null before the first approval.</summary>
    public int? ActiveRevision { get; set; }

    /// <summary>The revision that waits for a decision, or null.</summary>
    public int? PendingRevision { get; set; }

    /// <summary>The newest revision; 0 in a row that an earlier release wrote.</summary>
    public int LatestRevision { get; set; }

    /// <summary>Why it is in this state, in the words of who put it there.</summary>
    public string StateReason { get; set; } = "";

    /// <summary>How far up it was suspended or revoked; who equals or outranks that may lift a suspension. Null while neither is so.</summary>
    public SuspensionRank? SuspendedBy { get; set; }

    /// <summary>When the running revision took effect.</summary>
    public DateTimeOffset? EffectiveAt { get; set; }

    /// <summary>The name, scope, token profile and application id of the running revision, or of the newest where none runs: what lists show and search.</summary>
    public string Name { get; set; } = "";

    /// <summary>The name as <see cref="Protocol.Providers.Names.NameLikeness.Skeleton"/> sees it: names that a reader would take for each other have the same. Empty in a row of an earlier release, and of a name without a letter.</summary>
    public string NameSkeleton { get; set; } = "";

    public ProviderScope Scope { get; set; }
    public TokenProfile TokenProfile { get; set; }
    public string? AppId { get; set; }

    /// <summary>Whether a Global revision runs or waits: a matter of the reviewers.</summary>
    public bool IsGlobal { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>The registry's version at the last change; an ETag, and what a node asks for that has read up to an earlier one.</summary>
    public long Version { get; set; }
}

/// <summary>How far up a suspension was pronounced. A lower one cannot lift it.</summary>
internal enum SuspensionRank
{
    Owner,
    Administrator,
    Reviewer,
    Operator,
}

/// <summary>What was submitted, once and for all: an approval names a revision.</summary>
internal sealed class ProviderRevisionRow
{
    public required Guid OrganizationId { get; init; }
    public required string ProviderId { get; init; }
    public required int Number { get; init; }

    /// <summary>The registration's fields as JSON (<see cref="Protocol.Providers.Submissions.RegisteredContent"/>).</summary>
    public required string Content { get; init; }

    public required byte[] ContentHash { get; init; }
    public required ProviderState State { get; set; }

    /// <summary>The submitter's address, or "operator".</summary>
    public required string SubmittedBy { get; init; }

    /// <summary>The submitter; null for the operator.</summary>
    public Guid? SubmitterId { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>The address of who decided, "operator", or "platform" where nobody had to.</summary>
    public string? DecidedBy { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Why it was refused, in the words of who refused it.</summary>
    public string Reason { get; set; } = "";
}

/// <summary>Who may see and change a registration beside the administrators and the reviewers; the submitter is the first.</summary>
internal sealed class ProviderOwnerRow
{
    public required Guid OrganizationId { get; init; }
    public required string ProviderId { get; init; }
    public required Guid PersonId { get; init; }
    public required DateTimeOffset Since { get; init; }
}

/// <summary>A submission that is being written: of a new provider, whose id it reserves, or of a new revision.</summary>
internal sealed class ProviderDraftRow
{
    public required Guid OrganizationId { get; init; }
    public required string ProviderId { get; init; }
    public required Guid PersonId { get; init; }

    /// <summary>The fields as they were typed, right or wrong, as JSON (<see cref="Protocol.Providers.Submissions.ProviderSubmission"/>).</summary>
    public required string Fields { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset SavedAt { get; set; }

    /// <summary>Counts the savings: an ETag.</summary>
    public required int Version { get; set; }

    /// <summary>The registration's newest revision when this was begun, which it was begun with; null for a new provider.</summary>
    public int? BaseRevision { get; init; }
}

/// <summary>How far it is proven that whoever registers a key has its private half. The same key in another registration is proven there anew.</summary>
internal sealed class KeyProofRow
{
    public required Guid OrganizationId { get; init; }
    public required string ProviderId { get; init; }

    /// <summary>RFC 7638, SHA-256.</summary>
    public required string Thumbprint { get; init; }

    /// <summary>What is to be signed next; null where nobody has asked, or it was answered.</summary>
    public string? Nonce { get; set; }

    public DateTimeOffset? NonceExpiresAt { get; set; }

    public DateTimeOffset? ProvenAt { get; set; }

    /// <summary>The address of who proved it.</summary>
    public string? ProvenBy { get; set; }
}

/// <summary>A logo or a screenshot that a revision names by its hash.</summary>
internal sealed class ProviderImageRow
{
    public required Guid OrganizationId { get; init; }
    public required string ProviderId { get; init; }

    /// <summary>In lower-case hex.</summary>
    public required string Sha256 { get; init; }

    public required byte[] Png { get; init; }
    public required int Width { get; init; }
    public required int Height { get; init; }
}

/// <summary>An address that a running registration sends from: in an organization, and for a scope, it is that of registrations with an owner in common.</summary>
internal sealed class ProviderSenderRow
{
    public required Guid OrganizationId { get; init; }
    public required ProviderScope Scope { get; init; }

    /// <summary>In lower case.</summary>
    public required string Address { get; init; }

    public required string ProviderId { get; init; }
}

/// <summary>What people are to be told of a registration; written with the change, told afterwards.</summary>
internal enum NoticeKind
{
    /// <summary>To the approvers: a revision waits.</summary>
    Requested,

    /// <summary>To the owners: it runs.</summary>
    Approved,
    Rejected,
    Withdrawn,
    Suspended,
    Resumed,
    Revoked,

    /// <summary>To those who are listed as its test users, and have not been asked yet.</summary>
    Invited,

    /// <summary>To who was made an owner, whose address is the notice's reason.</summary>
    OwnerAdded,

    /// <summary>To the submitter of a revision that waited, and was put aside by somebody else's.</summary>
    Replaced,
}

/// <summary>A change that people are still to be told of, or have been.</summary>
internal sealed class NoticeRow
{
    public required Guid OrganizationId { get; init; }
    public required Guid Id { get; init; }
    public required string ProviderId { get; init; }
    public required int Revision { get; init; }
    public required NoticeKind Kind { get; init; }

    /// <summary>Who brought it about, as people read it.</summary>
    public required string By { get; init; }

    public required string Reason { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? ToldAt { get; set; }
}

/// <summary>The one sequence of changes that running nodes must take up.</summary>
internal sealed class RegistryVersionRow
{
    public required int Id { get; init; }
    public required long Version { get; set; }
}

/// <summary>A running process of the platform, and which version of the registry it acts by.</summary>
internal sealed class NodeRow
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it last said that it runs.</summary>
    public required DateTimeOffset SeenAt { get; set; }

    public required long Version { get; set; }

    /// <summary>When it took up that version.</summary>
    public required DateTimeOffset LoadedAt { get; set; }
}

/// <summary>The answer to a request that may be heard twice, under the key that its sender chose.</summary>
internal sealed class IdempotencyKeyRow
{
    public required Guid OrganizationId { get; init; }
    public required Guid PersonId { get; init; }
    public required string Key { get; init; }

    /// <summary>SHA-256 of what was asked for.</summary>
    public required byte[] RequestHash { get; init; }

    public required int Status { get; init; }
    public required string Body { get; init; }
    public required DateTimeOffset At { get; init; }
}
