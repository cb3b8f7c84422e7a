using System.Text.Json.Nodes;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Cards.MessageCards;
using ActionMail.Protocol.Cards.Model;

namespace ActionMail.Protocol.Tests.Cards.MessageCards;

/// <summary>A MessageCard as an Adaptive Card, for a page and for a sender who moves on. Protocol §4.</summary>
public sealed class MessageCardConversionTests
{
    [Fact]
    public void A_page_gets_what_is_seen_and_nothing_of_what_is_called()
    {
        var display = MessageCardFixtures.Displayed(MessageCardFixtures.Expense);

        Assert.DoesNotContain("api.contoso.test", display.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("urlencoded", display.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("5f3c9a9c", display.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("#0072C6", display["themeColor"]!.ToString());
        var send = MessageCardFixtures.One(MessageCardFixtures.One(display, "Action.ShowCard", "Reject"), "Action.Http");
        Assert.Equal("""{"type":"Action.Http","title":"Send","actionId":"a3","inputIds":["why","who","comment2","until"]}""", send.ToJsonString());
    }

    [Fact]
    public void Titles_sections_activities_facts_and_images_are_laid_out()
    {
        var body = MessageCardFixtures.Displayed(MessageCardFixtures.Expense)["body"]!.AsArray();

        Assert.Equal(["TextBlock", "TextBlock", "Container", "Container"], body.Select(part => part!["type"]!.ToString()));
        Assert.Equal("Expense report", body[0]!["text"]!.ToString());
        Assert.True((bool)body[2]!["separator"]!);
        Assert.Null(body[3]!["separator"]);
        Assert.Equal(["TextBlock", "ColumnSet", "Image", "TextBlock", "FactSet", "ImageSet"], body[2]!["items"]!.AsArray().Select(part => part!["type"]!.ToString()));
        Assert.Equal(("Person", "Adele Vance"), (MessageCardFixtures.One(body[2]!, "Image")["style"]!.ToString(), MessageCardFixtures.One(body[2]!, "Image")["altText"]!.ToString()));
        Assert.Equal("Hotel 200", string.Join(' ', MessageCardFixtures.One(body[2]!, "FactSet")["facts"]![1]!.AsObject().Select(member => member.Value!.ToString())));
        Assert.Equal(["Ticket", ""], MessageCardFixtures.One(body[2]!, "ImageSet")["images"]!.AsArray().Select(image => image!["altText"]!.ToString()));
    }

    [Fact]
    public void Text_without_Markdown_is_escaped() =>
        Assert.Equal(@"1\. not a list \* not bold \[not a link\](https://evil.test)", MessageCardFixtures.Displayed(MessageCardFixtures.Expense)["body"]![3]!["items"]![0]!["text"]!.ToString());

    [Theory]
    [InlineData("plain words, 3.5 and a - b", "plain words, 3.5 and a - b")]
    [InlineData("- item\n + item\n2) item", "\\- item\n \\+ item\n2\\) item")]
    [InlineData("a_b ~~c~~ `d` # e <f> &amp; \\", "a\\_b \\~\\~c\\~\\~ \\`d\\` \\# e \\<f\\> \\&amp; \\\\")]
    [InlineData("1234567890. ten digits begin no list", "1234567890. ten digits begin no list")]
    public void What_Markdown_would_read_gets_a_backslash(string text, string escaped) =>
        Assert.Equal(escaped, MessageCardFixtures.Displayed(MessageCardFixtures.With($$"""
            "sections":[{"markdown":false,"text":{{JsonValue.Create(text)!.ToJsonString()}}}]
            """))["body"]![1]!["items"]![0]!["text"]!.ToString());

    [Fact]
    public void Inputs_keep_their_kind_bounds_and_first_value()
    {
        var reject = MessageCardFixtures.One(MessageCardFixtures.Displayed(MessageCardFixtures.Expense), "Action.ShowCard", "Reject")["card"]!["body"]!.AsArray();

        Assert.Equal(
            [
                """{"type":"Input.Text","id":"comment2","label":"Reason","isRequired":true}""",
                """{"type":"ActionMail.Input.DateTime","id":"until","label":"Mend until","value":"2026-01-31T09:30\u002B00:00"}""",
                """{"type":"Input.Date","id":"day","label":"Day","value":"2026-02-01"}""",
                """{"type":"Input.ChoiceSet","id":"why","label":"Why","style":"expanded","value":"p","choices":[{"title":"Policy","value":"p"},{"title":"Missing receipt","value":"m"}]}""",
                """{"type":"Input.ChoiceSet","id":"who","label":"Tell","isMultiSelect":true,"style":"expanded","choices":[{"title":"Manager","value":"1"},{"title":"Finance","value":"2"}]}""",
            ],
            reject.Select(input => input!.ToJsonString()));
    }

    [Fact]
    public void A_lone_form_is_open_and_its_actions_take_its_place()
    {
        var display = MessageCardFixtures.Displayed(MessageCardFixtures.With("""
            "potentialAction":[
             {"@type":"ActionCard","name":"Comment","inputs":[{"@type":"TextInput","id":"c"}],"actions":[{"@type":"HttpPOST","name":"OK","target":"https://a.test/"}]},
             {"@type":"OpenUri","name":"Open","targets":[{"os":"default","uri":"https://b.test/"}]}]
            """));

        Assert.Equal(["TextBlock", "TextBlock", "Input.Text"], display["body"]!.AsArray().Select(part => part!["type"]!.ToString()));
        Assert.Equal("Comment", display["body"]![1]!["text"]!.ToString());
        Assert.Equal(["Action.Http OK", "Action.OpenUrl Open"], display["actions"]!.AsArray().Select(action => $"{action!["type"]} {action["title"]}"));
    }

    [Fact]
    public void A_lone_form_whose_button_says_its_name_says_it_once() =>
        Assert.Equal(["TextBlock", "Input.Text"], MessageCardFixtures.Displayed(MessageCardFixtures.With("""
            "potentialAction":[{"@type":"ActionCard","name":"Comment","inputs":[{"@type":"TextInput","id":"c"}],"actions":[{"@type":"HttpPOST","name":"Comment","target":"https://a.test/"}]}]
            """))["body"]!.AsArray().Select(part => part!["type"]!.ToString()));

    [Fact]
    public void A_lone_form_of_a_section_is_open_in_the_section()
    {
        var section = MessageCardFixtures.Displayed(MessageCardFixtures.With("""
            "sections":[{"potentialAction":[{"@type":"ActionCard","name":"Comment","inputs":[{"@type":"TextInput","id":"c"}],"actions":[{"@type":"HttpPOST","name":"Comment","target":"https://a.test/"}]}]}]
            """))["body"]![1]!;

        Assert.Equal(["Input.Text", "ActionSet"], section["items"]!.AsArray().Select(part => part!["type"]!.ToString()));
    }

    [Theory]
    [InlineData("default before windows", """[{"os":"windows","uri":"https://w.test/"},{"os":"default","uri":"https://d.test/"}]""", "https://d.test/")]
    [InlineData("windows without default", """[{"os":"iOS","uri":"https://i.test/"},{"os":"Windows","uri":"https://w.test/"}]""", "https://w.test/")]
    [InlineData("phones only", """[{"os":"iOS","uri":"https://i.test/"},{"os":"android","uri":"https://g.test/"}]""", null)]
    [InlineData("none", "[]", null)]
    public void A_link_opens_what_is_for_browsers(string why, string targets, string? expected)
    {
        var card = MessageCardFixtures.Read(MessageCardFixtures.With($$"""
            "potentialAction":[{"@type":"OpenUri","name":"Open","targets":{{targets}}}]
            """));

        var conversion = MessageCardConversion.ForDisplay(card);

        Assert.True(expected == MessageCardFixtures.Of(conversion)["actions"]!.AsArray().FirstOrDefault()?["url"]?.ToString(), why);
        Assert.Equal(expected is null ? ["/potentialAction/0"] : [], conversion.Losses.Select(loss => loss.Pointer));
    }

    [Theory]
    [InlineData("""["https://v.test/","https://other.test/"]""")]
    [InlineData("\"https://v.test/\"")]
    public void A_ViewAction_is_a_link(string target) =>
        Assert.Equal("https://v.test/", MessageCardFixtures.Displayed(MessageCardFixtures.With($$"""
            "potentialAction":[{"@type":"ViewAction","name":"View","target":{{target}}}]
            """))["actions"]![0]!["url"]!.ToString());

    [Fact]
    public void What_nobody_sees_is_said()
    {
        var post = """{"@type":"HttpPOST","name":"x","target":"https://a.test/"}""";
        var card = MessageCardFixtures.Read(MessageCardFixtures.With($$$"""
            "sections":[{},{},{},{},{},{},{},{},{},{},{"text":"eleventh"},{"text":"twelfth"}],
            "potentialAction":[
             {"@type":"ActionCard","inputs":[{"@type":"TextInput","title":"no id"},{"@type":"ColorInput","id":"c"}],"actions":[{"@type":"ActionCard"},{"@type":"InvokeAddInCommand"},{{{post}}}]},
             {"@type":"Transaction"},{{{post}}},
             {"@type":"OpenUri","targets":[{"os":"default","uri":"https://a.test/{{c.value}}"}]},
             {{{post}}},{{{post}}}]
            """));

        var conversion = MessageCardConversion.ForDisplay(card);

        Assert.Equal(
            [
                "/potentialAction/0/actions/0", "/potentialAction/0/actions/1", "/potentialAction/0/inputs/0", "/potentialAction/0/inputs/1", "/potentialAction/1", "/potentialAction/3",
                "/potentialAction/4", "/potentialAction/5", "/sections/10", "/sections/11",
            ],
            conversion.Losses.Select(loss => loss.Pointer).Order(StringComparer.Ordinal));
        Assert.Equal(2, MessageCardFixtures.Typed(MessageCardFixtures.Of(conversion)).Count(part => part["type"]!.ToString() == "Action.Http"));
        Assert.DoesNotContain("eleventh", conversion.Json.RawText, StringComparison.Ordinal);
    }

    [Fact]
    public void A_migrated_card_calls_what_the_MessageCard_called()
    {
        var migrated = Fixtures.Card(MessageCardConversion.ForMigration(MessageCardFixtures.Read(MessageCardFixtures.Expense)).ToString());
        var legacy = MessageCardFixtures.Read(MessageCardFixtures.Expense);

        Assert.Equal(CardKind.AdaptiveCard, migrated.Kind);
        Assert.Equal((legacy.Originator, legacy.CorrelationId, legacy.HideOriginalBody), (migrated.Originator, migrated.CorrelationId, migrated.HideOriginalBody));
        Assert.Equal(legacy.Actions.OfType<CardAction.Http>().Select(Call), migrated.Actions.OfType<CardAction.Http>().Select(Call));
        Assert.Equal(legacy.Inputs.Keys.Order(StringComparer.Ordinal), migrated.Inputs.Keys.Order(StringComparer.Ordinal));

        static string Call(CardAction.Http action) => $"{action.Title} {action.Method} {action.Url} [{string.Join(", ", action.Headers.Select(header => $"{header.Name}: {header.Value}"))}] {action.Body}";
    }

    [Fact]
    public void A_migrated_card_has_only_parts_and_members_that_version_1_0_of_Outlook_knows()
    {
        var json = MessageCardConversion.ForMigration(MessageCardFixtures.Read(MessageCardFixtures.Expense)).Json;
        var tree = Assert.IsType<CardTreeReading.Read>(CardTree.Read(json, CardLimits.Default)).Tree;

        Assert.Equal(11, tree.Parts.ToArray().Count(part => part.Category is PartCategory.Action or PartCategory.Input));
        Assert.Empty(tree.Parts.ToArray().SelectMany(Faults));
    }

    [Fact]
    public void A_migration_says_what_an_Adaptive_Card_cannot_say() =>
        Assert.Equal(["/themeColor", "/potentialAction/1/inputs/1/includeTime", "/potentialAction/2/targets/0"],
            MessageCardConversion.ForMigration(MessageCardFixtures.Read(MessageCardFixtures.Expense)).Losses.Select(loss => loss.Pointer));

    [Fact]
    public void A_card_that_has_all_its_parts_in_Adaptive_Cards_loses_nothing() =>
        Assert.Empty(MessageCardConversion.ForMigration(MessageCardFixtures.Read(MessageCardFixtures.With("""
            "title":"t","sections":[{"activityTitle":"x","facts":[{"name":"a","value":"b"}]}],"potentialAction":[{"@type":"InvokeAddInCommand","name":"Open","addInId":"527104a1-f1a5-475a-9199-7a968161c870","desktopCommandId":"show","initializationContext":{"a":1}}]
            """))).Losses);

    [Fact]
    public void A_migrated_post_without_a_body_has_an_empty_one() =>
        Assert.Equal("""{"type":"Action.Http","title":"x","method":"POST","url":"https://a.test/","body":""}""", MessageCardFixtures.Migrated(MessageCardFixtures.With("""
            "potentialAction":[{"@type":"HttpPOST","name":"x","target":"https://a.test/"}]
            """))["actions"]![0]!.ToJsonString());

    [Fact]
    public void The_type_that_the_card_names_comes_before_a_header_of_that_name() =>
        Assert.Equal("""[{"name":"Content-Type","value":"application/json"},{"name":"X-A","value":"b"}]""", MessageCardFixtures.Migrated(MessageCardFixtures.With("""
            "potentialAction":[{"@type":"HttpPOST","target":"https://a.test/","bodyContentType":"application/json","headers":[{"name":"content-type","value":"text/plain"},{"name":"X-A","value":"b"}]}]
            """))["actions"]![0]!["headers"]!.ToJsonString());

    [Fact]
    public void An_add_in_is_invoked_with_its_context()
    {
        var action = MessageCardFixtures.Migrated(MessageCardFixtures.With("""
            "potentialAction":[{"@type":"InvokeAddInCommand","name":"Open","addInId":"527104a1","desktopCommandId":"show","initializationContext":{"a":[1,"b"]}}]
            """))["actions"]![0]!;

        Assert.Equal("""{"type":"Action.InvokeAddInCommand","title":"Open","addInId":"527104a1","desktopCommandId":"show","initializationContext":{"a":[1,"b"]}}""", action.ToJsonString());
    }

    [Theory]
    [InlineData("\"0078D7\"", "#0078D7")]
    [InlineData("\"#0078d7\"", "#0078D7")]
    [InlineData("\"fa0\"", "#FFAA00")]
    [InlineData("\"red\"", null)]
    [InlineData("\"0078D7;background:url(x)\"", null)]
    [InlineData("7", null)]
    public void The_accent_is_a_colour_or_nothing(string color, string? expected) =>
        Assert.Equal(expected, MessageCardFixtures.Displayed(MessageCardFixtures.With("\"themeColor\":" + color))["themeColor"]?.ToString());

    [Fact]
    public void A_card_with_nothing_but_its_summary_shows_it() =>
        Assert.Equal("only this", MessageCardFixtures.Displayed("""{"@type":"MessageCard","summary":"only this"}""")["body"]![0]!["text"]!.ToString());

    private static IEnumerable<string> Faults(CardPart part)
    {
        if (part.Definition is not { } definition)
            return [$"{part.Json.Pointer} is of no known type"];
        var names = new List<string>();
        foreach (var member in part.Json.Members)
            names.Add(member.Name);
        var known = new CardVersion(1, 0);
        return [
            .. names.Except(["type", "$schema"]).Where(name => definition.Find(name) is not { } property || property.SinceInOutlook > known).Select(name => $"{part.Json.Pointer}/{name}"),
            .. definition.Properties.Where(property => property.IsRequired && !names.Contains(property.Name, StringComparer.Ordinal)).Select(property => $"{part.Json.Pointer} has no {property.Name}"),
            .. part.SinceInOutlook > known ? [part.Json.Pointer + " is newer"] : Array.Empty<string>(),
        ];
    }

    [Fact]
    public void An_Adaptive_Card_is_not_converted() => Assert.Throws<ArgumentException>(() => MessageCardConversion.ForDisplay(Fixtures.Card(Fixtures.GoldenCard)));
}
