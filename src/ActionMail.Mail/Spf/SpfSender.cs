using System.Net;
using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Spf;

/// <summary>The arguments of <c>check_host</c> (RFC 7208 §4.1), taken apart once.</summary>
internal sealed record SpfSender(IPAddress Client, SpfIdentity Identity, string LocalPart, string DomainText, SpfQuery Query)
{
    public string Address => $"{LocalPart}@{DomainText}";

    /// <summary>
    /// The domain that is judged; the default value when it is malformed or has one label only. RFC 7208 §4.3. Deviates: letters beyond ASCII are not
    /// converted, because what becomes of them (a full-width dot, say) is read in more than one way, and nothing is decided by such an address (protocol §2).
    /// </summary>
    public DomainName Domain { get; } = ReadDomain(DomainText);

    /// <summary>The type of the addresses that the client's is compared with. §5: A for IPv4, AAAA for IPv6.</summary>
    public DnsRecordType AddressType => IsIPv6 ? DnsRecordType.Aaaa : DnsRecordType.A;

    public bool IsIPv6 => Client.GetAddressBytes().Length == 16;

    public static SpfSender Of(SpfQuery query)
    {
        // RFC 7208 §2.4: an empty reverse path is postmaster at the HELO name. §4.3: so is an empty local part at its domain.
        var isNull = query.MailFrom is "" or "<>";
        var path = isNull ? query.Helo : query.MailFrom;
        var at = isNull ? -1 : path.LastIndexOf('@');
        return new(
            query.Client.IsIPv4MappedToIPv6 ? query.Client.MapToIPv4() : query.Client, // §5: considered an IPv4 address
            isNull ? SpfIdentity.Helo : SpfIdentity.MailFrom,
            at > 0 ? path[..at] : "postmaster",
            path[(at + 1)..],
            query);
    }

    private static DomainName ReadDomain(string text) =>
        DomainName.TryParse(text, out var domain) && domain.Labels.Count > 1 && domain.Labels.All(IsHostLabel) ? domain : default;

    // Names that no host can have are asked for nowhere: a domain literal, quotes, signs of other protocols (security C-01, C-10).
    private static bool IsHostLabel(string label) => label.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
