using ActionMail.Mail.Arc;
using ActionMail.Mail.Dmarc;
using ActionMail.Mail.Dns;
using ActionMail.Mail.Senders;
using ActionMail.Mail.Spf;

namespace ActionMail.Server.Intake;

/// <summary>
/// What SPF, DKIM, DMARC and ARC came to, in the words of the RFCs: as the API and the command line show it and as it is kept with the mail, where
/// <see cref="Dns"/> has all that was answered, as lines of a zone file. Security D-08.
/// </summary>
internal sealed record SenderReport(SpfReport? Spf, IReadOnlyList<DkimReport> Dkim, DmarcReport Dmarc, ArcReport Arc, IReadOnlyList<string> Dns)
{
    public static SenderReport Of(SenderResults results, DnsAnswers asked) => new(
        results.Spf is { } spf ? Of(spf) : null,
        [.. results.Signatures.Select(Of)],
        Of(results.Dmarc),
        new(Word(results.Arc.Result), results.Arc.Reason, [.. results.Arc.Chain.Select(Of)]),
        [.. ZoneWriter.Lines(asked)]);

    private static SpfReport Of(SpfFinding spf) => new(
        spf.Result.Outcome.Word, spf.Result.Domain.ToString(), spf.Result.Explanation ?? "", spf.Result.Identity == SpfIdentity.Helo ? "helo" : "mailfrom",
        spf.Alignment is IdentifierAlignment.Aligned, spf.Result.Record, spf.Result.Mechanism ?? spf.Result.Problem, spf.ReportedBy);

    private static DkimReport Of(SignatureFinding signature) => new(
        Word(signature.Result.Result), OrNull(signature.Result.Domain), OrNull(signature.Result.Selector), OrNull(signature.Result.Algorithm), signature.Result.KeyBits,
        signature.Result.Reason, signature.Alignment is IdentifierAlignment.Aligned, signature.Result.KeyRecord, OrNull(signature.Result.SignatureStart));

    private static DmarcReport Of(DmarcResult dmarc) => dmarc switch
    {
        DmarcResult.Pass(var policy, var by, _) => Of(dmarc.Word, policy, by == AlignedBy.Dkim ? "dkim" : "spf"),
        DmarcResult.Fail(var policy) => Of(dmarc.Word, policy, null),
        DmarcResult.None(var why) => new(dmarc.Word, null, null, null, null, why),
        DmarcResult.TempError(var why) => new(dmarc.Word, null, null, null, null, why),
        DmarcResult.PermError(var why) => new(dmarc.Word, null, null, null, null, why),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static DmarcReport Of(string word, AppliedPolicy policy, string? by) =>
        new(word, Word(policy.Requested), policy.Domain.ToString(), by, policy.Record.Text, null);

    private static ArcSetReport Of(ArcSet set) =>
        new(set.Instance, set.Domain, set.Selector, set.Cv, Word(set.SealHolds), Word(set.MessageHolds), set.AuthenticationResults);

    private static string? Word(bool? holds) => holds switch { true => "pass", false => "fail", null => null };

    private static string Word<TWord>(TWord word) where TWord : struct, Enum => word.ToString().ToLowerInvariant();

    private static string? OrNull(string text) => text.Length > 0 ? text : null;
}

/// <summary>SPF; <paramref name="Because"/> is the mechanism that matched, or why there is no verdict.</summary>
internal sealed record SpfReport(string Result, string Domain, string Explanation, string Identity, bool Aligned, string? Record, string? Because, string? ReportedBy);

/// <summary>One signature; what its field does not say is null.</summary>
internal sealed record DkimReport(
    string Result, string? Domain, string? Selector, string? Algorithm, int? Bits, string? Reason, bool Aligned, string? Record, string? SignatureStart);

/// <summary>DMARC; the policy that applies and where it was found, null without one.</summary>
internal sealed record DmarcReport(string Result, string? Policy, string? Domain, string? AlignedBy, string? Record, string? Reason);

/// <summary>The chain, the oldest set first.</summary>
internal sealed record ArcReport(string Result, string? Reason, IReadOnlyList<ArcSetReport> Chain);

/// <summary>Seal and message are pass, fail, or null where they were not checked.</summary>
internal sealed record ArcSetReport(int Instance, string Domain, string Selector, string Cv, string? Seal, string? Message, string AuthenticationResults);
