namespace ActionMail.Mail.Dns;

/// <summary>The answers known so far in the verification of one mail: what was asked and what came of it, in the order of asking.</summary>
public sealed class DnsAnswers
{
    private readonly Dictionary<DnsQuestion, DnsAnswer> _known = [];
    private readonly List<DnsQuestion> _asked = [];

    /// <summary>Every question that has an answer, in the order in which the answers came.</summary>
    public IReadOnlyList<DnsQuestion> Asked => _asked;

    /// <summary>The answer, or null when nobody has asked yet.</summary>
    public DnsAnswer? this[DnsQuestion question] => _known.GetValueOrDefault(question);

    /// <summary>Adds an answer; the first one to a question stands, so that one mail is judged by one view of the DNS.</summary>
    public void Add(DnsQuestion question, DnsAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (_known.TryAdd(question, answer))
            _asked.Add(question);
    }
}
