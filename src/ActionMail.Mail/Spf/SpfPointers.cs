using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Spf;

/// <summary>The names of the client's address that have the address themselves. RFC 7208 §5.5.</summary>
internal sealed class SpfPointers(SpfSender sender, SpfLookups lookups)
{
    /// <summary>The name under which the client's address is looked up, such as <c>1.2.0.192.in-addr.arpa</c>.</summary>
    public DomainName ReverseName { get; } =
        DomainName.TryParse($"{string.Join('.', Parts(sender.Client).Reverse())}.{Zone(sender)}.arpa", out var name) ? name : default;

    /// <summary><c>in-addr</c> or <c>ip6</c>. §7.3.</summary>
    public static string Zone(SpfSender sender) => sender.IsIPv6 ? "ip6" : "in-addr";

    /// <summary>The numbers of an IPv4 address, the half octets of an IPv6 address. §7.3.</summary>
    public static IEnumerable<string> Parts(IPAddress address) => address.GetAddressBytes() switch
    {
        { Length: 4 } octets => octets.Select(octet => octet.ToString(CultureInfo.InvariantCulture)),
        var octets => Convert.ToHexString(octets).Select(nibble => nibble.ToString()),
    };

    /// <summary>The answer to the address itself; null when it is not known yet.</summary>
    public DnsAnswer? Find() => lookups.Ask(ReverseName, DnsRecordType.Ptr);

    /// <summary>
    /// The names that have the address; null when that is not known yet. Names beyond ten are passed over, and so are those that the DNS says nothing about.
    /// </summary>
    public ImmutableArray<DomainName>? Validated()
    {
        if (Find() is not { } found)
            return null;
        if (found is not DnsAnswer.Found(var records))
            return [];
        var hosts = records.OfType<DnsRecord.Pointer>().Take(SpfLookups.MaxHosts).Select(pointer => pointer.Host).ToList();
        var answers = hosts.ConvertAll(host => lookups.Ask(host, sender.AddressType));
        if (answers.Contains(null))
            return null;
        return [.. hosts.Zip(answers).Where(each => HasAddress(each.Second)).Select(each => each.First)];
    }

    /// <summary>The one for <c>%{p}</c>: the domain itself, one below it, any; null when it is not known yet. §7.3.</summary>
    public string? NameFor(DomainName domain)
    {
        if (Validated() is not { } names)
            return null;
        var best = names.OrderBy(name => name == domain ? 0 : name.IsSubdomainOf(domain) ? 1 : 2).FirstOrDefault();
        return best == default ? "unknown" : best.ToString();
    }

    private bool HasAddress(DnsAnswer? answer) =>
        answer is DnsAnswer.Found(var records) && records.Any(record => record is DnsRecord.Address(var ip) && ip.Equals(sender.Client));
}
