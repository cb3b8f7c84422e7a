using System.Globalization;

namespace ActionMail.Protocol.Cards.Templating;

/// <summary>How a language writes numbers. A table of our own, for the machine's would differ from machine to machine.</summary>
internal sealed record NumberFormat(string DecimalSign, string ThousandsSign)
{
    public const int MostDigits = 20;

    public const string Known = "a known locale: cs-CZ, de-CH, de-DE, en-CA, en-GB, en-US, es-ES, es-MX, fi-FI, fr-CA, fr-FR, hu-HU, it-IT, ja-JP, ko-KR, nl-NL, pl-PL, pt-BR, ru-RU, sv-SE, uk-UA or zh-CN";

    private static readonly NumberFormat Point = new(".", ",");
    private static readonly NumberFormat Comma = new(",", ".");
    private static readonly NumberFormat Space = new(",", "\u00a0");

    public static NumberFormat? Of(string locale) => locale.ToUpperInvariant() switch
    {
        "" or "EN-US" or "EN-GB" or "EN-CA" or "ES-MX" or "JA-JP" or "KO-KR" or "ZH-CN" => Point,
        "DE-DE" or "ES-ES" or "IT-IT" or "NL-NL" or "PT-BR" or "PL-PL" => Comma,
        "CS-CZ" or "FI-FI" or "FR-CA" or "FR-FR" or "HU-HU" or "RU-RU" or "SV-SE" or "UK-UA" => Space,
        "DE-CH" => new(",", "'"),
        _ => null,
    };

    /// <summary>With a fixed number of digits behind the decimal sign; below zero with a minus sign (U+2212), which is what Microsoft's library writes.</summary>
    public string Write(double number, int digits)
    {
        var format = new NumberFormatInfo { NumberDecimalSeparator = DecimalSign, NumberGroupSeparator = ThousandsSign, NegativeSign = "\u2212", NumberNegativePattern = 1 };
        return number.ToString(string.Create(CultureInfo.InvariantCulture, $"N{digits}"), format);
    }
}
