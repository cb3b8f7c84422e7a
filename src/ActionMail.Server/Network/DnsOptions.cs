using System.Net;

namespace ActionMail.Server.Network;

/// <summary>Whom to ask, how long and how much to keep; the section <c>Dns</c>.</summary>
internal sealed class DnsOptions
{
    public const string Section = "Dns";

    /// <summary>Addresses of the servers, with a port where it is not 53, asked in this order. Default none: those of the system.</summary>
    public string[] Servers { get; init; } = [];

    /// <summary>
    /// A zone file to answer from, with nothing asked of the network; in the emulator alone. Default there, where no server is named: dns.zone in the data folder.
    /// </summary>
    public string? Zone { get; init; }

    /// <summary>How long to wait for one answer of one server. Default 3 seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How often a server that kept silent is asked again before the next one. Default once.</summary>
    public int Retries { get; init; } = 1;

    /// <summary>Answers kept in memory. Default 10,000.</summary>
    public int MaxKept { get; init; } = 10_000;

    /// <summary>What one message may cost.</summary>
    public DnsBudget Budget { get; init; } = new();

    public static bool TryReadServer(string text, out IPEndPoint server)
    {
        var read = IPEndPoint.TryParse(text, out var endPoint);
        server = endPoint is { Port: 0 } ? new(endPoint.Address, 53) : endPoint ?? new(IPAddress.None, 0);
        return read;
    }
}
