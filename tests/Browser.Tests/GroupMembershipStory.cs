using System.Text.RegularExpressions;
using ActionMail.Browser.Tests.Platform;
using Microsoft.Playwright;

namespace ActionMail.Browser.Tests;

/// <summary>The acceptance story of the project, told in order, from the first mail that ./run delivers.</summary>
public sealed partial class GroupMembershipStory(Emulator emulator, Chromium chromium) : BrowserTest(emulator, chromium), IClassFixture<Emulator>
{
    [Fact]
    public async Task The_owner_lets_Elvia_in_and_then_decides_on_the_two_people_she_proposes()
    {
        var adele = await SitDownAsync("Adele Vance");
        var group = await VisitGroupsAsync();

        await AdelePicksHerselfAndFindsTheMailAsync(adele);
        await SheApprovesElviaAsync(adele);
        await ItStaysSoAsync(adele, group);
        await ElviasProposalAppearsByItselfAsync(adele, group);
        await SheApprovesMiguelAloneAsync(adele, group);
        await SheDeclinesDaisyAsync(adele, group);
    }

    private static async Task AdelePicksHerselfAndFindsTheMailAsync(Reader adele)
    {
        await adele.SignInAsync("Adele Vance");
        var line = adele.Messages.First;
        await Expect(line).ToContainTextAsync("Contoso Groups");
        await Expect(line).ToContainTextAsync("Member Request Approval: Elvia Atkins");
        await Expect(line).ToContainTextAsync("Action possible");

        await line.GetByRole(AriaRole.Link).ClickAsync();

        await Expect(adele.Page.GetByRole(AriaRole.Heading, new() { Name = "Member Request Approval: Elvia Atkins" })).ToBeVisibleAsync();
        await Expect(adele.Card).ToContainTextAsync("Elvia Atkins has requested to join this group.");
        await Expect(adele.Card).ToContainTextAsync("Contoso Group");
        await Expect(adele.Card).ToContainTextAsync("Private Group");
        await Expect(adele.Card.Locator("em")).ToContainTextAsync("I am redesigning the product pages this quarter");
        await Expect(adele.Button("Approve")).ToBeEnabledAsync();
        await Expect(adele.Button("Decline")).ToBeEnabledAsync();
        await Expect(adele.Page.GetByRole(AriaRole.Region, new() { Name = "Who sent this" })).ToContainTextAsync("Verified by");
    }

    private static async Task SheApprovesElviaAsync(Reader adele)
    {
        await adele.MarkWindowAsync();

        await adele.Button("Approve").ClickAsync();

        await Expect(adele.Card).ToContainTextAsync("Request Approved");
        await Expect(adele.Card.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await Expect(adele.Toast).ToContainTextAsync("Request has been successfully approved");
        await AssertOutcomeAsync(adele, "Request has been successfully approved");
        await adele.AssertSameWindowAsync();
        Assert.Equal(1, adele.Presses);
    }

    private static async Task ItStaysSoAsync(Reader adele, GroupsSite group)
    {
        await adele.Page.ReloadAsync();

        await Expect(adele.Card).ToContainTextAsync("Request Approved");
        await Expect(adele.Card.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await AssertOutcomeAsync(adele, "Request has been successfully approved");
        await group.AssertMemberAsync("Elvia Atkins");
        await Expect(group.SeatInNewestRequest("Elvia Atkins")).ToHaveTextAsync("Approved by Adele Vance");
        await adele.GoAsync("inbox");
        await Expect(adele.Messages.First).ToContainTextAsync("Approve: done");
    }

    private static async Task ElviasProposalAppearsByItselfAsync(Reader adele, GroupsSite group)
    {
        await adele.MarkWindowAsync();

        await group.ProposeAsync("Elvia Atkins", ["Miguel Garcia", "Daisy Phillips"], "Adele Vance");

        await Expect(adele.Messages).ToHaveCountAsync(2);
        await Expect(adele.Messages.First).ToContainTextAsync("Elvia Atkins would like to add 2 members to your group");
        await adele.AssertSameWindowAsync();
        await adele.Messages.First.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(adele.Card).ToContainTextAsync("Elvia Atkins would like to add 2 members to your group");
        await Expect(adele.Card).ToContainTextAsync("Select the requests you want to approve or decline");
        foreach (var (name, title) in new[] { ("Miguel Garcia", "Program Manager"), ("Daisy Phillips", "Program Manager II") })
        {
            await Expect(adele.Checkbox(name)).Not.ToBeCheckedAsync();
            await Expect(RowOf(adele, name)).ToContainTextAsync(title);
            await Expect(RowOf(adele, name)).ToContainTextAsync("Oslo-O365");
            await Expect(RowOf(adele, name).GetByRole(AriaRole.Img, new() { Name = name })).ToBeVisibleAsync();
        }
    }

    private static async Task SheApprovesMiguelAloneAsync(Reader adele, GroupsSite group)
    {
        await adele.MarkWindowAsync();
        await adele.Checkbox("Miguel Garcia").CheckAsync();

        await adele.Button("Approve Selected").ClickAsync();

        await Expect(RowOf(adele, "Miguel Garcia")).ToContainTextAsync("Approved");
        await Expect(adele.Checkbox("Miguel Garcia")).ToHaveCountAsync(0);
        await Expect(adele.Checkbox("Daisy Phillips")).ToBeEnabledAsync();
        await Expect(adele.Button("Decline Selected")).ToBeVisibleAsync();
        await Expect(adele.Toast).ToContainTextAsync("Request has been successfully approved");
        await adele.AssertSameWindowAsync();
        await group.AssertMemberAsync("Miguel Garcia");
        await Expect(group.SeatInNewestRequest("Daisy Phillips")).ToHaveTextAsync("Waiting");
    }

    private static async Task SheDeclinesDaisyAsync(Reader adele, GroupsSite group)
    {
        await adele.Checkbox("Daisy Phillips").CheckAsync();

        await adele.Button("Decline Selected").ClickAsync();

        await Expect(adele.Card).ToContainTextAsync("1 Requests Approved, 1 Declined");
        await Expect(adele.Card.GetByRole(AriaRole.Checkbox)).ToHaveCountAsync(0);
        await Expect(adele.Card.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await Expect(RowOf(adele, "Miguel Garcia")).ToContainTextAsync("Approved");
        await Expect(RowOf(adele, "Daisy Phillips")).ToContainTextAsync("Declined");
        await AssertOutcomeAsync(adele, "Request has been successfully declined");
        await adele.AssertSameWindowAsync();
        await group.AssertNoMemberAsync("Daisy Phillips");
        await Expect(group.SeatInNewestRequest("Daisy Phillips")).ToHaveTextAsync("Declined by Adele Vance");
    }

    private static async Task AssertOutcomeAsync(Reader adele, string text)
    {
        await Expect(adele.Outcome).ToContainTextAsync(text);
        await Expect(adele.Outcome).ToContainTextAsync("Adele Vance");
        await Expect(adele.Outcome).ToContainTextAsync(TimeOfDay());
    }

    private static ILocator RowOf(Reader reader, string person) => reader.Card.Locator(".ac-columnSet").Filter(new() { HasText = person });

    [GeneratedRegex(@"\b\d\d:\d\d\b")]
    private static partial Regex TimeOfDay();
}
