using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Providers;
using ActionMail.Server.Operations;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Providers.Platform;

/// <summary>
/// The platform as a provider of cards to its own people (decision 0023). It is built in: in nobody's list, not to be edited, and for everybody without consent, for it asks
/// and tells what the platform's own pages would.
/// </summary>
internal sealed class PlatformProvider(PlatformKey key, IOptions<ServerOptions> server)
{
    public const string Id = "3f6b0c52-7d1e-4c8a-9b25-5e0d7a41c6f0";
    public const string Name = "ActionMail";

    private const string EmulatorDomain = "platform.test";

    private readonly ProviderRegistration _registration = new(Id, Name, Guid.Empty, ProviderState.Approved, 1, ProviderScope.Global)
    {
        Senders = [AddressOf(server.Value)],
        Targets = TargetUrl.TryParse(server.Value.Platform, server.Value.UrlPolicy, out var target, out _, includeSubdomains: false) ? [target] : [],
        Keys = [key.Public],
    };

    public ProviderRegistration Registration => _registration;

    /// <summary>Whom its mails are from.</summary>
    public EmailAddress Address => _registration.Senders[0];

    /// <summary>A page of the platform, or the address of one of its own actions.</summary>
    public string Link(string path) => server.Value.Platform + path;

    // The emulator's host has no mail, so there it is of the operator's sample domain.
    private static EmailAddress AddressOf(ServerOptions server) =>
        EmailAddress.TryParse($"actionmail@{(server.Mode == ServerMode.Emulator ? EmulatorDomain : server.PublicUrl.IdnHost)}", out var address)
            ? address
            : throw new StartupException($"ActionMail:PublicUrl must name a host that can stand in a mail address, not '{server.PublicUrl.Host}'.");
}
