namespace ActionMail.Protocol.Verdicts;

/// <summary>
/// Whether an ARC chain may stand in for what a forwarder broke. Every sealer of it must be trusted: behind one that is not, the first set could be
/// anybody's invention. RFC 8617, protocol §2, security C-15.
/// </summary>
internal sealed record ArcCheck(bool ProvesDkim, bool ProvesSpf, bool IsVouchedForByStrangers, Check? Check)
{
    public static ArcCheck Of(ArcFact? arc, SenderPolicy policy)
    {
        if (arc is null || arc.Result == MechanismResult.None)
            return new(false, false, false, null);
        var (dkim, spf) = (Claims(arc, "dkim"), Claims(arc, "spf"));
        var stranger = arc.Sealers.FirstOrDefault(sealer => !policy.TrustedSealers.Contains(sealer));
        if (arc.Result != MechanismResult.Pass || arc.Sealers.IsEmpty)
            return new(false, false, false, Failed($"the ARC chain does not hold: {arc.Result.ToString().ToLowerInvariant()}"));
        if (stranger is not null)
            return new(false, false, dkim || spf, Failed($"the ARC chain holds, but its sealer {stranger} is not trusted here"));
        var sealers = string.Join(", ", arc.Sealers);
        return dkim || spf
            ? new(dkim, spf, false, new(Reason.ArcUntrusted, CheckOutcome.Pass, $"{sealers}, trusted, saw {(dkim ? "DKIM" : "SPF")} pass, aligned with From"))
            : new(false, false, false, Failed($"{sealers}, trusted, saw neither DKIM nor SPF pass for the domain in From"));
    }

    private static bool Claims(ArcFact arc, string method) =>
        arc.Claims.Any(claim => claim.IsAligned && claim.Result == MechanismResult.Pass && claim.Method == method);

    private static Check Failed(string evidence) => new(Reason.ArcUntrusted, CheckOutcome.Fail, evidence);
}
