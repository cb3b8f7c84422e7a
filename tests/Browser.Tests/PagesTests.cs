using ActionMail.Browser.Tests.Platform;
using Microsoft.Playwright;
using MimeKit;

namespace ActionMail.Browser.Tests;

/// <summary>
/// Every page on a phone and at a desk, light and dark: nothing is wider than the screen, nothing shuts anybody out. Pictures of all
/// of them go to the folder screenshots.
/// </summary>
[Collection(AtTheInbox.Name)]
public sealed class PagesTests(Emulator emulator, Chromium chromium) : BrowserTest(emulator, chromium)
{
    private const string Adele = "Adele Vance";

    private static readonly Screen[] Inspected = [Screen.Phone, Screen.Desk, Screen.Desk.InTheDark];

    private Service _service = null!;

    /// <summary>One mail of each kind: undecided, decided, with checkboxes, with an error, without a card.</summary>
    public override async ValueTask InitializeAsync()
    {
        var (group, adele) = (await VisitGroupsAsync(), await SignInAsync(Adele));
        await group.RemoveMembersAsync();
        await group.AskToJoinAsync("Daisy Phillips", "May I join?", Adele);
        await adele.OpenAsync("Daisy Phillips has requested to join");
        await adele.Button("Approve").ClickAsync();
        await Expect(adele.Card).ToContainTextAsync("Request Approved");
        await group.ProposeAsync("Daisy Phillips", ["Miguel Garcia", "Elvia Atkins"], Adele);
        _service = await Service.RegisterAsync(Emulator);
        _service.GoDown();
        await _service.SendAsync(_service.Mail("A service that is down", _service.Card("May we?")));
        await adele.OpenAsync("A service that is down");
        await adele.Button("Approve").ClickAsync();
        await Expect(adele.Outcome).ToContainTextAsync("cannot be reached");
        await _service.SendAsync(new MimeMessage([new MailboxAddress("Fabrikam", "someone@fabrikam.test")], [new MailboxAddress("", "owner@contoso.test")], "For an owner to read",
            new TextPart("plain") { Text = "Nothing in colour here." }));
        await _service.SendAsync(_service.Mail("For somebody else", _service.Card("May we?"), to: "elvia@contoso.test"));
    }

    public override async ValueTask DisposeAsync()
    {
        _service?.ComeUpAgain();
        _service?.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Every_page_fits_every_screen_and_shuts_nobody_out()
    {
        await VisitEveryPageAsync(await SitDownAsync($"{Adele} at every page"));
        await LookAsync((await VisitGroupsAsync()).Reader, "groups");
    }

    private static Task LookAsync(Reader reader, string page) => reader.LookOnAsync(Screen.All, async screen =>
    {
        await AssertFitsAsync(reader.Page, $"{page} on {screen}");
        await AssertThemeAsync(reader.Page, screen);
        await reader.PhotographAsync($"{page}-{screen}");
        if (Inspected.Contains(screen))
            await Accessibility.AssertAsync(reader.Page, $"{page} on {screen}");
    });

    private static async Task VisitEveryPageAsync(Reader adele)
    {
        adele.Tolerate("the server responded with a status of 404");
        await adele.GoAsync("sign-in");
        await LookAsync(adele, "sign-in");
        await adele.SignInAsync(Adele);
        await LookAsync(adele, "list");
        await adele.OpenAsync("Elvia Atkins has requested to join");
        await Expect(adele.Button("Approve")).ToBeVisibleAsync();
        await LookAsync(adele, "message-before");
        await adele.OpenAsync("Daisy Phillips has requested to join");
        await Expect(adele.Card).ToContainTextAsync("Request Approved");
        await LookAsync(adele, "message-after");
        await adele.Page.GetByRole(AriaRole.Link, new() { Name = "Why am I seeing a card?" }).ClickAsync();
        await Expect(adele.Page.GetByText("What was done with the card")).ToBeVisibleAsync();
        await LookAsync(adele, "why");
        await adele.OpenAsync("would like to add 2 members");
        await Expect(adele.Checkbox("Miguel Garcia")).ToBeVisibleAsync();
        await LookAsync(adele, "message-people");
        await adele.OpenAsync("A service that is down");
        await Expect(adele.Outcome).ToContainTextAsync("cannot be reached");
        await LookAsync(adele, "message-failed");
        await adele.OpenAsync("For an owner to read");
        await Expect(adele.Page.FrameLocator("iframe.body-frame").GetByText("Nothing in colour here.")).ToBeVisibleAsync();
        await LookAsync(adele, "message-plain");
        await adele.GoAsync("docs/api");
        await Expect(adele.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await LookAsync(adele, "api-reference");
        await adele.GoAsync($"inbox/{Guid.NewGuid()}");
        await Expect(adele.Page.GetByRole(AriaRole.Heading)).ToBeVisibleAsync();
        await LookAsync(adele, "error");
    }

    private static async Task AssertFitsAsync(IPage page, string what)
    {
        // The window itself, and whatever within it scrolls of its own.
        var tooWide = await page.EvaluateAsync<string[]>("""
            () => [document.documentElement, ...document.querySelectorAll('[data-scroller], .am-card-surface, main')]
                .filter(element => element.scrollWidth > element.clientWidth)
                .map(element => `${element.tagName}.${element.className}: ${element.scrollWidth} > ${element.clientWidth}`)
            """);
        Assert.True(tooWide.Length == 0, $"{what}: {string.Join(", ", tooWide)}");
    }

    private static async Task AssertThemeAsync(IPage page, Screen screen)
    {
        var colour = await page.EvaluateAsync<int[]>("() => getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)");
        Assert.True(colour[..3].All(part => screen.IsDark ? part < 64 : part > 192), $"the page is {string.Join(',', colour)} on {screen}");
    }
}
