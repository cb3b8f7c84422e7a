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
            return Unseen("the card is not signed, and the sender was not verified");
        var proof = SenderProof.Of(facts, policy);
        return proof.ReasonAgainst is { } reason
            ? new(reason, [.. proof.Checks, Summary(facts, reason, "it is not proven who sent this")])
            : new(null, [.. proof.Checks.Select(AsBeside), Summary(facts, null, proof.Words)]);
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
        var proof = SenderProof.Of(facts, policy);
        var checks = proof.Checks.Select(check => check == proof.Dmarc ? check : AsBeside(check));
        return new(proof.DmarcReason, [.. checks, Summary(facts, proof.DmarcReason, "the card's own signature is its proof")]);
    }

    private static SenderVerdict Unseen(string why) =>
        new(Verdicts.Reason.SenderUnverified, [new(Verdicts.Reason.SenderUnverified, CheckOutcome.Fail, why)]);

    private static Check Summary(SenderFacts facts, Reason? reason, string words) =>
        new(Verdicts.Reason.SenderUnverified, reason is null ? CheckOutcome.Pass : CheckOutcome.Fail,
            facts.Questions.IsEmpty ? words : $"{words}; asked of the DNS: {string.Join(", ", facts.Questions)}");

    // What does not hold stays in the record, but does not count where something else is the proof.
    private static Check AsBeside(Check check) => check.Outcome == CheckOutcome.Fail ? check with { Outcome = CheckOutcome.Skipped } : check;
}
