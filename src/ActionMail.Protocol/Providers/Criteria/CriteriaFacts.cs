using System.Collections.Immutable;

namespace ActionMail.Protocol.Providers.Criteria;

/// <summary>What was seen of a provider, for the criteria to be measured by.</summary>
public sealed record CriteriaFacts
{
    /// <summary>Mails of the last 30 days that count as the provider's own.</summary>
    public long Mails { get; init; }

    /// <summary>Of them, those for which SPF or DKIM passed for any domain.</summary>
    public long PassedMails { get; init; }

    /// <summary>Of them, those for which one passed for the domain in From.</summary>
    public long AlignedMails { get; init; }

    /// <summary>Of them, those from an address that is not registered.</summary>
    public long OtherSenderMails { get; init; }

    /// <summary>Copies delivered in the last 30 days.</summary>
    public long Deliveries { get; init; }

    /// <summary>Complaints of the last 30 days.</summary>
    public long Complaints { get; init; }

    /// <summary>Cards opened in the last 30 days.</summary>
    public long Opens { get; init; }

    /// <summary>Cards acted on in the last 30 days.</summary>
    public long Acted { get; init; }

    /// <summary>Action requests of the last 7 days.</summary>
    public long Requests { get; init; }

    /// <summary>Of them, those that failed.</summary>
    public long FailedRequests { get; init; }

    /// <summary>How long the endpoints took to answer in the last 7 days.</summary>
    public LatencyHistogram Latency { get; init; } = LatencyHistogram.Empty;

    /// <summary>Mails by day (UTC) of the last 30 days; days without any may be left out.</summary>
    public ImmutableDictionary<DateOnly, long> MailsByDay { get; init; } = ImmutableDictionary<DateOnly, long>.Empty;

    /// <summary>Whether the last verification mail came with an aligned pass; null where none came.</summary>
    public bool? IsVerificationMailAligned { get; init; }

    /// <summary>How many cards the lint looked at: the sample card, the verification mail's, and the last live ones.</summary>
    public int LintedCards { get; init; }

    /// <summary>What the lint found in them, each as its rule's code.</summary>
    public ImmutableArray<string> LintCodes { get; init; } = [];
}
