using ActionMail.Protocol.Cards;

namespace ActionMail.Protocol.Tests.Cards.MessageCards;

/// <summary>What is read of a MessageCard. Protocol §4.</summary>
public sealed class MessageCardReadingTests
{
    [Fact]
    public void Actions_have_ids_and_places_in_the_order_of_the_text()
    {
        var card = MessageCardFixtures.Read(MessageCardFixtures.Expense);

        Assert.Equal(CardKind.MessageCard, card.Kind);
        Assert.Equal(["a0 /potentialAction/0 Approve", "a1 /potentialAction/0/actions/0 Send", "a2 /potentialAction/1 Reject", "a3 /potentialAction/1/actions/0 Send", "a4 /potentialAction/2 Open in Expenses"],
            card.Actions.Select(action => $"{action.Id} {action.Pointer} {action.Title}"));
        Assert.Equal(["ActionCard", "OpenUri"], card.Actions.OfType<CardAction.Local>().Select(action => action.Type).Distinct());
    }

    [Fact]
    public void What_the_card_says_of_itself_is_read()
    {
        var card = MessageCardFixtures.Read(MessageCardFixtures.Expense);

        Assert.Equal(("7c0ff1d4-0000-4000-8000-00000000a001", "5f3c9a9c-2f7e-4a52-9d64-0f6a3a1c2b10", true, "Travel to Lyon: 412.50 EUR"),
            (card.Originator, card.CorrelationId, card.HideOriginalBody, card.Summary));
        Assert.Equal(["a@contoso.test"], MessageCardFixtures.Read(MessageCardFixtures.With("\"expectedActors\":[\"a@contoso.test\"]")).ExpectedActors);
    }

    [Fact]
    public void The_card_is_kept_as_it_came() => Assert.Equal(MessageCardFixtures.Expense, MessageCardFixtures.Read(MessageCardFixtures.Expense).Json.RawText);

    [Fact]
    public void An_HttpPOST_calls_what_it_says()
    {
        var card = MessageCardFixtures.Read(MessageCardFixtures.Expense);

        var approve = Assert.IsType<CardAction.Http>(card.FindAction("a1"));
        Assert.Equal((HttpVerb.Post, "https://api.contoso.test/approve?id=1", "comment={{comment.value}}&ok=1"), (approve.Method, approve.Url.ToString(), approve.Body!.ToString()));
        Assert.Equal(("Content-Type", "application/x-www-form-urlencoded"), (approve.Headers[0].Name, approve.Headers[0].Value.ToString()));
    }

    [Fact]
    public void The_same_id_in_two_forms_names_the_input_of_ones_own_form()
    {
        var card = MessageCardFixtures.Read(MessageCardFixtures.Expense);

        Assert.Equal(["comment", "comment2", "day", "until", "who", "why"], card.Inputs.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["comment"], ((CardAction.Http)card.FindAction("a1")!).InputIds);
        Assert.Equal(["why", "who", "comment2", "until"], ((CardAction.Http)card.FindAction("a3")!).InputIds);
        Assert.Equal(80, ((CardInput.Text)card.Inputs["comment"]).MaxLength);
        Assert.True(card.Inputs["comment2"].IsRequired);
    }

