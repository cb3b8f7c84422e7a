using System.Collections.Immutable;
using ActionMail.Mail.Arc;
using ActionMail.Mail.Dkim;
using ActionMail.Mail.Dmarc;
using ActionMail.Mail.Dns;
using ActionMail.Mail.Message;
using ActionMail.Mail.Senders;
using ActionMail.Mail.Spf;
using ActionMail.Protocol.Verdicts;

namespace ActionMail.Server.Intake;

/// <summary>
/// What was found out about a sender: as the facts that a verdict is reached by, and as it is reported. The one place where the results of Mail become what Protocol
/// judges; the command line compiles this file too.
/// </summary>
internal sealed record VerifiedSender(SenderResults Results, SenderFacts Facts, SenderReport Report)
{
    public static VerifiedSender Of(MailMessage mail, SenderResults results, DnsAnswers asked) =>
        new(results, FactsOf(mail, results, asked), SenderReport.Of(results, asked));

    private static SenderFacts FactsOf(MailMessage mail, SenderResults results, DnsAnswers asked) => new()
    {
        Spf = results.Spf is { } spf ? FactOf(spf) : null,
        Dkim = [.. results.Signatures.Select(FactOf)],
        Dmarc = FactOf(results.Dmarc),
        Arc = results.Arc.Result == ArcResultWord.None ? null : FactOf(results),
        HasCc = mail.HasCc,
        Questions = [.. asked.Asked.Select(question => question.ToString())],
    };

    private static SpfFact FactOf(SpfFinding spf) => new(Word(spf.Result.Outcome), spf.Result.Domain.ToString(), IsAligned(spf.Alignment))
    {
        Identity = spf.Result.Identity == SpfIdentity.Helo ? "helo" : "mailfrom",
        Evidence = spf.ReportedBy is { } host ? $"as {host} reports" : EvidenceOf(spf.Result),
    };

    private static string? EvidenceOf(SpfResult spf) =>
        spf.Problem ?? (spf.Record is { } record ? $"{spf.Mechanism ?? "no mechanism"} matches in \"{record}\"" : null);

    private static DkimFact FactOf(SignatureFinding signature) => new(
        Word(signature.Result.Result), FaultOf(signature.Result.Fault), signature.Result.Domain, signature.Result.Selector, IsAligned(signature.Alignment))
    {
        Algorithm = signature.Result.Algorithm,
        RsaBits = signature.Result.Algorithm.StartsWith("rsa", StringComparison.OrdinalIgnoreCase) ? signature.Result.KeyBits : null,
        SignedFields = signature.Result.SignedNames,
        Evidence = signature.Result.Reason,
    };

    private static SignatureFault FaultOf(DkimFault? fault) => fault switch
    {
        null => SignatureFault.None,
        DkimFault.TestingKey => SignatureFault.Testing,
        DkimFault.PartialBody => SignatureFault.PartialBody,
        DkimFault.WeakKey => SignatureFault.WeakKey,
        DkimFault.Expired => SignatureFault.Expired,
        DkimFault.FromTheFuture => SignatureFault.Future,
        _ => SignatureFault.NotVerified,
    };

    private static DmarcFact FactOf(DmarcResult dmarc) => dmarc switch
    {
        DmarcResult.Pass(var policy, _, _) => FactOf(MechanismResult.Pass, policy),
        DmarcResult.Fail(var policy) => FactOf(MechanismResult.Fail, policy),
        DmarcResult.None(var why) => new(MechanismResult.None) { Evidence = why },
        DmarcResult.TempError(var why) => new(MechanismResult.TempError) { Evidence = why },
        DmarcResult.PermError(var why) => new(MechanismResult.PermError) { Evidence = why },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static DmarcFact FactOf(MechanismResult result, AppliedPolicy policy) =>
        new(result, policy.Requested.ToString().ToLowerInvariant(), policy.Domain.ToString()) { Evidence = policy.Record.Text };

    private static ArcFact FactOf(SenderResults results) => new(
        Word(results.Arc.Result),
        [.. results.Arc.Chain.Select(set => set.Domain)],
        [.. results.ArcClaims.SelectMany(claim => FactOf(claim))]);

    // A word that RFC 8601 does not have is no claim.
    private static ImmutableArray<ArcClaim> FactOf(ClaimFinding claim) => Enum.TryParse<MechanismResult>(claim.Result.Result, ignoreCase: true, out var word)
        ? [new(claim.Result.Method, word, claim.Result.Domain ?? "", IsAligned(claim.Alignment))]
        : [];

    private static bool IsAligned(IdentifierAlignment alignment) => alignment is IdentifierAlignment.Aligned;

    // Each mechanism has its own words for its results; all of them are of RFC 8601 §2.7, and so are those of MechanismResult.
    private static MechanismResult Word<TWord>(TWord word) where TWord : struct, Enum => Enum.Parse<MechanismResult>(word.ToString());
}
