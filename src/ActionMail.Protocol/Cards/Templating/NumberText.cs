using System.Globalization;

namespace ActionMail.Protocol.Cards.Templating;

/// <summary>Numbers as JavaScript writes them: the shortest digits that read back as the same number. ECMA-262 §6.1.6.1.20.</summary>
internal static class NumberText
{
    public static string Of(double number)
    {
        if (number == 0)
            return "0";
        var (digits, point) = Shortest(Math.Abs(number));
        var sign = number < 0 ? "-" : "";
        return point switch
        {
            > 21 or < -5 => $"{sign}{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : "")}e{(point > 0 ? "+" : "-")}{Math.Abs(point - 1).ToString(CultureInfo.InvariantCulture)}",
            _ when point >= digits.Length => sign + digits.PadRight(point, '0'),
            > 0 => $"{sign}{digits[..point]}.{digits[point..]}",
            _ => $"{sign}0.{new string('0', -point)}{digits}",
        };
    }

    // The significant digits, and how many of them stand before the decimal point.
    private static (string Digits, int Point) Shortest(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        var exponentAt = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = exponentAt < 0 ? 0 : int.Parse(text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = exponentAt < 0 ? text : text[..exponentAt];
        var pointAt = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = pointAt < 0 ? mantissa : mantissa[..pointAt];
        var all = whole + (pointAt < 0 ? "" : mantissa[(pointAt + 1)..]);
        var digits = all.TrimStart('0');
        return (digits.TrimEnd('0'), whole.Length + exponent - (all.Length - digits.Length));
    }
}
