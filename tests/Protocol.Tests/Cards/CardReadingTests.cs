using ActionMail.Protocol.Cards;

namespace ActionMail.Protocol.Tests.Cards;

public sealed class CardReadingTests
{
    [Fact]
    public void The_golden_card_has_its_action_and_input()
    {
        var card = Fixtures.Card(Fixtures.GoldenCard);

        var action = Assert.IsType<CardAction.Http>(Assert.Single(card.Actions));
        Assert.Equal(("a0", "/actions/0", "Approve", HttpVerb.Post), (action.Id, action.Pointer, action.Title, action.Method));
        Assert.IsType<CardInput.Text>(Assert.Single(card.Inputs).Value);
        Assert.Equal("Please approve", card.Summary);
    }

    [Theory]
    [InlineData("duplicate member", """{"type":"AdaptiveCard","body":[],"body":[]}""")]
    [InlineData("member twice in other letters", """{"type":"AdaptiveCard","Url":"a","url":"b"}""")]
    [InlineData("comment", """{"type":"AdaptiveCard"/**/}""")]
    [InlineData("trailing comma", """{"type":"AdaptiveCard",}""")]
    [InlineData("NaN", """{"type":"AdaptiveCard","x":NaN}""")]
    [InlineData("a number out of range", """{"type":"AdaptiveCard","x":1e400}""")]
    [InlineData("half a surrogate pair", """{"type":"AdaptiveCard","x":"\ud800"}""")]
    [InlineData("half a surrogate pair in a name", """{"type":"AdaptiveCard","\ud800":1}""")]
    [InlineData("byte order mark", "\uFEFF{\"type\":\"AdaptiveCard\"}")]
    [InlineData("__proto__", """{"type":"AdaptiveCard","__proto__":{}}""")]
    [InlineData("constructor", """{"type":"AdaptiveCard","x":{"constructor":1}}""")]
    [InlineData("not an object", "[]")]
    [InlineData("not a card", """{"type":"TextBlock"}""")]
    [InlineData("input ids that differ by case", """{"type":"AdaptiveCard","body":[{"type":"Input.Text","id":"a"},{"type":"Input.Text","id":"A"}]}""")]
    [InlineData("PUT", """{"type":"AdaptiveCard","actions":[{"type":"Action.Http","method":"PUT","url":"https://a.test/","body":""}]}""")]
    [InlineData("POST without body", """{"type":"AdaptiveCard","actions":[{"type":"Action.Http","method":"POST","url":"https://a.test/"}]}""")]
    [InlineData("no url", """{"type":"AdaptiveCard","actions":[{"type":"Action.Http","method":"GET"}]}""")]
    [InlineData("value in the host", """{"type":"AdaptiveCard","actions":[{"type":"Action.Http","method":"GET","url":"https://{{a.value}}.contoso.test/"}]}""")]
    [InlineData("value in the scheme", """{"type":"AdaptiveCard","actions":[{"type":"Action.Http","method":"GET","url":"{{a.value}}://contoso.test/"}]}""")]
    [InlineData("value in the port", """{"type":"AdaptiveCard","actions":[{"type":"Action.Http","method":"GET","url":"https://contoso.test:{{a.value}}/"}]}""")]
    [InlineData("value right behind the host", """{"type":"AdaptiveCard","actions":[{"type":"Action.Http","method":"GET","url":"https://contoso.test{{a.value}}"}]}""")]
    [InlineData("expectedActors as one text", """{"type":"AdaptiveCard","expectedActors":"ceo@t1.test"}""")]
    [InlineData("expectedActors as numbers", """{"type":"AdaptiveCard","expectedActors":[1]}""")]
    [InlineData("nothing but an autoInvokeAction", """{"type":"AdaptiveCard","autoInvokeAction":{"type":"Action.Http","method":"POST","url":"https://a.test/","body":""}}""")]
    [InlineData("autoInvokeAction with GET", """{"type":"AdaptiveCard","body":[{"type":"TextBlock","text":"x"}],"autoInvokeAction":{"type":"Action.Http","method":"GET","url":"https://a.test/"}}""")]
    public void A_card_that_could_be_read_in_two_ways_is_malformed(string what, string json) =>
        Assert.True(Card.Read(json, CardLimits.Default) is CardReading.Malformed, what);

