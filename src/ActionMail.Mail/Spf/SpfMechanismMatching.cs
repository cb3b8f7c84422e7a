using System.Diagnostics;
using System.Net;
using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Spf;

/// <summary>Whether a mechanism matches the client. RFC 7208 §5, with the limits of §4.6.4.</summary>
internal sealed class SpfMechanismMatching(SpfSender sender, SpfLookups lookups, SpfPointers pointers, SpfCheck check)
{
    public const string TooManyTerms = "more than 10 terms ask the DNS";
    private const string TooManyVoid = "more than 2 questions found nothing";

    private static readonly SpfMatch Waiting = new SpfMatch.Waiting();
    private static readonly SpfMatch No = new SpfMatch.No();

    public SpfMatch Match(SpfMechanism mechanism, DomainName domain) => mechanism switch
    {
        SpfMechanism.All => new SpfMatch.Yes(),
        SpfMechanism.Network network => SpfMatch.When(IsIn(network, sender.Client)),
        _ when !lookups.TryCountTerm() => new SpfMatch.Ends(SpfOutcome.PermError, TooManyTerms),
        SpfMechanism.Include(var target) => check.Macros.ExpandName(target, domain) is { } name ? MatchInclude(name) : Waiting,
        SpfMechanism.Exists(var target) => MatchName(target, domain, MatchExists),
        SpfMechanism.A(var target, var bits4, var bits6) => MatchName(target, domain, name => MatchAddresses(name, bits4, bits6)),
        SpfMechanism.Mx(var target, var bits4, var bits6) => MatchName(target, domain, name => MatchExchanges(name, bits4, bits6)),
        SpfMechanism.Ptr(var target) => MatchName(target, domain, MatchPtr),
        _ => throw new UnreachableException(),
    };

    public static bool IsIn(SpfMechanism.Network network, IPAddress client) => SharePrefix(network.Address, client, network.Bits);

    // §4.8 leaves open what a name is that the DNS cannot have: here it has no records.
    private SpfMatch MatchName(SpfMacroString? target, DomainName domain, Func<DomainName, SpfMatch> match) => check.Macros.ExpandName(target, domain) switch
    {
        null => Waiting,
        { } name => name == default ? No : match(name),
    };

    // §5.2: a pass there is a match here; that there is no record, or a wrong one, is this record's fault.
    private SpfMatch MatchInclude(DomainName name) => (name == default ? new(SpfOutcome.None, name) : check.Judge(name)) switch
    {
        null => Waiting,
        { Outcome: SpfOutcome.Pass } => new SpfMatch.Yes(),
        { Outcome: SpfOutcome.Fail or SpfOutcome.SoftFail or SpfOutcome.Neutral } => No,
        { Outcome: SpfOutcome.None } => new SpfMatch.Ends(SpfOutcome.PermError, "it has no SPF record"),
        var verdict => new SpfMatch.Ends(verdict.Outcome, verdict.Problem ?? ""),
    };

    // §5.7: the type is A for every client.
    private SpfMatch MatchExists(DomainName name) => lookups.Ask(name, DnsRecordType.A) switch
    {
        null => Waiting,
        DnsAnswer.Found => new SpfMatch.Yes(),
        var answer => Nothing(answer),
    };

    // §5.3
    private SpfMatch MatchAddresses(DomainName name, int bits4, int bits6) => lookups.Ask(name, sender.AddressType) switch
    {
        null => Waiting,
        DnsAnswer.Found(var records) => SpfMatch.When(records.Any(record => record is DnsRecord.Address(var ip) && SharePrefix(ip, sender.Client, sender.IsIPv6 ? bits6 : bits4))),
        var answer => Nothing(answer),
    };

    // §5.4: the addresses of all hosts are asked for together and looked at in the order of preference.
    private SpfMatch MatchExchanges(DomainName name, int bits4, int bits6)
    {
        if (lookups.Ask(name, DnsRecordType.Mx) is not { } answer)
            return Waiting;
        if (answer is not DnsAnswer.Found(var records))
            return Nothing(answer);
        var exchanges = records.OfType<DnsRecord.Exchange>().OrderBy(exchange => exchange.Preference);
        var hosts = exchanges.Select(exchange => exchange.Host).Where(host => host != default).ToList();
        if (hosts.Count > SpfLookups.MaxHosts)
            return new SpfMatch.Ends(SpfOutcome.PermError, $"{name} has more than {SpfLookups.MaxHosts} mail exchanges");
        foreach (var host in hosts)
            lookups.Ask(host, sender.AddressType);
        return hosts.Select(host => MatchAddresses(host, bits4, bits6)).FirstOrDefault(match => match is not SpfMatch.No, No);
    }

    // §5.5: an error here is no match, because the sender's domain has no say in what the client's address is called.
    private SpfMatch MatchPtr(DomainName name)
    {
        if (pointers.Find() is not { } found)
            return Waiting;
        if (!lookups.TryCountVoid(found))
            return new SpfMatch.Ends(SpfOutcome.PermError, TooManyVoid);
        return pointers.Validated() is { } names ? SpfMatch.When(names.Any(each => each == name || each.IsSubdomainOf(name))) : Waiting;
    }

    // §5: no answer ends the evaluation; one that found nothing counts.
    private SpfMatch Nothing(DnsAnswer answer)
    {
        if (answer is DnsAnswer.Unavailable(var why))
            return new SpfMatch.Ends(SpfOutcome.TempError, why);
        return lookups.TryCountVoid(answer) ? No : new SpfMatch.Ends(SpfOutcome.PermError, TooManyVoid);
    }

    private static bool SharePrefix(IPAddress one, IPAddress other, int bits)
    {
        var (left, right) = (one.GetAddressBytes(), other.GetAddressBytes());
        if (left.Length != right.Length)
            return false;
        var whole = bits / 8;
        return left.AsSpan(0, whole).SequenceEqual(right.AsSpan(0, whole)) && (bits % 8 == 0 || (left[whole] ^ right[whole]) >> (8 - bits % 8) == 0);
    }
}
