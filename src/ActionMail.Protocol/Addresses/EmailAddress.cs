namespace ActionMail.Protocol.Addresses;

/// <summary>
/// One address in the only form that cards are matched by: an ASCII dot-atom local part and an A-label domain, both in
/// lower case. RFC 5322 §3.4.1. Quoted local parts, comments, routes, literals and a trailing dot are refused: two
/// parsers read them differently, so nothing may be decided by them.
/// </summary>
public readonly record struct EmailAddress
{
    private const string AtomPunctuation = "!#$%&'*+-/=?^_`{|}~";

    private readonly string? _value;

    private EmailAddress(string value) => _value = value;

    /// <summary>The part before the @, in lower case.</summary>
    public string LocalPart => ToString()[..ToString().IndexOf('@', StringComparison.Ordinal)];

    /// <summary>The part behind the @, in lower case.</summary>
    public string Domain => ToString()[(ToString().IndexOf('@', StringComparison.Ordinal) + 1)..];

    /// <summary>Reads <c>local@domain</c>. False for every other form; at most 254 characters (RFC 5321 §4.5.3.1.3).</summary>
    public static bool TryParse(string? text, out EmailAddress address)
    {
        address = default;
        if (text is not { Length: > 2 and <= 254 })
            return false;
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at is < 1 or > 64 || !IsDotAtom(text.AsSpan(0, at)) || !IsDomain(text.AsSpan(at + 1)))
            return false;
        address = new(text.ToLowerInvariant());
        return true;
    }

    /// <summary>Reads an address that must be one, as in constants and tests.</summary>
    /// <exception cref="FormatException">The text is no address.</exception>
    public static EmailAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is not an e-mail address.");

    /// <summary>The address, in lower case.</summary>
    public override string ToString() => _value ?? "";

    private static bool IsDotAtom(ReadOnlySpan<char> local)
    {
        if (local[0] == '.' || local[^1] == '.' || local.IndexOf("..", StringComparison.Ordinal) >= 0)
            return false;
        foreach (var c in local)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '.' && !AtomPunctuation.Contains(c, StringComparison.Ordinal))
                return false;
        }
        return true;
    }

    private static bool IsDomain(ReadOnlySpan<char> domain)
    {
        foreach (var range in domain.Split('.'))
        {
            var label = domain[range];
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-')
                return false;
            foreach (var c in label)
            {
                if (!char.IsAsciiLetterOrDigit(c) && c != '-')
                    return false;
            }
        }
        return domain.Length > 0;
    }
}
