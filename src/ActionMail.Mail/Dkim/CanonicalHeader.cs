using System.Text;

namespace ActionMail.Mail.Dkim;

/// <summary>The canonical form of header fields. RFC 6376 §3.4.1 and §3.4.2.</summary>
internal static class CanonicalHeader
{
    /// <summary>What a field can grow by: the line end that the last line of a mail may lack.</summary>
    public const int Growth = 2;

    /// <summary>Writes the canonical field with its line end and returns the number of bytes.</summary>
    public static int Write(ReadOnlySpan<byte> field, Canonicalization form, Span<byte> to)
    {
        var length = form == Canonicalization.Simple ? Copy(WithoutLineEnd(field), to) : Relax(WithoutLineEnd(field), to);
        "\r\n"u8.CopyTo(to[length..]);
        return length + 2;
    }

    private static ReadOnlySpan<byte> WithoutLineEnd(ReadOnlySpan<byte> field) => field.EndsWith("\r\n"u8) ? field[..^2] : field;

    private static int Copy(ReadOnlySpan<byte> from, Span<byte> to)
    {
        from.CopyTo(to);
        return from.Length;
    }

    private static int Relax(ReadOnlySpan<byte> field, Span<byte> to)
    {
        var colon = field.IndexOf((byte)':');
        if (colon < 0)
            return Copy(field, to);
        Ascii.ToLower(field[..colon].TrimEnd(" \t"u8), to, out var length);
        to[length++] = (byte)':';
        return length + Reduce(TrimEnd(field[(colon + 1)..]), to[length..]);
    }

    /// <summary>Unfolds, and makes each run of white space one space; none is left in front.</summary>
    private static int Reduce(ReadOnlySpan<byte> value, Span<byte> to)
    {
        value = value[BlankLength(value)..];
        var length = 0;
        for (var next = value.IndexOfAny(" \t\r"u8); next >= 0; next = value.IndexOfAny(" \t\r"u8))
        {
            length += Copy(value[..next], to[length..]);
            value = value[next..];
            var blank = BlankLength(value);
            to[length++] = blank > 0 ? (byte)' ' : value[0];    // a CR without its LF is no white space
            value = value[Math.Max(blank, 1)..];
        }
        return length + Copy(value, to[length..]);
    }

    private static int BlankLength(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length)
        {
            if (text[at] is (byte)' ' or (byte)'\t')
                at++;
            else if (text[at..].StartsWith("\r\n"u8))
                at += 2;
            else
                break;
        }
        return at;
    }

    private static ReadOnlySpan<byte> TrimEnd(ReadOnlySpan<byte> text)
    {
        while (true)
        {
            if (text is [.., (byte)' ' or (byte)'\t'])
                text = text.TrimEnd(" \t"u8);
            else if (text.EndsWith("\r\n"u8))
                text = text[..^2];
            else
                return text;
        }
    }
}
