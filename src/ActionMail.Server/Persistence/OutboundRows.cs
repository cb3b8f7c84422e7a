using ActionMail.Server.Outbound;

namespace ActionMail.Server.Persistence;

/// <summary>A reply or a forward that a person sent, with its bytes. The id is that of the form it was written in: sent twice, it is one mail.</summary>
internal sealed class SentMailRow
{
    public required Guid OrganizationId { get; init; }
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }

    /// <summary>The message that it answers.</summary>
    public required Guid MessageId { get; init; }

    public required AnswerKind Kind { get; init; }
    public required string MailFrom { get; init; }
    public required byte[] Content { get; init; }
    public required DateTimeOffset SentAt { get; init; }
}

/// <summary>Where a delivery stands.</summary>
internal enum DeliveryState
{
    /// <summary>In a mailbox here.</summary>
    Delivered,

    /// <summary>For the relay, when it is due.</summary>
    Waiting,

    /// <summary>With the relay at this moment; from here on it may have it.</summary>
    Sending,

    /// <summary>The relay has taken it over.</summary>
    Relayed,

    /// <summary>The relay refused it for good, or did not take it in time.</summary>
    Failed,
}

/// <summary>What became of a sent mail for one of its recipients.</summary>
internal sealed class DeliveryRow
{
    public required Guid OrganizationId { get; init; }
    public required Guid SentMailId { get; init; }
    public required string Recipient { get; init; }
    public required DeliveryState State { get; set; }

    /// <summary>How often the relay has been asked.</summary>
    public int Attempts { get; set; }

    /// <summary>When the relay is asked next, while it waits.</summary>
    public required DateTimeOffset NextAttemptAt { get; set; }

    /// <summary>Why it has not been taken, in words for the sender.</summary>
    public string? Fault { get; set; }
}
