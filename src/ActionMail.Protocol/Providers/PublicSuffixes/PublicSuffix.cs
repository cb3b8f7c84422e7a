using System.Collections.Frozen;
using System.Globalization;

namespace ActionMail.Protocol.Providers.PublicSuffixes;

/// <summary>
/// Which names are open to strangers: registries such as <c>co.uk</c>, and hosts that give names away, such as <c>github.io</c>. A copy of the
/// Public Suffix List is built in, its private section included. https://github.com/publicsuffix/list/wiki/Format
/// </summary>
public static class PublicSuffix
{
    private const string Resource = "ActionMail.Protocol.Providers.PublicSuffixes.public-suffixes.txt";

    private static readonly Lazy<Rules> List = new(Load);

    /// <summary>The part of a host in lower-case A-labels below which anybody may have a name; its last label when no rule says otherwise.</summary>
    public static string Of(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        // From the longest name to the shortest: the first rule that matches has the most labels, and an exception beats its wildcard.
        for (var name = host; ; name = ParentOf(name))
        {
            var parent = ParentOf(name);
            if (List.Value.Exceptions.Contains(name))
                return parent;
            if (parent.Length == 0 || List.Value.Names.Contains(name) || List.Value.Wildcards.Contains(parent))
                return name;
        }
    }

    /// <summary>The name that somebody registered: the suffix and one label. Null for a suffix itself and for a host with an empty label.</summary>
    public static string? RegistrableDomain(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var suffix = Of(host);
        if (host.Length == suffix.Length || host.Split('.').Contains(""))
            return null;
        var end = host.Length - suffix.Length - 1;
        return host[(host.LastIndexOf('.', end - 1) + 1)..];
    }

    /// <summary>Whether strangers have names below the host: it is a public suffix, or one lies below it, as below <c>amazonaws.com</c>.</summary>
    public static bool IsShared(string host) => string.Equals(Of(host), host, StringComparison.Ordinal) || List.Value.Above.Contains(host);

    private static string ParentOf(string name) => name.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0 ? name[(dot + 1)..] : "";

    private static Rules Load()
    {
        using var stream = typeof(PublicSuffix).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        var ascii = new IdnMapping();
        var rules = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith("//", StringComparison.Ordinal))
            .Select(rule => rule.All(char.IsAscii) ? rule : ascii.GetAscii(rule)).ToList();
        var wildcards = rules.Where(rule => rule.StartsWith("*.", StringComparison.Ordinal)).Select(rule => rule[2..]).ToList();
        var names = rules.Where(rule => rule[0] is not ('*' or '!')).ToList();
        return new(
            names.ToFrozenSet(StringComparer.Ordinal),
            wildcards.ToFrozenSet(StringComparer.Ordinal),
            rules.Where(rule => rule[0] == '!').Select(rule => rule[1..]).ToFrozenSet(StringComparer.Ordinal),
            names.Select(ParentOf).Concat(wildcards).SelectMany(AndAbove).ToFrozenSet(StringComparer.Ordinal));
    }

    private static IEnumerable<string> AndAbove(string name)
    {
        for (; name.Length > 0; name = ParentOf(name))
            yield return name;
    }

    private sealed record Rules(FrozenSet<string> Names, FrozenSet<string> Wildcards, FrozenSet<string> Exceptions, FrozenSet<string> Above);
}
