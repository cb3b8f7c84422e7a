using System.Text.Json;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Cards.Model;

namespace ActionMail.Protocol.Tests.Cards.Model;

public sealed class CardTreeTests
{
    [Fact]
    public void Parts_come_in_the_order_of_the_text_each_with_its_place()
    {
        var tree = Tree("""
            {"type":"AdaptiveCard","version":"1.3","body":[
              {"type":"ColumnSet","columns":[{"items":[{"type":"TextBlock","text":"a"}],"backgroundImage":{"url":"https://a.test/b.png"}}]},
              {"type":"FactSet","facts":[{"title":"t","value":"v"}],"fallback":{"type":"TextBlock","text":"b"}}],
             "actions":[{"type":"Action.ShowCard","card":{"body":[{"type":"Input.Text","id":"i","inlineAction":{"type":"Action.OpenUrl","url":"https://a.test/x"}}]}}]}
            """);

        string[] expected =
        [
            "0<-1 1 AdaptiveCard Card ",
            "1<0 2 ColumnSet Element body",
            "2<1 3 Column Piece columns",
            "3<2 4 TextBlock Element items",
            "4<2 4 BackgroundImage Piece backgroundImage",
            "5<0 2 FactSet Element body",
            "6<5 3 Fact Piece facts",
            "7<5 3 TextBlock Element fallback F",
            "8<0 2 Action.ShowCard Action actions",
            "9<8 3 AdaptiveCard Card card S",
            "10<9 4 Input.Text Input body S",
            "11<10 5 Action.OpenUrl Action inlineAction S",
        ];
        Assert.Equal(expected, tree.Parts.ToArray().Select(part =>
            $"{part.Index}<{part.Parent} {part.Level} {part.Definition} {part.Category} {part.Via?.Name}{(part.IsInFallback ? " F" : "")}{(part.IsBehindShowCard ? " S" : "")}"));
        Assert.Equal((7, -1), (tree.FallbackOf(5), tree.FallbackOf(1)));
        Assert.Equal(new CardVersion(1, 3), tree.Version);
    }

    [Theory]
    [InlineData("the card's actions", "/actions/0", """ "actions":[$] """)]
    [InlineData("an action set", "/body/0/actions/0", """ "body":[{"type":"ActionSet","actions":[$]}] """)]
    [InlineData("the card's selectAction", "/selectAction", """ "selectAction":$ """)]
    [InlineData("a container's selectAction", "/body/0/selectAction", """ "body":[{"type":"Container","items":[],"selectAction":$}] """)]
    [InlineData("a column", "/body/0/columns/0/items/0/selectAction", """ "body":[{"type":"ColumnSet","columns":[{"items":[{"type":"Image","url":"https://a.test/i.png","selectAction":$}]}]}] """)]
    [InlineData("a text run", "/body/0/inlines/1/selectAction", """ "body":[{"type":"RichTextBlock","inlines":["x",{"type":"TextRun","text":"y","selectAction":$}]}] """)]
    [InlineData("an input's inlineAction", "/body/0/inlineAction", """ "body":[{"type":"Input.Text","id":"i","inlineAction":$}] """)]
    [InlineData("a table cell", "/body/0/rows/0/cells/0/items/0/actions/0", """ "body":[{"type":"Table","rows":[{"cells":[{"items":[{"type":"ActionSet","actions":[$]}]}]}]}] """)]
    [InlineData("a carousel page", "/body/0/pages/0/selectAction", """ "body":[{"type":"Carousel","pages":[{"items":[],"selectAction":$}]}] """)]
    [InlineData("a shown card", "/actions/0/card/actions/0", """ "actions":[{"type":"Action.ShowCard","card":{"type":"AdaptiveCard","actions":[$]}}] """)]
    [InlineData("refresh", "/refresh/action", """ "refresh":{"action":$} """)]
    [InlineData("resources as a list", "/resources/actions/0", """ "resources":{"actions":[$]} """)]
    [InlineData("resources by id", "/resources/actions/more", """ "resources":{"actions":{"more":$}} """)]
    [InlineData("a fallback", "/body/0/fallback/actions/0", """ "body":[{"type":"Graph","fallback":{"type":"ActionSet","actions":[$]}}] """)]
    [InlineData("an unknown element", "/body/0/rows/0/x/0", """ "body":[{"type":"Graph","rows":[{"x":[$]}]}] """)]
    [InlineData("an unknown action", "/actions/0/then", """ "actions":[{"type":"Action.Chain","then":$}] """)]
    [InlineData("an unknown member", "/body/0/onHold", """ "body":[{"type":"TextBlock","text":"x","onHold":$}] """)]
    [InlineData("an unknown member of the card", "/footer/items/0", """ "footer":{"items":[$]} """)]
    [InlineData("a member of another shape", "/body/0/text", """ "body":[{"type":"TextBlock","text":$}] """)]
    [InlineData("an element's place", "/body/0", """ "body":[$] """)]
    [InlineData("a list in a list", "/body/0/0", """ "body":[[$]] """)]
    [InlineData("a type with escapes", "/body/0/selectAction", """ "body":[{"type":"\u0043ontainer","items":[],"select\u0041ction":$}] """)]
    public void An_action_is_found_where_some_client_might_carry_it_out(string why, string pointer, string members)
    {
        var card = Fixtures.Card("{\"type\":\"AdaptiveCard\"," + members.Replace("$", """{"type":"Action.Http","method":"GET","url":"https://a.test/","title":"go"}""", StringComparison.Ordinal) + "}");

        Assert.True(card.Actions.OfType<CardAction.Http>().Select(action => action.Pointer).SequenceEqual([pointer]), why);
    }

