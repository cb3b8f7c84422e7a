using System.Net;
using MailKit.Security;

namespace ActionMail.Sdk;

/// <summary>Where and how mails are submitted.</summary>
public sealed record ActionableMailSenderOptions
{
    /// <summary>The name or address of the SMTP server.</summary>
    public required string Host { get; init; }

    /// <summary>Its port. Default 587, the submission port of RFC 6409.</summary>
    public int Port { get; init; } = 587;

    /// <summary>Whether the connection is encrypted, and how. Default STARTTLS, and no mail without it.</summary>
    public SecureSocketOptions Security { get; init; } = SecureSocketOptions.StartTls;

    /// <summary>User name and password for SMTP AUTH. Default none: the server takes mail by address or network.</summary>
    public NetworkCredential? Credentials { get; init; }

    /// <summary>The longest time that one mail may take, from connecting to the server's word. Default 30 seconds.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);
}
