using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Cards.Clients;
using ActionMail.Protocol.Cards.Lint;

namespace ActionMail.Protocol.Tests.Cards.Clients;

/// <summary>The table of clients, and what becomes of a card in each.</summary>
public sealed class ClientProfileTests
{
    private const string Http = """{"type":"Action.Http","title":"Approve report","method":"POST","url":"https://a.test/b","body":"{}"}""";
    private const string Execute = """{"type":"Action.Execute","title":"Approve report","verb":"approve"}""";

    [Fact]
    public void The_names_are_these() => Assert.Equal(
        [
            "outlook-web", "windows-current", "windows-monthly", "windows-semi-annual", "mac", "ios", "android", "office-professional-plus",
            "exchange-on-premises-web", "actionmail",
        ],
        ClientProfiles.All.Select(client => client.Name));

    [Theory]
    [InlineData("outlook-web", "1.0", Http, "")]
    [InlineData("outlook-web", "1.5", Http, "")]
    [InlineData("outlook-web", "1.4", Execute, "")]
    [InlineData("windows-semi-annual", "1.2", Http, "")]
    [InlineData("mac", "1.0", Http, "")]
    [InlineData("mac", "1.4", Execute, "")]
    [InlineData("mac", "1.4", Http, "/actions/0")]
    [InlineData("ios", "1.0", Execute, "/actions/0")]
    [InlineData("android", "1.6", Execute, "")]
    [InlineData("actionmail", "1.0", Http, "")]
    [InlineData("outlook-web", "1.0", """{"type":"Action.Submit","title":"Send it"}""", "/actions/0")]
    [InlineData("outlook-web", "1.0", """{"type":"Action.Approve","title":"Send it"}""", "/actions/0")]
    public void An_action_survives_where_version_and_model_go_together(string client, string version, string action, string lost)
    {
        var rendering = Render(client, Card(version, actions: action));

        Assert.True(rendering.Shown);
        Assert.Equal(lost, string.Join(' ', rendering.Lost.Select(part => part.Pointer)));
    }

    [Theory]
    [InlineData("mac", "1.1")]
    [InlineData("ios", "1.2")]
    [InlineData("android", "1.3")]
    [InlineData("office-professional-plus", "1.0")]
    [InlineData("exchange-on-premises-web", "1.0")]
    public void A_card_that_the_client_does_not_show_is_lost_as_a_whole(string client, string version)
    {
        var rendering = Render(client, Card(version, actions: Http));

        Assert.False(rendering.Shown);
        Assert.Equal("", Assert.Single(rendering.Lost).Pointer);
    }

    [Theory]
    [InlineData("outlook-web", true)]
    [InlineData("windows-current", true)]
    [InlineData("actionmail", true)]
    [InlineData("mac", false)]
    [InlineData("ios", false)]
    [InlineData("android", false)]
    [InlineData("office-professional-plus", false)]
    public void MessageCards_are_shown_at_the_desk_alone(string client, bool isShown) =>
        Assert.Equal(isShown, ClientProfiles.Find(client)!.Render(MessageCard("[]")).Shown);

    [Theory]
    [InlineData("four actions", "", "OpenUri", "OpenUri", "OpenUri", "HttpPOST")]
    [InlineData("a fifth", "/potentialAction/4", "OpenUri", "OpenUri", "OpenUri", "HttpPOST", "OpenUri")]
    [InlineData("an unknown type", "/potentialAction/1", "OpenUri", "HttpGET")]
    public void Of_a_MessageCard_is_lost_what_the_format_does_not_have(string why, string lost, params string[] types)
    {
        var actions = string.Join(',', types.Select(type => $$"""{"@type":"{{type}}","name":"a","targets":[{"os":"default","uri":"https://a.test/b"}]}"""));

        Assert.True(lost == string.Join(' ', ClientProfiles.Find("outlook-web")!.Render(MessageCard($"[{actions}]")).Lost.Select(part => part.Pointer)), why);
    }

    [Fact]
    public void In_an_ActionCard_no_other_stands()
    {
        var card = MessageCard("""[{"@type":"ActionCard","name":"a","inputs":[{"@type":"NumberInput","id":"b"}],"actions":[{"@type":"HttpPOST","name":"c"},{"@type":"ActionCard","name":"d"}]}]""");

        Assert.Equal(["/potentialAction/0/inputs/0", "/potentialAction/0/actions/1"], ClientProfiles.Find("actionmail")!.Render(card).Lost.Select(part => part.Pointer));
    }

    [Theory]
    [InlineData("""{"@type":"OpenUri","targets":[{"os":"Windows","uri":"https://a.test/b"}]}""", false)]
    [InlineData("""{"@type":"OpenUri","targets":[{"os":"iOS","uri":"https://a.test/b"}]}""", true)]
    [InlineData("""{"@type":"OpenUri","target":["https://a.test/b"]}""", true)]
    [InlineData("""{"@type":"ViewAction","target":["https://a.test/b"]}""", false)]
    [InlineData("""{"@type":"ActionCard","actions":[{"@type":"InvokeAddInCommand"}]}""", true)]
    [InlineData("""{"@type":"InvokeAddInCommand"}""", false)]
    public void A_button_that_the_inbox_does_not_draw_is_lost(string action, bool isLost) =>
        Assert.Equal(isLost, ClientProfiles.Find("actionmail")!.Render(MessageCard($"[{action}]")).Lost.Any());

    [Fact]
    public void What_falls_back_is_named_with_what_stands_in_its_place()
    {
        var rendering = Render("outlook-web", Card("1.5", body: """{"type":"Chart","fallback":{"type":"TextBlock","text":"1, 2"}}"""));

        var lost = Assert.Single(rendering.Lost);
        Assert.Equal("/body/0", lost.Pointer);
        Assert.Contains("TextBlock", lost.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void What_goes_with_a_lost_container_is_named_where_it_could_be_pressed_or_filled_in()
    {
        var rendering = Render("outlook-web", Card("1.5", body: $$"""{"type":"Chart","items":[{"type":"TextBlock","text":"a"},{"type":"Input.Text","id":"b"},{"type":"ActionSet","actions":[{{Http}}]}]}"""));

        Assert.Equal(["/body/0", "/body/0/items/1", "/body/0/items/2/actions/0"], rendering.Lost.Select(part => part.Pointer));
    }

    [Fact]
    public void Input_Time_is_left_out_everywhere_and_Media_where_no_mark_stands_for_it()
    {
        var card = Card("1.5", body: """{"type":"Input.Time","id":"a"},{"type":"Media","sources":[]}""");

        Assert.All(
            ClientProfiles.All.Where(client => client.IsSupported),
            client => Assert.Equal(client.Name == "actionmail" ? ["/body/0"] : ["/body/0", "/body/1"], client.Render(card).Lost.Select(part => part.Pointer)));
    }

    private static LintReport MessageCard(string actions) =>
        CardLint.Check(System.Text.Encoding.UTF8.GetBytes($$"""{"@type":"MessageCard","text":"a","potentialAction":{{actions}}}"""), CardLimits.Default);

    private static ClientRendering Render(string client, Card card) => ClientProfiles.Find(client)!.Render(card);

    private static Card Card(string version, string body = """{"type":"TextBlock","text":"a"}""", string actions = "") =>
        Assert.IsType<CardReading.Read>(Protocol.Cards.Card.Read($$"""{"type":"AdaptiveCard","version":"{{version}}","body":[{{body}}],"actions":[{{actions}}]}""", CardLimits.Default)).Card;
}
