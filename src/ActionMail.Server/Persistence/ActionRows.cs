namespace ActionMail.Server.Persistence;

/// <summary>Where an attempt stands. The last four are its definite words.</summary>
internal enum AttemptState
{
    /// <summary>Recorded; nothing has left the house.</summary>
    Claimed,

    /// <summary>From here on the provider may have seen it.</summary>
    Sending,

    /// <summary>The provider answered with success.</summary>
    Done,

    /// <summary>The provider answered, and not with success.</summary>
    Refused,

    /// <summary>The request cannot have reached the provider.</summary>
    FailedNotSent,

    /// <summary>The request may have reached the provider; no answer came.</summary>
    Unknown,
}

/// <summary>One click, or one automatic call. Its id is the Action-Request-Id.</summary>
internal sealed class AttemptRow
{
    public required Guid OrganizationId { get; init; }
    public required Guid Id { get; init; }
    public required Guid MessageId { get; init; }
    public required int CardVersion { get; init; }
    public required string ActionId { get; init; }
    public required string Title { get; init; }

    /// <summary>The id that the page gave the press of the button.</summary>
    public required Guid ClickId { get; init; }

    public required Guid PersonId { get; init; }
    public required string ActorAddress { get; init; }
    public required string ActorName { get; init; }
    public required bool IsAutomatic { get; init; }

    /// <summary>The input values as JSON, as they are sent again when the outcome is unknown.</summary>
    public required string Inputs { get; init; }

    /// <summary>SHA-256 of <see cref="Inputs"/>.</summary>
    public required byte[] InputsHash { get; init; }

    public required AttemptState State { get; set; }

    /// <summary>What the actor reads.</summary>
    public string Text { get; set; } = "";

    /// <summary>What went wrong, for the provider's developers; never shown to other readers of the mailbox.</summary>
    public string? Fault { get; set; }

    /// <summary>Method, origin and path of the call; no query, which may hold secrets.</summary>
    public string Called { get; set; } = "";

    public int? HttpStatus { get; set; }
    /// <summary>When it was claimed, the last time where it was claimed again.</summary>
    public required DateTimeOffset ClaimedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
}

/// <summary>One line of the append-only record; each hash covers the one before.</summary>
internal sealed class AuditRow
{
    public required Guid OrganizationId { get; init; }
    public required long Sequence { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened, in snake_case: <c>card_inert</c>, <c>action_claimed</c>, <c>action_done</c> …</summary>
    public required string Kind { get; init; }

    public required string Subject { get; init; }
    public required string Actor { get; init; }

    /// <summary>The facts as JSON; no secret, token or body.</summary>
    public required string Facts { get; init; }

    public required byte[] Hash { get; init; }
}
