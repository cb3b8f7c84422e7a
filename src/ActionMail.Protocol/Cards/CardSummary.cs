namespace ActionMail.Protocol.Cards;

/// <summary>One line that stands for a card in a list.</summary>
internal static class CardSummary
{
    /// <summary>The card's headline, else its first text, else what it says where it cannot be drawn.</summary>
    public static string Of(JsonNode card) =>
        FirstText(card, IsHeadline) ?? FirstText(card, _ => true) ?? NotEmpty(card["fallbackText"u8]) ?? NotEmpty(card["speak"u8]) ?? "";

    /// <summary>What a MessageCard says for this purpose, else its title or text.</summary>
    public static string OfMessageCard(JsonNode card) => NotEmpty(card["summary"u8]) ?? NotEmpty(card["title"u8]) ?? NotEmpty(card["text"u8]) ?? "";

    private static bool IsHeadline(JsonNode text) =>
        text["style"u8].SaysAnyCase("heading"u8) || text["size"u8].SaysAnyCase("large"u8) || text["size"u8].SaysAnyCase("extraLarge"u8);

    private static string? FirstText(JsonNode node, Func<JsonNode, bool> isWanted)
    {
        if (node.IsArray)
            return FirstTextIn(node, isWanted);
        if (node["type"u8] is var type && (type.Says("TextBlock"u8) || type.Says("TextRun"u8)) && NotEmpty(node["text"u8]) is { } text)
            return isWanted(node) ? text : null;
        foreach (var member in node.Members)
        {
            if (HoldsElements(member) && FirstText(member, isWanted) is { } found)
                return found;
        }
        return null;
    }

    private static string? FirstTextIn(JsonNode array, Func<JsonNode, bool> isWanted)
    {
        foreach (var item in array.Items)
        {
            if (FirstText(item, isWanted) is { } found)
                return found;
        }
        return null;
    }

    private static bool HoldsElements(JsonNode member) =>
        member.IsNamed("body"u8) || member.IsNamed("items"u8) || member.IsNamed("columns"u8) || member.IsNamed("inlines"u8) || member.IsNamed("rows"u8) || member.IsNamed("cells"u8);

    private static string? NotEmpty(JsonNode node) => node.Text is { } text && MarkdownText.Plain(text) is { Length: > 0 } plain ? plain : null;
}
