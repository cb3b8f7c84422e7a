using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Dmarc;

/// <summary>What is known of the policy record of one domain. RFC 9989 §4.5 and §4.10 step 2.</summary>
internal abstract record DmarcLookup
{
    private DmarcLookup() { }

    /// <summary>Nobody has asked yet.</summary>
    public sealed record Unknown(DnsQuestion Question) : DmarcLookup;

    /// <summary>Nobody could say.</summary>
    public sealed record Unavailable(string Why) : DmarcLookup;

    /// <summary>There is none, or more than one, which is the same.</summary>
    public sealed record Absent : DmarcLookup;

    /// <summary>The one record.</summary>
    public sealed record Found(DmarcRecord Record) : DmarcLookup;

    /// <summary>Where the record of a domain is; null where the name would be too long to be asked for.</summary>
    public static DnsQuestion? QuestionFor(DomainName domain) =>
        DomainName.TryParse($"_dmarc.{domain}", out var name) ? new(name, DnsRecordType.Txt) : null;

    public static DmarcLookup At(DomainName domain, DnsAnswers known)
    {
        if (QuestionFor(domain) is not { } question)
            return new Absent();
        return known[question] switch
        {
            null => new Unknown(question),
            DnsAnswer.Unavailable(var why) => new Unavailable($"{question}: {why}"),
            DnsAnswer.Found(var records) => Only([.. records.OfType<DnsRecord.Text>().Select(text => DmarcRecordParser.Read(text.Value)).OfType<DmarcRecord>().Take(2)]),
            _ => new Absent(),
        };
    }

    private static DmarcLookup Only(DmarcRecord[] records) => records is [var only] ? new Found(only) : new Absent();
}
