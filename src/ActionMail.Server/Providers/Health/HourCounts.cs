namespace ActionMail.Server.Providers.Health;

/// <summary>What is counted of a provider, for one hour or added up over many.</summary>
internal sealed record HourCounts
{
    /// <summary>Mails that count as its own, each once however many people it went to.</summary>
    public int Mails { get; init; }

    /// <summary>Of them, those for which SPF or DKIM passed, for whichever domain.</summary>
    public int Passed { get; init; }

    /// <summary>Of them, those for which one passed for the domain in From.</summary>
    public int Aligned { get; init; }

    /// <summary>Of them, those from an address that is not registered.</summary>
    public int OtherSenders { get; init; }

    /// <summary>Copies in mailboxes.</summary>
    public int Deliveries { get; init; }

    /// <summary>Of them, those whose card may act.</summary>
    public int Active { get; init; }

    /// <summary>Cards that were opened, each once.</summary>
    public int Opens { get; init; }

    /// <summary>Cards that were acted on with success, each once.</summary>
    public int Acted { get; init; }

    /// <summary>Action requests that were answered with success.</summary>
    public int Done { get; init; }

    /// <summary>Those that the endpoint declined (3xx and 4xx).</summary>
    public int Refused { get; init; }

    /// <summary>Those at which the endpoint failed (5xx).</summary>
    public int Broken { get; init; }

    /// <summary>Those that did not get through to it.</summary>
    public int NotSent { get; init; }

    /// <summary>Those to which no whole answer came.</summary>
    public int Unanswered { get; init; }

    public int Complaints { get; init; }

    public int Inert => Deliveries - Active;

    public int Requests => Done + Refused + Failed;

    /// <summary>What counts as a failure of the provider: an endpoint may decline, as where somebody else was faster.</summary>
    public int Failed => Broken + NotSent + Unanswered;

    public static HourCounts Sum(IEnumerable<HourCounts> counts) => counts.Aggregate(new HourCounts(), (sum, each) => sum + each);

    public static HourCounts operator +(HourCounts left, HourCounts right) => new()
    {
        Mails = left.Mails + right.Mails,
        Passed = left.Passed + right.Passed,
        Aligned = left.Aligned + right.Aligned,
        OtherSenders = left.OtherSenders + right.OtherSenders,
        Deliveries = left.Deliveries + right.Deliveries,
        Active = left.Active + right.Active,
        Opens = left.Opens + right.Opens,
        Acted = left.Acted + right.Acted,
        Done = left.Done + right.Done,
        Refused = left.Refused + right.Refused,
        Broken = left.Broken + right.Broken,
        NotSent = left.NotSent + right.NotSent,
        Unanswered = left.Unanswered + right.Unanswered,
        Complaints = left.Complaints + right.Complaints,
    };
}