    [Theory]
    [InlineData("{", "a } or ] is missing at its end")]
    [InlineData("""{"type":"AdaptiveCard","body":[""", "a } or ] is missing at its end")]
    [InlineData("""{"type":"AdaptiveCard""", "its quotation mark is missing")]
    [InlineData("""{"type":"AdaptiveCard",}""", "a comma behind the last member")]
    [InlineData("""{"type":"AdaptiveCard","body":[1,]}""", "a comma behind the last entry")]
    [InlineData("""{"type":"AdaptiveCard",""", "ends behind a comma")]
    [InlineData("""{"type" """, "ends where a value is expected")]
    [InlineData("", "there is no JSON in it")]
    [InlineData("{a:1}", "'a' is an invalid start of a property name (line 1, byte 2)")]
    public void What_is_no_JSON_is_told_as_its_writer_would_say_it(string json, string words) =>
        Assert.Contains(words, Assert.IsType<CardReading.Malformed>(Card.Read(json, CardLimits.Default)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Host")]
    [InlineData("Content-Length")]
    [InlineData("Transfer-Encoding")]
    [InlineData("Connection")]
    [InlineData("Cookie")]
    [InlineData("Forwarded")]
    [InlineData("X-Forwarded-For")]
    [InlineData("Proxy-Authorization")]
    [InlineData("Sec-Fetch-Site")]
    [InlineData("Action-Request-Id")]
    [InlineData("Card-Correlation-Id")]
    [InlineData("Identity-Linking-Redirect-Url")]
    [InlineData("X-Evil: 1\r\nX")]
    public void A_header_that_is_not_the_cards_to_send_is_refused(string name)
    {
        Assert.IsType<CardReading.Malformed>(Card.Read(WithHeader(name, "x"), CardLimits.Default));
        Assert.IsType<CardReading.Read>(Card.Read(WithHeader("X-Contoso-Tenant", "x"), CardLimits.Default));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("Basic abc", false)]
    public void Authorization_may_only_be_emptied(string value, bool accepted) =>
        Assert.Equal(accepted, Card.Read(WithHeader("Authorization", value), CardLimits.Default) is CardReading.Read);

    [Fact]
    public void Limits_hold_at_the_edge_and_not_beyond()
    {
        static string Elements(int count) => $$"""{"type":"AdaptiveCard","body":[{{string.Join(',', Enumerable.Repeat("""{"type":"TextBlock","text":"x"}""", count - 1))}}]}""";
        static string Levels(int count) => string.Concat(Enumerable.Range(1, count - 1).Aggregate("""{"type":"TextBlock","text":"x"}""", (inner, i) => i == count - 1 ? $$"""{"type":"AdaptiveCard","body":[{{inner}}]}""" : $$"""{"type":"Container","items":[{{inner}}]}"""));
        var padded = """{"type":"AdaptiveCard","body":[]}""";

        Assert.IsType<CardReading.Read>(Card.Read(Elements(2_000), CardLimits.Default));
        Assert.IsType<CardReading.TooLarge>(Card.Read(Elements(2_001), CardLimits.Default));
        Assert.IsType<CardReading.Read>(Card.Read(Levels(20), CardLimits.Default));
        Assert.IsType<CardReading.TooLarge>(Card.Read(Levels(21), CardLimits.Default));
        Assert.IsType<CardReading.Read>(Card.Read(padded.PadRight(200_000), CardLimits.Default));
        Assert.IsType<CardReading.TooLarge>(Card.Read(padded.PadRight(200_001), CardLimits.Default));
        Assert.IsType<CardReading.TooLarge>(Card.Read(Elements(11), new CardLimits { MaxElements = 10 }));
    }

    [Theory]
    [InlineData("application/{{a.value}}", false)]
    [InlineData("{{a.value}}", false)]
    [InlineData("application/json; charset=utf-8", true)]
    public void No_value_chooses_the_type_of_the_body_and_with_it_how_values_are_escaped(string type, bool accepted) =>
        Assert.Equal(accepted, Card.Read(WithHeader("Content-Type", type), CardLimits.Default) is CardReading.Read);

    [Theory]
    [InlineData("\"true\"", true)]
    [InlineData("\"false\"", false)]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("null", false)]
    public void HideOriginalBody_is_a_boolean_or_its_text(string value, bool hidden) =>
        Assert.Equal(hidden, Fixtures.Card($$"""{"type":"AdaptiveCard","hideOriginalBody":{{value}}}""").HideOriginalBody);

    [Theory]
    [InlineData("the headline", """{"type":"AdaptiveCard","body":[{"type":"TextBlock","text":"Contoso"},{"type":"Container","items":[{"type":"TextBlock","size":"Large","text":"the headline"}]}]}""")]
    [InlineData("the first text", """{"type":"AdaptiveCard","fallbackText":"x","body":[{"type":"TextBlock","text":"the first text"},{"type":"TextBlock","text":"y"}]}""")]
    [InlineData("the fallback", """{"type":"AdaptiveCard","fallbackText":"the fallback","body":[{"type":"Image","url":"https://a.test/x.png"}]}""")]
    [InlineData("", """{"type":"AdaptiveCard"}""")]
    public void The_summary_is_what_a_reader_would_see_first(string expected, string json) => Assert.Equal(expected, Fixtures.Card(json).Summary);

    [Fact]
    public void Linked_data_of_another_type_is_no_card_of_ours() =>
        Assert.IsType<CardReading.Unsupported>(Card.Read("""{"@type":"EventReservation","@context":"http://schema.org"}""", CardLimits.Default));

    private static string WithHeader(string name, string value) =>
        $$"""{"type":"AdaptiveCard","actions":[{"type":"Action.Http","method":"GET","url":"https://a.test/","headers":[{"name":{{System.Text.Json.JsonSerializer.Serialize(name)}},"value":"{{value}}"}]}]}""";
}
