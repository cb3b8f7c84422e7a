using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Spf;

/// <summary>Reads one mechanism: its name, and behind it <c>:domain</c>, <c>/bits</c> and <c>//bits</c> as far as it takes them. RFC 7208 §5, §12.</summary>
internal static class SpfMechanismParser
{
    private const int IPv4Bits = 32, IPv6Bits = 128;

    private static readonly Dictionary<string, Func<string, SpfMechanism?>> Mechanisms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["all"] = rest => rest is "" ? new SpfMechanism.All() : null,
        ["include"] = rest => Domain(rest) is { } target ? new SpfMechanism.Include(target) : null,
        ["exists"] = rest => Domain(rest) is { } target ? new SpfMechanism.Exists(target) : null,
        ["ptr"] = rest => OptionalDomain(rest, out var target) ? new SpfMechanism.Ptr(target) : null,
        ["a"] = rest => OptionalDomainAndBits(rest, out var target, out var bits4, out var bits6) ? new SpfMechanism.A(target, bits4, bits6) : null,
        ["mx"] = rest => OptionalDomainAndBits(rest, out var target, out var bits4, out var bits6) ? new SpfMechanism.Mx(target, bits4, bits6) : null,
        ["ip4"] = ReadIPv4,
        ["ip6"] = ReadIPv6,
    };

    /// <summary>Null when it is none; <paramref name="problem"/> goes on after "the term …".</summary>
    public static SpfMechanism? Read(string mechanism, out string problem)
    {
        var end = mechanism.AsSpan().IndexOfAny(":/");
        var name = end < 0 ? mechanism : mechanism[..end];
        var rest = mechanism[name.Length..];
        if (!Mechanisms.TryGetValue(name, out var read))
        {
            problem = "is no mechanism of SPF";
            return null;
        }
        // The commonest mistake deserves a word of its own.
        problem = rest is [':', .. var text] && AddressText.ReadIPv4(text) is not null
            ? "has an address where a name belongs; that is written ip4:"
            : "does not follow the grammar";
        return read(rest);
    }

    private static SpfMacroString? Domain(string rest) => rest is [':', .. var text] ? SpfMacroParser.ReadDomainSpec(text) : null;

    private static bool OptionalDomain(string rest, out SpfMacroString? target)
    {
        target = Domain(rest);
        return rest is "" || target is not null;
    }

    private static bool OptionalDomainAndBits(string rest, out SpfMacroString? target, out int bits4, out int bits6)
    {
        target = null;
        bits4 = 0;
        return TakeBits(ref rest, "//", IPv6Bits, out bits6) && TakeBits(ref rest, "/", IPv4Bits, out bits4) && OptionalDomain(rest, out target);
    }

    private static SpfMechanism.Network? ReadIPv4(string rest) =>
        TakeBits(ref rest, "/", IPv4Bits, out var bits) && rest is [':', .. var text] && AddressText.ReadIPv4(text) is { } address ? new(address, bits) : null;

    private static SpfMechanism.Network? ReadIPv6(string rest) =>
        TakeBits(ref rest, "/", IPv6Bits, out var bits) && rest is [':', .. var text] && AddressText.ReadIPv6(text) is { } address ? new(address, bits) : null;

    // A slash may also stand within a domain (§7.1), so only one with nothing but digits behind it says bits. Without it, all of them count.
    private static bool TakeBits(ref string rest, string slashes, int most, out int bits)
    {
        bits = most;
        var digits = rest.AsSpan().LastIndexOfAnyExceptInRange('0', '9') + 1;
        if (!rest.AsSpan(0, digits).EndsWith(slashes))
            return true;
        var number = AddressText.ReadNumber(rest.AsSpan(digits), most);
        rest = rest[..(digits - slashes.Length)];
        bits = number ?? 0;
        return number is not null;
    }
}
