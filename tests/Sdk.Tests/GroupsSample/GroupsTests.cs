using System.Net;

namespace ActionMail.Sdk.Tests;

/// <summary>The group membership story from the service's side: mails out, clicks in, over real sockets and a real database.</summary>
public sealed class GroupsTests : IAsyncLifetime
{
    private const string Adele = "owner@contoso.test";
    private const string Alex = "second.owner@contoso.test";

    private GroupsHost _groups = null!;

    public async ValueTask InitializeAsync() => _groups = await GroupsHost.StartAsync();

    public ValueTask DisposeAsync() => _groups.DisposeAsync();

    [Fact]
    public async Task The_first_card_says_who_asked_and_why()
    {
        var card = await AskToJoinAsync();

        Assert.Equal(
            ["Contoso Group", "Private Group", "Elvia Atkins has requested to join this group.", "_“I like \\*this\\* \\[group\\](x)_", "_and \\{\\{DATE(1)\\}\\}”_"],
            card.Texts);
        Assert.Equal(["Approve", "Decline"], card.Buttons);
        Assert.True(card.Read.HideOriginalBody);
        Assert.Equal(TestData.Originator, card.Read.Originator);
        Assert.NotNull(card.Read.AutoInvoke);
    }

    [Fact]
    public async Task The_mail_is_complete_for_a_reader_that_knows_no_cards()
    {
        var mail = (await AskToJoinAsync()).Mail!;

        Assert.Equal([Adele], mail.To);
        Assert.Equal("groups@contoso.test", mail.From);
        foreach (var body in new[] { mail.Message.HtmlBody!, mail.Message.TextBody! })
        {
            Assert.Contains("Elvia Atkins has requested to join this group.", body, StringComparison.Ordinal);
            Assert.Contains("I like *this* [group](x)", body, StringComparison.Ordinal);
            Assert.Contains("http://groups.test/#request-", body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Approve", "approved", "Request Approved", true)]
    [InlineData("Decline", "declined", "Request Declined", false)]
    public async Task A_decision_comes_back_as_a_card_with_the_outcome_and_without_buttons(string button, string word, string band, bool isMember)
    {
        var answer = await (await AskToJoinAsync()).PressAsync(button, Adele);

        Assert.Equal((HttpStatusCode.OK, $"Request has been successfully {word}"), (answer.Status, answer.Text));
        Assert.Equal(["Contoso Group", "Private Group", "✓", band, "Elvia Atkins has requested to join this group."], answer.Card!.Texts.Take(5));
        Assert.Empty(answer.Card.Buttons);
        Assert.NotNull(answer.Card.Read.AutoInvoke);
        Assert.Equal(isMember, (await _groups.PageAsync()).Contains("Remove Elvia Atkins", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_proposed_people_have_a_checkbox_each_beside_their_photo()
    {
        var card = await ProposeAsync();

        Assert.Equal(
            ["Contoso Group", "Private Group", "Elvia Atkins would like to add 2 members to your group.", "Select the requests you want to approve or decline.",
                "Program Manager", "Oslo-O365", "Program Manager II", "Oslo-O365"],
            card.Texts);
        Assert.Equal(["daisy", "miguel"], card.Boxes);
        Assert.Equal(["Approve Selected", "Decline Selected"], card.Buttons);
    }

    [Fact]
    public async Task A_partial_approval_leaves_the_other_selectable_and_the_end_sums_up()
    {
        var card = await ProposeAsync();

        var first = await card.PressAsync("Approve Selected", Adele, ["miguel"]);
        Assert.Equal((HttpStatusCode.OK, "Request has been successfully approved"), (first.Status, first.Text));
        Assert.Equal(["daisy"], first.Card!.Boxes);
        Assert.Equal("good", first.Card.ColorOf("Approved"));
        Assert.Equal(["Approve Selected", "Decline Selected"], first.Card.Buttons);

        var second = await first.Card.PressAsync("Decline Selected", Adele, ["daisy"]);
        Assert.Equal("Request has been successfully declined", second.Text);
        Assert.Equal(
            ["Contoso Group", "Private Group", "✓", "1 Requests Approved, 1 Declined", "Elvia Atkins would like to add 2 members to your group.",
                "Miguel Garcia", "Approved", "Daisy Phillips", "Declined"],
            second.Card!.Texts);
        Assert.Equal(("good", "attention"), (second.Card.ColorOf("Approved"), second.Card.ColorOf("Declined")));
        Assert.Empty(second.Card.Boxes);
        Assert.Empty(second.Card.Buttons);

        var page = await _groups.PageAsync();
        Assert.Contains("Remove Miguel Garcia", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Remove Daisy Phillips", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Approve Selected", "2 Requests Approved")]
    [InlineData("Decline Selected", "2 Requests Declined")]
    public async Task Both_at_once_are_summed_up_too(string button, string band)
    {
        var answer = await (await ProposeAsync()).PressAsync(button, Adele, ["daisy", "miguel"]);

        Assert.Contains(band, answer.Card!.Texts);
    }

    [Fact]
    public async Task Nothing_selected_is_refused_in_words_and_changes_nothing()
    {
        var card = await ProposeAsync();

        var answer = await card.PressAsync("Approve Selected", Adele);

        Assert.Equal(new GroupsAnswer(HttpStatusCode.BadRequest, "Select at least one person first. Nothing was changed.", null), answer);
        Assert.Equal(["daisy", "miguel"], (await card.AutoInvokeAsync(Adele)).Card!.Boxes);
    }

    [Fact]
    public async Task The_first_owner_decides_and_the_second_gets_the_card_as_it_stands()
    {
        var card = await ProposeAsync(owners: ["adele", "alex"]);
        Assert.Equal([Adele, Alex], card.Mail!.To);
        await card.PressAsync("Approve Selected", Alex, ["miguel"]);

        var stale = await card.PressAsync("Decline Selected", Adele, ["miguel"]);

        Assert.Equal((HttpStatusCode.OK, "Already approved by Alex Wilber"), (stale.Status, stale.Text));
        Assert.Equal(["daisy"], stale.Card!.Boxes);
        Assert.Equal("good", stale.Card.ColorOf("Approved"));
    }

    [Fact]
    public async Task What_is_still_open_of_a_stale_selection_is_decided()
    {
        var card = await ProposeAsync(owners: ["adele", "alex"]);
        await card.PressAsync("Approve Selected", Alex, ["miguel"]);

        var answer = await card.PressAsync("Decline Selected", Adele, ["miguel", "daisy"]);

        Assert.Equal("Request has been successfully declined. Miguel Garcia was already approved by Alex Wilber", answer.Text);
        Assert.Contains("1 Requests Approved, 1 Declined", answer.Card!.Texts);
    }

    [Fact]
    public async Task An_open_view_of_the_other_owner_follows_by_its_autoInvokeAction_without_a_text()
    {
        var card = await AskToJoinAsync(owners: ["adele", "alex"]);
        await card.PressAsync("Approve", Alex);

        var refreshed = await card.AutoInvokeAsync(Adele);

        Assert.Equal((HttpStatusCode.OK, (string?)null), (refreshed.Status, refreshed.Text));
        Assert.Contains("Request Approved", refreshed.Card!.Texts);
    }

    [Fact]
    public async Task A_click_that_is_sent_again_gets_its_answer_again_and_does_nothing_twice()
    {
        var card = await ProposeAsync();
        var click = Guid.NewGuid();
        var once = await card.PressAsync("Approve Selected", Adele, ["miguel"], click);

        var again = await card.PressAsync("Approve Selected", Adele, ["miguel", "daisy"], click);

        Assert.Equal((once.Status, once.Text, once.Card!.Json), (again.Status, again.Text, again.Card!.Json));
        Assert.DoesNotContain("Remove Daisy Phillips", await _groups.PageAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_click_that_is_sent_again_is_refused_again()
    {
        var card = await ProposeAsync();
        var click = Guid.NewGuid();
        await card.PressAsync("Approve Selected", Adele, [], click);

        Assert.Equal(HttpStatusCode.BadRequest, (await card.PressAsync("Approve Selected", Adele, ["miguel"], click)).Status);
    }

    [Fact]
    public async Task Of_many_clicks_at_once_exactly_one_decides()
    {
        var card = await AskToJoinAsync(owners: ["adele", "alex"]);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i =>
            card.PressAsync(i % 2 == 0 ? "Approve" : "Decline", i % 4 < 2 ? Adele : Alex)));

        Assert.Single(answers, answer => answer.Text!.StartsWith("Request has been successfully", StringComparison.Ordinal));
        Assert.Single(answers.Where(answer => answer.Text!.StartsWith("Already", StringComparison.Ordinal)).Select(answer => answer.Text).Distinct());
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
    }

    [Fact]
    public async Task Only_an_owner_decides_or_sees_the_card()
    {
        var card = await AskToJoinAsync();

        var decision = await card.PressAsync("Approve", "elvia@contoso.test");
        var look = await card.AutoInvokeAsync("elvia@contoso.test");

        Assert.Equal(new GroupsAnswer(HttpStatusCode.Forbidden, "Only an owner of the group can decide this.", null), decision);
        Assert.Equal(HttpStatusCode.Forbidden, look.Status);
        Assert.Equal(["Approve", "Decline"], (await card.AutoInvokeAsync(Adele)).Card!.Buttons);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_decided()
    {
        var card = await AskToJoinAsync();
        var url = card.Read.AutoInvoke!.Url.ToString().Replace("/card", "/approve", StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Unauthorized, (await _groups.CallAsync(url, "{}", Adele, withToken: false)).Status);
        Assert.Equal(["Approve", "Decline"], (await card.AutoInvokeAsync(Adele)).Card!.Buttons);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"selected":{"miguel":true}}""")]
    [InlineData("""{"selected":{"adele":"true"}}""")]
    [InlineData("""{"selected":{"miguel":"true","adele":"true"}}""")]
    public async Task A_body_that_no_card_sends_is_refused_and_changes_nothing(string body)
    {
        var card = await ProposeAsync();
        var url = card.Read.AutoInvoke!.Url.ToString().Replace("/card", "/approve", StringComparison.Ordinal);

        var answer = await _groups.CallAsync(url, body, Adele);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.EndsWith("Nothing was changed.", answer.Text, StringComparison.Ordinal);
        Assert.Equal(["daisy", "miguel"], (await card.AutoInvokeAsync(Adele)).Card!.Boxes);
    }

    [Fact]
    public async Task A_request_that_does_not_exist_is_404_in_words()
    {
        var answer = await _groups.CallAsync($"/actions/requests/{Guid.NewGuid():D}/approve", "{}", Adele);

        Assert.Equal((HttpStatusCode.NotFound, "This request does not exist any more."), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task Decisions_and_key_survive_a_restart()
    {
        var card = await AskToJoinAsync();
        var click = Guid.NewGuid();
        await card.PressAsync("Approve", Adele, click: click);
        var key = await _groups.Client.GetStringAsync("/public-key");

        await _groups.RestartAsync();

        Assert.Contains("Request Approved", (await card.AutoInvokeAsync(Adele)).Card!.Texts);
        Assert.Equal("Request has been successfully approved", (await card.PressAsync("Approve", Adele, click: click)).Text);
        Assert.Equal(key, await _groups.Client.GetStringAsync("/public-key"));
    }

    private async Task<GroupsCard> AskToJoinAsync(params string[] owners)
    {
        (string, string)[] fields = [("person", "elvia"), ("message", "I like *this* [group](x)\r\n\r\nand {{DATE(1)}}"), .. Owners(owners)];
        using var page = await _groups.PostAsync("/join", fields);
        Assert.Contains("The mail is in the inbox of Adele Vance", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        return await _groups.ReceiveAsync(Adele);
    }

    private async Task<GroupsCard> ProposeAsync(params string[] owners)
    {
        await (await AskToJoinAsync()).PressAsync("Approve", Adele);
        using var page = await _groups.PostAsync("/propose", [("proposer", "elvia"), ("people", "miguel"), ("people", "daisy"), .. Owners(owners)]);
        Assert.True(page.IsSuccessStatusCode);
        return await _groups.ReceiveAsync(Adele);
    }

    private static IEnumerable<(string, string)> Owners(string[] owners) =>
        (owners.Length == 0 ? ["adele"] : owners).Select(owner => ("owners", owner));
}
