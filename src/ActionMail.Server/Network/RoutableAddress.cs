using System.Net;
using System.Net.Sockets;

namespace ActionMail.Server.Network;

/// <summary>
/// Which addresses may be called: those of the public internet. Everything else is refused, IPv4 addresses that are written inside IPv6 ones included.
/// IANA special-purpose registries (RFC 6890), security G-03.
/// </summary>
internal static class RoutableAddress
{
    private static readonly IPNetwork[] Refused =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "168.63.129.16/32", // a cloud's platform address
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16",
            "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    public static bool MayBeCalled(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6
            && plain.ScopeIdOrZero == 0
            && !Refused.Any(network => network.Contains(plain));
    }

    extension(IPAddress address)
    {
        private long ScopeIdOrZero => address.AddressFamily == AddressFamily.InterNetworkV6 ? address.ScopeId : 0;
    }
}
