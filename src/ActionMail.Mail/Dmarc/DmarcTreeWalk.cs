using System.Collections.Immutable;
using System.Diagnostics;
using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Dmarc;

/// <summary>A policy record and the domain that publishes it.</summary>
internal sealed record PublishedRecord(DomainName Domain, DmarcRecord Record);

/// <summary>
/// The DNS tree walk of RFC 9989 §4.10: from a domain towards the root, at most eight names, until a record says by <c>psd</c> where it stands.
/// </summary>
internal abstract record DmarcTreeWalk
{
    private const int MaxNames = 8;

    private DmarcTreeWalk() { }

    /// <summary>The walk came to its end. <paramref name="Records"/> are what it found, the longest name first.</summary>
    public sealed record Walked(ImmutableArray<PublishedRecord> Records) : DmarcTreeWalk;

    /// <summary>A name on the way could not be asked for.</summary>
    public sealed record Broken(string Why) : DmarcTreeWalk;

    /// <summary>One step of the walk. All names that are still unknown are asked for at once: each of them is needed unless a psd tag ends the walk.</summary>
    public static DnsStep<DmarcTreeWalk> Next(DomainName start, DnsAnswers known)
    {
        var names = NamesFrom(start);
        var records = ImmutableArray.CreateBuilder<PublishedRecord>();
        for (var i = 0; i < names.Count; i++)
        {
            switch (DmarcLookup.At(names[i], known))
            {
                case DmarcLookup.Unknown:
                    return new DnsStep<DmarcTreeWalk>.Ask([.. names.Skip(i).Select(name => DmarcLookup.At(name, known)).OfType<DmarcLookup.Unknown>().Select(each => each.Question)]);
                case DmarcLookup.Unavailable(var why):
                    return new DnsStep<DmarcTreeWalk>.Done(new Broken(why));
                case DmarcLookup.Absent:
                    break;
                case DmarcLookup.Found(var record):
                    records.Add(new(names[i], record));
                    if (record.PublicSuffix != PublicSuffix.Unsaid)
                        return new DnsStep<DmarcTreeWalk>.Done(new Walked(records.ToImmutable()));
                    break;
                default: throw new UnreachableException();
            }
        }
        return new DnsStep<DmarcTreeWalk>.Done(new Walked(records.ToImmutable()));
    }

    /// <summary>The domain itself and its parents; of a domain with more than eight labels the next name has seven. RFC 9989 §4.10 steps 3 and 4.</summary>
    public static IReadOnlyList<DomainName> NamesFrom(DomainName start)
    {
        var names = new List<DomainName>(MaxNames) { start };
        var next = start.Parent;
        for (var labels = start.Labels.Count - 1; labels >= MaxNames; labels--)
            next = next.Parent;
        for (; next != default; next = next.Parent)
            names.Add(next);
        return names;
    }
}
