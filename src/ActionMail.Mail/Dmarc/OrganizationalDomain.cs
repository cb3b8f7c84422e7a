using System.Collections.Immutable;
using System.Diagnostics;
using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Dmarc;

/// <summary>The organizational domain of a domain: the name that stands for all that one owner has registered. RFC 9989 §4.10.2.</summary>
public abstract record OrganizationalDomain
{
    private OrganizationalDomain() { }

    /// <summary>It is found; where nobody publishes a record on the way it is the domain itself.</summary>
    public sealed record Known(DomainName Domain) : OrganizationalDomain;

    /// <summary>A name on the way could not be asked for.</summary>
    public sealed record Unavailable(string Why) : OrganizationalDomain;

    /// <summary>One step of finding it, with at most eight questions in all.</summary>
    public static DnsStep<OrganizationalDomain> Next(DomainName domain, DnsAnswers known)
    {
        ArgumentNullException.ThrowIfNull(known);
        return DmarcTreeWalk.Next(domain, known) switch
        {
            DnsStep<DmarcTreeWalk>.Ask(var questions) => new DnsStep<OrganizationalDomain>.Ask(questions),
            DnsStep<DmarcTreeWalk>.Done(DmarcTreeWalk.Broken(var why)) => new DnsStep<OrganizationalDomain>.Done(new Unavailable(why)),
            DnsStep<DmarcTreeWalk>.Done(DmarcTreeWalk.Walked(var records)) => new DnsStep<OrganizationalDomain>.Done(new Known(Select(domain, records))),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Chooses among the records of a walk that started at <paramref name="start"/>, the longest name first. RFC 9989 §4.10.2.</summary>
    internal static DomainName Select(DomainName start, ImmutableArray<PublishedRecord> records)
    {
        foreach (var (domain, record) in records)
        {
            if (record.PublicSuffix == PublicSuffix.No)
                return domain;
            if (record.PublicSuffix == PublicSuffix.Yes && domain != start)
                return OneBelow(domain, start);
        }
        return records.IsEmpty ? start : records[^1].Domain;
    }

    private static DomainName OneBelow(DomainName suffix, DomainName start)
    {
        var below = start;
        while (below.Parent != suffix)
            below = below.Parent;
        return below;
    }
}
