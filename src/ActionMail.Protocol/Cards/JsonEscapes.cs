using System.Buffers.Text;
using System.Text.Json;

namespace ActionMail.Protocol.Cards;

/// <summary>The escapes inside a JSON string. RFC 8259 §7.</summary>
internal static class JsonEscapes
{
    /// <summary>What the inside of a JSON string says; it is known to be well formed.</summary>
    public static string Decode(ReadOnlySpan<byte> inside)
    {
        var quoted = new byte[inside.Length + 2];
        quoted[0] = quoted[^1] = (byte)'"';
        inside.CopyTo(quoted.AsSpan(1));
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return reader.GetString()!;
    }

    /// <summary>Whether each half of a surrogate pair has its other half. RFC 8259 §8.2.</summary>
    public static bool HavePairs(ReadOnlySpan<byte> inside)
    {
        var expectsLow = false;
        while (true)
        {
            var escape = inside.IndexOf((byte)'\\');
            if (escape != 0 && expectsLow)
                return false;
            if (escape < 0)
                return true;
            if (inside[escape + 1] != 'u')
            {
                if (expectsLow)
                    return false;
                inside = inside[(escape + 2)..];
                continue;
            }
            var unit = (char)CodeUnit(inside.Slice(escape + 2, 4));
            if (char.IsLowSurrogate(unit) != expectsLow)
                return false;
            expectsLow = char.IsHighSurrogate(unit);
            inside = inside[(escape + 6)..];
        }
    }

    private static ushort CodeUnit(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits, out ushort unit, out _, 'x') ? unit : throw new System.Diagnostics.UnreachableException();
}
