using System.Collections.Immutable;
using System.Diagnostics;
using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Dmarc;

/// <summary>
/// What DMARC judges: the domain of the one address in From, the d= of each DKIM signature that passed, and the domain whose SPF passed, or null.
/// </summary>
public sealed record DmarcQuestion(DomainName Author, ImmutableArray<DomainName> DkimPassed, DomainName? SpfPassed);

/// <summary>
/// DMARC as RFC 9989 has it, as a function of the question and the DNS answers known so far:
/// 1. find the policy that applies (§4.10.1); 2. see what aligns (§4.10.2); 3. see whether the author domain exists, where that changes the policy.
/// </summary>
public static class DmarcEvaluation
{
    /// <summary>One step: more questions, or the result.</summary>
    public static DnsStep<DmarcResult> Next(DmarcQuestion question, DnsAnswers known)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(known);
        return DmarcDiscovery.Next(question.Author, known) switch
        {
            DnsStep<DmarcDiscovery>.Ask(var questions) => Ask(questions),
            DnsStep<DmarcDiscovery>.Done(DmarcDiscovery.Nothing(var why)) => Done(new DmarcResult.None(why)),
            DnsStep<DmarcDiscovery>.Done(DmarcDiscovery.Unavailable(var why)) => Done(new DmarcResult.TempError(why)),
            DnsStep<DmarcDiscovery>.Done(DmarcDiscovery.Impossible(var why)) => Done(new DmarcResult.PermError(why)),
            DnsStep<DmarcDiscovery>.Done(DmarcDiscovery.Found(var published)) => Align(question, published, known),
            _ => throw new UnreachableException(),
        };
    }

    private static DnsStep<DmarcResult> Align(DmarcQuestion question, PublishedRecord published, DnsAnswers known)
    {
        if (!published.Record.Applies)
            return Done(new DmarcResult.None($"the record of {published.Domain} has no policy that can be read, and nobody to report to: {published.Record.Text}"));
        var identifiers = Identifiers(question, published.Record, known).ToList();
        // SPF is named only where no signature can still align.
        var aligned = identifiers.Find(each => each is { By: AlignedBy.Dkim, IsAligned: true });
        ImmutableArray<DnsQuestion> open = aligned is null ? [.. identifiers.SelectMany(each => each.Open).Distinct()] : [];
        if (!open.IsEmpty)
            return Ask(open);
        aligned ??= identifiers.Find(each => each.IsAligned);
        if (aligned is not null)
            return Conclude(question, published, policy => new DmarcResult.Pass(policy, aligned.By, aligned.Domain), known);
        return identifiers.Find(each => each.Trouble is not null) is { Trouble: { } trouble }
            ? Done(new DmarcResult.TempError(trouble))
            : Conclude(question, published, policy => new DmarcResult.Fail(policy), known);
    }

    private static IEnumerable<Identifier> Identifiers(DmarcQuestion question, DmarcRecord record, DnsAnswers known)
    {
        foreach (var domain in question.DkimPassed)
            yield return new(AlignedBy.Dkim, domain, IdentifierAlignment.Next(question.Author, domain, record.DkimAlignment, known));
        if (question.SpfPassed is { } spf)
            yield return new(AlignedBy.Spf, spf, IdentifierAlignment.Next(question.Author, spf, record.SpfAlignment, known));
    }

    private static DnsStep<DmarcResult> Conclude(DmarcQuestion question, PublishedRecord published, Func<AppliedPolicy, DmarcResult> result, DnsAnswers known)
    {
        var (domain, record) = published;
        if (domain == question.Author)
            return Done(result(new(record.ForItself, domain, record)));
        if (record.ForSubdomain(exists: true) == record.ForSubdomain(exists: false))
            return Done(result(new(record.ForSubdomain(exists: true), domain, record)));
        // RFC 9989 §3.2, RFC 8020: a domain does not exist where the answer to a question for it is NXDOMAIN.
        var existence = new DnsQuestion(question.Author, DnsRecordType.A);
        return known[existence] switch
        {
            null => Ask([existence]),
            DnsAnswer.Unavailable(var why) => Done(new DmarcResult.TempError($"{existence}: {why}")),
            var answer => Done(result(new(record.ForSubdomain(answer is not DnsAnswer.NoSuchName), domain, record))),
        };
    }

    private static DnsStep<DmarcResult>.Ask Ask(ImmutableArray<DnsQuestion> questions) => new(questions);

    private static DnsStep<DmarcResult>.Done Done(DmarcResult result) => new(result);

    /// <summary>An authenticated domain and how far its comparison with the author domain has come.</summary>
    private sealed record Identifier(AlignedBy By, DomainName Domain, DnsStep<IdentifierAlignment> Step)
    {
        public bool IsAligned => Step is DnsStep<IdentifierAlignment>.Done(IdentifierAlignment.Aligned);

        public ImmutableArray<DnsQuestion> Open => Step is DnsStep<IdentifierAlignment>.Ask(var questions) ? questions : [];

        public string? Trouble => Step is DnsStep<IdentifierAlignment>.Done(IdentifierAlignment.Unavailable(var why)) ? why : null;
    }
}
