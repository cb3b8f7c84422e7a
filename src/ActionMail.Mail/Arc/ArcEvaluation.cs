using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using ActionMail.Mail.Dkim;
using ActionMail.Mail.Dns;
using ActionMail.Mail.Message;

namespace ActionMail.Mail.Arc;

/// <summary>
/// Validates the ARC chain of a mail by RFC 8617 §5.2: its structure, the newest message signature, then every seal from the newest down. An
/// empty <c>cv=</c> breaks the chain. The optional step of older message signatures is not made: later hops may have changed the mail.
/// </summary>
public static class ArcEvaluation
{
    /// <summary>The next step: the keys of the newest message signature and of all seals, or the result. Keys are asked for once the structure holds.</summary>
    /// <param name="mail">The mail as received.</param>
    /// <param name="known">The answers so far.</param>
    /// <param name="now">By which times of signing and expiry are judged.</param>
    /// <param name="keys">Keys that were imported before.</param>
    public static DnsStep<ArcResult> Next(SignedMail mail, DnsAnswers known, DateTimeOffset now, DkimKeyCache keys)
    {
        ArgumentNullException.ThrowIfNull(mail);
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(keys);
        switch (ArcReader.Read(mail))
        {
            case ArcReading.Absent: return new DnsStep<ArcResult>.Done(new(ArcResultWord.None, null, []));
            case ArcReading.Broken(var why): return new DnsStep<ArcResult>.Done(new(ArcResultWord.Fail, why, []));
            case ArcReading.Chain(var sets):
                var unknown = Questions(sets).Where(question => known[question] is null).ToImmutableArray();
                return unknown.IsEmpty
                    ? new DnsStep<ArcResult>.Done(Validate(new(mail, known, now, keys), sets))
                    : new DnsStep<ArcResult>.Ask(unknown);
            default: throw new UnreachableException();
        }
    }

    private static IEnumerable<DnsQuestion> Questions(IReadOnlyList<ArcFields> sets) =>
        sets.Select(set => set.Seal).Append(sets[^1].Message).Select(DkimEvaluation.KeyQuestion).Distinct();

    private static ArcResult Validate(Facts facts, IReadOnlyList<ArcFields> sets)
    {
        var chain = sets.Select(Describe).ToArray();
        var newest = sets[^1];
        var finding = facts.Check(newest.Message, key => SignatureCheck.Content(facts.Mail, newest.Message, key));
        chain[^1] = chain[^1] with { MessageHolds = finding is null };
        if (finding is not null)
            return Stopped(finding, $"message signature {newest.Instance}", chain);
        for (var i = sets.Count - 1; i >= 0; i--)
        {
            finding = facts.Check(sets[i].Seal, key => SignatureCheck.Hash(ArcSealHash.Of(facts.Mail, sets, sets[i].Instance), sets[i].Seal, key));
            chain[i] = chain[i] with { SealHolds = finding is null };
            if (finding is not null)
                return Stopped(finding, $"seal {sets[i].Instance}", chain);
        }
        return new(ArcResultWord.Pass, null, [.. chain]);
    }

    private static ArcResult Stopped(DkimFinding finding, string where, ArcSet[] chain) =>
        new(finding.Fault == DkimFault.KeyUnavailable ? ArcResultWord.TempError : ArcResultWord.Fail, $"{where}: {finding.Detail}", [.. chain]);

    private static ArcSet Describe(ArcFields set) => new()
    {
        Instance = set.Instance,
        Domain = set.Seal.Domain.ToString(),
        Selector = set.Seal.Selector,
        Cv = set.Seal.ChainWord.ToString().ToLowerInvariant(),
        MessageDomain = set.Message.Domain.ToString(),
        AuthenticationResults = ArcInstance.TryRead(set.Results.Content, out _, out var results) ? FieldText.Clean(Encoding.UTF8.GetString(results.Span)) : "",
    };

    private sealed record Facts(SignedMail Mail, DnsAnswers Known, DateTimeOffset Now, DkimKeyCache Keys)
    {
        public DkimFinding? Check(SignatureField signature, Func<DkimKey, DkimFinding?> verify) =>
            SignatureCheck.Time(signature, Now) ?? SignatureCheck.Key(Known[DkimEvaluation.KeyQuestion(signature)]!, signature, Keys) switch
            {
                DkimKeyReading.Read(var key) => verify(key),
                DkimKeyReading.Refused(var finding) => finding,
                _ => throw new UnreachableException(),
            };
    }
}
