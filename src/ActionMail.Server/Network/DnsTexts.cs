using System.Globalization;
using System.Text;

namespace ActionMail.Server.Network;

/// <summary>
/// The octets of a TXT record as characters of Latin-1. The library's own text is decoded as UTF-8, which loses octets; its escaped one has them all,
/// as <c>\DDD</c> and <c>\X</c> (RFC 1035 §5.1).
/// </summary>
internal static class DnsTexts
{
    public static string Join(IEnumerable<string> escaped)
    {
        var joined = new StringBuilder();
        foreach (var piece in escaped)
            Append(joined, piece);
        return joined.ToString();
    }

    private static void Append(StringBuilder joined, ReadOnlySpan<char> escaped)
    {
        while (escaped is [var letter, ..])
        {
            escaped = escaped[1..];
            if (letter == '\\')
                letter = ReadEscape(ref escaped);
            joined.Append(letter);
        }
    }

    private static char ReadEscape(ref ReadOnlySpan<char> escaped)
    {
        var isNumber = escaped.Length >= 3 && char.IsAsciiDigit(escaped[0]);
        var letter = isNumber ? (char)byte.Parse(escaped[..3], NumberStyles.None, CultureInfo.InvariantCulture) : escaped[0];
        escaped = escaped[(isNumber ? 3 : 1)..];
        return letter;
    }
}