    [Fact]
    public void An_id_that_is_numbered_already_is_left_to_its_owner()
    {
        var card = MessageCardFixtures.Read(MessageCardFixtures.With("""
            "potentialAction":[{"@type":"ActionCard","inputs":[{"@type":"TextInput","id":"c"},{"@type":"TextInput","id":"c2"}]},
             {"@type":"ActionCard","inputs":[{"@type":"TextInput","id":"C"}],"actions":[{"@type":"HttpPOST","target":"https://a.test/","body":"{{c.value}}{{c2.value}}"}]}]
            """));

        Assert.Equal(["c", "c2", "C3"], card.Inputs.Keys.Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal(["C3", "c2"], card.Actions.OfType<CardAction.Http>().Single().InputIds);
    }

    [Theory]
    [InlineData("""{"@type":"messagecard","text":"a"}""")]
    [InlineData("""{"@type":"MESSAGECARD","@context":"http://schema.org/extensions","summary":"a"}""")]
    [InlineData("""{"type":"MessageCard","summary":"a"}""")]
    public void The_type_is_read_in_any_case(string json) => Assert.Equal(CardKind.MessageCard, MessageCardFixtures.Read(json).Kind);

    [Theory]
    [InlineData("HttpPOST")]
    [InlineData("HttpPost")]
    [InlineData("httppost")]
    public void An_actions_type_is_read_in_any_case(string type) =>
        Assert.IsType<CardAction.Http>(Assert.Single(MessageCardFixtures.Read(MessageCardFixtures.With($$"""
            "potentialAction":[{"@type":"{{type}}","name":"x","target":"https://a.test/"}]
            """)).Actions));

    [Fact]
    public void An_Adaptive_Card_that_also_says_it_is_a_MessageCard_is_an_Adaptive_Card() =>
        Assert.Equal(CardKind.AdaptiveCard, MessageCardFixtures.Read("""{"type":"AdaptiveCard","@type":"MessageCard","@context":"https://schema.org/extensions"}""").Kind);

    [Fact]
    public void What_is_not_shown_is_read_so_that_its_targets_are_checked()
    {
        var card = MessageCardFixtures.Read(MessageCardFixtures.With("""
            "sections":[{},{},{},{},{},{},{},{},{},{},{"potentialAction":[{"@type":"HttpPOST","target":"https://eleventh.test/"}]}],
            "potentialAction":[{"@type":"ActionCard","actions":[{"@type":"ActionCard","actions":[{"@type":"HttpPOST","target":"https://nested.test/"}]}]},{},{},{},{"@type":"HttpPOST","target":"https://fifth.test/"}]
            """));

        Assert.Equal(["https://eleventh.test/", "https://nested.test/", "https://fifth.test/"], card.Actions.OfType<CardAction.Http>().Select(action => action.Url.ToString()));
    }

    [Theory]
    [InlineData("neither text nor summary", "/summary", """{"@type":"MessageCard","title":"a"}""")]
    [InlineData("one text for actors", "/expectedActors", """{"@type":"MessageCard","text":"a","expectedActors":"a@x.test"}""")]
    [InlineData("sections are no array", "/sections", """{"@type":"MessageCard","text":"a","sections":{}}""")]
    [InlineData("a section is no object", "/sections/0", """{"@type":"MessageCard","text":"a","sections":["x"]}""")]
    [InlineData("one action without its array", "/potentialAction", """{"@type":"MessageCard","text":"a","potentialAction":{"@type":"HttpPOST"}}""")]
    [InlineData("no target", "/potentialAction/0/target", """{"@type":"MessageCard","text":"a","potentialAction":[{"@type":"HttpPOST"}]}""")]
    [InlineData("a target that is no text", "/potentialAction/0/target", """{"@type":"MessageCard","text":"a","potentialAction":[{"@type":"HttpPOST","target":["https://a.test/"]}]}""")]
    [InlineData("a value in the host", "/potentialAction/0/target", """{"@type":"MessageCard","text":"a","potentialAction":[{"@type":"HttpPOST","target":"https://{{a.value}}.test/"}]}""")]
    [InlineData("a value in a percent escape", "/potentialAction/0/target", """{"@type":"MessageCard","text":"a","potentialAction":[{"@type":"HttpPOST","target":"https://a.test/%2{{a.value}}"}]}""")]
    [InlineData("a forbidden header", "/potentialAction/0/headers", """{"@type":"MessageCard","text":"a","potentialAction":[{"@type":"HttpPOST","target":"https://a.test/","headers":[{"name":"Host","value":"b.test"}]}]}""")]
    [InlineData("headers as texts", "/potentialAction/0/headers", """{"@type":"MessageCard","text":"a","potentialAction":[{"@type":"HttpPOST","target":"https://a.test/","headers":["X-A: b"]}]}""")]
    [InlineData("a type with a line break", "/potentialAction/0/bodyContentType", """{"@type":"MessageCard","text":"a","potentialAction":[{"@type":"HttpPOST","target":"https://a.test/","bodyContentType":"text/plain\r\nX-A: b"}]}""")]
    [InlineData("two inputs of a form with one id", "/potentialAction/0/inputs/1/id", """{"@type":"MessageCard","text":"a","potentialAction":[{"@type":"ActionCard","inputs":[{"@type":"TextInput","id":"a"},{"@type":"DateInput","id":"A"}]}]}""")]
    [InlineData("the same action in a section", "/sections/0/potentialAction/0/target", """{"@type":"MessageCard","text":"a","sections":[{"potentialAction":[{"@type":"HttpPOST"}]}]}""")]
    [InlineData("the same action in a form", "/potentialAction/0/actions/0/target", """{"@type":"MessageCard","text":"a","potentialAction":[{"@type":"ActionCard","actions":[{"@type":"HttpPOST"}]}]}""")]
    [InlineData("a member twice", "", """{"@type":"MessageCard","text":"a","Text":"b"}""")]
    public void A_card_that_cannot_be_acted_on_is_malformed_at_a_place(string why, string pointer, string json)
    {
        var malformed = Assert.IsType<CardReading.Malformed>(Card.Read(json, CardLimits.Default));

        Assert.True(pointer == malformed.Pointer, $"{why}: {malformed}");
    }

    [Fact]
    public void Parts_are_counted_against_the_limits()
    {
        var limits = new CardLimits { MaxElements = 4, MaxLevels = 4 };

        Assert.IsType<CardReading.Read>(Card.Read(MessageCardFixtures.With("\"sections\":[{\"facts\":[{},{}]}]"), limits));
        Assert.IsType<CardReading.TooLarge>(Card.Read(MessageCardFixtures.With("\"sections\":[{\"facts\":[{},{},{}]}]"), limits));
        Assert.IsType<CardReading.Read>(Card.Read(MessageCardFixtures.With("\"potentialAction\":[{\"actions\":[{\"actions\":[]}]}]"), limits));
        Assert.IsType<CardReading.TooLarge>(Card.Read(MessageCardFixtures.With("\"potentialAction\":[{\"actions\":[{\"actions\":[{\"actions\":[]}]}]}]"), limits));
    }

    [Theory]
    [InlineData("summary", "s", """{"@type":"MessageCard","text":"x","title":"t","summary":"s"}""")]
    [InlineData("title", "t", """{"@type":"MessageCard","text":"x","title":"t"}""")]
    [InlineData("text", "x", """{"@type":"MessageCard","text":"x"}""")]
    public void The_line_in_a_list_is_the_summary_or_what_comes_next(string what, string expected, string json) =>
        Assert.True(expected == MessageCardFixtures.Read(json).Summary, what);
}
