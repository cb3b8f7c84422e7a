using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Spf;

/// <summary>What <c>check_host</c> says of one domain: the result, the domain whose record decided (a redirect changes it), and what in it did.</summary>
internal sealed record SpfVerdict(SpfOutcome Outcome, DomainName Domain)
{
    public SpfRecord? Record { get; init; }

    public string? Mechanism { get; init; }

    public string? Problem { get; init; }
}

/// <summary>Whether a mechanism matches.</summary>
internal abstract record SpfMatch
{
    private SpfMatch() { }

    public sealed record Yes : SpfMatch;

    public sealed record No : SpfMatch;

    /// <summary>It takes answers that are not known yet.</summary>
    public sealed record Waiting : SpfMatch;

    /// <summary>The evaluation ends here, with temperror or permerror.</summary>
    public sealed record Ends(SpfOutcome Outcome, string Why) : SpfMatch;

    public static SpfMatch When(bool matches) => matches ? new Yes() : new No();
}