    [Theory]
    [InlineData("data of a submit", """ "actions":[{"type":"Action.Submit","data":{"x":$}}] """)]
    [InlineData("data of an execute", """ "actions":[{"type":"Action.Execute","data":$}] """)]
    [InlineData("a body", """ "actions":[{"type":"Action.OpenUrl","url":"https://a.test/x"}], "autoInvokeAction":{"type":"Action.Http","method":"POST","url":"https://a.test/","body":{"x":$}} """)]
    [InlineData("Teams' data", """ "msteams":$ """)]
    [InlineData("metadata", """ "metadata":$ """)]
    [InlineData("a fact", """ "body":[{"type":"FactSet","facts":[{"title":"t","value":$}]}] """)]
    [InlineData("a choice", """ "body":[{"type":"Input.ChoiceSet","id":"i","choices":[$]}] """)]
    [InlineData("requires", """ "body":[{"type":"TextBlock","text":"x","requires":$}] """)]
    [InlineData("data of an unknown element", """ "body":[{"type":"Graph","data":$}] """)]
    [InlineData("a text", """ "fallbackText":"$" """)]
    public void What_looks_like_an_action_in_the_senders_data_is_none(string why, string members)
    {
        const string Action = """{"type":"Action.Http","method":"GET","url":"https://data.test/","title":"go"}""";
        var json = "{\"type\":\"AdaptiveCard\"," + members.Replace("\"$\"", "\"x\"", StringComparison.Ordinal).Replace("$", Action, StringComparison.Ordinal) + "}";
        var card = Fixtures.Card(json);

        Assert.True(card.Actions.OfType<CardAction.Http>().All(action => !action.Url.ToString().Contains("data.test", StringComparison.Ordinal)), why);
        Assert.DoesNotContain("data.test", CardDisplay.Of(card).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_add_ins_context_is_a_text_to_the_page_whatever_is_in_it()
    {
        var card = Fixtures.Card("""
            {"type":"AdaptiveCard","actions":[{"type":"Action.InvokeAddInCommand","addInId":"a","desktopCommandId":"b",
              "initializationContext":{"type":"Action.Http","method":"GET","url":"https://data.test/"}}]}
            """);

        Assert.Empty(card.Actions.OfType<CardAction.Http>());
        Assert.Equal(JsonValueKind.String, CardDisplay.Of(card).GetProperty("actions")[0].GetProperty("initializationContext").ValueKind);
    }

    [Fact]
    public void Ids_number_the_actions_in_the_order_of_the_text_and_the_automatic_one_apart()
    {
        const string Open = """{"type":"Action.OpenUrl","url":"https://a.test/x"}""";
        var card = Fixtures.Card($$"""
            {"type":"AdaptiveCard","selectAction":{{Open}},
             "autoInvokeAction":{"type":"Action.Http","method":"POST","url":"https://a.test/","body":""},
             "body":[{"type":"Container","items":[],"selectAction":{{Open}}}],
             "actions":[{"type":"Action.ShowCard","card":{"type":"AdaptiveCard","actions":[{{Open}}] } },{"type":"Action.Chain"},{{Open}}]}
            """);

        Assert.Equal(["a0 /selectAction", "auto /autoInvokeAction", "a1 /body/0/selectAction", "a2 /actions/0", "a3 /actions/0/card/actions/0", "a4 /actions/1", "a5 /actions/2"],
            card.Actions.Select(action => $"{action.Id} {action.Pointer}"));
    }

    [Theory]
    [InlineData("an input and its fallback", "", """{"type":"Input.Text","id":"i","fallback":{"type":"Input.Number","id":"i"}}""", true)]
    [InlineData("an input that needs what the inbox lacks", "Number", """{"type":"Input.Text","id":"i","requires":{"acme":"1.0"},"fallback":{"type":"Input.Number","id":"i"}}""", true)]
    [InlineData("two that are both shown", "", """{"type":"Input.Text","id":"i"},{"type":"Input.Number","id":"I"}""", false)]
    [InlineData("one beside another's fallback that is shown", "", """{"type":"Input.Text","id":"i"},{"type":"Graph","fallback":{"type":"Input.Number","id":"i"}}""", false)]
    public void An_input_and_its_fallback_may_share_an_id(string why, string kept, string body, bool read)
    {
        var reading = Card.Read($$"""{"type":"AdaptiveCard","body":[{{body}}]}""", CardLimits.Default);

        Assert.True(read == reading is CardReading.Read, why);
        if (reading is CardReading.Read(var card))
            Assert.Equal(kept.Length == 0 ? "Text" : kept, card.Inputs["i"].GetType().Name);
    }

    [Fact]
    public void Pieces_that_hold_nothing_are_not_counted_against_the_limit()
    {
        static string Choices(int count) =>
            $$"""{"type":"AdaptiveCard","body":[{"type":"Input.ChoiceSet","id":"i","choices":[{{string.Join(',', Enumerable.Repeat("""{"title":"t","value":"v"}""", count))}}]}]}""";
        static string Rows(int count) => $$"""{"type":"AdaptiveCard","body":[{"type":"Table","rows":[{{string.Join(',', Enumerable.Repeat("{}", count))}}]}]}""";

        Assert.IsType<CardReading.Read>(Card.Read(Choices(3_000), CardLimits.Default));
        Assert.IsType<CardReading.Read>(Card.Read(Rows(1_998), CardLimits.Default));
        Assert.IsType<CardReading.TooLarge>(Card.Read(Rows(1_999), CardLimits.Default));
    }

    [Fact]
    public void A_limit_names_the_first_part_that_is_too_much()
    {
        var root = Assert.IsType<JsonTextReading.Read>(JsonText.Read("""{"type":"AdaptiveCard","body":[{"type":"Container","items":[{"type":"TextBlock"}]},{"type":"TextBlock"}]}""", 64)).Text.Root;

        Assert.Equal("/body/0/items/0", Assert.IsType<CardTreeReading.TooLarge>(CardTree.Read(root, new() { MaxLevels = 2 })).Place.Pointer);
        Assert.Equal("/body/1", Assert.IsType<CardTreeReading.TooLarge>(CardTree.Read(root, new() { MaxElements = 3 })).Place.Pointer);
        Assert.IsType<CardTreeReading.Read>(CardTree.Read(root, new() { MaxElements = 4, MaxLevels = 3 }));
    }

    private static CardTree Tree(string json) => Fixtures.Card(json).Parts;
}
