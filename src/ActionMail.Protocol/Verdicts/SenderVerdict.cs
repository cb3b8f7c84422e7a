using System.Collections.Immutable;

namespace ActionMail.Protocol.Verdicts;

/// <summary>
/// Whether it is proven that a mail is from its From address: <paramref name="Reason"/> is null where it is. Protocol §2.
/// </summary>
public sealed record SenderVerdict(Reason? Reason, ImmutableArray<Check> Checks)
{
    /// <summary>The verdict for an unsigned card, which is as good as the proof of its sender.</summary>
    /// <param name="facts">What was found out; null where nobody looked.</param>
    /// <param name="policy">What is demanded.</param>
    public static SenderVerdict ForUnsignedCard(SenderFacts? facts, SenderPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (facts is null)
            return new(Verdicts.Reason.SenderUnverified, [new(Verdicts.Reason.SenderUnverified, CheckOutcome.Fail, "the card is not signed, and the sender was not verified")]);
        var proof = Proof.Of(facts, policy);
        var reason = proof.ReasonAgainst;
        return new(reason, [.. reason is null ? AsBeside(proof.Checks) : proof.Checks, Summary(facts, reason, reason is null ? proof.Words : "it is not proven who sent this")]);
    }

    /// <summary>
    /// The verdict for a signed card, which is its own proof: only a DMARC failure counts against it, or that nobody could say (decision 0018).
    /// </summary>
    /// <param name="facts">What was found out; null where nobody looked.</param>
    /// <param name="policy">What is demanded.</param>
    public static SenderVerdict ForSignedCard(SenderFacts? facts, SenderPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (facts is null)
            return new(null, []);
        var proof = Proof.Of(facts, policy);
        var reason = proof.DmarcReason;
        return new(reason, [.. AsBeside(proof.Checks.Remove(proof.Dmarc)), reason is null ? AsBeside(proof.Dmarc) : proof.Dmarc, Summary(facts, reason, "the card's own signature is its proof")]);
    }

    private static Check Summary(SenderFacts facts, Reason? reason, string words) =>
        new(Verdicts.Reason.SenderUnverified, reason is null ? CheckOutcome.Pass : CheckOutcome.Fail,
            facts.Questions.IsEmpty ? words : $"{words}; asked of the DNS: {string.Join(", ", facts.Questions)}");

    private static IEnumerable<Check> AsBeside(IEnumerable<Check> checks) => checks.Select(AsBeside);

    // What does not hold stays in the record, but does not count where something else is the proof.
    private static Check AsBeside(Check check) => check.Outcome == CheckOutcome.Fail ? check with { Outcome = CheckOutcome.Skipped } : check;

    /// <summary>Each mechanism judged by itself, and what they come to together.</summary>
    private sealed record Proof(SenderFacts Facts, SenderDemand Demand, DkimCheck Dkim, Check Spf, Check Dmarc, ArcCheck Arc)
    {
        public static Proof Of(SenderFacts facts, SenderPolicy policy)
        {
            var (dkim, arc) = (DkimCheck.Of(facts, policy.Demand), ArcCheck.Of(facts.Arc, policy));
            var needsDkim = policy.Demand == SenderDemand.Strict && dkim.Reason is not null && !arc.ProvesDkim;
            return new(facts, policy.Demand, dkim, SpfCheck(facts, policy.Demand, needsDkim), DmarcCheck(facts.Dmarc, arc), arc);
        }

        public ImmutableArray<Check> Checks => [.. Dkim.Checks, Spf, Dmarc, .. Arc.Check is { } arc ? [arc] : Array.Empty<Check>()];

        public Reason? DmarcReason => Dmarc.Outcome == CheckOutcome.Fail ? Dmarc.Code : null;

        public string Words => (Arc.Check?.Outcome == CheckOutcome.Pass ? "a trusted forwarder vouches for" : HasDkim && HasSpf ? "DKIM and SPF prove" : HasDkim ? "DKIM proves" : "SPF proves") + " the domain in From";

        private bool HasDkim => Dkim.Reason is null || Arc.ProvesDkim;

        private bool IsSentByDomain => Facts.Spf is { Result: MechanismResult.Pass, IsAligned: true } || Arc.ProvesSpf;

        private bool HasSpf => IsSentByDomain && Facts.Dmarc.IsPublished;

        private bool IsEnough => Demand == SenderDemand.Strict ? HasDkim && IsSentByDomain : HasDkim || HasSpf;

        private bool IsUncertain =>
            (!HasDkim && Facts.Dkim.Any(signature => signature.Result == MechanismResult.TempError)) || (!IsSentByDomain && Facts.Spf?.Result == MechanismResult.TempError);

        // What the sender can mend comes before what follows from it: a mail that nobody signed fails DMARC because it is not signed.
        public Reason? ReasonAgainst =>
            IsEnough ? DmarcReason
            : IsUncertain ? Verdicts.Reason.SenderUnverified
            : Arc.IsVouchedForByStrangers ? Verdicts.Reason.ArcUntrusted
            : HasDkim ? Verdicts.Reason.SpfNone
            : IsSentByDomain && Dkim.Reason is Verdicts.Reason.DkimNone or Verdicts.Reason.DkimUnaligned ? Verdicts.Reason.SpfOnly
            : Dkim.Reason;

        private static Check SpfCheck(SenderFacts facts, SenderDemand demand, bool needsDkim)
        {
            if (facts.Spf is not { } spf)
                return new(Verdicts.Reason.SpfNone, demand == SenderDemand.Strict ? CheckOutcome.Fail : CheckOutcome.Skipped, "SPF: the connecting address is not known");
            var seen = $"SPF {spf.Result.ToString().ToLowerInvariant()} for {spf.Domain} ({spf.Identity}){(spf.Evidence is { } evidence ? $": {evidence}" : "")}";
            return spf switch
            {
                { Result: not MechanismResult.Pass } => new(Verdicts.Reason.SpfNone, CheckOutcome.Fail, seen),
                { IsAligned: false } => new(Verdicts.Reason.SpfNone, CheckOutcome.Fail, $"{seen}; not aligned with From"),
                _ when needsDkim => new(Verdicts.Reason.SpfOnly, CheckOutcome.Fail, $"{seen}; aligned with From, but DKIM is demanded too"),
                _ when !facts.Dmarc.IsPublished && demand == SenderDemand.Standard => new(Verdicts.Reason.SpfOnly, CheckOutcome.Fail, $"{seen}; aligned with From, whose domain publishes no DMARC policy"),
                _ => new(Verdicts.Reason.SpfNone, CheckOutcome.Pass, $"{seen}; aligned with From"),
            };
        }

        private static Check DmarcCheck(DmarcFact dmarc, ArcCheck arc)
        {
            var seen = $"DMARC {dmarc.Result.ToString().ToLowerInvariant()}{(dmarc.Domain is { } domain ? $", policy {dmarc.Policy} of {domain}" : "")}{(dmarc.Evidence is { } evidence ? $": {evidence}" : "")}";
            return dmarc.Result switch
            {
                MechanismResult.Fail when arc.ProvesDkim || arc.ProvesSpf => new(Verdicts.Reason.DmarcFail, CheckOutcome.Skipped, $"{seen}; a trusted forwarder vouches for the mail as it came to it"),
                MechanismResult.Fail => new(Verdicts.Reason.DmarcFail, CheckOutcome.Fail, seen),
                MechanismResult.TempError => new(Verdicts.Reason.SenderUnverified, CheckOutcome.Fail, seen),
                _ => new(Verdicts.Reason.DmarcFail, CheckOutcome.Pass, seen),
            };
        }
    }
}
