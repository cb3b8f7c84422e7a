using System.Globalization;
using System.Text;

namespace ActionMail.Mail.Dns;

/// <summary>
/// The text of a record: names, bare words and quoted strings, with the escapes of RFC 1035 §5.1 (<c>\DDD</c> is an octet in decimal, <c>\X</c> is X).
/// Escaped letters are those of JSON, since zones for tests are written by programs: <c>\n</c>, <c>\r</c>, <c>\t</c>, and <c>\u00XX</c> for an octet.
/// </summary>
internal static class ZoneText
{
    private static readonly Dictionary<char, char> Controls = new() { ['n'] = '\n', ['r'] = '\r', ['t'] = '\t' };

    public static bool IsBlank(char letter) => letter is ' ' or '\t';

    /// <summary>Where a record ends: with its line, unless a quote is open (RFC 1035 §5.1: text literals can contain line ends).</summary>
    public static int EndOfRecord(ReadOnlySpan<char> text)
    {
        var (isQuoted, isAtWord) = (false, true);
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (!isQuoted && letter == '\n')
                return at;
            if (isAtWord && letter is ';' or '#')
                return text[at..].IndexOf('\n') is >= 0 and var end ? at + end : text.Length;
            if (letter == '"' && (isQuoted || isAtWord))
                isQuoted = !isQuoted;
            else if (letter == '\\' && isQuoted)
                at++;
            isAtWord = !isQuoted && (IsBlank(letter) || letter == '"');
        }
        return text.Length;
    }

    /// <summary>The words behind the type, up to the end or a comment; null when a quote is not closed or an escape is none.</summary>
    public static List<string>? ReadWords(ReadOnlySpan<char> text)
    {
        var words = new List<string>();
        for (var rest = text.TrimStart(" \t"); rest is not ([] or [';', ..] or ['#', ..]); rest = rest.TrimStart(" \t"))
        {
            if (ReadWord(ref rest) is not { } word)
                return null;
            words.Add(word);
        }
        return words;
    }

    /// <summary>Resolves the escapes; null when one is none.</summary>
    public static string? Unescape(ReadOnlySpan<char> text)
    {
        var plain = new StringBuilder(text.Length);
        while (text is [var letter, ..])
        {
            text = text[1..];
            if (letter != '\\')
                plain.Append(letter);
            else if (ReadEscape(ref text) is { } escaped)
                plain.Append(escaped);
            else
                return null;
        }
        return plain.ToString();
    }

    private static string? ReadWord(ref ReadOnlySpan<char> rest)
    {
        var quoted = rest is ['"', ..];
        if (quoted)
            rest = rest[1..];
        var end = 0;
        while (end < rest.Length && !(quoted ? rest[end] == '"' : IsBlank(rest[end])))
            end += rest[end] == '\\' ? 2 : 1;
        if (end > rest.Length || (quoted && end == rest.Length))
            return null;
        var word = rest[..end];
        rest = rest[(quoted ? end + 1 : end)..];
        return Unescape(word);
    }

    private static char? ReadEscape(ref ReadOnlySpan<char> rest)
    {
        if (rest.Length >= 3 && int.TryParse(rest[..3], NumberStyles.None, CultureInfo.InvariantCulture, out var octet))
        {
            rest = rest[3..];
            return octet <= byte.MaxValue ? (char)octet : null;
        }
        if (rest is ['u', '0', '0', _, _, ..] && byte.TryParse(rest[3..5], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            rest = rest[5..];
            return (char)code;
        }
        if (rest is not [var letter, ..] || (char.IsAsciiLetterOrDigit(letter) && !Controls.ContainsKey(letter)))
            return null;
        rest = rest[1..];
        return Controls.GetValueOrDefault(letter, letter);
    }
}
