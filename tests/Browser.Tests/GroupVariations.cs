using System.Diagnostics;
using ActionMail.Browser.Tests.Platform;
using Microsoft.Playwright;

namespace ActionMail.Browser.Tests;

/// <summary>What else happens to group owners: each story begins with a request of its own, and a group without members.</summary>
public sealed class GroupVariations(Emulator emulator, Chromium chromium) : BrowserTest(emulator, chromium), IClassFixture<Emulator>
{
    private const string Adele = "Adele Vance";
    private const string Alex = "Alex Wilber";

    private GroupsSite _group = null!;

    public override async ValueTask InitializeAsync()
    {
        _group = await VisitGroupsAsync();
        await _group.RemoveMembersAsync();
    }

    [Fact]
    public async Task With_nothing_selected_the_owner_is_told_so_and_nothing_changes()
    {
        var adele = await SignInAsync(Adele);
        await LetInAsync(adele, "Elvia Atkins");
        await _group.ProposeAsync("Elvia Atkins", ["Miguel Garcia", "Daisy Phillips"], Adele);
        await adele.OpenAsync("would like to add 2 members");

        await adele.Button("Approve Selected").ClickAsync();

        await Expect(adele.Outcome).ToContainTextAsync("Select at least one person first. Nothing was changed.");
        await Expect(adele.Checkbox("Miguel Garcia")).ToBeVisibleAsync();
        await Expect(adele.Checkbox("Daisy Phillips")).ToBeVisibleAsync();
        await Expect(adele.Button("Approve Selected")).ToBeEnabledAsync();
        await _group.AssertNoMemberAsync("Miguel Garcia");
        await Expect(_group.SeatInNewestRequest("Miguel Garcia")).ToHaveTextAsync("Waiting");
    }

