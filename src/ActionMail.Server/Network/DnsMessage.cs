using ActionMail.Mail.Dns;
using DnsClient;
using DnsClient.Protocol;
using DnsQuestion = ActionMail.Mail.Dns.DnsQuestion;

namespace ActionMail.Server.Network;

/// <summary>
/// What a message of a DNS server says to a question. Only records of the name that was asked for, or that its aliases lead to, are read (security C-14).
/// </summary>
internal static class DnsMessage
{
    /// <summary>A larger answer is refused. The largest TXT sets of well-known domains have 6 KiB.</summary>
    private const int MaxOctets = 16 * 1024;

    private const int MaxAliases = 8;

    /// <summary>How long nothing is believed to be there when the server does not say (RFC 2308 §5).</summary>
    private static readonly TimeSpan UnstatedAbsence = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The reply. <paramref name="unresolved"/> is a name when the message ends with an alias whose records it does not have: that name is to be asked for.
    /// </summary>
    public static DnsReply Read(DnsQuestion question, IDnsQueryResponse message, out DomainName unresolved)
    {
        unresolved = default;
        if (message.MessageSize > MaxOctets)
            return DnsReply.Unavailable($"the answer has more than {MaxOctets} octets");
        if (!IsAbout(question, message))
            return DnsReply.Unavailable("the answer is to another question");
        return message.Header.ResponseCode switch
        {
            DnsHeaderResponseCode.NoError => ReadRecords(question, message, out unresolved),
            DnsHeaderResponseCode.NotExistentDomain => DnsReply.Absent(new DnsAnswer.NoSuchName(), Absence(message)),
            var fault => DnsReply.Unavailable($"the server answers {fault}"),
        };
    }

    public static QueryType TypeOf(DnsRecordType type) => type switch
    {
        DnsRecordType.A => QueryType.A,
        DnsRecordType.Aaaa => QueryType.AAAA,
        DnsRecordType.Mx => QueryType.MX,
        DnsRecordType.Txt => QueryType.TXT,
        DnsRecordType.Ptr => QueryType.PTR,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static bool IsAbout(DnsQuestion question, IDnsQueryResponse message) =>
        message.Questions is [var only] && NameOf(only.QueryName) == question.Name && only.QuestionType == TypeOf(question.Type);

    private static DnsReply ReadRecords(DnsQuestion question, IDnsQueryResponse message, out DomainName unresolved)
    {
        unresolved = default;
        if (Follow(question.Name, message) is not { } end)
            return DnsReply.Unavailable($"{question.Name} is an alias of itself or of more than {MaxAliases} names");
        var records = message.Answers.Where(record => NameOf(record.DomainName) == end.Name && record.RecordType == (ResourceRecordType)TypeOf(question.Type)).ToList();
        var readable = records.Select(Convert).OfType<DnsRecord>().ToList();
        if (readable.Count > 0)
            return DnsReply.Found(new([.. readable]), Min(end.TimeToLive, records.Min(TimeToLive)));
        if (end.Name != question.Name && records.Count == 0 && !message.Authorities.SoaRecords().Any())
            unresolved = end.Name;
        return DnsReply.Absent(new DnsAnswer.NoRecords(), Min(end.TimeToLive, Absence(message)));
    }

    private static (DomainName Name, TimeSpan TimeToLive)? Follow(DomainName name, IDnsQueryResponse message)
    {
        var (at, timeToLive) = (name, TimeSpan.MaxValue);
        var aliases = message.Answers.CnameRecords().ToLookup(record => NameOf(record.DomainName));
        for (var followed = 0; followed <= MaxAliases; followed++)
        {
            if (aliases[at].FirstOrDefault() is not { } alias)
                return (at, timeToLive);
            (at, timeToLive) = (NameOf(alias.CanonicalName), Min(timeToLive, TimeToLive(alias)));
        }
        return null;
    }

    private static TimeSpan Absence(IDnsQueryResponse message) =>
        message.Authorities.SoaRecords().FirstOrDefault() is { } soa ? Min(TimeToLive(soa), TimeSpan.FromSeconds(soa.Minimum)) : UnstatedAbsence;

    // A host that is no name for us (8-bit octets) can be no one's: the null MX for an exchange, nothing for a pointer.
    private static DnsRecord? Convert(DnsResourceRecord record) => record switch
    {
        AddressRecord address => new DnsRecord.Address(address.Address),
        MxRecord exchange => new DnsRecord.Exchange(exchange.Preference, NameOf(exchange.Exchange)),
        TxtRecord text => new DnsRecord.Text(DnsTexts.Join(text)),
        PtrRecord pointer when NameOf(pointer.PtrDomainName) is var host && host != default => new DnsRecord.Pointer(host),
        _ => null,
    };

    private static DomainName NameOf(DnsString name) => DomainName.TryParseExpanded(name.Value, out var parsed) ? parsed : default;

    private static TimeSpan TimeToLive(DnsResourceRecord record) => TimeSpan.FromSeconds(record.InitialTimeToLive);

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
