using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace ActionMail.Protocol.Cards;

/// <summary>Reads an input element; null for one without an id or of a type that gives no value.</summary>
internal static class CardInputReader
{
    public static CardInput? Read(JsonElement element, string type)
    {
        if (element.TextMember("id") is not { Length: > 0 } id)
            return null;
        var required = element.FlagMember("isRequired");
        var message = element.TextMember("errorMessage");
        return type switch
        {
            "Input.Text" => new CardInput.Text(id, required, message, MaxLength(element), element.TextMember("regex")),
            "Input.Number" => new CardInput.Number(id, required, message, element.NumberMember("min"), element.NumberMember("max")),
            "Input.Date" => new CardInput.Date(id, required, message, DateMember(element, "min"), DateMember(element, "max")),
            "Input.Time" => new CardInput.Time(id, required, message, TimeMember(element, "min"), TimeMember(element, "max")),
            "Input.Toggle" => new CardInput.Toggle(id, required, message, element.TextMember("valueOn") ?? "true", element.TextMember("valueOff") ?? "false"),
            "Input.ChoiceSet" => new CardInput.ChoiceSet(id, required, message, Choices(element), element.FlagMember("isMultiSelect")),
            _ => null,
        };
    }

    private static int? MaxLength(JsonElement element) => element.NumberMember("maxLength") is { } length and >= 0 and < int.MaxValue ? (int)length : null;

    private static DateOnly? DateMember(JsonElement element, string name) =>
        DateOnly.TryParseExact(element.TextMember(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private static TimeOnly? TimeMember(JsonElement element, string name) =>
        TimeOnly.TryParseExact(element.TextMember(name), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private static ImmutableHashSet<string> Choices(JsonElement element) =>
        element.TryGetProperty("choices", out var choices) && choices.ValueKind == JsonValueKind.Array
            ? [.. choices.EnumerateArray().Select(choice => choice.TextMember("value")).OfType<string>()]
            : [];
}
