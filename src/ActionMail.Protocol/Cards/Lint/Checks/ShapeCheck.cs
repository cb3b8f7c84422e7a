using System.Text;
using System.Text.Json;
using ActionMail.Protocol.Cards.Lint.Rules;
using ActionMail.Protocol.Cards.Model;

namespace ActionMail.Protocol.Cards.Lint.Checks;

/// <summary>Whether a value has the shape that the vocabulary gives its member. What stands in it as a part is judged as that part.</summary>
internal static class ShapeCheck
{
    /// <summary>The rule that a value breaks, or null.</summary>
    public static LintRule? FaultOf(PropertyShape shape, JsonNode value) => value.Kind == JsonValueKind.Null ? null : shape switch
    {
        PropertyShape.Words(var all) => !value.IsString ? StructureRules.ShapeWrong : IsOneOf(all, value) ? null : StructureRules.WordUnknown,
        PropertyShape.Text or PropertyShape.Markdown or PropertyShape.Url => Wrong(!value.IsString),
        PropertyShape.Flag => Wrong(value.Kind is not (JsonValueKind.True or JsonValueKind.False)),
        PropertyShape.Element or PropertyShape.Action or PropertyShape.Piece => Wrong(!value.IsObject),
        PropertyShape.ListOf(var item) => FaultOfList(item, value),
        PropertyShape.AnyOf(var shapes) => FaultOfAny(shapes, value),
        PropertyShape.Pixels => Wrong(!IsPixels(value)),
        PropertyShape.Number(var min, var max) => value.Number is not { } number ? StructureRules.ShapeWrong : number < min || number > max ? StructureRules.OutOfRange : null,
        PropertyShape.Integer(var min, var max) => FaultOfInteger(min, max, value),
        PropertyShape.FlagOrText => Wrong(value.Kind is not (JsonValueKind.True or JsonValueKind.False) && !value.SaysAnyCase("true"u8) && !value.SaysAnyCase("false"u8)),
        PropertyShape.Color => Wrong(!HexColor.IsOne(value)),
        PropertyShape.Weight => Wrong(!IsWeight(value)),
        PropertyShape.Date => Wrong(!IsDate(value)),
        PropertyShape.Time => Wrong(!IsTime(value)),
        PropertyShape.Version => Wrong(!value.IsString || !CardVersion.TryParse(value.Bytes, out _)),
        PropertyShape.MapOf => Wrong(!value.IsObject),
        PropertyShape.Data => null,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The shape in words, for a message: "a text", "one of small, medium".</summary>
    public static string Words(PropertyShape shape) => shape switch
    {
        PropertyShape.Words(var all) => all is [var only] ? $"\"{only}\"" : $"one of {string.Join(", ", all)}",
        PropertyShape.Text or PropertyShape.Markdown => "a text",
        PropertyShape.Url => "a text with a URL",
        PropertyShape.Flag => "true or false",
        PropertyShape.FlagOrText => "true or false, or the text of one",
        PropertyShape.Element => "an element",
        PropertyShape.Action => "an action",
        PropertyShape.Piece(var type) => $"an object ({type})",
        PropertyShape.ListOf(var item) => $"an array, each item {Words(item)}",
        PropertyShape.AnyOf(var shapes) => string.Join(", or ", shapes.Select(Words)),
        PropertyShape.Pixels => "a text such as \"80px\"",
        PropertyShape.Number(double.MinValue, double.MaxValue) => "a number",
        PropertyShape.Number(var min, double.MaxValue) => FormattableString.Invariant($"a number from {min}"),
        PropertyShape.Number(var min, var max) => FormattableString.Invariant($"a number from {min} to {max}"),
        PropertyShape.Integer(var min, int.MaxValue) => FormattableString.Invariant($"a whole number from {min}"),
        PropertyShape.Integer(var min, var max) => FormattableString.Invariant($"a whole number from {min} to {max}"),
        PropertyShape.Color => "a colour such as \"#0078D7\"",
        PropertyShape.Weight => "a text such as \"2\" or \"2*\"",
        PropertyShape.Date => "a date such as \"2026-03-31\"",
        PropertyShape.Time => "a time such as \"14:30\"",
        PropertyShape.Version => "a version such as \"1.4\"",
        PropertyShape.MapOf(var item) => $"an object, each member {Words(item)}",
        PropertyShape.Data => "any JSON",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static LintRule? Wrong(bool isWrong) => isWrong ? StructureRules.ShapeWrong : null;

    private static bool IsOneOf(System.Collections.Immutable.ImmutableArray<string> words, JsonNode value)
    {
        var said = value.PlainBytes;
        foreach (var word in words)
        {
            if (Ascii.EqualsIgnoreCase(said, word))
                return true;
        }
        return false;
    }

    private static LintRule? FaultOfList(PropertyShape item, JsonNode list)
    {
        if (!list.IsArray)
            return StructureRules.ShapeWrong;
        foreach (var each in list.Items)
        {
            if (FaultOf(item, each) is { } fault)
                return fault;
        }
        return null;
    }

    // A text that is no word of a choice among shapes has an unknown word, and not the wrong kind.
    private static LintRule? FaultOfAny(System.Collections.Immutable.ImmutableArray<PropertyShape> shapes, JsonNode value)
    {
        LintRule? last = null;
        foreach (var shape in shapes)
        {
            if (FaultOf(shape, value) is not { } fault)
                return null;
            last = fault == StructureRules.ShapeWrong && last is not null ? last : fault;
        }
        return last;
    }

    private static LintRule? FaultOfInteger(int min, int max, JsonNode value) =>
        value.Number is not { } number || number != Math.Floor(number) ? StructureRules.ShapeWrong
        : number < min || number > max ? StructureRules.OutOfRange
        : null;

    /// <summary>The number of pixels that a text such as 80px says, or null. Outlook takes a blank before the unit: 80 px.</summary>
    public static double? PixelsOf(JsonNode value)
    {
        if (!value.IsString || value.Bytes is not [.. var before, (byte)'p', (byte)'x'])
            return null;
        var number = before.TrimEnd((byte)' ');
        return System.Buffers.Text.Utf8Parser.TryParse(number, out double pixels, out var used) && used == number.Length ? pixels : null;
    }

    private static bool IsPixels(JsonNode value) => PixelsOf(value) is >= 0;

    private static bool IsWeight(JsonNode value)
    {
        if (!value.IsString || value.Bytes.IsEmpty)
            return false;
        var text = value.Bytes[^1] == (byte)'*' ? value.Bytes[..^1] : value.Bytes;
        return System.Buffers.Text.Utf8Parser.TryParse(text, out double weight, out var used) && used == text.Length && weight >= 0;
    }

    private static bool IsDate(JsonNode value) =>
        value.Text is { Length: 0 } || DateOnly.TryParseExact(value.Text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out _);

    private static bool IsTime(JsonNode value) =>
        value.Text is { Length: 0 } || TimeOnly.TryParseExact(value.Text, ["HH:mm", "HH:mm:ss"], System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out _);
}
