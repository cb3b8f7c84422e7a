using System.Globalization;

namespace ActionMail.Protocol.Cards.Lint.Checks;

/// <summary>A fixed colour and how well it is told from the backgrounds that a card may stand on. WCAG 2.2, "relative luminance" and "contrast ratio".</summary>
internal readonly record struct HexColor(byte Red, byte Green, byte Blue)
{
    /// <summary>WCAG 1.4.11: what is no text needs this much.</summary>
    public const double Least = 3;

    private static readonly HexColor Light = new(0xFF, 0xFF, 0xFF);
    private static readonly HexColor Dark = new(0x1F, 0x1F, 0x1F);

    /// <summary>Whether a value is a text #RRGGBB or #AARRGGBB.</summary>
    public static bool IsOne(JsonNode value) => value.IsString && value.Bytes is [(byte)'#', .. var digits] && digits.Length is 6 or 8 && Parse(digits) is not null;

    /// <summary>Six hexadecimal digits, with or without the sign before them; null for anything else.</summary>
    public static HexColor? Of(JsonNode value) => !value.IsString ? null : value.Bytes is [(byte)'#', .. var digits] ? OfDigits(digits) : OfDigits(value.Bytes);

    /// <summary>The smaller of the contrasts with a light and a dark background, and which of them it is.</summary>
    public (double Ratio, string Background) Weakest()
    {
        var (onLight, onDark) = (Contrast(Light), Contrast(Dark));
        return onLight <= onDark ? (onLight, "light") : (onDark, "dark");
    }

    private static HexColor? OfDigits(ReadOnlySpan<byte> digits) =>
        digits.Length == 6 && Parse(digits) is { } value ? new((byte)(value >> 16), (byte)(value >> 8), (byte)value) : null;

    private static uint? Parse(ReadOnlySpan<byte> digits) => uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? value : null;

    private double Contrast(HexColor other)
    {
        var (own, its) = (Luminance, other.Luminance);
        return (Math.Max(own, its) + 0.05) / (Math.Min(own, its) + 0.05);
    }

    private double Luminance => (0.2126 * Linear(Red)) + (0.7152 * Linear(Green)) + (0.0722 * Linear(Blue));

    private static double Linear(byte channel)
    {
        var part = channel / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
    }
}
