namespace ActionMail.Server.Inbox;

/// <summary>Which links of a mail may be followed, and how: always in a page of their own that knows nothing of ours.</summary>
internal static class SafeLink
{
    public const string Rel = "noopener noreferrer nofollow";
    public const string Target = "_blank";

    private static readonly string[] Schemes = ["http", "https", "mailto", "tel"];

    // A browser drops tabs and line ends from an address before it looks at the scheme; so none may be in it.
    public static bool IsSafe(string? address) =>
        address is not null
        && !address.Any(char.IsControl)
        && Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && Schemes.Contains(uri.Scheme, StringComparer.Ordinal)
        && address.TrimStart().StartsWith(uri.Scheme + ":", StringComparison.OrdinalIgnoreCase);
}
