namespace ActionMail.Protocol.Providers;

/// <summary>
/// A registered target: an origin that the provider's actions may call. It covers itself and, unless told otherwise, its subdomains on a label
/// boundary, on the same port. dashboard.md "Details of your provider", protocol §5.
/// </summary>
public sealed record TargetUrl
{
    // Names that lead inward by convention, whatever they resolve to today. Security G-03.
    private static readonly string[] InwardSuffixes = [".localhost", ".internal", ".local", ".home.arpa"];

    private readonly ActionUrl _url;

    private TargetUrl(ActionUrl url, bool includeSubdomains)
    {
        _url = url;
        IncludeSubdomains = includeSubdomains;
    }

    /// <summary>Whether names below the host are covered. Default true.</summary>
    public bool IncludeSubdomains { get; }

    /// <summary>The host in lower case.</summary>
    public string Host => _url.Host;

    /// <summary>Whether it is on the own machine, as in the emulator alone.</summary>
    public bool IsLoopback => !_url.IsHttps;

    /// <summary>Reads <c>https://host[:port]</c>; on false, <paramref name="why"/> is a sentence for the form.</summary>
    public static bool TryParse(string text, UrlPolicy policy, out TargetUrl target, out string why, bool includeSubdomains = true)
    {
        target = null!;
        if (!ActionUrl.TryParse(text, policy, out var url, out why))
            return false;
        why = url switch
        {
            { Uri.PathAndQuery: not "/" } or { Uri.Fragment.Length: > 0 } => "a target URL is an origin: scheme, host and port, without path, query or fragment",
            { IsHttps: false } => "",
            { Port: not 443 and < 1024 } => "the port must be 443 or at least 1024",
            _ when !url.Host.Contains('.', StringComparison.Ordinal) => "the host must be a full domain name",
            _ when InwardSuffixes.Any(suffix => url.Host.EndsWith(suffix, StringComparison.Ordinal)) => "the host is a name of private networks",
            _ => "",
        };
        if (why.Length > 0)
            return false;
        target = new(url, includeSubdomains);
        return true;
    }

    /// <summary>Whether an action may call the URL under this target.</summary>
    public bool Covers(ActionUrl url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return url.IsHttps == _url.IsHttps
            && url.Port == _url.Port
            && (string.Equals(url.Host, _url.Host, StringComparison.Ordinal)
                || (IncludeSubdomains && url.Host.EndsWith("." + _url.Host, StringComparison.Ordinal)));
    }

    /// <summary>The origin as registered.</summary>
    public override string ToString() => _url.Origin;
}
