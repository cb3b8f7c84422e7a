using System.Globalization;

namespace ActionMail.Protocol.Cards.MessageCards;

/// <summary>Writes the inputs of an <c>ActionCard</c>. In a card of version 1.0, which knows no labels, the title stands above as a text.</summary>
internal static class InputConversion
{
    public static void WriteAll(ConversionOutput output, JsonNode inputs)
    {
        foreach (var input in inputs.Parts)
        {
            if (output.KeyOf(input) is not { } key)
                output.Lose(input, "an input needs an id and a type that is known");
            else if (input.IsOfType("TextInput"u8))
                WriteText(output, input, key);
            else if (input.IsOfType("DateInput"u8))
                WriteDate(output, input, key);
            else
                WriteChoices(output, input, key);
        }
    }

    private static void Begin(ConversionOutput output, JsonNode input, string type, string key)
    {
        var title = input["title"u8].ShownText;
        if (!output.IsForDisplay)
            output.TextBlock(title);
        output.Begin(type);
        output.Json.WriteString("id"u8, key);
        if (output.IsForDisplay)
            output.Text("label", title);
        output.Flag("isRequired", input["isRequired"u8].IsTrue);
    }

    private static void WriteText(ConversionOutput output, JsonNode input, string key)
    {
        Begin(output, input, "Input.Text", key);
        output.Flag("isMultiline", input["isMultiline"u8].IsTrue);
        if (MessageInputReader.MaxLength(input) is { } length)
            output.Json.WriteNumber("maxLength"u8, length);
        output.Text("value", input["value"u8].ShownText);
        output.Json.WriteEndObject();
    }

    private static void WriteDate(ConversionOutput output, JsonNode input, string key)
    {
        var hasTime = input["includeTime"u8].IsTrue;
        Begin(output, input, hasTime && output.IsForDisplay ? "ActionMail.Input.DateTime" : "Input.Date", key);
        if (DateTimeOffset.TryParse(input["value"u8].Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value))
            output.Json.WriteString("value"u8, value.ToString(hasTime && output.IsForDisplay ? "yyyy-MM-dd'T'HH:mmzzz" : "yyyy-MM-dd", CultureInfo.InvariantCulture));
        output.Json.WriteEndObject();
        if (hasTime && !output.IsForDisplay)
            output.Lose(input["includeTime"u8], "Outlook shows no Adaptive Card's input for a time of day: only the date is asked for");
    }

    private static void WriteChoices(ConversionOutput output, JsonNode input, string key)
    {
        var isMultiSelect = input["isMultiSelect"u8].IsTrue;
        Begin(output, input, "Input.ChoiceSet", key);
        output.Flag("isMultiSelect", isMultiSelect);
        output.Json.WriteString("style"u8, isMultiSelect || input["style"u8].SaysAnyCase("expanded"u8) ? "expanded"u8 : "compact"u8);
        output.Text("value", input["value"u8].ShownText);
        output.Json.WriteStartArray("choices"u8);
        foreach (var choice in input["choices"u8].Parts)
        {
            output.Json.WriteStartObject();
            output.Json.WriteString("title"u8, choice["display"u8].ShownText is { Length: > 0 } title ? title : choice["value"u8].ShownText);
            output.Json.WriteString("value"u8, MessageInputReader.ValueOf(choice));
            output.Json.WriteEndObject();
        }
        output.Json.WriteEndArray();
        output.Json.WriteEndObject();
    }
}
