using System.ComponentModel.DataAnnotations;
using ActionMail.Protocol.Providers;

namespace ActionMail.Server.Operations;

/// <summary>How the platform is run.</summary>
internal enum ServerMode
{
    /// <summary>Everything on one machine, loopback only; people are picked, not authenticated; <c>http://localhost</c> targets are allowed.</summary>
    Emulator,

    /// <summary>The product: people sign in with their organization's OpenID Connect provider, or with accounts kept here (section <c>Accounts</c>).</summary>
    Inbox,
}

/// <summary>The section <c>ActionMail</c>.</summary>
internal sealed class ServerOptions
{
    public const string Section = "ActionMail";

    /// <summary>How the platform is run. Default <see cref="ServerMode.Inbox"/>, the strict one.</summary>
    public ServerMode Mode { get; init; } = ServerMode.Inbox;

    /// <summary>Scheme, host and port under which people and providers reach the platform; issuer of the tokens. No default outside the emulator.</summary>
    [Required]
    public Uri PublicUrl { get; init; } = null!;

    /// <summary>The address to listen on. Default 127.0.0.1: a reverse proxy on this machine, or nobody else. The emulator allows loopback only.</summary>
    public string ListenAddress { get; init; } = "127.0.0.1";

    /// <summary>The port to listen on. Default the public URL's.</summary>
    public int? ListenPort { get; init; }

    /// <summary>PEM file with the certificate chain; with it the platform speaks TLS itself. Default none.</summary>
    public string? CertificatePath { get; init; }

    /// <summary>PEM file with the certificate's private key. Default none: the key is in <see cref="CertificatePath"/>.</summary>
    public string? CertificateKeyPath { get; init; }

    /// <summary>Addresses of the reverse proxies whose X-Forwarded-Proto and X-Forwarded-For are believed. Default none.</summary>
    public string[] TrustedProxies { get; init; } = [];

    /// <summary>Where the database, the keys and the operator's token are kept. Default <c>data</c> below the working folder.</summary>
    [Required]
    public string DataFolder { get; init => field = Path.GetFullPath(value); } = Path.GetFullPath("data");

    /// <summary>How long a card may be acted on after it arrived. Default 30 days (protocol §5).</summary>
    public TimeSpan CardLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Whose mailbox "Send feedback" goes to. Default none, and then the form says so; in the emulator <c>reviewer@platform.test</c>.</summary>
    public string? OperatorAddress { get; init; }

    /// <summary>The issuer's prefix: the public URL without a trailing slash.</summary>
    public string Platform => PublicUrl?.GetLeftPart(UriPartial.Authority) ?? "";

    public UrlPolicy UrlPolicy => Mode == ServerMode.Emulator ? UrlPolicy.LoopbackHttp : UrlPolicy.HttpsOnly;
}

/// <summary>The platform cannot start, and the message tells the operator why and what to do.</summary>
internal sealed class StartupException(string message) : Exception(message);
