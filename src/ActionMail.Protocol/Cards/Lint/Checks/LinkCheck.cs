using ActionMail.Protocol.Cards.Lint.Rules;

namespace ActionMail.Protocol.Cards.Lint.Checks;

/// <summary>Where a button or a link leads that the client opens itself.</summary>
internal static class LinkCheck
{
    public static void Check(ButtonRules rules, JsonNode url, Findings findings)
    {
        if (url.Text is not { } text)
            return;
        if (text.Contains("${", StringComparison.Ordinal))
            return;
        if (!IsOpened(text))
            findings.Add(IsOfAnApp(text) ? rules.LinkApp : rules.LinkForm, url, $"{Findings.Quoted(text)} is no absolute http, https, mailto or tel address");
        else if (IsFrontPage(text))
            findings.Add(rules.LinkNotDeep, url, $"{Findings.Quoted(text)} is the front page");
        if (UrlSecrets.NameIn(text) is { } name)
            findings.Add(rules.LinkSecret, url, $"the query has a literal {name}");
    }

    /// <summary>Whether clients open it: an absolute address of a scheme that they know.</summary>
    public static bool IsOpened(ReadOnlySpan<char> url) =>
        After(url, "https://") is { Length: > 0 } || After(url, "http://") is { Length: > 0 } || After(url, "mailto:") is { Length: > 0 } || After(url, "tel:") is { Length: > 0 };

    // RFC 3986 §3.1. What a browser would run or read from the disk is of no app.
    private static bool IsOfAnApp(ReadOnlySpan<char> url)
    {
        var colon = url.IndexOf(':');
        if (colon < 2 || colon + 1 == url.Length || !char.IsAsciiLetter(url[0]) || url[..colon].ContainsAnyExcept(SchemeCharacters))
            return false;
        var scheme = url[..colon];
        foreach (var closed in (ReadOnlySpan<string>)["javascript", "vbscript", "data", "file", "blob", "http", "https", "mailto", "tel"])
        {
            if (scheme.Equals(closed, StringComparison.OrdinalIgnoreCase))
                return false;
        }
        return true;
    }

    private static readonly System.Buffers.SearchValues<char> SchemeCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");

    private static ReadOnlySpan<char> After(ReadOnlySpan<char> url, string scheme) =>
        url.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? url[scheme.Length..] : default;

    private static bool IsFrontPage(ReadOnlySpan<char> url)
    {
        var authority = url.IndexOf("://", StringComparison.Ordinal);
        if (authority < 0)
            return false;
        var rest = url[(authority + 3)..];
        var end = rest.IndexOfAny('/', '?', '#');
        return end < 0 || rest[end..] is "/";
    }
}
