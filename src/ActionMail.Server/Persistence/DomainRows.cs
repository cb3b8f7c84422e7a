namespace ActionMail.Server.Persistence;

/// <summary>A domain whose mail is an organization's.</summary>
internal sealed class DomainRow
{
    public required Guid OrganizationId { get; init; }
    public required string Name { get; init; }
}

/// <summary>By what a domain was shown to be an organization's.</summary>
internal enum ProofWay
{
    /// <summary>The operator says so.</summary>
    Operator,

    /// <summary>A TXT record.</summary>
    Dns,

    /// <summary>A file on the host; it proves that host alone.</summary>
    File,

    /// <summary>A mail of its postmaster with a signature of the domain's own.</summary>
    Mail,
}

/// <summary>A domain or host that an organization says is its own, and how far that is proven.</summary>
internal sealed class DomainProofRow
{
    public required Guid OrganizationId { get; init; }

    /// <summary>In lower case.</summary>
    public required string Domain { get; init; }

    /// <summary>What must be found there.</summary>
    public required string Token { get; init; }

    /// <summary>Whether mail to the domain is taken once it is proven.</summary>
    public required bool IsForMail { get; set; }

    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>The way it was last proven; null before that.</summary>
    public ProofWay? Way { get; set; }

    public DateTimeOffset? ProvenAt { get; set; }
    public DateTimeOffset? CheckedAt { get; set; }

    /// <summary>When it was asked for again and was not there any more.</summary>
    public DateTimeOffset? LostAt { get; set; }

    /// <summary>When what rests on it was suspended.</summary>
    public DateTimeOffset? SuspendedAt { get; set; }

    /// <summary>What the last look found, in words.</summary>
    public string Finding { get; set; } = "";
}
