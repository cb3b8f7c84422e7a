namespace ActionMail.Mail.Dns;

/// <summary>What one line of a zone file says of a name.</summary>
internal abstract record ZoneEntry
{
    private ZoneEntry(DomainName owner) => Owner = owner;

    public DomainName Owner { get; }

    /// <summary>A record that can be asked for.</summary>
    public sealed record Record(DomainName Name, DnsRecordType Type, DnsRecord Value) : ZoneEntry(Name);

    /// <summary>CNAME.</summary>
    public sealed record Alias(DomainName Name, DomainName Target) : ZoneEntry(Name);

    /// <summary>A record of type SPF: TXT unless the name has an entry of that type. Nobody asks for the type itself (RFC 7208 §3.1).</summary>
    public sealed record PolicyText(DomainName Name, DnsRecord.Text Value) : ZoneEntry(Name);

    /// <summary><c>TXT NONE</c>: what is labelled SPF at this name is not TXT as well.</summary>
    public sealed record NoText(DomainName Name) : ZoneEntry(Name);

    /// <summary>NS: the name exists, and that is all that anybody asks.</summary>
    public sealed record NameServer(DomainName Name) : ZoneEntry(Name);

    /// <summary>TIMEOUT or SERVFAIL: no answer for any type of which the name has no record.</summary>
    public sealed record Fault(DomainName Name, string Why) : ZoneEntry(Name);
}
