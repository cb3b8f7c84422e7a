namespace ActionMail.Protocol.Cards.MessageCards;

/// <summary>Reads an input of an <c>ActionCard</c>; null for one without an id or of a type that is not known.</summary>
internal static class MessageInputReader
{
    public static CardInput? Read(JsonNode input)
    {
        if (input["id"u8].Text is not { Length: > 0 } id)
            return null;
        var required = input["isRequired"u8].IsTrue;
        if (input.IsOfType("TextInput"u8))
            return new CardInput.Text(id, required, null, MaxLength(input), null);
        if (input.IsOfType("DateInput"u8))
            return input["includeTime"u8].IsTrue ? new CardInput.DateAndTime(id, required, null) : new CardInput.Date(id, required, null, null, null);
        return input.IsOfType("MultichoiceInput"u8)
            ? new CardInput.ChoiceSet(id, required, null, [.. input["choices"u8].Parts.Select(ValueOf)], input["isMultiSelect"u8].IsTrue)
            : null;
    }

    /// <summary>What a choice sends: its value, or what it shows when it has none.</summary>
    public static string ValueOf(JsonNode choice) => choice["value"u8].IsAbsent ? choice["display"u8].ShownText : choice["value"u8].ShownText;

    /// <summary>The most characters that a text may have, or null.</summary>
    public static int? MaxLength(JsonNode input) => input["maxLength"u8].Number is { } length and > 0 and < int.MaxValue ? (int)length : null;
}
