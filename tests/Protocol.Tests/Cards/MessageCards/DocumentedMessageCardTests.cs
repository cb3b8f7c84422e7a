using System.Text.Json.Nodes;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Cards.MessageCards;
using ActionMail.Tests;
using JsonNode = System.Text.Json.Nodes.JsonNode;

namespace ActionMail.Protocol.Tests.Cards.MessageCards;

/// <summary>Every MessageCard, action and input that Outlook's documentation shows, made whole where it is a fragment.</summary>
public sealed class DocumentedMessageCardTests
{
    private static readonly string[] FormParts = ["TextInput", "DateInput", "MultichoiceInput"];

    [Fact]
    public void Every_documented_part_is_read_kept_and_converted()
    {
        var cards = Documented().ToList();

        Assert.Equal(11, cards.Count);
        Assert.All(cards, json =>
        {
            var card = MessageCardFixtures.Read(json);
            Assert.Equal(json, card.Json.RawText);
            Assert.Empty(MessageCardConversion.ForDisplay(card).Losses);
            var migrated = Assert.IsType<CardReading.Read>(Card.Read(MessageCardConversion.ForMigration(card).ToString(), CardLimits.Default)).Card;
            Assert.Equal(card.Actions.OfType<CardAction.Http>().Count(), migrated.Actions.OfType<CardAction.Http>().Count());
            Assert.Equal(card.Inputs.Count, migrated.Inputs.Count);
        });
    }

    [Fact]
    public void The_schema_names_no_member_that_is_not_read()
    {
        var schema = JsonNode.Parse(File.ReadAllText(TestData.Path("cards/messagecard/MessageCardSchema.json")))!;
        var read = string.Concat(Directory.GetFiles(SourceFolder(), "*.cs").Select(File.ReadAllText));

        // style and isMultiSelect are of MultichoiceInput; the schema has them at the card by mistake, and they are read where the documentation has them.
        Assert.All(Properties(schema).Except(["@context"]), name => Assert.Contains($"\"{name}\"", read, StringComparison.Ordinal));
    }

    // The documentation's pages hold whole cards, cards without their type, single actions and inputs, and one page with a card in a script.
    private static IEnumerable<string> Documented()
    {
        foreach (var snippet in JsonNode.Parse(File.ReadAllText(TestData.Path("cards/outlook-docs-snippets.json")))!.AsArray())
        {
            if (snippet!["doc"]!.ToString() != "message-card-reference.md")
                continue;
            var text = snippet["text"]!.ToString();
            if (text.Contains("<script", StringComparison.Ordinal))
                yield return text[text.IndexOf('{', StringComparison.Ordinal)..(text.LastIndexOf('}') + 1)];
            else
                yield return Whole(JsonNode.Parse(text)!.AsObject());
        }
    }

    private static string Whole(JsonObject part)
    {
        var type = part["@type"]?.ToString();
        if (type is null)
            return new JsonObject([new("@type", "MessageCard"), new("text", "a"), .. part.Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))]).ToJsonString();
        var action = FormParts.Contains(type) ? new JsonObject { ["@type"] = "ActionCard", ["inputs"] = new JsonArray(part) } : part;
        return MessageCardFixtures.With($"\"potentialAction\":[{action.ToJsonString()}]");
    }

    private static IEnumerable<string> Properties(JsonNode? schema) => schema switch
    {
        JsonObject o => (o["properties"] as JsonObject ?? []).Select(property => property.Key).Concat(o.SelectMany(member => Properties(member.Value))),
        JsonArray a => a.SelectMany(Properties),
        _ => [],
    };

    private static string SourceFolder()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "ActionMail.slnx")))
            at = at.Parent!;
        return Path.Combine(at.FullName, "src", "ActionMail.Protocol", "Cards", "MessageCards");
    }
}
