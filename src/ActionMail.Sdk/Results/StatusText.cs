using System.Text;

namespace ActionMail.Sdk;

/// <summary>
/// Makes text fit to be a header value. RFC 9110 §5.5 gives a value no character set beyond ASCII, and readers differ; this
/// SDK writes UTF-8, which a reader that took the bytes for Latin-1 can still recognize and turn back.
/// </summary>
internal static class StatusText
{
    public const int MaximumLength = 256;

    public static readonly Encoding Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>One line of at most 256 UTF-16 units, without control, line-breaking or direction-changing characters.</summary>
    public static string Clean(string text)
    {
        var line = new StringBuilder(Math.Min(text.Length, MaximumLength));
        foreach (var rune in text.EnumerateRunes())   // a lone surrogate becomes U+FFFD
        {
            if (Rune.IsWhiteSpace(rune))
                AppendSpace(line);
            else if (!Rune.IsControl(rune) && !ChangesDirection(rune))
                line.Append(rune);
        }
        return Shorten(line.ToString().Trim());
    }

    /// <summary>The same for a server that writes headers in ASCII: '?' stands for what it cannot.</summary>
    public static string ToAscii(string text) => Encoding.ASCII.GetString(Encoding.ASCII.GetBytes(text));

    private static void AppendSpace(StringBuilder line)
    {
        if (line.Length > 0 && line[^1] != ' ')
            line.Append(' ');
    }

    // U+202A–202E and U+2066–2069 would let a text show itself in another order than it was written.
    private static bool ChangesDirection(Rune rune) => rune.Value is >= 0x202A and <= 0x202E or >= 0x2066 and <= 0x2069;

    private static string Shorten(string line)
    {
        if (line.Length <= MaximumLength)
            return line;
        var end = MaximumLength - 1;
        if (char.IsHighSurrogate(line[end - 1]))
            end--;
        return string.Concat(line.AsSpan(0, end), "…");
    }
}
