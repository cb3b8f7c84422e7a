using System.Net;

namespace ActionMail.Mail.Spf;

/// <summary>What a directive asks. RFC 7208 §5.</summary>
public abstract record SpfMechanism
{
    private SpfMechanism() { }

    /// <summary>Always matches. §5.1.</summary>
    public sealed record All : SpfMechanism;

    /// <summary>Another domain lets the client pass. §5.2.</summary>
    public sealed record Include(SpfMacroString Target) : SpfMechanism;

    /// <summary>The client has one of the addresses of the name, compared by so many bits. Null is the domain itself. §5.3.</summary>
    public sealed record A(SpfMacroString? Target, int IPv4Bits, int IPv6Bits) : SpfMechanism;

    /// <summary>The client has one of the addresses of the name's mail exchanges, compared by so many bits. Null is the domain itself. §5.4.</summary>
    public sealed record Mx(SpfMacroString? Target, int IPv4Bits, int IPv6Bits) : SpfMechanism;

    /// <summary>The client's address has a name at or below the target, and that name has the address. Null is the domain itself. §5.5.</summary>
    public sealed record Ptr(SpfMacroString? Target) : SpfMechanism;

    /// <summary><c>ip4</c> and <c>ip6</c>: the client is in the network. §5.6.</summary>
    public sealed record Network(IPAddress Address, int Bits) : SpfMechanism;

    /// <summary>The name has an IPv4 address, whichever. §5.7.</summary>
    public sealed record Exists(SpfMacroString Target) : SpfMechanism;
}
