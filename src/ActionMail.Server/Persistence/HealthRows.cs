namespace ActionMail.Server.Persistence;

/// <summary>
/// What was counted of a provider within one hour. Raised in the transaction that makes it true, so nothing is counted twice or lost, and no page has to look through
/// messages. The columns are those of <see cref="Providers.Health.HourCounts"/>.
/// </summary>
internal sealed class ProviderHourRow
{
    /// <summary>The provider's organization.</summary>
    public required Guid OrganizationId { get; init; }

    public required string ProviderId { get; init; }

    /// <summary>The beginning of the hour.</summary>
    public required DateTimeOffset Hour { get; init; }

    public int Mails { get; init; }
    public int Passed { get; init; }
    public int Aligned { get; init; }
    public int OtherSenders { get; init; }
    public int Deliveries { get; init; }
    public int Active { get; init; }
    public int Opens { get; init; }
    public int Acted { get; init; }
    public int Done { get; init; }
    public int Refused { get; init; }
    public int Broken { get; init; }
    public int NotSent { get; init; }
    public int Unanswered { get; init; }
    public int Complaints { get; init; }
}

/// <summary>What is counted by name within an hour.</summary>
internal enum HourDetail
{
    /// <summary>Copies whose card is inert, by reason code.</summary>
    Reason,

    /// <summary>Action requests without success, by what went wrong.</summary>
    Fault,

    /// <summary>Answers to action requests, by bucket of the time that they took.</summary>
    Latency,
}

/// <summary>One name of one kind within an hour.</summary>
internal sealed class ProviderHourDetailRow
{
    public required Guid OrganizationId { get; init; }
    public required string ProviderId { get; init; }
    public required DateTimeOffset Hour { get; init; }
    public required HourDetail Kind { get; init; }
    public required string Name { get; init; }
    public required int Count { get; init; }
}

/// <summary>Where a complaint came from.</summary>
internal enum ComplaintSource
{
    /// <summary>"Report as junk" in the inbox.</summary>
    Junk,

    /// <summary>A feedback report by mail. RFC 5965.</summary>
    Arf,
}

/// <summary>One complaint about a provider's mail. Who complained is not in it.</summary>
internal sealed class ComplaintRow
{
    /// <summary>The provider's organization; none, the empty id, where the complaint could be tied to no provider.</summary>
    public required Guid OrganizationId { get; init; }

    public required Guid Id { get; init; }

    /// <summary>The provider, or "".</summary>
    public required string ProviderId { get; init; }

    public required ComplaintSource Source { get; init; }

    /// <summary>What it is about, once for each: the recipient's copy, or the reported mail with its reporter.</summary>
    public required string Subject { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Whether it counts: its reporter is proven, and the mail is the provider's.</summary>
    public required bool IsCounted { get; init; }

    /// <summary>What it was tied by, or why it could not be.</summary>
    public required string Evidence { get; init; }
}

/// <summary>What became of a mail to the onboarding address.</summary>
internal enum VerificationOutcome
{
    /// <summary>It carries a card of a registration that waits for review.</summary>
    Taken,

    /// <summary>It was forwarded, which took its card away.</summary>
    Forwarded,

    /// <summary>It carries no card.</summary>
    WithoutCard,

    /// <summary>Its card cannot be read, or names no provider.</summary>
    Unreadable,

    /// <summary>Its card names no registration that waits for review.</summary>
    UnknownOriginator,
}

/// <summary>A mail that a developer sent to the onboarding address, with all that was found out about it.</summary>
internal sealed class VerificationMailRow
{
    /// <summary>The provider's organization.</summary>
    public required Guid OrganizationId { get; init; }

    public required Guid Id { get; init; }
    public required string ProviderId { get; init; }

    /// <summary>The revision that waited when it came.</summary>
    public required int Revision { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }
    public required VerificationOutcome Outcome { get; init; }
    public required string FromAddress { get; init; }
    public required string Subject { get; init; }
    public required string MailFrom { get; init; }
    public required string ClientAddress { get; init; }
    public required string Helo { get; init; }

    /// <summary>The bytes as received.</summary>
    public required byte[] Content { get; init; }

    public required byte[] ContentHash { get; init; }

    /// <summary>What was found out about its sender, as JSON.</summary>
    public string? Sender { get; init; }

    /// <summary>Whether SPF or DKIM passed for the domain in From.</summary>
    public required bool IsAligned { get; init; }

    /// <summary>The reason why the card would be inert after an approval, or null.</summary>
    public Protocol.Verdicts.Reason? Reason { get; init; }

    /// <summary>The checks as JSON, made as if the pending revision were approved.</summary>
    public required string Checks { get; init; }

    /// <summary>The card's JSON, or null.</summary>
    public string? Card { get; init; }

    /// <summary>The lint findings as JSON.</summary>
    public required string Findings { get; init; }
}
