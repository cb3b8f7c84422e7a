using ActionMail.Protocol.Providers;

namespace ActionMail.Server.Persistence;

/// <summary>A registration: which revision runs, and whether it is in force.</summary>
internal sealed class ProviderRow
{
    public required Guid OrganizationId { get; init; }

    /// <summary>The originator id, a GUID in lower case; never used again.</summary>
    public required string Id { get; init; }

    public required ProviderState State { get; set; }

    /// <summary>The approved revision, or null before the first approval.</summary>
    public int? ActiveRevision { get; set; }

    /// <summary>Why it is in this state, in the words of who put it there.</summary>
    public string StateReason { get; set; } = "";

    /// <summary>When the running revision took effect.</summary>
    public DateTimeOffset? EffectiveAt { get; set; }
}

/// <summary>What was submitted, once and for all: an approval names a revision.</summary>
internal sealed class ProviderRevisionRow
{
    public required Guid OrganizationId { get; init; }
    public required string ProviderId { get; init; }
    public required int Number { get; init; }

    /// <summary>The registration's fields as JSON (<see cref="Providers.ProviderContent"/>).</summary>
    public required string Content { get; init; }

    public required byte[] ContentHash { get; init; }
    public required ProviderState State { get; set; }
    public required string SubmittedBy { get; init; }
    public required DateTimeOffset SubmittedAt { get; init; }
    public string? DecidedBy { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
}
