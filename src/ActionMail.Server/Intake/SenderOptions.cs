using System.Net;
using ActionMail.Mail.Dns;
using ActionMail.Protocol.Verdicts;

namespace ActionMail.Server.Intake;

/// <summary>What is demanded of senders and whose word about them counts; the section <c>Senders</c>. Protocol §2.</summary>
internal sealed class SenderOptions
{
    public const string Section = "Senders";

    /// <summary>What an unsigned card needs. An organization may demand more for its own people, never less. Default standard.</summary>
    public SenderDemand Demand { get; init; } = SenderDemand.Standard;

    /// <summary>Domains whose ARC seals may stand in for what a forwarder broke. Default none: ARC proves nothing.</summary>
    public string[] TrustedSealers { get; init; } = [];

    /// <summary>
    /// Addresses and networks (192.0.2.0/24) of the hosts that take mail over for us: they are not the senders, so SPF is what they report. Default none.
    /// </summary>
    public string[] TrustedRelays { get; init; } = [];

    /// <summary>The authserv-ids that those hosts write their Authentication-Results under. Default none.</summary>
    public string[] TrustedAuthServIds { get; init; } = [];

    /// <summary>Our own authserv-id. Default the SMTP host name.</summary>
    public string? AuthServId { get; init; }

    public SenderPolicy Policy => field ??= new(Demand) { TrustedSealers = [.. TrustedSealers.Select(domain => domain.ToLowerInvariant())] };

    /// <summary>Whether a connecting address is a relay's.</summary>
    public bool IsRelay(IPAddress client) => Relays.Any(network => network.Contains(client));

    /// <summary>What is wrong with the options, in words for the operator; empty when nothing is.</summary>
    public IEnumerable<string> Faults()
    {
        if (!Enum.IsDefined(Demand))
            yield return "Senders:Demand is standard or strict.";
        foreach (var sealer in TrustedSealers.Where(sealer => !DomainName.TryParse(sealer, out _)))
            yield return $"Senders:TrustedSealers has '{sealer}', which is no domain name.";
        foreach (var relay in TrustedRelays.Where(relay => !TryReadNetwork(relay, out _)))
            yield return $"Senders:TrustedRelays has '{relay}'; write an address or a network, as in 192.0.2.7 or 192.0.2.0/24, and not all of the internet.";
        foreach (var id in TrustedAuthServIds.Append(AuthServId ?? "own").Where(id => !IsAuthServId(id)))
            yield return $"Senders has the authserv-id '{id}'; write it as the host does, as in mx.example.org.";
        if (TrustedRelays.Length > 0 && TrustedAuthServIds.Length == 0)
            yield return "Senders:TrustedRelays are named, but no Senders:TrustedAuthServIds: without what the relays report nothing is known of SPF.";
        if (AuthServId is { } own && TrustedAuthServIds.Contains(own, StringComparer.OrdinalIgnoreCase))
            yield return "Senders:TrustedAuthServIds must not have our own Senders:AuthServId: who claims that is never believed.";
    }

    // RFC 8601 §2.5: a domain name as a rule; what needs no quotes in the field.
    private static bool IsAuthServId(string id) => id.Length > 0 && id.All(letter => letter is > ' ' and < '\x7f' and not ('"' or ';' or '(' or ')'));

    private IPNetwork[] Relays => field ??= [.. TrustedRelays.Select(relay => TryReadNetwork(relay, out var network) ? network : default)];

    private static bool TryReadNetwork(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new(address, address.GetAddressBytes().Length * 8);
            return true;
        }
        return IPNetwork.TryParse(text, out network) && network.PrefixLength > 0;
    }
}