    [Fact]
    public async Task The_other_owners_open_card_follows_within_three_seconds()
    {
        await _group.AskToJoinAsync("Daisy Phillips", "May I?", Adele, Alex);
        var (adele, alex) = (await SignInAsync(Adele), await SignInAsync(Alex));
        await adele.OpenAsync("Daisy Phillips");
        await alex.OpenAsync("Daisy Phillips");
        await Expect(alex.Button("Approve")).ToBeVisibleAsync();
        await alex.MarkWindowAsync();

        await adele.Button("Approve").ClickAsync();
        await Expect(adele.Card).ToContainTextAsync("Request Approved");
        var since = Stopwatch.StartNew();
        await Expect(alex.Card).ToContainTextAsync("Request Approved");

        Assert.InRange(since.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
        await Expect(alex.Button("Approve")).ToHaveCountAsync(0);
        await alex.AssertSameWindowAsync();
        Assert.Equal(0, alex.Presses);
    }

    [Fact]
    public async Task A_click_on_a_stale_card_brings_the_current_card_and_no_second_decision()
    {
        await _group.AskToJoinAsync("Daisy Phillips", "May I?", Adele, Alex);
        var (adele, alex) = (await SignInAsync(Adele), await SignInAsync(Alex));
        // Alex's window hears of nothing.
        await alex.Page.RouteAsync("**/api/messages/*/events", route => route.AbortAsync());
        await alex.Page.RouteAsync("**/auto-invoke", route => route.AbortAsync());
        alex.Tolerate("ERR_FAILED");
        await adele.OpenAsync("Daisy Phillips");
        await alex.OpenAsync("Daisy Phillips");
        await adele.Button("Approve").ClickAsync();
        await Expect(adele.Card).ToContainTextAsync("Request Approved");
        await Expect(alex.Button("Decline")).ToBeVisibleAsync();

        await alex.Button("Decline").ClickAsync();

        await Expect(alex.Card).ToContainTextAsync("Request Approved");
        await Expect(alex.Button("Decline")).ToHaveCountAsync(0);
        await Expect(alex.Outcome).ToContainTextAsync("Already approved by Adele Vance");
        await _group.AssertMemberAsync("Daisy Phillips");
        await Expect(_group.SeatInNewestRequest("Daisy Phillips")).ToHaveTextAsync("Approved by Adele Vance");
    }

    [Fact]
    public async Task A_double_click_is_one_request()
    {
        await _group.AskToJoinAsync("Daisy Phillips", "May I?", Adele);
        var adele = await SignInAsync(Adele, Screen.Phone);
        await adele.OpenAsync("Daisy Phillips");

        await adele.Button("Approve").DblClickAsync();

        await Expect(adele.Card).ToContainTextAsync("Request Approved");
        await Expect(adele.Outcome).ToContainTextAsync("Request has been successfully approved");
        Assert.Equal(1, adele.Presses);
        await adele.PhotographAsync("message-just-approved-390-light");
    }

    /// <summary>The service hangs: the platform cannot know whether it was done, asks again when told to, and it is done once.</summary>
    [Fact]
    public async Task A_service_that_hangs_keeps_the_card_and_is_asked_again_for_the_same_request()
    {
        await _group.AskToJoinAsync("Daisy Phillips", "May I?", Adele);
        var adele = await SignInAsync(Adele);
        await adele.OpenAsync("Daisy Phillips");
        await Expect(adele.Card.Locator("xpath=self::*[not(@data-asking)]")).ToBeVisibleAsync();
        await using (await Emulator.FreezeGroupsAsync())
        {
            await adele.Button("Approve").ClickAsync();
            await Expect(adele.Page.GetByText("The service is slow. You can wait")).ToBeVisibleAsync();
            await Expect(adele.Outcome).ToContainTextAsync("Contoso Groups did not answer");
            await Expect(adele.Button("Approve")).ToBeVisibleAsync();
        }

        await adele.Page.GetByRole(AriaRole.Button, new() { Name = "Ask again" }).ClickAsync();

        await Expect(adele.Card).ToContainTextAsync("Request Approved");
        await Expect(adele.Outcome).ToContainTextAsync("Request has been successfully approved");
        await _group.AssertMemberAsync("Daisy Phillips");
        await Expect(_group.SeatInNewestRequest("Daisy Phillips")).ToHaveTextAsync("Approved by Adele Vance");
    }

    [Fact]
    public async Task Opened_again_on_a_phone_the_mail_shows_how_it_stands_now()
    {
        await _group.AskToJoinAsync("Daisy Phillips", "May I?", Adele);
        var adele = await SignInAsync(Adele);
        await adele.OpenAsync("Daisy Phillips");
        await adele.Button("Decline").ClickAsync();
        await Expect(adele.Card).ToContainTextAsync("Request Declined");

        var phone = await SignInAsync(Adele, Screen.Phone);
        await Expect(phone.Messages.First).ToContainTextAsync("Decline: done");
        await phone.OpenAsync("Daisy Phillips");

        await Expect(phone.Card).ToContainTextAsync("Request Declined");
        await Expect(phone.Card.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await Expect(phone.Outcome).ToContainTextAsync(Adele);
    }

    [Fact]
    public async Task With_the_keyboard_alone_the_owner_tabs_to_Approve_and_presses_Enter()
    {
        await _group.AskToJoinAsync("Daisy Phillips", "May I?", Adele);
        var adele = await SignInAsync(Adele);
        await adele.Page.Keyboard.PressAsync("Tab");
        await TabToAsync(adele, adele.Messages.First.GetByRole(AriaRole.Link));
        await adele.Page.Keyboard.PressAsync("Enter");
        await Expect(adele.Button("Approve")).ToBeVisibleAsync();
        await TabToAsync(adele, adele.Button("Approve"));

        await adele.Page.Keyboard.PressAsync("Enter");

        await Expect(adele.Card).ToContainTextAsync("Request Approved");
        // The focus stays where the person was, on the card, and does not fall to the top of the page.
        await Expect(adele.Card).ToBeFocusedAsync();
        Assert.Equal(1, adele.Presses);
    }

    /// <summary>A reader that knows no cards shows the HTML body: it says all that the card says.</summary>
    [Fact]
    public async Task The_HTML_body_is_complete_without_the_card()
    {
        await _group.AskToJoinAsync("Daisy Phillips", "May I? I have <plans> & ideas.", Adele);
        var adele = await SignInAsync(Adele);
        await adele.OpenAsync("Daisy Phillips");

        await adele.Page.GotoAsync(adele.Page.Url + "/body");

        var body = adele.Page.Locator("body");
        await Expect(body).ToContainTextAsync("Daisy Phillips has requested to join this group.");
        await Expect(body).ToContainTextAsync("May I? I have <plans> & ideas.");
        await Expect(adele.Page.GetByRole(AriaRole.Link, new() { Name = "see the request on the page of the group" })).ToBeVisibleAsync();
        await Expect(body).Not.ToContainTextAsync("signedAdaptiveCard");
        await Expect(body).Not.ToContainTextAsync("eyJ");
    }

    private async Task LetInAsync(Reader owner, string person)
    {
        await _group.AskToJoinAsync(person, "", Adele);
        await owner.OpenAsync(person);
        await owner.Button("Approve").ClickAsync();
        await Expect(owner.Card).ToContainTextAsync("Request Approved");
    }

    private static async Task TabToAsync(Reader reader, ILocator wanted)
    {
        for (var presses = 0; presses < 30; presses++)
        {
            if (await wanted.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
            await reader.Page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"Tab does not reach {wanted}");
    }
}
