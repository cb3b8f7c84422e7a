using ActionMail.Protocol.Cards;

namespace ActionMail.Protocol.Tests.Cards;

public sealed class CardDisplayTests
{
    private const string Secrets = """
        {"type":"AdaptiveCard","version":"1.0","originator":"o-secret","correlationId":"c-secret","expectedActors":["e-secret@x.test"],
         "autoInvokeAction":{"type":"Action.Http","method":"POST","url":"https://auto-secret.test/","body":"b-secret"},
         "body":[{"type":"TextBlock","text":"Hello"},{"type":"Container","selectAction":{"type":"Action.Http","method":"GET","url":"https://select-secret.test/"},"items":[]},
                 {"type":"ActionSet","actions":[{"type":"Action.ShowCard","title":"More","card":{"type":"AdaptiveCard","actions":[
                    {"type":"Action.Http","title":"Inner","style":"positive","method":"POST","url":"https://inner-secret.test/","headers":[{"name":"X-A","value":"h-secret"}],"body":"b-secret"}]}}]}],
         "actions":[{"type":"Action.Submit","title":"No","data":"s-secret"},{"type":"Action.OpenUrl","title":"Open","url":"https://open.test/"},{"type":"Action.Execute","title":"Run","verb":"v-secret","data":{"d":"d-secret"}}],
         "msteams":{"type":"Action.Http","url":"https://team-secret.test/"},"metadata":{"type":"Action.Http"}}
        """;

    [Fact]
    public void Nothing_that_would_be_called_reaches_the_page()
    {
        var display = CardDisplay.Of(Fixtures.Card(Secrets)).GetRawText();

        Assert.DoesNotContain("secret", display, StringComparison.Ordinal);
        Assert.Contains("https://open.test/", display, StringComparison.Ordinal);
        Assert.DoesNotContain("Action.Submit", display, StringComparison.Ordinal);
        Assert.DoesNotContain("Action.Execute", display, StringComparison.Ordinal);
    }

    [Fact]
    public void The_ids_of_the_display_find_the_stored_actions()
    {
        var card = Fixtures.Card(Secrets);
        var display = CardDisplay.Of(card);
        var inner = display.GetProperty("body")[2].GetProperty("actions")[0].GetProperty("card").GetProperty("actions")[0];
        var select = display.GetProperty("body")[1].GetProperty("selectAction");

        Assert.Equal("Inner", card.FindAction(inner.GetProperty("actionId").GetString()!)!.Title);
        Assert.Equal("https://select-secret.test/", Assert.IsType<CardAction.Http>(card.FindAction(select.GetProperty("actionId").GetString()!)).Url.ToString());
        Assert.Equal("positive", inner.GetProperty("style").GetString());
        Assert.NotNull(card.AutoInvoke);
    }

    [Theory]
    [InlineData("Action.Submit")]
    [InlineData("Action.Execute")]
    public void The_fallback_of_an_action_that_is_not_shown_stands_in_its_place(string type)
    {
        var card = Fixtures.Card($$"""
            {"type":"AdaptiveCard","version":"1.4","actions":[
              {"type":"{{type}}","title":"New","verb":"v-secret","fallback":{"type":"{{type}}","fallback":{"type":"Action.Http","title":"Old","method":"GET","url":"https://old-secret.test/"} } },
              {"type":"{{type}}","title":"Gone","fallback":"drop"}]}
            """);
        var old = Assert.Single(CardDisplay.Of(card).GetProperty("actions").EnumerateArray());

        Assert.Equal("Old", old.GetProperty("title").GetString());
        Assert.Equal("https://old-secret.test/", Assert.IsType<CardAction.Http>(card.FindAction(old.GetProperty("actionId").GetString()!)).Url.ToString());
    }

    [Theory]
    [InlineData(""" "selectAction":$ """)]
    [InlineData(""" "resources":{"actions":{"a":$}} """)]
    [InlineData(""" "body":[{"type":"Input.Text","id":"a","inlineAction":$}] """)]
    [InlineData(""" "actions":[{"type":"Action.Approve","fallback":$}] """)]
    public void An_action_that_is_not_shown_is_left_out_wherever_it_stands(string place)
    {
        const string execute = """{"type":"Action.Execute","title":"Run","verb":"v-secret"}""";

        var display = CardDisplay.Of(Fixtures.Card($$"""{"type":"AdaptiveCard","version":"1.4",{{place.Replace("$", execute, StringComparison.Ordinal)}}}""")).GetRawText();

        Assert.DoesNotContain("Action.Execute", display, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", display, StringComparison.Ordinal);
    }

    [Fact]
    public void The_inbox_gets_what_its_own_actions_need_and_the_context_of_an_add_in_as_it_was_written()
    {
        var actions = CardDisplay.Of(Fixtures.Card("""
            {"type":"AdaptiveCard","version":"1.0","body":[],"initializationContext":{"of":"no action"},"actions":[
              {"type":"Action.InvokeAddInCommand","title":"Track","addInId":"a-1","desktopCommandId":"show","initializationContext":{"order": 12345678901234567890, "type":"Action.Http"}},
              {"type":"Action.InvokeAddInCommand","title":"Track","addInId":"a-2"},
              {"type":"Action.DisplayMessageForm","title":"Open","itemId":"m-1"},
              {"type":"Action.DisplayAppointmentForm","title":"Show","itemId":"i-1","initializationContext":{"of":"another action"}}]}
            """));
        var shown = actions.GetProperty("actions");

        Assert.Equal("""{"order": 12345678901234567890, "type":"Action.Http"}""", shown[0].GetProperty("initializationContext").GetString());
        Assert.Equal(("a-1", "show"), (shown[0].GetProperty("addInId").GetString(), shown[0].GetProperty("desktopCommandId").GetString()));
        Assert.False(shown[1].TryGetProperty("initializationContext", out _));
        Assert.Equal(("m-1", "i-1"), (shown[2].GetProperty("itemId").GetString(), shown[3].GetProperty("itemId").GetString()));
        Assert.DoesNotContain("\"of\"", actions.GetRawText(), StringComparison.Ordinal);
    }
}
