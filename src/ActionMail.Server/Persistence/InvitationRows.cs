namespace ActionMail.Server.Persistence;

/// <summary>What an invited person has answered.</summary>
internal enum InvitationState
{
    Waiting,
    Accepted,
    Declined,
}

/// <summary>Somebody whom a developer has listed as a test user; they count once they have accepted. Security J-03.</summary>
internal sealed class TestInvitationRow
{
    public required Guid OrganizationId { get; init; }
    public required string ProviderId { get; init; }

    /// <summary>Who is invited.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>The notice that tells them.</summary>
    public required Guid NoticeId { get; init; }

    public required InvitationState State { get; set; }

    /// <summary>The address of who listed them.</summary>
    public required string InvitedBy { get; init; }

    public required DateTimeOffset InvitedAt { get; init; }
    public DateTimeOffset? AnsweredAt { get; set; }
}
