using System.Text;
using MimeKit;
using MimeKit.Utils;

namespace ActionMail.Mail.Message;

/// <summary>Header text for people to read. Nothing is decided by it.</summary>
internal static class FieldText
{
    private const int Longest = 8 * 1024;

    /// <summary>Unfolds a value and decodes its encoded-words. RFC 2047 §5 (1).</summary>
    public static string Decode(ReadOnlySpan<byte> value)
    {
        value = value[..Math.Min(value.Length, Longest)];
        return IsPlain(value) ? Encoding.ASCII.GetString(value) : Clean(Rfc2047.DecodeText(ParserOptions.Default, value.ToArray()));
    }

    /// <summary>Decodes a display name: quoted strings lose their quotes, words outside them their encoding. RFC 2047 §5 (3).</summary>
    public static string DecodePhrase(ReadOnlySpan<byte> phrase)
    {
        phrase = phrase[..Math.Min(phrase.Length, Longest)];
        if (phrase.Contains((byte)'"'))
            return Clean(Unquote(Encoding.UTF8.GetString(phrase)));
        return IsPlain(phrase)
            ? Encoding.ASCII.GetString(phrase)
            : Clean(Rfc2047.DecodePhrase(ParserOptions.Default, phrase.ToArray()));
    }

    /// <summary>One line without control characters: runs of white space and controls become one space.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!char.IsControl(c) && !char.IsWhiteSpace(c))
                clean.Append(c);
            else if (clean.Length > 0 && clean[^1] != ' ')
                clean.Append(' ');
        }
        return clean.ToString().TrimEnd(' ');
    }

    private static bool IsPlain(ReadOnlySpan<byte> value) =>
        !value.ContainsAnyExceptInRange((byte)' ', (byte)'~')
        && value.IndexOf("=?"u8) < 0
        && value.IndexOf("  "u8) < 0;

    private static string Unquote(string phrase)
    {
        var text = new StringBuilder(phrase.Length);
        for (var i = 0; i < phrase.Length; i++)
        {
            if (phrase[i] == '\\' && i + 1 < phrase.Length)
                text.Append(phrase[++i]);
            else if (phrase[i] != '"')
                text.Append(phrase[i]);
        }
        return text.ToString();
    }
}
