using System.Collections.Immutable;
using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Spf;

/// <summary>What one evaluation asks of the DNS, within the limits of RFC 7208 §4.6.4.</summary>
internal sealed class SpfLookups(DnsAnswers known)
{
    /// <summary>MX hosts and PTR names whose addresses are looked up. §4.6.4.</summary>
    public const int MaxHosts = 10;

    private const int MaxTerms = 10;
    private const int MaxVoid = 2;

    private readonly List<DnsQuestion> _asked = [];
    private readonly HashSet<DnsQuestion> _missing = [];
    private int _terms;
    private int _void;
    private int _ahead;

    /// <summary>Questions whose answers are known, in the order in which they were wanted.</summary>
    public ImmutableArray<DnsQuestion> Asked => [.. _asked.Distinct()];

    /// <summary>Questions whose answers are wanted and not known yet.</summary>
    public ImmutableArray<DnsQuestion> Missing => [.. _missing];

    /// <summary>Counts a term that asks the DNS. False when it is one too many, and the result a permerror.</summary>
    public bool TryCountTerm() => ++_terms <= MaxTerms;

    /// <summary>Counts an answer that found nothing. False when it is one too many, and the result a permerror.</summary>
    public bool TryCountVoid(DnsAnswer answer) => answer is not (DnsAnswer.NoSuchName or DnsAnswer.NoRecords) || ++_void <= MaxVoid;

    /// <summary>The answer; null when it is not known yet, and then the question is among the missing.</summary>
    public DnsAnswer? Ask(DomainName name, DnsRecordType type)
    {
        var question = new DnsQuestion(name, type);
        if (known[question] is not { } answer)
        {
            _missing.Add(question);
            return null;
        }
        _asked.Add(question);
        return answer;
    }

    /// <summary>Asks for what a later term will want if it is reached, to save a round of waiting. Never more than as many terms as may ask.</summary>
    public void AskAhead(DomainName name, DnsRecordType type)
    {
        if (_ahead++ < MaxTerms)
            Ask(name, type);
    }
}
