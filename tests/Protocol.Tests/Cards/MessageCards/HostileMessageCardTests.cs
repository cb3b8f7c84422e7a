using System.Text;
using System.Text.Json.Nodes;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Cards.MessageCards;
using JsonNode = System.Text.Json.Nodes.JsonNode;

namespace ActionMail.Protocol.Tests.Cards.MessageCards;

/// <summary>Whatever is sent as a MessageCard has one of the documented results, and whatever is read can be shown and migrated.</summary>
public sealed class HostileMessageCardTests
{
    private const int Seed = 20261126;

    private static readonly string[] Values =
        ["null", "true", "-1", "1e300", "\"\"", "\"x\"", "[]", "{}", "[[]]", "[null]", "{\"@type\":\"HttpPOST\"}", "\"{{comment.value}}\"", "\"javascript:alert(1)\"", "\"\\u0000\\u202e\"", "\"https://a.test/\""];

    [Theory]
    [InlineData("everything of another kind", """{"@type":"MessageCard","text":1,"title":true,"summary":[],"themeColor":{},"sections":[{"title":[],"facts":[{"name":{}}],"images":[{"image":[]}],"heroImage":7,"markdown":9}]}""")]
    [InlineData("actions of no type", """{"@type":"MessageCard","text":"a","potentialAction":[{},{"@type":null},{"@type":[]},null]}""")]
    [InlineData("a form without anything", """{"@type":"MessageCard","text":"a","potentialAction":[{"@type":"ActionCard"}]}""")]
    [InlineData("inputs of another kind", """{"@type":"MessageCard","text":"a","potentialAction":[{"@type":"ActionCard","inputs":[{"@type":"MultichoiceInput","id":"a","choices":[{},{"value":1},{"display":"x"},null]},{"@type":"TextInput","id":"b","maxLength":-1,"value":7}]}]}""")]
    [InlineData("a date that is none", """{"@type":"MessageCard","text":"a","potentialAction":[{"@type":"ActionCard","inputs":[{"@type":"DateInput","id":"a","value":"soon"},{"@type":"DateInput","id":"b","includeTime":true,"value":"0001-01-01T00:00:00+14:00"}]}]}""")]
    [InlineData("an action that says it is ours", """{"@type":"MessageCard","text":"a","potentialAction":[{"@type":"HttpPOST","type":"Action.Http","actionId":"a9","target":"https://a.test/"}]}""")]
    public void What_is_odd_is_shown_as_far_as_it_goes(string why, string json) => Assert.True(Display(MessageCardFixtures.Read(json)).Length > 0, why);

    [Fact]
    public void A_context_as_deep_as_may_be_is_carried()
    {
        var depth = CardLimits.Default.MaxJsonDepth - 5;
        var json = MessageCardFixtures.With($$"""
            "sections":[{"potentialAction":[{"@type":"InvokeAddInCommand","initializationContext":{{new string('[', depth)}}{{new string(']', depth)}}}]}]
            """);

        Assert.Contains("InvokeAddInCommand", Display(MessageCardFixtures.Read(json)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_Adaptive_Cards_id_of_an_action_cannot_be_forged() =>
        Assert.Equal("a0", MessageCardFixtures.Displayed(MessageCardFixtures.With("\"potentialAction\":[{\"@type\":\"HttpPOST\",\"actionId\":\"a9\",\"target\":\"https://a.test/\"}]"))["actions"]![0]!["actionId"]!.ToString());

    [Fact]
    public void Bytes_at_random_have_a_documented_result()
    {
        var random = new Random(Seed);
        var golden = Encoding.UTF8.GetBytes(MessageCardFixtures.Expense);
        var read = 0;
        for (var round = 0; round < 4_000; round++)
        {
            var bytes = (byte[])golden.Clone();
            for (var change = random.Next(1, 4); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(32, 127);
            read += ShownIfRead(Card.Read(bytes, CardLimits.Default)) ? 1 : 0;
        }
        Assert.InRange(read, 500, 3_900);
    }

    [Fact]
    public void Members_at_random_have_a_documented_result()
    {
        var random = new Random(Seed);
        var read = 0;
        for (var round = 0; round < 4_000; round++)
        {
            var card = JsonNode.Parse(MessageCardFixtures.Expense)!;
            for (var change = random.Next(1, 4); change > 0; change--)
                Replace(card, random);
            read += ShownIfRead(Card.Read(card.ToJsonString(), CardLimits.Default)) ? 1 : 0;
        }
        Assert.InRange(read, 500, 3_900);
    }

    private static void Replace(JsonNode card, Random random)
    {
        var at = card;
        while (true)
        {
            var inner = at is JsonObject o ? o.Select(member => member.Value).ToList() : [.. at.AsArray()];
            if (inner.Count == 0)
                return;
            var index = random.Next(inner.Count);
            if (inner[index] is JsonObject or JsonArray && random.Next(4) > 0)
            {
                at = inner[index]!;
                continue;
            }
            var value = JsonNode.Parse(Values[random.Next(Values.Length)]);
            if (at is JsonObject members)
                members[members.ElementAt(index).Key] = value;
            else
                at.AsArray()[index] = value;
            return;
        }
    }

    private static bool ShownIfRead(CardReading reading)
    {
        if (reading is not CardReading.Read(var card))
            return false;
        Display(card);
        return true;
    }

    // Both conversions are made, and nothing that is called is in what a page gets.
    private static string Display(Card card)
    {
        var display = CardDisplay.Of(card).GetRawText();
        if (card.Kind == CardKind.MessageCard)
        {
            Assert.DoesNotContain("api.contoso.test", display, StringComparison.Ordinal);
            Assert.IsNotType<CardReading.Unsupported>(Card.Read(MessageCardConversion.ForMigration(card).ToString(), CardLimits.Default));
        }
        return display;
    }
}
