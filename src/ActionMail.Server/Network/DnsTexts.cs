using System.Globalization;
using System.Text;
using DnsClient.Protocol;

namespace ActionMail.Server.Network;

/// <summary>
/// The octets of a TXT record as characters of Latin-1. The library gives them in two forms, and each loses something: decoded as UTF-8, where other octets
/// become U+FFFD, and escaped, where a backslash is not. What is UTF-8 is taken from the first, the rest from the second.
/// </summary>
internal static class DnsTexts
{
    public static string Join(TxtRecord record) =>
        string.Concat(record.Text.Zip(record.EscapedText, (text, escaped) => text.Contains('\uFFFD', StringComparison.Ordinal) ? Unescape(escaped) : OctetsOf(text)));

    private static string OctetsOf(string text) => Ascii.IsValid(text) ? text : Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static string Unescape(ReadOnlySpan<char> escaped)
    {
        var octets = new StringBuilder(escaped.Length);
        while (escaped is [var letter, ..])
        {
            escaped = escaped[1..];
            octets.Append(letter == '\\' ? ReadEscape(ref escaped) : letter);
        }
        return octets.ToString();
    }

    // \" is a quote, \DDD an octet that is not visible ASCII, and any other backslash is one.
    private static char ReadEscape(ref ReadOnlySpan<char> escaped)
    {
        if (escaped is ['"', ..])
        {
            escaped = escaped[1..];
            return '"';
        }
        if (escaped.Length < 3 || !byte.TryParse(escaped[..3], NumberStyles.None, CultureInfo.InvariantCulture, out var octet) || octet is >= 32 and <= 126)
            return '\\';
        escaped = escaped[3..];
        return (char)octet;
    }
}
