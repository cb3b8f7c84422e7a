using System.Collections.Immutable;
using System.Diagnostics;
using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Dmarc;

/// <summary>
/// Which record applies to an author domain: its own, that of its organizational domain, or that of the public suffix above. RFC 9989 §4.10.1.
/// </summary>
internal abstract record DmarcDiscovery
{
    private DmarcDiscovery() { }

    public sealed record Found(PublishedRecord Published) : DmarcDiscovery;

    public sealed record Nothing(string Why) : DmarcDiscovery;

    public sealed record Unavailable(string Why) : DmarcDiscovery;

    /// <summary>There can be no record: its name would be longer than the DNS allows.</summary>
    public sealed record Impossible(string Why) : DmarcDiscovery;

    public static DnsStep<DmarcDiscovery> Next(DomainName author, DnsAnswers known)
    {
        if (author == default)
            return Done(new Nothing("there is no author domain: From is not one address"));
        if (DmarcLookup.QuestionFor(author) is null)
            return Done(new Impossible($"_dmarc.{author} is longer than a DNS name may be"));
        return DmarcLookup.At(author, known) switch
        {
            DmarcLookup.Unknown(var question) => new DnsStep<DmarcDiscovery>.Ask([question]),
            DmarcLookup.Unavailable(var why) => Done(new Unavailable(why)),
            DmarcLookup.Found(var record) => Done(new Found(new(author, record))),
            DmarcLookup.Absent => Above(author, known),
            _ => throw new UnreachableException(),
        };
    }

    private static DnsStep<DmarcDiscovery> Above(DomainName author, DnsAnswers known) => DmarcTreeWalk.Next(author, known) switch
    {
        DnsStep<DmarcTreeWalk>.Ask(var questions) => new DnsStep<DmarcDiscovery>.Ask(questions),
        DnsStep<DmarcTreeWalk>.Done(DmarcTreeWalk.Broken(var why)) => Done(new Unavailable(why)),
        DnsStep<DmarcTreeWalk>.Done(DmarcTreeWalk.Walked(var records)) => Done(Choose(author, records)),
        _ => throw new UnreachableException(),
    };

    private static DmarcDiscovery Choose(DomainName author, ImmutableArray<PublishedRecord> records)
    {
        var organization = OrganizationalDomain.Select(author, records);
        return (records.FirstOrDefault(each => each.Domain == organization) ?? records.FirstOrDefault(each => each.Record.PublicSuffix == PublicSuffix.Yes)) is { } published
            ? new Found(published)
            : new Nothing($"{author} publishes no DMARC policy, and no domain above it");
    }

    private static DnsStep<DmarcDiscovery>.Done Done(DmarcDiscovery result) => new(result);
}
