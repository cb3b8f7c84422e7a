using System.Text.Json;

namespace ActionMail.Protocol.Cards.MessageCards;

/// <summary>Writes the card itself: what Outlook reads of it, title, text, sections, and its own actions at the end.</summary>
internal sealed class BodyConversion(ConversionOutput output)
{
    private static readonly string[] KeptMembers = ["originator", "correlationId", "expectedActors", "hideOriginalBody"];

    private readonly JsonNode _card = output.Card;

    public void Write()
    {
        var actions = new ActionsConversion(output, _card["potentialAction"u8]);
        output.Begin("AdaptiveCard");
        if (!output.IsForDisplay)
            output.Json.WriteString("$schema"u8, "http://adaptivecards.io/schemas/adaptive-card.json"u8);
        output.Json.WriteString("version"u8, output.Version);
        WriteMembers();
        output.Json.WriteStartArray("body"u8);
        WriteBody(actions);
        output.Json.WriteEndArray();
        actions.WriteActions();
        output.Json.WriteEndObject();
    }

    private void WriteMembers()
    {
        foreach (var member in _card.Members)
        {
            if (!KeptMembers.Contains(member.Name, StringComparer.Ordinal) || member.Kind == JsonValueKind.Null)
                continue;
            output.Json.WritePropertyName(member.Name);
            member.WriteTo(output.Json);
        }
        if (output.IsForDisplay)
            output.Text("themeColor", ThemeColor.Of(_card["themeColor"u8]) ?? "");
        else if (!_card["themeColor"u8].IsAbsent)
            output.Lose(_card["themeColor"u8], "an Adaptive Card has no colour of its sender's brand");
        // Where a card cannot be drawn, its summary stands for it.
        output.Text("fallbackText", _card["summary"u8].ShownText);
    }

    private void WriteBody(ActionsConversion actions)
    {
        var (title, text) = (_card["title"u8].ShownText, _card["text"u8].ShownText);
        var isEmpty = title.Length == 0 && text.Length == 0 && _card["sections"u8].Count == 0;
        output.TextBlock(title, new(Size: "Large", Weight: "Bolder", IsHeading: true));
        output.TextBlock(isEmpty ? _card["summary"u8].ShownText : text);
        var number = 0;
        foreach (var section in _card["sections"u8].Parts)
        {
            if (number++ < MessageCardVocabulary.MostSections)
                new SectionConversion(output, section).Write();
            else
                output.Lose(section, $"a card shows at most {MessageCardVocabulary.MostSections} sections");
        }
        actions.WriteExpandedForm();
    }
}
