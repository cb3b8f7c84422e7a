using System.Collections.Immutable;

namespace ActionMail.Protocol.Verdicts;

/// <summary>Each mechanism judged by itself, and what they come to together. Protocol §2.</summary>
internal sealed record SenderProof(SenderFacts Facts, SenderDemand Demand, DkimCheck Dkim, Check Spf, Check Dmarc, ArcCheck Arc)
{
    public static SenderProof Of(SenderFacts facts, SenderPolicy policy)
    {
        var (dkim, arc) = (DkimCheck.Of(facts, policy.Demand), ArcCheck.Of(facts.Arc, policy));
        var needsDkim = policy.Demand == SenderDemand.Strict && dkim.Reason is not null && !arc.ProvesDkim;
        return new(facts, policy.Demand, dkim, SpfCheck(facts, policy.Demand, needsDkim), DmarcCheck(facts.Dmarc, arc), arc);
    }

    public ImmutableArray<Check> Checks => [.. Dkim.Checks, Spf, Dmarc, .. Arc.Check is { } arc ? [arc] : Array.Empty<Check>()];

    public Reason? DmarcReason => Dmarc.Outcome == CheckOutcome.Fail ? Dmarc.Code : null;

    /// <summary>
    /// Why the sender is not proven, or null. What the sender can mend comes before what follows from it: a mail that nobody signed fails DMARC because it is
    /// not signed.
    /// </summary>
    public Reason? ReasonAgainst =>
        IsEnough ? DmarcReason
        : IsUncertain ? Reason.SenderUnverified
        : Arc.IsVouchedForByStrangers ? Reason.ArcUntrusted
        : HasDkim ? Reason.SpfNone
        : IsSentByDomain && Dkim.Reason is Reason.DkimNone or Reason.DkimUnaligned ? Reason.SpfOnly
        : Dkim.Reason;

    /// <summary>What the proof is, where there is one.</summary>
    public string Words =>
        Arc.Check?.Outcome == CheckOutcome.Pass ? "a trusted forwarder vouches for the domain in From"
        : HasDkim && HasSpf ? "DKIM and SPF prove the domain in From"
        : HasDkim ? "DKIM proves the domain in From"
        : "SPF proves the domain in From";

    private bool HasDkim => Dkim.Reason is null || Arc.ProvesDkim;

    private bool IsSentByDomain => Facts.Spf is { Result: MechanismResult.Pass, IsAligned: true } || Arc.ProvesSpf;

    private bool HasSpf => IsSentByDomain && Facts.Dmarc.IsPublished;

    private bool IsEnough => Demand == SenderDemand.Strict ? HasDkim && IsSentByDomain : HasDkim || HasSpf;

    // Security C-03: an answer that did not come could have been the proof.
    private bool IsUncertain =>
        (!HasDkim && Facts.Dkim.Any(signature => signature.Result == MechanismResult.TempError))
        || (!IsSentByDomain && Facts.Spf?.Result == MechanismResult.TempError);

    private static Check SpfCheck(SenderFacts facts, SenderDemand demand, bool needsDkim)
    {
        if (facts.Spf is not { } spf)
            return new(Reason.SpfNone, demand == SenderDemand.Strict ? CheckOutcome.Fail : CheckOutcome.Skipped, "SPF: the connecting address is not known");
        var seen = $"SPF {spf.Result.ToString().ToLowerInvariant()} for {spf.Domain} ({spf.Identity}){After(": ", spf.Evidence)}";
        return spf switch
        {
            { Result: not MechanismResult.Pass } => new(Reason.SpfNone, CheckOutcome.Fail, seen),
            { IsAligned: false } => new(Reason.SpfNone, CheckOutcome.Fail, $"{seen}; not aligned with From"),
            _ when needsDkim => new(Reason.SpfOnly, CheckOutcome.Fail, $"{seen}; aligned with From, but DKIM is demanded too"),
            _ when !facts.Dmarc.IsPublished && demand == SenderDemand.Standard =>
                new(Reason.SpfOnly, CheckOutcome.Fail, $"{seen}; aligned with From, whose domain publishes no DMARC policy"),
            _ => new(Reason.SpfNone, CheckOutcome.Pass, $"{seen}; aligned with From"),
        };
    }

    private static Check DmarcCheck(DmarcFact dmarc, ArcCheck arc)
    {
        var policy = dmarc.Domain is { } domain ? $", policy {dmarc.Policy} of {domain}" : "";
        var seen = $"DMARC {dmarc.Result.ToString().ToLowerInvariant()}{policy}{After(": ", dmarc.Evidence)}";
        return dmarc.Result switch
        {
            MechanismResult.Fail when arc.ProvesDkim || arc.ProvesSpf =>
                new(Reason.DmarcFail, CheckOutcome.Skipped, $"{seen}; a trusted forwarder vouches for the mail as it came to it"),
            MechanismResult.Fail => new(Reason.DmarcFail, CheckOutcome.Fail, seen),
            MechanismResult.TempError => new(Reason.SenderUnverified, CheckOutcome.Fail, seen),
            _ => new(Reason.DmarcFail, CheckOutcome.Pass, seen),
        };
    }

    private static string After(string mark, string? text) => text is null ? "" : mark + text;
}
