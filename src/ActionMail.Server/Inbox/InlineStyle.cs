namespace ActionMail.Server.Inbox;

/// <summary>
/// The style of one element reduced to declarations that are plain on sight: a property on the list, and a value of
/// words, numbers and colours. What CSS could read in another way (escapes, comments, other functions, an open quote or
/// bracket) drops its declaration, so no browser sees an address, a position or a second declaration in what is left.
/// </summary>
internal static class InlineStyle
{
    private const int Longest = 4_000;

    private static readonly string[] ColourFunctions = ["rgb", "rgba", "hsl", "hsla"];

    /// <summary>The declarations to keep, or null where there are none.</summary>
    public static string? Filter(string style)
    {
        if (style.Length > Longest)
            return null;
        var kept = style.Split(';').Select(Keep).Where(declaration => declaration is not null);
        return string.Join(";", kept) is { Length: > 0 } filtered ? filtered : null;
    }

    private static string? Keep(string declaration)
    {
        var colon = declaration.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return null;
        var property = declaration[..colon].Trim().ToLowerInvariant();
        var value = declaration[(colon + 1)..].Trim();
        return HtmlPolicy.AllowedProperties.Contains(property) && IsPlain(value) ? $"{property}:{value}" : null;
    }

    private static bool IsPlain(string value)
    {
        var (quote, word, depth) = ('\0', 0, 0);
        for (var at = 0; at < value.Length; at++)
        {
            var c = value[at];
            if (!char.IsLetterOrDigit(c) && !" #%.,()'\"-+!/_".Contains(c, StringComparison.Ordinal))
                return false;
            if (quote == '\0' && c == '(' && !(depth++ == 0 && ColourFunctions.Contains(value[word..at], StringComparer.OrdinalIgnoreCase)))
                return false;
            if (quote == '\0' && c == ')' && --depth < 0)
                return false;
            if (c is '"' or '\'')
                quote = quote == '\0' ? c : quote == c ? '\0' : quote;
            if (!char.IsLetterOrDigit(c))
                word = at + 1;
        }
        return value.Length > 0 && quote == '\0' && depth == 0;
    }
}
