using System.Text.Json;
using ActionMail.Protocol.Cards.Model;
using ActionMail.Tests;

namespace ActionMail.Protocol.Tests.Cards.Model;

public sealed class CardVocabularyTests
{
    // Definitions of words. "rtl?" among the members is the schema's slip of the pen for "rtl".
    private static readonly string[] NotTypes =
    [
        "ActionMode", "ActionStyle", "AssociatedInputs", "BlockElementHeight", "ChoiceInputStyle", "Colors", "ContainerStyle", "FallbackOption", "FontSize", "FontType",
        "FontWeight", "HorizontalAlignment", "ImageFillMode", "ImageSize", "ImageStyle", "InputLabelPosition", "InputStyle", "Spacing", "TextBlockStyle", "TextInputStyle",
        "VerticalAlignment", "VerticalContentAlignment",
    ];

    [Fact]
    public void Each_type_and_member_of_the_published_schema_is_there()
    {
        var missing = new List<string>();
        foreach (var (type, property, _) in PublishedMembers())
        {
            if (CardVocabulary.Find(type)?.Find(property) is null)
                missing.Add($"{type}.{property}");
        }

        Assert.Empty(missing);
    }

    [Fact]
    public void Each_member_is_as_old_as_the_published_schema_says()
    {
        var other = new List<string>();
        foreach (var (type, property, version) in PublishedMembers())
        {
            var definition = CardVocabulary.Find(type)!;
            var since = definition.Find(property)!.Since;
            var said = CardVersion.TryParse(version, out var published) && published > definition.Since ? published : definition.Since;
            if ((since > definition.Since ? since : definition.Since) != said)
                other.Add($"{type}.{property}: {since}, published {said}");
        }

        // A background image as a URL is older than the object that the schema dates, and a text's style has the date of its words.
        Assert.Equal(["AdaptiveCard.backgroundImage: 1.0, published 1.2", "TextBlock.style: 1.5, published 1.0"], other);
    }

    [Theory]
    [InlineData("Action.Http", "method,url")]
    [InlineData("Action.InvokeAddInCommand", "addInId,desktopCommandId")]
    [InlineData("Action.DisplayMessageForm", "itemId")]
    [InlineData("Action.DisplayAppointmentForm", "itemId")]
    [InlineData("Action.OpenUrl", "url")]
    [InlineData("TextBlock", "text")]
    [InlineData("Input.Toggle", "id,title")]
    public void The_members_that_a_type_cannot_do_without_are_marked(string type, string required) =>
        Assert.Equal(required.Split(','), CardVocabulary.Find(type)!.Properties.Where(property => property.IsRequired).Select(property => property.Name).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("ActionSet", null, "1.2", "1.0")]
    [InlineData("Action.ToggleVisibility", null, "1.2", "1.0")]
    [InlineData("Container", "isVisible", "1.2", "1.0")]
    [InlineData("Container", "verticalContentAlignment", "1.1", "1.0")]
    [InlineData("Container", "backgroundImage", "1.2", "1.0")]
    [InlineData("Image", "width", "1.1", "1.0")]
    [InlineData("Image", "backgroundColor", "1.1", "1.0")]
    [InlineData("Table", null, "1.5", "1.5")]
    [InlineData("Action.Execute", null, "1.4", "1.4")]
    public void Outlook_takes_early_what_the_protocol_lists_and_nothing_else(string type, string? member, string published, string outlook)
    {
        var definition = CardVocabulary.Find(type)!;
        var (since, sinceInOutlook) = member is null ? (definition.Since, definition.SinceInOutlook) : (definition.Find(member)!.Since, definition.Find(member)!.SinceInOutlook);

        Assert.Equal((published, outlook), (since.ToString(), sinceInOutlook.ToString()));
    }

    [Theory]
    [InlineData("textblock")]
    [InlineData("TextBlock ")]
    [InlineData("")]
    [InlineData("Action.Foo")]
    public void A_name_is_found_as_it_is_written_and_not_otherwise(string other)
    {
        Assert.NotNull(CardVocabulary.Find("TextBlock"));
        Assert.Null(CardVocabulary.Find(other));
    }

    [Theory]
    [InlineData("\"Person\"", true)]
    [InlineData("\"\\u0070erson\"", true)]
    [InlineData("\"people\"", false)]
    [InlineData("1", false)]
    [InlineData("null", false)]
    public void A_word_is_read_in_any_case_of_letters(string value, bool known)
    {
        var style = Assert.IsType<PropertyShape.Words>(CardVocabulary.Find("Image")!.Find("style")!.Shape);

        Assert.Equal(known, style.Has(Fixtures.Card($$"""{"type":"AdaptiveCard","x":{{value}}}""").Json["x"u8]));
    }

    [Fact]
    public void No_type_and_no_member_is_there_twice_and_nothing_is_younger_in_Outlook()
    {
        Assert.Equal(CardVocabulary.Types.Length, CardVocabulary.Types.Select(type => type.Type).Distinct(StringComparer.Ordinal).Count());
        Assert.All(CardVocabulary.Types, type =>
        {
            Assert.Equal(type.Properties.Length, type.Properties.Select(property => property.Name).Distinct(StringComparer.Ordinal).Count());
            Assert.True(type.SinceInOutlook <= type.Since);
            Assert.All(type.Properties, property => Assert.True(property.SinceInOutlook <= property.Since, $"{type}.{property.Name}"));
        });
    }

    private static List<(string Type, string Property, string? Version)> PublishedMembers()
    {
        using var schema = JsonDocument.Parse(File.ReadAllBytes(TestData.Path("cards/schemas/1.6.0/adaptive-card.json")));
        var definitions = schema.RootElement.GetProperty("definitions");
        var members = new List<(string, string, string?)>();
        foreach (var type in definitions.EnumerateObject().Where(type => !NotTypes.Contains(type.Name) && !type.Name.StartsWith("ImplementationsOf.", StringComparison.Ordinal) && !type.Name.StartsWith("Extendable.", StringComparison.Ordinal)))
        {
            foreach (var property in PropertiesOf(type.Value).EnumerateObject().Where(property => property.Name != "type"))
                members.Add((type.Name, property.Name.TrimEnd('?'), VersionOf(property, definitions, type.Name)));
        }
        return members;
    }

    private static JsonElement PropertiesOf(JsonElement type) =>
        type.TryGetProperty("properties", out var properties) ? properties : type.GetProperty("anyOf").EnumerateArray().First(form => form.TryGetProperty("properties", out _)).GetProperty("properties");

    // A member written as {} is inherited, and dated there.
    private static string? VersionOf(JsonProperty property, JsonElement definitions, string type)
    {
        if (property.Value.TryGetProperty("version", out var version))
            return version.GetString();
        if (property.Value.EnumerateObject().Any())
            return null;
        string[] bases = type.StartsWith("Action.", StringComparison.Ordinal) ? ["Extendable.Action", "Extendable.Item"]
            : type.StartsWith("Input.", StringComparison.Ordinal) ? ["Extendable.Input"]
            : ["Extendable.Element", "Extendable.ToggleableItem", "Extendable.Item"];
        return bases.Select(name => definitions.GetProperty(name).GetProperty("properties"))
            .Where(properties => properties.TryGetProperty(property.Name, out var inherited) && inherited.TryGetProperty("version", out _))
            .Select(properties => properties.GetProperty(property.Name).GetProperty("version").GetString()).FirstOrDefault();
    }
}
