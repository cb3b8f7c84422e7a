using System.Net;
using ActionMail.Mail.Smtp;

namespace ActionMail.Server.Intake;

/// <summary>The ESMTP receiver; configuration section "Smtp". Security specification §7.</summary>
internal sealed class SmtpOptions
{
    public const string Section = "Smtp";

    /// <summary>Address to listen on. Default 127.0.0.1: nobody outside the machine.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>TCP port; 0 takes a free one. Default 2525.</summary>
    public int Port { get; init; } = 2525;

    /// <summary>The name that the receiver gives itself, and the domain of a bare &lt;postmaster&gt;. Default localhost.</summary>
    public string Hostname { get; init => field = value.ToLowerInvariant(); } = "localhost";

    /// <summary>Largest message accepted, in bytes, counted as received and not as declared. Default 10 MiB.</summary>
    public long MaxMessageBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Bytes of one message that are read before the connection is closed, the unwanted rest of an oversized one included. Default 2 GiB.</summary>
    public long MaxDrainedBytes { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>Messages being received or stored, all connections together, in bytes of memory. Above it 452. Default 256 MiB.</summary>
    public long MaxBufferedBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>Longest command line in bytes with its CRLF. RFC 5321 §4.5.3.1.4 asks for 512, the extensions for more. Default 2048.</summary>
    public int MaxCommandBytes { get; init; } = 2048;

    /// <summary>Longest line of a message in bytes with its CRLF. RFC 5321 §4.5.3.1.6 asks for 1000. Default 2048.</summary>
    public int MaxTextLineBytes { get; init; } = 2048;

    /// <summary>Recipients of one message. Default 1000.</summary>
    public int MaxRecipients { get; init; } = 1000;

    /// <summary>Refused commands in a connection before it is closed. Default 20.</summary>
    public int MaxErrors { get; init; } = 20;

    /// <summary>Unknown recipients in a connection before it is closed. Default 10.</summary>
    public int MaxUnknownRecipients { get; init; } = 10;

    /// <summary>Unknown recipients from one address in an hour before it is turned away for the rest of it. Default 100.</summary>
    public int MaxUnknownRecipientsPerHour { get; init; } = 100;

    /// <summary>Connections in all. Default 1000.</summary>
    public int MaxConnections { get; init; } = 1000;

    /// <summary>Connections of one IPv4 address or one IPv6 /64. Default 50.</summary>
    public int MaxConnectionsPerAddress { get; init; } = 50;

    /// <summary>Connections of one address while more than three quarters of all are taken: the last quarter is for those who have few. Default 5.</summary>
    public int MaxConnectionsPerAddressUnderPressure { get; init; } = 5;

    /// <summary>
    /// Time to wait before the greeting; a client that talks meanwhile is turned away. Default none, which judges only what
    /// has arrived already.
    /// </summary>
    public TimeSpan GreetingPause { get; init; }

    /// <summary>Silence between commands. RFC 5321 §4.5.3.2.7. Default 5 minutes.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The same while more than three quarters of all connections are taken. Default 10 seconds.</summary>
    public TimeSpan IdleTimeoutUnderPressure { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From the first byte of a command line to its CRLF; also for a TLS handshake, for a client that does not read our replies, and how far a message may fall behind <see cref="MinDataBytesPerSecond"/>. Default 30 seconds.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>One whole connection, the time that we take for storing not counted. Default 10 minutes.</summary>
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long storing one message may take before the sender is asked to try later. Default 30 seconds.</summary>
    public TimeSpan AcceptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a client that was turned away may go on sending, so that it can read why. Default 2 seconds.</summary>
    public TimeSpan ClosingTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Slowest sender of a message, in bytes a second over the whole message. Default 500.</summary>
    public int MinDataBytesPerSecond { get; init; } = 500;

    /// <summary>Certificate for STARTTLS: a PKCS #12 file, or PEM when <see cref="CertificateKeyPath"/> is given. Default none: STARTTLS is not offered.</summary>
    public string? CertificatePath { get; init; }

    /// <summary>The certificate's private key as PEM. Default none: it is in the PKCS #12 file.</summary>
    public string? CertificateKeyPath { get; init; }

    /// <summary>Password of the PKCS #12 file or of the PEM key. Default none.</summary>
    public string? CertificatePassword { get; init; }

    public IPEndPoint EndPoint => new(IPAddress.Parse(Address), Port);

    public SmtpLimits Limits => new(Hostname)
    {
        MaxMessageBytes = MaxMessageBytes,
        MaxTextLineBytes = MaxTextLineBytes,
        MaxRecipients = MaxRecipients,
        MaxErrors = MaxErrors,
        MaxUnknownRecipients = MaxUnknownRecipients,
        OffersTls = CertificatePath is not null,
    };

    /// <summary>What is wrong with the options, in words for the operator; empty when nothing is.</summary>
    public IEnumerable<string> Faults()
    {
        if (!IPAddress.TryParse(Address, out _))
            yield return $"Smtp:Address '{Address}' is no IP address.";
        if (Port is < 0 or > 65535)
            yield return $"Smtp:Port {Port} is no TCP port.";
        if (Uri.CheckHostName(Hostname) != UriHostNameType.Dns)
            yield return $"Smtp:Hostname '{Hostname}' is no host name.";
        if (MaxMessageBytes is < 1 or > 1024 * 1024 * 1024)
            yield return "Smtp:MaxMessageBytes must be between 1 byte and 1 GiB.";
        if (MaxCommandBytes is < 512 or > 65536)
            yield return "Smtp:MaxCommandBytes must be between 512 and 65536.";
        if (MaxTextLineBytes < 1000)
            yield return "Smtp:MaxTextLineBytes must be at least 1000 (RFC 5321 §4.5.3.1.6).";
        if (MaxRecipients < 100)
            yield return "Smtp:MaxRecipients must be at least 100 (RFC 5321 §4.5.3.1.8).";
        if (MinDataBytesPerSecond < 1)
            yield return "Smtp:MinDataBytesPerSecond must be at least 1.";
        foreach (var (name, value) in Durations().Where(each => each.Value <= TimeSpan.Zero || each.Value > TimeSpan.FromDays(1)))
            yield return $"Smtp:{name} {value} must be between nothing and a day.";
    }

    private (string Name, TimeSpan Value)[] Durations() =>
    [
        (nameof(IdleTimeout), IdleTimeout), (nameof(IdleTimeoutUnderPressure), IdleTimeoutUnderPressure),
        (nameof(CommandTimeout), CommandTimeout), (nameof(SessionTimeout), SessionTimeout),
        (nameof(AcceptTimeout), AcceptTimeout), (nameof(ClosingTimeout), ClosingTimeout),
    ];
}
