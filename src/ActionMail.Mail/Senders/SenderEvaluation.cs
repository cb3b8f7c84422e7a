using System.Collections.Immutable;
using System.Diagnostics;
using ActionMail.Mail.Arc;
using ActionMail.Mail.AuthenticationResults;
using ActionMail.Mail.Dkim;
using ActionMail.Mail.Dmarc;
using ActionMail.Mail.Dns;
using ActionMail.Mail.Spf;

namespace ActionMail.Mail.Senders;

/// <summary>
/// SPF, DKIM, ARC and DMARC of one mail, as a function of the answers known so far. Each step asks for all that any of them can ask for already, so that the
/// whole takes as long as the longest chain of questions; signatures are verified once, when there is nothing left to ask:
/// 1. SPF, the keys, the DMARC record and the organizational domains; 2. what the signatures prove; 3. DMARC with what passed; 4. what the sealers say.
/// </summary>
public static class SenderEvaluation
{
    // A long chain must not use up what the message may ask before SPF and DKIM are known.
    private const int MaxSealKeysAhead = 5;
    private const int MaxClaims = 5;

    /// <summary>The next questions, or all results.</summary>
    /// <param name="query">The mail, its author and where SPF is known from.</param>
    /// <param name="known">The answers so far.</param>
    /// <param name="now">By which times of signing and expiry are judged.</param>
    /// <param name="keys">Keys that were imported before.</param>
    public static DnsStep<SenderResults> Next(SenderQuery query, DnsAnswers known, DateTimeOffset now, DkimKeyCache keys)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(keys);
        var spf = SpfStep(query.Spf, known);
        var open = OpenQuestions(query, spf, known, now);
        return open.IsEmpty ? Judge(query, SpfOf(query, spf, known), known, now, keys) : new DnsStep<SenderResults>.Ask(open);
    }

    private static ImmutableArray<DnsQuestion> OpenQuestions(SenderQuery query, DnsStep<SpfResult>? spf, DnsAnswers known, DateTimeOffset now)
    {
        var open = new HashSet<DnsQuestion>(DkimEvaluation.OpenQuestions(query.Mail, known, now));
        open.UnionWith(spf?.Open ?? []);
        // What DMARC asks does not depend on what passes; only which alignment counts does.
        open.UnionWith(DmarcEvaluation.Next(new(query.Author, [], null), known).Open);
        foreach (var domain in DomainsToCompare(query))
            open.UnionWith(Relaxed(query.Author, domain, known).Open);
        var seals = ArcEvaluation.OpenQuestions(query.Mail, known);
        if (open.Count == 0 || seals.Length <= MaxSealKeysAhead)
            open.UnionWith(seals);
        return [.. open];
    }

    private static IEnumerable<DomainName> DomainsToCompare(SenderQuery query) => query.Mail.Signatures.OfType<SignatureReading.Read>()
        .Select(reading => reading.Signature.Domain)
        .Append(SpfDomain(query.Spf))
        .Where(domain => domain != default)
        .Distinct();

    private static DnsStep<SenderResults> Judge(SenderQuery query, SpfFinding? spf, DnsAnswers known, DateTimeOffset now, DkimKeyCache keys)
    {
        ImmutableArray<SignatureFinding> signatures =
            [.. Done(DkimEvaluation.Next(query.Mail, known, now, keys)).Select(result => new SignatureFinding(result, AlignmentOf(query, result, known)))];
        var dmarc = Done(DmarcEvaluation.Next(new(query.Author, Passed(signatures), spf is { Result.Outcome: SpfOutcome.Pass } ? spf.Result.Domain : null), known));
        var arc = Done(ArcEvaluation.Next(query.Mail, known, now, keys));
        var claims = Claims(arc).Select(claim => (claim.Claim, Step: Relaxed(query.Author, claim.Domain, known))).ToList();
        ImmutableArray<DnsQuestion> open = [.. claims.SelectMany(claim => claim.Step.Open).Distinct()];
        if (!open.IsEmpty)
            return new DnsStep<SenderResults>.Ask(open);
        return new DnsStep<SenderResults>.Done(new()
        {
            Author = query.Author,
            Spf = spf,
            Signatures = signatures,
            Dmarc = dmarc is DmarcResult.Fail && Uncertain(spf, signatures) is { } why ? new DmarcResult.TempError(why) : dmarc,
            Arc = arc,
            ArcClaims = [.. claims.Select(claim => new ClaimFinding(claim.Claim, Done(claim.Step)))],
        });
    }

    private static ImmutableArray<DomainName> Passed(IEnumerable<SignatureFinding> signatures) =>
        [.. signatures.Where(each => each.Result.Result == DkimResultWord.Pass).Select(each => DomainOf(each.Result)).Where(domain => domain != default)];

    // Nothing is asked for a signature that is not even tried: it aligns where its domain is the author's own.
    private static IdentifierAlignment AlignmentOf(SenderQuery query, DkimResult result, DnsAnswers known) =>
        DomainOf(result) is var domain && domain == default
            ? new IdentifierAlignment.NotAligned()
            : Done(IdentifierAlignment.Next(query.Author, domain, DomainsToCompare(query).Contains(domain) ? AlignmentMode.Relaxed : AlignmentMode.Strict, known));

    private static DomainName DomainOf(DkimResult result) => DomainName.TryParse(result.Domain, out var domain) ? domain : default;

    // RFC 9989 §5.3.6: a mail whose aligned identifier could not be asked for has neither passed nor failed.
    private static string? Uncertain(SpfFinding? spf, IEnumerable<SignatureFinding> signatures) =>
        spf is { Result.Outcome: SpfOutcome.TempError, Alignment: not IdentifierAlignment.NotAligned } ? spf.Result.Problem
        : signatures.FirstOrDefault(each => each is { Result.Result: DkimResultWord.TempError, Alignment: not IdentifierAlignment.NotAligned })?.Result.Reason;

    private static DnsStep<SpfResult>? SpfStep(SpfSource source, DnsAnswers known) => source switch
    {
        SpfSource.Client(var query) => SpfEvaluation.Next(query, known),
        SpfSource.Reported(var result, _) => new DnsStep<SpfResult>.Done(result),
        SpfSource.Unknown => null,
        _ => throw new UnreachableException(),
    };

    private static DomainName SpfDomain(SpfSource source) => source switch
    {
        SpfSource.Client(var query) => SpfSender.Of(query).Domain,
        SpfSource.Reported(var result, _) => result.Domain,
        _ => default,
    };

    private static SpfFinding? SpfOf(SenderQuery query, DnsStep<SpfResult>? step, DnsAnswers known) => step is not DnsStep<SpfResult>.Done(var result)
        ? null
        : new(
            result,
            result.Domain == default ? new IdentifierAlignment.NotAligned() : Done(Relaxed(query.Author, result.Domain, known)),
            (query.Spf as SpfSource.Reported)?.By);

    // RFC 8617 §7.2: what the first sealer saw is what came from the sender.
    private static IEnumerable<(MethodResult Claim, DomainName Domain)> Claims(ArcResult arc)
    {
        if (arc is not { Result: ArcResultWord.Pass, Chain: [var first, ..] } || ResultsReader.Read(first.AuthenticationResults) is not { } seen)
            yield break;
        foreach (var claim in seen.Results.Where(result => result.Method is "dkim" or "spf").Take(MaxClaims))
        {
            if (DomainName.TryParse(claim.Domain, out var domain))
                yield return (claim, domain);
        }
    }

    private static DnsStep<IdentifierAlignment> Relaxed(DomainName author, DomainName domain, DnsAnswers known) =>
        IdentifierAlignment.Next(author, domain, AlignmentMode.Relaxed, known);

    private static TResult Done<TResult>(DnsStep<TResult> step) =>
        step is DnsStep<TResult>.Done(var result) ? result : throw new UnreachableException("All that it asks for was asked for in the steps before.");
}
