using System.Globalization;
using System.Text;
using static ActionMail.Protocol.Cards.Templating.TemplateFunction;

namespace ActionMail.Protocol.Cards.Templating;

/// <summary>From one type to another.</summary>
internal static class ConversionFunctions
{
    private const string TextDataUri = "data:text/plain;charset=utf-8;base64,";

    public static readonly TemplateFunction[] Table =
    [
        Of("string", 1, 2, String),
        Of("int", 1, 1, args => Numeric(args, whole: true)),
        Of("float", 1, 1, args => Numeric(args, whole: false)),
        Of("formatNumber", 2, 3, FormatNumber),
        Of("base64", 1, 1, args => args.Text(0) is { } text ? Base64(text) : args.Wrong(0, "a text")),
        Of("base64ToString", 1, 1, args => args.Text(0) is { } text && FromBase64(text) is { } decoded ? decoded : args.Wrong(0, "base64 of UTF-8")),
        Of("dataUri", 1, 1, args => args.Text(0) is { } text ? TextDataUri + Base64(text) : args.Wrong(0, "a text")),
        Of("dataUriToString", 1, 1, args =>
            args.Text(0) is { } text && FromBase64(text[(text.IndexOf(',', StringComparison.Ordinal) + 1)..]) is { } decoded ? decoded : args.Wrong(0, "a data URI with base64 of UTF-8")),
        Of("uriComponent", 1, 1, args => args.Text(0) is { } text ? EncodeComponent(text) : args.Wrong(0, "a text")),
        Of("uriComponentToString", 1, 1, args => args.Text(0) is { } text ? Uri.UnescapeDataString(text) : args.Wrong(0, "a text")),
    ];

    // A number gets separators between its thousands, as in Microsoft's library; interpolated it does not.
    private static TemplateValue String(FunctionArguments args)
    {
        if (!args.CanSpellOut(args[0]))
            return FunctionArguments.TooMuch;
        if (args.Number(0) is not { } number)
            return args[0] is TemplateValue.List ? ValueText.Json(args[0]) : ValueText.Of(args[0]);
        if (args.Text(1) is not { } locale || NumberFormat.Of(locale) is not { } format)
            return args.Wrong(1, NumberFormat.Known);
        var plain = NumberText.Of(number);
        var digits = plain.Contains('.', StringComparison.Ordinal) ? plain.Length - plain.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        return format.Write(number, Math.Min(digits, NumberFormat.MostDigits));
    }

    private static TemplateValue FormatNumber(FunctionArguments args)
    {
        if (args.Number(0) is not { } number)
            return args.Wrong(0, "a number");
        if (args.Whole(1) is not { } digits || digits is < 0 or > NumberFormat.MostDigits)
            return args.Wrong(1, $"a whole number from 0 to {NumberFormat.MostDigits}");
        if (args.Text(2) is not { } locale || NumberFormat.Of(locale) is not { } format)
            return args.Wrong(2, NumberFormat.Known);
        var rounded = NumberFunctions.RoundTo(number, digits);
        return format.Write(double.IsFinite(rounded) ? rounded : number, digits);
    }

    // As much of the text as is a number, as JavaScript reads it.
    private static TemplateValue Numeric(FunctionArguments args, bool whole)
    {
        if (args.Number(0) is { } number)
            return whole ? Math.Truncate(number) : number;
        if (args.Text(0) is not { } text)
            return args.Wrong(0, "a number or a text");
        var digits = text.AsSpan().TrimStart();
        var length = LengthOfNumber(digits, whole);
        return double.TryParse(digits[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : args.Wrong(0, "a text that begins with a number");
    }

    private static int LengthOfNumber(ReadOnlySpan<char> text, bool whole)
    {
        var at = text is ['+' or '-', ..] ? 1 : 0;
        var digits = Digits(text, ref at);
        if (whole)
            return at;
        if (at < text.Length && text[at] == '.')
        {
            at++;
            digits += Digits(text, ref at);
        }
        if (digits == 0 || at >= text.Length || text[at] is not ('e' or 'E'))
            return at;
        var exponent = at + 1;
        if (exponent < text.Length && text[exponent] is '+' or '-')
            exponent++;
        return Digits(text, ref exponent) > 0 ? exponent : at;
    }

    private static int Digits(ReadOnlySpan<char> text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        return at - start;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string? FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length) || !System.Text.Unicode.Utf8.IsValid(bytes.AsSpan(0, length)))
            return null;
        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    // encodeURIComponent leaves five more characters alone than RFC 3986 does. ECMA-262 §19.2.6.4.
    private static string EncodeComponent(string text)
    {
        var encoded = new StringBuilder(Uri.EscapeDataString(text));
        foreach (var mark in "!'()*")
            encoded.Replace($"%{(int)mark:X2}", mark.ToString());
        return encoded.ToString();
    }
}
