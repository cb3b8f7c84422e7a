namespace ActionMail.Server.Persistence;

/// <summary>An organization's consent to a Global provider; the last one given, and whether it was taken back.</summary>
internal sealed class ConsentRow
{
    /// <summary>The organization that consents.</summary>
    public required Guid OrganizationId { get; init; }

    public required string ProviderId { get; init; }
    public required Guid GrantedBy { get; set; }
    public required DateTimeOffset GrantedAt { get; set; }
    public Guid? RevokedBy { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>A provider whose cards a person has stopped.</summary>
internal sealed class StoppedSenderRow
{
    public required Guid OrganizationId { get; init; }
    public required Guid PersonId { get; init; }
    public required string ProviderId { get; init; }
    public required DateTimeOffset At { get; init; }
}
