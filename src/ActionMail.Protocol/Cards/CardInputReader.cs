using System.Collections.Immutable;
using System.Globalization;

namespace ActionMail.Protocol.Cards;

/// <summary>Reads an input; null for one without an id or of a type that gives no value.</summary>
internal static class CardInputReader
{
    public static CardInput? Read(JsonNode input)
    {
        if (input["id"u8].Text is not { Length: > 0 } id)
            return null;
        var required = input["isRequired"u8].IsTrue;
        var message = input["errorMessage"u8].Text;
        return input["type"u8].Text switch
        {
            "Input.Text" => new CardInput.Text(id, required, message, MaxLength(input), input["regex"u8].Text),
            "Input.Number" => new CardInput.Number(id, required, message, input["min"u8].Number, input["max"u8].Number),
            "Input.Date" => new CardInput.Date(id, required, message, Date(input["min"u8]), Date(input["max"u8])),
            "Input.Time" => new CardInput.Time(id, required, message, Time(input["min"u8]), Time(input["max"u8])),
            "Input.Toggle" => new CardInput.Toggle(id, required, message, input["valueOn"u8].Text ?? "true", input["valueOff"u8].Text ?? "false"),
            "Input.ChoiceSet" => new CardInput.ChoiceSet(id, required, message, Choices(input), input["isMultiSelect"u8].IsTrue),
            _ => null,
        };
    }

    private static int? MaxLength(JsonNode input) => input["maxLength"u8].Number is { } length and >= 0 and < int.MaxValue ? (int)length : null;

    private static DateOnly? Date(JsonNode member) =>
        DateOnly.TryParseExact(member.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private static TimeOnly? Time(JsonNode member) =>
        TimeOnly.TryParseExact(member.Text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private static ImmutableHashSet<string> Choices(JsonNode input)
    {
        var values = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var choice in input["choices"u8].Items)
        {
            if (choice["value"u8].Text is { } value)
                values.Add(value);
        }
        return values.ToImmutable();
    }
}
