using System.Diagnostics;
using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Spf;

/// <summary>
/// <c>check_host</c> (RFC 7208 §4), once through, as far as the answers go:
/// 1. find the record of the domain; 2. read it; 3. ask ahead; 4. the directives in their order; 5. the redirect; 6. else neutral.
/// Null says that it waits for answers.
/// </summary>
internal sealed class SpfCheck(SpfSender sender, SpfLookups lookups)
{
    private readonly SpfPointers _pointers = new(sender, lookups);

    public SpfMacroExpansion Macros => field ??= new(sender, _pointers);

    private SpfMechanismMatching Matching => field ??= new(sender, lookups, _pointers, this);

    public SpfVerdict? Judge(DomainName domain)
    {
        // 1. §4.4: NXDOMAIN is none, no answer is temperror; §4.5: one record, or none, or permerror.
        if (lookups.Ask(domain, DnsRecordType.Txt) is not { } answer)
            return null;
        if (answer is DnsAnswer.Unavailable(var why))
            return new(SpfOutcome.TempError, domain) { Problem = $"{domain} TXT: {why}" };
        var policies = PoliciesIn(answer);
        if (policies is [])
            return new(SpfOutcome.None, domain) { Problem = $"{domain} has no SPF record" };
        if (policies is not [var policy])
            return new(SpfOutcome.PermError, domain) { Problem = $"{domain} has {policies.Count} SPF records" };

        // 2.
        return SpfRecord.Read(policy) switch
        {
            SpfRecordReading.Read(var record) => Judge(record, domain),
            SpfRecordReading.Refused(var problem) => new(SpfOutcome.PermError, domain) { Record = new(policy, [], null, null), Problem = problem },
            _ => throw new UnreachableException(),
        };
    }

    private static List<string> PoliciesIn(DnsAnswer answer) =>
        answer is DnsAnswer.Found(var records) ? [.. records.OfType<DnsRecord.Text>().Select(text => text.Value).Where(SpfRecord.IsPolicy)] : [];

    private SpfVerdict? Judge(SpfRecord record, DomainName domain)
    {
        // 3.
        SpfForesight.AskAhead(record, domain, sender, lookups, Macros, _pointers);

        // 4. §4.6.2
        foreach (var directive in record.Directives)
        {
            switch (Matching.Match(directive.Mechanism, domain))
            {
                case SpfMatch.Yes: return new(directive.Outcome, domain) { Record = record, Mechanism = directive.Text };
                case SpfMatch.Ends(var outcome, var why): return new(outcome, domain) { Record = record, Problem = $"{directive.Text}: {why}" };
                case SpfMatch.Waiting: return null;
                case SpfMatch.No: break;
                default: throw new UnreachableException();
            }
        }

        // 5. and 6. §4.7
        return record.Redirect is { } target ? Redirect(target, record, domain) : new(SpfOutcome.Neutral, domain) { Record = record };
    }

    // §6.1: the other domain's record counts as if it were this one's, its explanation too; that there is none is this one's fault.
    private SpfVerdict? Redirect(SpfMacroString target, SpfRecord record, DomainName domain)
    {
        if (!lookups.TryCountTerm())
            return new(SpfOutcome.PermError, domain) { Record = record, Problem = SpfMechanismMatching.TooManyTerms };
        if (Macros.ExpandName(target, domain) is not { } name)
            return null;
        return (name == default ? new(SpfOutcome.None, name) : Judge(name)) switch
        {
            { Outcome: SpfOutcome.None } => new(SpfOutcome.PermError, domain) { Record = record, Problem = $"redirect={target} leads to no SPF record" },
            var verdict => verdict,
        };
    }
}
