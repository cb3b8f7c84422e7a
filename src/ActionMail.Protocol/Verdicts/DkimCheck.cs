using System.Collections.Immutable;

namespace ActionMail.Protocol.Verdicts;

/// <summary>Which of a mail's DKIM signatures proves its sender, or what keeps the nearest one from it. Protocol §2, security C-04 to C-08.</summary>
internal sealed record DkimCheck(Reason? Reason, ImmutableArray<Check> Checks)
{
    private const int WantedBits = 2048;

    // Over-signed or not, a field that is named cannot be added by somebody else.
    private static readonly string[] MustBeSigned = ["from", "subject", "to", "date"];

    // Of several signatures that prove nothing, the one that came furthest tells its sender most.
    private static readonly ImmutableArray<Reason> NearestFirst =
    [
        Verdicts.Reason.DkimWeakKey, Verdicts.Reason.DkimHeaderUnsigned, Verdicts.Reason.DkimPartialBody, Verdicts.Reason.DkimExpired, Verdicts.Reason.DkimFuture,
        Verdicts.Reason.DkimUnaligned, Verdicts.Reason.DkimFail, Verdicts.Reason.DkimNone,
    ];

    public static DkimCheck Of(SenderFacts facts, SenderDemand demand)
    {
        if (facts.Dkim.IsEmpty)
            return new(Verdicts.Reason.DkimNone, [new(Verdicts.Reason.DkimNone, CheckOutcome.Fail, "the mail has no DKIM signature")]);
        var judged = facts.Dkim.Select(signature => (signature.IsAligned, Reason: ReasonAgainst(signature, facts.HasCc, demand), Signature: signature)).ToList();
        var aligned = judged.FindAll(each => each.IsAligned);
        return new(
            judged.Exists(each => each.Reason is null) ? null : Nearest(aligned.Count > 0 ? aligned : judged),
            [.. judged.Select(each => CheckOf(each.Signature, each.Reason, facts.HasCc))]);
    }

    private static Check CheckOf(DkimFact signature, Reason? reason, bool hasCc) =>
        new(reason ?? Verdicts.Reason.DkimFail, reason is null ? CheckOutcome.Pass : CheckOutcome.Fail, Evidence(signature, hasCc));

    private static Reason? Nearest(IEnumerable<(bool IsAligned, Reason? Reason, DkimFact Signature)> judged) =>
        judged.Select(each => each.Reason).MinBy(reason => NearestFirst.IndexOf(reason!.Value));

    private static Reason? ReasonAgainst(DkimFact signature, bool hasCc, SenderDemand demand) => signature switch
    {
        { Fault: SignatureFault.Testing } => Verdicts.Reason.DkimNone,
        { IsAligned: false, Result: MechanismResult.Pass or MechanismResult.Policy } => Verdicts.Reason.DkimUnaligned,
        { IsAligned: false } => Verdicts.Reason.DkimFail,
        { Fault: SignatureFault.Expired } => Verdicts.Reason.DkimExpired,
        { Fault: SignatureFault.Future } => Verdicts.Reason.DkimFuture,
        { Fault: SignatureFault.WeakKey } => Verdicts.Reason.DkimWeakKey,
        { Fault: SignatureFault.PartialBody } => Verdicts.Reason.DkimPartialBody,
        { Result: not MechanismResult.Pass } or { Fault: not SignatureFault.None } => Verdicts.Reason.DkimFail,
        _ when Unsigned(signature, hasCc).Any() => Verdicts.Reason.DkimHeaderUnsigned,
        { RsaBits: < WantedBits } when demand == SenderDemand.Strict => Verdicts.Reason.DkimWeakKey,
        _ => null,
    };

    // Security C-06: who is in Cc is addressed, so a Cc that the sender did not sign could be anybody's.
    private static IEnumerable<string> Unsigned(DkimFact signature, bool hasCc) =>
        MustBeSigned.Concat(hasCc ? ["cc"] : []).Except(signature.SignedFields, StringComparer.Ordinal);

    private static string Evidence(DkimFact signature, bool hasCc)
    {
        var text = $"DKIM {signature.Result.ToString().ToLowerInvariant()}: d={signature.Domain} s={signature.Selector} {signature.Algorithm}";
        if (signature.RsaBits is { } bits)
            text += bits < WantedBits ? $", {bits} bits, where {WantedBits} are wanted" : $", {bits} bits";
        text += signature.IsAligned ? ", aligned with From" : ", not aligned with From";
        if (signature.Evidence is { } seen)
            text += $"; {seen}";
        var unsigned = signature.Result == MechanismResult.Pass ? string.Join(", ", Unsigned(signature, hasCc)) : "";
        return unsigned.Length > 0 ? $"{text}; not signed: {unsigned}" : text;
    }
}
