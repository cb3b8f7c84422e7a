namespace ActionMail.Protocol.Cards.MessageCards;

/// <summary>The colour of a MessageCard's brand: three or six hexadecimal digits, with or without #.</summary>
internal static class ThemeColor
{
    /// <summary>The colour as #RRGGBB; null when it is none.</summary>
    public static string? Of(JsonNode color)
    {
        var digits = (color.Text ?? "").Trim().TrimStart('#').ToUpperInvariant();
        return digits.Length is 3 or 6 && digits.All(char.IsAsciiHexDigit)
            ? "#" + (digits.Length == 6 ? digits : string.Concat(digits.Select(digit => new string(digit, 2))))
            : null;
    }
}
