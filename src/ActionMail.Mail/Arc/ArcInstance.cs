using ActionMail.Mail.Dkim;

namespace ActionMail.Mail.Arc;

/// <summary>The instance that an ARC-Authentication-Results field begins with: <c>i=1;</c>. RFC 8617 §4.1.1 (<c>arc-info</c>).</summary>
internal static class ArcInstance
{
    /// <summary>Reads the instance and leaves the results behind it.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> content, out int instance, out ReadOnlyMemory<byte> results)
    {
        (instance, results) = (0, default);
        var semicolon = content.Span.IndexOf((byte)';');
        if (semicolon < 0)
            return false;
        var tag = content.Span[..semicolon];
        var equals = tag.IndexOf((byte)'=');
        if (equals < 0 || !tag[..equals].Trim(" \t\r\n"u8).SequenceEqual("i"u8) || !TagValue.TryNumber(tag[(equals + 1)..].Trim(" \t\r\n"u8), 2, out var number))
            return false;
        (instance, results) = ((int)number, TagList.Trim(content[(semicolon + 1)..]));
        return instance > 0;
    }
}
