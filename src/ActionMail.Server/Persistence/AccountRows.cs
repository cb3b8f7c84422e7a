using ActionMail.Protocol.Verdicts;

namespace ActionMail.Server.Persistence;

internal sealed class OrganizationRow
{
    public required Guid Id { get; init; }
    public required string Name { get; set; }

    /// <summary>What an unsigned card needs for this organization's people, where that is more than the operator demands.</summary>
    public SenderDemand SenderDemand { get; set; }

    /// <summary>Actionable messages are switched off for everybody in it.</summary>
    public bool CardsOff { get; set; }

    /// <summary>Global providers need an administrator's consent.</summary>
    public bool RequiresConsent { get; set; } = true;
}

internal sealed class PersonRow
{
    public required Guid OrganizationId { get; init; }
    public required Guid Id { get; init; }
    public required string DisplayName { get; set; }
    public required string Title { get; set; }

    /// <summary>Administers their own organization: its people, domains, consents, and the requests of its developers.</summary>
    public bool IsAdministrator { get; set; }

    /// <summary>Reviews what is asked for everybody, for the operator of the platform.</summary>
    public bool IsReviewer { get; set; }

    /// <summary>Since when they are no longer here: no sign-in, no session, no mail. Null while they are.</summary>
    public DateTimeOffset? DeactivatedAt { get; set; }

    /// <summary>Sessions begun before this are over, on every node. Null where none was ended as a whole.</summary>
    public DateTimeOffset? SessionsEndedAt { get; set; }

    /// <summary>The person has switched cards off.</summary>
    public bool CardsOff { get; set; }
}

internal sealed class AddressRow
{
    public required Guid OrganizationId { get; init; }

    /// <summary>In lower case.</summary>
    public required string Address { get; init; }

    public required Guid PersonId { get; init; }
    public required bool IsPrimary { get; init; }
}

internal sealed class SessionRow
{
    public required Guid OrganizationId { get; init; }
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the person last proved who they are; null where whoever signed them in did not say.</summary>
    public DateTimeOffset? AuthenticatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }
}
