using System.CommandLine;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using ActionMail.Cli.Terminal;
using ActionMail.Mail.Dns;
using ActionMail.Server.Network;

namespace ActionMail.Cli.Senders;

/// <summary>Where a check takes its DNS from: a zone file, a server, or the system's servers.</summary>
internal static class DnsSource
{
    public static Option<string?> Zone { get; } = new("--zone")
    {
        Description = "Answer from this zone file: one record a line, as in 'example.org TXT \"v=spf1 -all\"'. Nothing is asked of the network.",
        HelpName = "FILE",
    };

    public static Option<string?> Server { get; } = new("--dns")
    {
        Description = "Ask this DNS server, as in 192.0.2.53 or [2001:db8::53]:5353. Those of the system when left out.",
        HelpName = "SERVER",
    };

    /// <summary>What the notes of each such command say about it.</summary>
    public const string Notes = "Types in a zone file: A, AAAA, MX, TXT, PTR, CNAME, NS, SPF; 'name TIMEOUT' and 'name SERVFAIL' are faults.";

    /// <summary>On false, <paramref name="problem"/> says which line or option to mend.</summary>
    public static bool TryOpen(ParseResult parse, [NotNullWhen(true)] out IDnsLookup? dns, out string problem)
    {
        (dns, problem) = (null, "");
        switch (parse.GetValue(Zone), parse.GetValue(Server))
        {
            case (not null, not null): problem = "--zone and --dns exclude each other; give one of them."; break;
            case ({ } file, null): dns = ReadZone(file, out problem); break;
            case (null, { } server) when !DnsOptions.TryReadServer(server, out _):
                problem = $"--dns '{server}' is no address; write an IP address, with :PORT behind it where it is not 53.";
                break;
            case (null, { } server): dns = new DnsResolver(new() { Servers = [server] }, TimeProvider.System); break;
            case (null, null): dns = new DnsResolver(new(), TimeProvider.System); break;
        }
        return dns is not null;
    }

    private static DnsZoneLookup? ReadZone(string file, out string problem)
    {
        if (!InputFile.TryReadBytes(file, out var bytes, out problem))
            return null;
        switch (ZoneFile.Read(bytes))
        {
            case ZoneReading.Read(var zone): return new(zone);
            case ZoneReading.Refused(var line, var why): problem = $"{file} line {line}: {why}"; return null;
            default: throw new UnreachableException();
        }
    }
}
