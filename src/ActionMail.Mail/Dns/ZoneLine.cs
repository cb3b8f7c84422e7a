using System.Globalization;
using static ActionMail.Mail.Dns.ZoneEntry;

namespace ActionMail.Mail.Dns;

/// <summary>One line of a zone file: <c>name TYPE data</c>.</summary>
internal static class ZoneLine
{
    private sealed record Form(string Example, Func<DomainName, List<string>, ZoneEntry?> Read);

    private static readonly Dictionary<string, Form> Forms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["A"] = new("name A 192.0.2.1", (name, words) => Address(name, DnsRecordType.A, words is [var text] ? AddressText.ReadIPv4(text) : null)),
        ["AAAA"] = new("name AAAA 2001:db8::1", (name, words) => Address(name, DnsRecordType.Aaaa, words is [var text] ? AddressText.ReadIPv6(text) : null)),
        ["MX"] = new("name MX 10 mail.example.org", Exchange),
        ["TXT"] = new("name TXT \"text\"", (name, words) => words is ["NONE"] ? new NoText(name) : new Record(name, DnsRecordType.Txt, Joined(words))),
        ["SPF"] = new("name SPF \"text\"", (name, words) => new PolicyText(name, Joined(words))),
        ["PTR"] = new("1.2.0.192.in-addr.arpa PTR host.example.org", Pointer),
        ["CNAME"] = new("name CNAME other.example.org", (name, words) => Host(words) is { } target ? new Alias(name, target) : null),
        ["NS"] = new("name NS ns.example.org", (name, words) => Host(words) is null ? null : new NameServer(name)),
        ["TIMEOUT"] = new("name TIMEOUT", (name, words) => words is [] ? new Fault(name, "timeout") : null),
        ["SERVFAIL"] = new("name SERVFAIL", (name, words) => words is [] ? new Fault(name, "SERVFAIL") : null),
    };

    /// <summary>Reads a line that is neither empty nor a comment. When it cannot be read, <paramref name="problem"/> says what to write.</summary>
    public static ZoneEntry? Read(ReadOnlySpan<char> line, out string problem)
    {
        problem = "";
        if (!TryFindType(line, out var start, out var length))
            problem = $"There is no type; write 'name TYPE data', where the type is one of {string.Join(", ", Forms.Keys)}.";
        else if (ReadName(line[..start].TrimEnd(" \t"), out problem) is var name && name != default)
            return ReadData(name, line.Slice(start, length).ToString(), line[(start + length)..], out problem);
        return null;
    }

    // The name is all that stands before the type, because a macro of SPF can put spaces into a name.
    private static bool TryFindType(ReadOnlySpan<char> line, out int start, out int length)
    {
        var types = Forms.GetAlternateLookup<ReadOnlySpan<char>>();
        for (start = EndOfWord(line, 0); start < line.Length; start += length)
        {
            while (start < line.Length && ZoneText.IsBlank(line[start]))
                start++;
            length = EndOfWord(line, start) - start;
            if (types.ContainsKey(line.Slice(start, length)))
                return true;
        }
        length = 0;
        return false;
    }

    private static int EndOfWord(ReadOnlySpan<char> line, int start) => line[start..].IndexOfAny(" \t") is >= 0 and var blank ? start + blank : line.Length;

    private static DomainName ReadName(ReadOnlySpan<char> text, out string problem)
    {
        var last = text[(text.LastIndexOfAny(" \t") + 1)..];
        var hasMore = last.Length < text.Length
            && (last.Equals("IN", StringComparison.OrdinalIgnoreCase) || int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out _));
        problem = hasMore
            ? "Leave out the time to live and the class; write 'name TYPE data'."
            : "The name is none; write labels of 1 to 63 characters, 253 in all, with dots between them.";
        return !hasMore && DomainName.TryParseExpanded(ZoneText.Unescape(text), out var name) ? name : default;
    }

    private static ZoneEntry? ReadData(DomainName name, string type, ReadOnlySpan<char> data, out string problem)
    {
        var entry = ZoneText.ReadWords(data) is { } words ? Forms[type].Read(name, words) : null;
        problem = entry is null ? $"This is no {type.ToUpperInvariant()} record; write it as '{Forms[type].Example}', with quotes closed and escapes as in \\034." : "";
        return entry;
    }

    private static Record? Address(DomainName name, DnsRecordType type, System.Net.IPAddress? address) =>
        address is null ? null : new(name, type, new DnsRecord.Address(address));

    // A host that is left out, "" or "." is the null MX of RFC 7505.
    private static Record? Exchange(DomainName name, List<string> words)
    {
        if (words is not ([_] or [_, _]) || AddressText.ReadNumber(words[0], ushort.MaxValue) is not { } preference)
            return null;
        DomainName? host = words is [_] or [_, "" or "."] ? default(DomainName) : Host(words[1..]);
        return host is { } exchange ? new(name, DnsRecordType.Mx, new DnsRecord.Exchange((ushort)preference, exchange)) : null;
    }

    private static Record? Pointer(DomainName name, List<string> words) =>
        Host(words) is { } host ? new(name, DnsRecordType.Ptr, new DnsRecord.Pointer(host)) : null;

    private static DnsRecord.Text Joined(List<string> words) => new(string.Concat(words));

    private static DomainName? Host(List<string> words) => words is [var text] && DomainName.TryParseExpanded(text, out var host) ? host : null;
}
