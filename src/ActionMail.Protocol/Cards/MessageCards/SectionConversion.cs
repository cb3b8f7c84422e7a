namespace ActionMail.Protocol.Cards.MessageCards;

/// <summary>Writes a section as a <c>Container</c>: title, activity, hero image, text, facts, images, actions.</summary>
internal sealed class SectionConversion(ConversionOutput output, JsonNode section)
{
    private readonly bool _isMarkdown = !IsFalse(section["markdown"u8]);

    public void Write()
    {
        output.Begin("Container");
        output.Flag("separator", section["startGroup"u8].IsTrue);
        output.Json.WriteString("spacing"u8, section["startGroup"u8].IsTrue ? "Large"u8 : "Medium"u8);
        output.Json.WriteStartArray("items"u8);
        output.TextBlock(Text(section["title"u8]), new(Size: "Medium", Weight: "Bolder", IsHeading: true));
        WriteActivity();
        WriteHeroImage();
        output.TextBlock(Text(section["text"u8]));
        WriteFacts();
        WriteImages();
        WriteActions();
        output.Json.WriteEndArray();
        output.Json.WriteEndObject();
    }

    private static bool IsFalse(JsonNode flag) => flag.Kind == System.Text.Json.JsonValueKind.False || flag.SaysAnyCase("false"u8);

    private string Text(JsonNode text) => _isMarkdown ? text.ShownText : MarkdownEscape.Of(text.ShownText);

    private void WriteActivity()
    {
        var (title, subtitle, text) = (Text(section["activityTitle"u8]), Text(section["activitySubtitle"u8]), Text(section["activityText"u8]));
        var image = section["activityImage"u8].ShownText;
        if (image.Length == 0 && title.Length == 0 && subtitle.Length == 0 && text.Length == 0)
            return;
        output.Begin("ColumnSet");
        output.Json.WriteStartArray("columns"u8);
        if (image.Length > 0)
        {
            BeginColumn("auto");
            output.Image(image, PlainName(section["activityTitle"u8]), "Small", style: "Person");
            EndColumn();
        }
        BeginColumn("stretch");
        output.TextBlock(title, new(Weight: "Bolder"));
        output.TextBlock(subtitle, new(IsSubtle: true, Spacing: "None"));
        output.TextBlock(text, new(Spacing: "Small"));
        EndColumn();
        output.Json.WriteEndArray();
        output.Json.WriteEndObject();
    }

    private void BeginColumn(string width)
    {
        output.Begin("Column");
        output.Json.WriteString("width"u8, width);
        output.Json.WriteStartArray("items"u8);
    }

    private void EndColumn()
    {
        output.Json.WriteEndArray();
        output.Json.WriteEndObject();
    }

    // Who is in the picture is what the title begins with; Markdown is not read in an alternative text.
    private static string PlainName(JsonNode title) => title.ShownText.Replace("**", "", StringComparison.Ordinal).Trim('*', '_', '#', ' ');

    // The documentation has an object; the address alone is what some write.
    private void WriteHeroImage() => WriteImage(section["heroImage"u8], "Stretch");

    private void WriteImage(JsonNode image, string size)
    {
        if (image.IsString)
            output.Image(image.ShownText, "", size);
        else
            output.Image(image["image"u8].ShownText, image["title"u8].ShownText, size);
    }

    private void WriteFacts()
    {
        if (!section["facts"u8].Parts.Any())
            return;
        output.Begin("FactSet");
        output.Json.WriteStartArray("facts"u8);
        foreach (var fact in section["facts"u8].Parts)
        {
            output.Json.WriteStartObject();
            output.Json.WriteString("title"u8, Text(fact["name"u8]));
            output.Json.WriteString("value"u8, Text(fact["value"u8]));
            output.Json.WriteEndObject();
        }
        output.Json.WriteEndArray();
        output.Json.WriteEndObject();
    }

    private void WriteImages()
    {
        if (!section["images"u8].Parts.Any(image => image["image"u8].ShownText.Length > 0))
            return;
        output.Begin("ImageSet");
        output.Json.WriteString("imageSize"u8, "Medium"u8);
        output.Json.WriteStartArray("images"u8);
        foreach (var image in section["images"u8].Parts)
            WriteImage(image, "Medium");
        output.Json.WriteEndArray();
        output.Json.WriteEndObject();
    }

    private void WriteActions()
    {
        var actions = new ActionsConversion(output, section["potentialAction"u8]);
        actions.WriteExpandedForm();
        actions.WriteActionSet();
    }
}
