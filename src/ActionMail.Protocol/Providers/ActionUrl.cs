using System.Buffers;
using System.Globalization;

namespace ActionMail.Protocol.Providers;

/// <summary>Whether plain http to the own machine is allowed: in the emulator and nowhere else. Protocol §5.</summary>
public enum UrlPolicy
{
    /// <summary>https only.</summary>
    HttpsOnly,

    /// <summary>https, and http to the host <c>localhost</c>.</summary>
    LoopbackHttp,
}

/// <summary>
/// A URL that the platform would call, parsed once by rules that leave two parsers nothing to differ in: https, an ASCII host name (no address,
/// no trailing dot, no user information, no escapes), an optional port. What is checked is what is connected to. Protocol §5, security G-01, G-02.
/// </summary>
public sealed record ActionUrl
{
    private const int MaxLength = 8_000;
    private const int MaxHostLength = 253;
    private const int MaxLabelLength = 63;
    private const string IsAddress = "an IP address is no host name";
    private static readonly SearchValues<char> HostCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");

    private ActionUrl(bool isHttps, string host, int port, Uri uri)
    {
        IsHttps = isHttps;
        Host = host;
        Port = port;
        Uri = uri;
    }

    /// <summary>False only for <c>http://localhost</c> in the emulator.</summary>
    public bool IsHttps { get; }

    /// <summary>The host in lower case, without a trailing dot.</summary>
    public string Host { get; }

    /// <summary>The port, the scheme's own when the text names none.</summary>
    public int Port { get; }

    /// <summary>The same URL for the HTTP client; its host is <see cref="Host"/>.</summary>
    public Uri Uri { get; }

    /// <summary>Scheme, host, and the port when it is not the scheme's own: what a token's <c>aud</c> names.</summary>
    public string Origin => Uri.GetLeftPart(UriPartial.Authority);

    /// <summary>Reads a URL; on false, <paramref name="why"/> says which rule it breaks.</summary>
    public static bool TryParse(string text, UrlPolicy policy, out ActionUrl url, out string why)
    {
        ArgumentNullException.ThrowIfNull(text);
        url = null!;
        why = RefusalOfForm(text) ?? "";
        if (why.Length > 0)
            return false;
        var isHttps = text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        if (!isHttps && !text.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            return Refuse("the URL must begin with https://", out why);
        var rest = text.AsSpan(isHttps ? 8 : 7);
        var end = rest.IndexOfAny('/', '?', '#');
        var authority = (end < 0 ? rest : rest[..end]).ToString().ToLowerInvariant();
        if (authority.Contains('@', StringComparison.Ordinal))
            return Refuse("the URL has a user name or a password before its host name", out why);
        if (!TrySplit(authority, isHttps, out var host, out var port))
            return Refuse("the port of the URL is not a number from 1 to 65535", out why);
        if (RefusalOfHost(host) is { } reason)
            return Refuse(reason, out why);
        if (!isHttps && (policy != UrlPolicy.LoopbackHttp || host != "localhost"))
            return Refuse("the URL must use https", out why);
        // A last look by the parser that the HTTP client uses: it must see the same host and port. IdnHost can throw (security PF-7), but not for such a host.
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0 || uri.Port != port || !string.Equals(uri.IdnHost, host, StringComparison.Ordinal))
            return Refuse("the URL can be read in two ways", out why);
        url = new(isHttps, host, port, uri);
        return true;
    }

    private static bool Refuse(string reason, out string why)
    {
        why = reason;
        return false;
    }

    private static string? RefusalOfForm(string text)
    {
        if (text.Length is 0 or > MaxLength)
            return $"a URL has 1 to {MaxLength} characters";
        foreach (var c in text)
        {
            if (c is <= ' ' or '\x7F' or '\\')
                return "the URL has a space, control character or backslash";
        }
        return null;
    }

    // An IPv6 address has colons of its own, and is refused for what it is.
    private static bool TrySplit(string authority, bool isHttps, out string host, out int port)
    {
        host = authority;
        port = isHttps ? 443 : 80;
        var colon = authority.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0 && !authority.StartsWith('['))
        {
            host = authority[..colon];
            var digits = authority.AsSpan(colon + 1);
            if (digits.IsEmpty || digits[0] == '0' || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port > 65_535)
                return false;
        }
        return true;
    }

    // RFC 1035 §2.3.4, RFC 1123 §2.1.
    private static string? RefusalOfHost(string host)
    {
        var labels = host.Split('.');
        return host switch
        {
            "" => "the URL has no host name",
            ['[', ..] => IsAddress,
            _ when host.AsSpan().ContainsAnyExcept(HostCharacters) =>
                "the host name has characters other than ASCII letters, digits, hyphens and dots; an international name is written with xn--",
            _ when Array.Exists(labels, label => label.Length > MaxLabelLength) => $"a part of the host name between dots has more than {MaxLabelLength} letters",
            { Length: > MaxHostLength } => $"the host name has more than {MaxHostLength} letters",
            _ when Array.Exists(labels, label => label.Length == 0) => "the host name begins or ends with a dot, or has two in a row",
            _ when Array.Exists(labels, label => label[0] == '-' || label[^1] == '-') => "a part of the host name begins or ends with a hyphen",
            // A last label that begins with a digit makes 127.1, 0x7f.1 and 2130706433 addresses. WHATWG URL, "ends in a number".
            _ when char.IsAsciiDigit(labels[^1][0]) => IsAddress,
            _ => null,
        };
    }
}
