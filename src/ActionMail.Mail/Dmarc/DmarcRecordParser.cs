using System.Collections.Immutable;

namespace ActionMail.Mail.Dmarc;

/// <summary>
/// Reads DMARC policy records. Unknown tags (<c>pct</c>, <c>rf</c> and <c>ri</c> of RFC 7489 are such) are ignored, and a value that cannot
/// be read leaves the default. RFC 9989 §4.7 and §4.8.
/// </summary>
public static class DmarcRecordParser
{
    private static readonly Dictionary<string, DmarcPolicy> Policies = new(StringComparer.OrdinalIgnoreCase)
    {
        ["none"] = DmarcPolicy.None,
        ["quarantine"] = DmarcPolicy.Quarantine,
        ["reject"] = DmarcPolicy.Reject,
    };

    private static readonly Dictionary<string, AlignmentMode> Modes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["r"] = AlignmentMode.Relaxed,
        ["s"] = AlignmentMode.Strict,
    };

    private static readonly Dictionary<string, PublicSuffix> Suffixes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["y"] = PublicSuffix.Yes,
        ["n"] = PublicSuffix.No,
        ["u"] = PublicSuffix.Unsaid,
    };

    private static readonly Dictionary<string, bool> Flags = new(StringComparer.OrdinalIgnoreCase) { ["y"] = true, ["n"] = false };

    /// <summary>Reads the text of a TXT record; null for one that does not begin with the tag <c>v=DMARC1</c>, which is no DMARC policy record.</summary>
    public static DmarcRecord? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tags = text.Split(';');
        if (!IsVersion(tags[0]))
            return null;
        var values = Values(tags.Skip(1));
        var reports = Uris(values.GetValueOrDefault("rua"));
        var readable = IsPolicy(values, "p", required: true) && IsPolicy(values, "sp") && IsPolicy(values, "np");
        return new DmarcRecord(text)
        {
            Policy = readable ? Policies[values["p"]!] : DmarcPolicy.None,
            SubdomainPolicy = readable ? PolicyOf(values, "sp") : null,
            NonexistentPolicy = readable ? PolicyOf(values, "np") : null,
            Applies = readable || !reports.IsEmpty,
            IsTest = ValueOf(values, "t", Flags),
            PublicSuffix = ValueOf(values, "psd", Suffixes),
            DkimAlignment = ValueOf(values, "adkim", Modes),
            SpfAlignment = ValueOf(values, "aspf", Modes),
            AggregateReports = reports,
            FailureReports = Uris(values.GetValueOrDefault("ruf")),
        };
    }

    // RFC 9989 §4.8: "v" in any case, DMARC1 exactly so, and nothing before or behind it.
    private static bool IsVersion(string tag) =>
        tag.Split('=', 2) is [var name, var value] && name.TrimEnd(' ', '\t').Equals("v", StringComparison.OrdinalIgnoreCase) && Trim(value) == "DMARC1";

    /// <summary>The values by their tags; null for a tag that is there twice, which has no value that every reader sees (RFC 6376 §3.2).</summary>
    private static Dictionary<string, string?> Values(IEnumerable<string> tags)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var tag in tags)
        {
            if (tag.Split('=', 2) is not [var name, var value])
                continue;
            if (!values.TryAdd(Trim(name), Trim(value)))
                values[Trim(name)] = null;
        }
        return values;
    }

    private static string Trim(string text) => text.Trim(' ', '\t');

    private static bool IsPolicy(Dictionary<string, string?> values, string tag, bool required = false) =>
        values.TryGetValue(tag, out var value) ? value is not null && Policies.ContainsKey(value) : !required;

    private static DmarcPolicy? PolicyOf(Dictionary<string, string?> values, string tag) =>
        values.TryGetValue(tag, out var value) ? Policies[value!] : null;

    private static T ValueOf<T>(Dictionary<string, string?> values, string tag, Dictionary<string, T> meanings)
        where T : struct =>
        values.GetValueOrDefault(tag) is { } value ? meanings.GetValueOrDefault(value) : default;

    private static ImmutableArray<string> Uris(string? list) =>
        list is null ? [] : [.. list.Split(',').Select(item => WithoutSizeLimit(Trim(item))).Where(IsUri)];

    // RFC 7489 §6.3: "!10m" behind a URI; an exclamation mark of the URI itself must be encoded.
    private static string WithoutSizeLimit(string uri) =>
        uri.IndexOf('!', StringComparison.Ordinal) is >= 0 and var mark ? uri[..mark] : uri;

    // RFC 3986 §3 as far as it decides whether there is somebody to report to; RFC 6068 §2 for mailto.
    private static bool IsUri(string text) =>
        text.Split(':', 2) is [{ Length: > 0 } scheme, { Length: > 0 } rest]
        && char.IsAsciiLetter(scheme[0])
        && scheme.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '+' or '-' or '.')
        && rest.All(letter => letter is > ' ' and < '\x7f' and not ('"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}'))
        && (!scheme.Equals("mailto", StringComparison.OrdinalIgnoreCase) || rest.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < rest.Length - 1);
}
