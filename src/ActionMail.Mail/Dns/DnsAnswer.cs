using System.Collections.Immutable;
using System.Net;

namespace ActionMail.Mail.Dns;

/// <summary>What came of one question. Aliases (CNAME) were followed by whoever asked.</summary>
public abstract record DnsAnswer
{
    private DnsAnswer() { }

    /// <summary>At least one record of the type.</summary>
    public sealed record Found(ImmutableArray<DnsRecord> Records) : DnsAnswer;

    /// <summary>The name does not exist (NXDOMAIN).</summary>
    public sealed record NoSuchName : DnsAnswer;

    /// <summary>The name exists and has no record of the type (NODATA).</summary>
    public sealed record NoRecords : DnsAnswer;

    /// <summary>Nobody could say: a timeout, SERVFAIL, REFUSED or an answer that cannot be read. Never a verdict about the sender.</summary>
    public sealed record Unavailable(string Why) : DnsAnswer;
}

/// <summary>One record of an answer.</summary>
public abstract record DnsRecord
{
    private DnsRecord() { }

    /// <summary>A or AAAA.</summary>
    public sealed record Address(IPAddress Ip) : DnsRecord;

    /// <summary>MX; <paramref name="Host"/> is the default value for the null MX of RFC 7505.</summary>
    public sealed record Exchange(ushort Preference, DomainName Host) : DnsRecord;

    /// <summary>TXT: the strings of the record joined without anything between them, one character for each octet (Latin-1).</summary>
    public sealed record Text(string Value) : DnsRecord;

    /// <summary>PTR.</summary>
    public sealed record Pointer(DomainName Host) : DnsRecord;
}
