using System.Globalization;
using System.Net;
using ActionMail.Cli.Platform;

namespace ActionMail.Cli.Messages;

/// <summary>The SMTP server that a mail is handed to.</summary>
internal sealed record SmtpServer(string Host, int Port)
{
    public bool IsLoopback => Host == "localhost" || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Reads HOST:PORT, an IPv6 address in brackets; null is the emulator's.</summary>
    public static bool TryRead(string? text, out SmtpServer server, out string problem)
    {
        server = new("127.0.0.1", PlatformAddress.DefaultSmtpPort);
        problem = "";
        if (text is null)
        {
            var known = PlatformAddress.TryPort(PlatformAddress.SmtpPortVariable, PlatformAddress.DefaultSmtpPort, out var @default, out problem);
            server = server with { Port = @default };
            return known;
        }
        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? "" : text[..colon];
        if (int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535
            && Uri.CheckHostName(host) is not UriHostNameType.Unknown)
            server = new(host.Trim('[', ']'), port);
        else
            problem = $"--smtp '{text}' is no server; write HOST:PORT, as in 127.0.0.1:2525.";
        return problem.Length == 0;
    }

    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
