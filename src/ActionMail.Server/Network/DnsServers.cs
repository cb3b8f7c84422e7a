using System.Collections.Immutable;
using System.Net.Sockets;
using ActionMail.Mail.Dns;
using DnsClient;
using DnsQuestion = ActionMail.Mail.Dns.DnsQuestion;

namespace ActionMail.Server.Network;

/// <summary>The DNS servers, asked one after the other over UDP, and over TCP where an answer was cut. Each exception of the library becomes an answer here.</summary>
internal sealed class DnsServers(DnsOptions options)
{
    private const int MaxAliases = 8;

    /// <summary>What passes every path unfragmented (RFC 9715).</summary>
    private const int UdpOctets = 1232;

    private readonly ImmutableArray<LookupClient> _servers =
    [
        .. (options.Servers.Length > 0 ? Named(options.Servers) : OfTheSystem()).Select(server => new LookupClient(new LookupClientOptions(server)
        {
            AutoResolveNameServers = false,
            UseCache = false, // The cache is DnsCache: it has a bound, and a clock that tests can wind.
            UseTcpFallback = true,
            ThrowDnsErrors = false,
            ContinueOnDnsError = false, // Which fault asks the next server is decided here.
            ExtendedDnsBufferSize = UdpOctets,
            Timeout = options.Patience,
            Retries = options.Retries,
        })),
    ];

    /// <summary>The reply of the first server that has one; aliases that it did not follow are.</summary>
    public async Task<DnsReply> AskAsync(DnsQuestion question)
    {
        var keepFor = TimeSpan.MaxValue;
        var at = question.Name;
        for (var followed = 0; followed <= MaxAliases; followed++)
        {
            var (reply, unresolved) = await AskFirstAsync(question with { Name = at });
            keepFor = reply.KeepFor < keepFor ? reply.KeepFor : keepFor;
            if (unresolved == default)
                return reply with { KeepFor = keepFor };
            at = unresolved;
        }
        return DnsReply.Unavailable($"{question.Name} is an alias of itself or of more than {MaxAliases} names");
    }

    private static IEnumerable<NameServer> Named(string[] servers) =>
        servers.Select(text =>
            DnsOptions.TryReadServer(text, out var server) ? new NameServer(server) : throw new FormatException($"'{text}' is no address of a DNS server."));

    private static IEnumerable<NameServer> OfTheSystem() => NameServer.ResolveNameServers(skipIPv6SiteLocal: true, fallbackToGooglePublicDns: false);

    private async Task<(DnsReply Reply, DomainName Unresolved)> AskFirstAsync(DnsQuestion question)
    {
        var (reply, unresolved) = (DnsReply.Unavailable("no DNS server is configured"), default(DomainName));
        foreach (var server in _servers)
        {
            (reply, unresolved) = await AskAsync(server, question);
            if (reply.Answer is not DnsAnswer.Unavailable)
                break;
        }
        return (reply, unresolved);
    }

    private static async Task<(DnsReply Reply, DomainName Unresolved)> AskAsync(LookupClient server, DnsQuestion question)
    {
        try
        {
            var message = await server.QueryAsync(question.Name.ToString(), DnsMessage.TypeOf(question.Type), QueryClass.IN, CancellationToken.None);
            var reply = DnsMessage.Read(question, message, out var unresolved);
            return (reply, unresolved);
        }
        catch (Exception fault) when (IsOfTheDns(fault))
        {
            return (DnsReply.Unavailable(fault is DnsResponseException { Code: DnsResponseCode.ConnectionTimeout } ? "timeout" : fault.GetType().Name), default);
        }
    }

    // ArgumentException: a punycode label in the answer that is none. NotImplementedException: cut over TCP as well, whose message the library cannot read.
    private static bool IsOfTheDns(Exception fault) =>
        fault is DnsResponseException or DnsResponseParseException or DnsXidMismatchException or SocketException or ArgumentException or NotImplementedException;
}
