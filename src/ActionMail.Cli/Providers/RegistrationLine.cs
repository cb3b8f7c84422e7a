using System.Text.Json;

namespace ActionMail.Cli.Providers;

/// <summary>A registration as the API of a signed-in person tells it; members that nothing here needs are left out.</summary>
internal sealed record RegistrationLine
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Organization { get; init; }
    public required string Scope { get; init; }
    public required string State { get; init; }
    public string? StateReason { get; init; }
    public required string TokenProfile { get; init; }
    public int? ActiveRevision { get; init; }
    public int? PendingRevision { get; init; }
    public string? EffectiveAt { get; init; }

    /// <summary>Empty in a list.</summary>
    public IReadOnlyList<OwnerLine> Owners { get; init; } = [];

    /// <summary>What waits, else what runs, else the last; null in a list.</summary>
    public RevisionLine? Newest { get; init; }

    /// <summary>Null where none does, and in a list.</summary>
    public RevisionLine? Running { get; init; }

    /// <summary>What whoever asks may do to it as it stands.</summary>
    public IReadOnlyList<string> May { get; init; } = [];

    public IReadOnlyList<FindingLine> Warnings { get; init; } = [];

    /// <summary>The keys of what was submitted last and of what runs, with their proofs; null where nobody asked. <see cref="RegistrationInFull"/>.</summary>
    public IReadOnlyList<ProvenKeyLine>? Keys { get; init; }

    /// <summary>Null where nothing waits beside what runs, or nobody asked. <see cref="RegistrationInFull"/>.</summary>
    public DifferenceLine? Difference { get; init; }

    /// <summary>The revision that waits for a decision.</summary>
    public RevisionLine? Waiting => PendingRevision is { } waiting && Newest?.Number == waiting ? Newest : null;

    /// <summary>What the registration's own members are of: what runs, else what was submitted last.</summary>
    public RevisionLine? Shown => Running ?? Newest;

    /// <summary>What runs and what waits.</summary>
    public IEnumerable<RevisionLine> Revisions => new[] { Running, Newest }.OfType<RevisionLine>();
}

/// <summary>A key and whether it is proven that whoever registers it has the private half.</summary>
internal sealed record ProvenKeyLine
{
    public required string Thumbprint { get; init; }
    public string? ProvenAt { get; init; }
}

internal sealed record OwnerLine
{
    public required string Address { get; init; }
}

/// <summary>A revision with its content, whose members are those of a registration's file.</summary>
internal sealed record RevisionLine
{
    public required int Number { get; init; }
    public required string State { get; init; }
    public required string ContentHash { get; init; }
    public required string SubmittedBy { get; init; }
    public string? Reason { get; init; }
    public required JsonElement Content { get; init; }
    public IReadOnlyList<KeyLine> Keys { get; init; } = [];

    internal sealed record KeyLine
    {
        public required string Thumbprint { get; init; }
        public required string Kty { get; init; }
    }
}

/// <summary>An error or a warning about a field.</summary>
internal sealed record FindingLine
{
    public required string Field { get; init; }
    public required string Code { get; init; }
    public required string Words { get; init; }
}

/// <summary>One thing in which a submission differs from what is registered.</summary>
internal sealed record ChangeLine
{
    public required string Field { get; init; }
    public required string Kind { get; init; }
    public string? Before { get; init; }
    public string? After { get; init; }
}

/// <summary>In what a revision differs from the one that runs; from none, everything is added.</summary>
internal sealed record DifferenceLine
{
    public int? From { get; init; }
    public required IReadOnlyList<ChangeLine> Changes { get; init; }
}
