namespace ActionMail.Mail.Dns;

/// <summary>What is asked of the DNS: a name and a type. Class IN.</summary>
public readonly record struct DnsQuestion(DomainName Name, DnsRecordType Type)
{
    /// <summary>The question as a trace writes it, such as <c>example.org TXT</c>.</summary>
    public override string ToString() => $"{Name} {Type.ToString().ToUpperInvariant()}";
}

/// <summary>The record types that the verification of a sender asks for.</summary>
public enum DnsRecordType
{
    /// <summary>An IPv4 address. RFC 1035 §3.4.1.</summary>
    A,

    /// <summary>An IPv6 address. RFC 3596.</summary>
    Aaaa,

    /// <summary>A mail exchange. RFC 1035 §3.3.9.</summary>
    Mx,

    /// <summary>Text. RFC 1035 §3.3.14.</summary>
    Txt,

    /// <summary>The name of an address. RFC 1035 §3.3.12.</summary>
    Ptr,
}
