using System.Net;
using MailKit.Security;

namespace ActionMail.Server.Outbound;

/// <summary>How the connection to the relay is encrypted.</summary>
internal enum RelayTls
{
    /// <summary>STARTTLS (RFC 3207), and no mail without it.</summary>
    StartTls,

    /// <summary>TLS from the first byte (RFC 8314 §3.3).</summary>
    Implicit,

    /// <summary>None: for a relay on this machine alone.</summary>
    None,
}

/// <summary>Replies and forwards that leave; configuration section "Outbound".</summary>
internal sealed class OutboundOptions
{
    public const string Section = "Outbound";

    /// <summary>Host name or address of the relay that takes mail to other systems. Default none: mail is sent to people here alone.</summary>
    public string? Host { get; init; }

    /// <summary>Its TCP port. Default 587, that of submission (RFC 6409).</summary>
    public int Port { get; init; } = 587;

    /// <summary>Encryption; none is allowed for a relay on this machine alone. Default <see cref="RelayTls.StartTls"/>.</summary>
    public RelayTls Tls { get; init; } = RelayTls.StartTls;

    /// <summary>User name for the relay. Default none: it knows this machine by its address.</summary>
    public string? User { get; init; }

    /// <summary>A file with the password and nothing else, read for each connection. Default none.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>The longest that the relay may take with one mail. Default 60 seconds.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a mail waits that the relay did not take; then twice as long each time, up to an hour. Default 1 minute.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long it is tried in all. Default 2 days.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromDays(2);

    /// <summary>Mails of one person in an hour. Default 60.</summary>
    public int MaxMailsPerHour { get; init; } = 60;

    /// <summary>Recipients of one mail. Default 100.</summary>
    public int MaxRecipients { get; init; } = 100;

    public SecureSocketOptions Security => Tls switch
    {
        RelayTls.StartTls => SecureSocketOptions.StartTls,
        RelayTls.Implicit => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.None,
    };

    public bool IsLoopback => string.Equals(Host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>What is wrong with the options, in words for the operator; empty when nothing is.</summary>
    public IEnumerable<string> Faults()
    {
        if (Host is not null && Uri.CheckHostName(Host) == UriHostNameType.Unknown)
            yield return $"Outbound:Host '{Host}' is no host name.";
        if (Port is < 1 or > 65535)
            yield return $"Outbound:Port {Port} is no TCP port.";
        if (Host is not null && Tls == RelayTls.None && !IsLoopback)
            yield return "Outbound:Tls may be None for a relay on this machine alone.";
        if (User is null != PasswordFile is null)
            yield return "Outbound:User and Outbound:PasswordFile go together.";
        if (PasswordFile is not null && !File.Exists(PasswordFile))
            yield return $"Outbound:PasswordFile '{PasswordFile}' is not there.";
        if (Deadline <= TimeSpan.Zero || FirstPause <= TimeSpan.Zero || GiveUpAfter <= TimeSpan.Zero)
            yield return "Outbound:Deadline, Outbound:FirstPause and Outbound:GiveUpAfter are more than nothing.";
        if (MaxMailsPerHour < 1 || MaxRecipients < 1)
            yield return "Outbound:MaxMailsPerHour and Outbound:MaxRecipients are more than nothing.";
    }
}
