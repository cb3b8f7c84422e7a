using ActionMail.Browser.Tests.Platform;
using Microsoft.Playwright;

namespace ActionMail.Browser.Tests;

/// <summary>A message with a card is forwarded: the copy has no card, only the body. The forms work without script, and shut nobody out.</summary>
[Collection(AtTheInbox.Name)]
public sealed class AnswerStory(Emulator emulator, Chromium chromium) : BrowserTest(emulator, chromium)
{
    [Fact]
    public async Task A_forwarded_message_has_its_words_and_not_its_card()
    {
        using var service = await Service.RegisterAsync(Emulator);
        await service.SendAsync(service.Mail("Ten new chairs", service.Card("May we order them?"), "<p>May we order <b>ten chairs</b>?</p>"));
        var adele = await SignInAsync("Adele Vance");
        await adele.OpenAsync("Ten new chairs");
        await Expect(adele.Button("Approve")).ToBeVisibleAsync();
        await adele.PhotographAsync("answers-1280-light");

        await adele.Page.GetByRole(AriaRole.Link, new() { Name = "Forward" }).ClickAsync();
        await Expect(adele.Page.GetByLabel("To", new() { Exact = true })).ToBeFocusedAsync();
        await adele.Page.GetByLabel("To", new() { Exact = true }).FillAsync("elvia@contoso.test, somebody@northwind.test");
        await adele.Page.GetByLabel("Text", new() { Exact = true }).FillAsync("What do you think?");
        adele.Tolerate("the server responded with a status of 422");
        await adele.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(adele.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This was not sent");
        await Expect(adele.Page.GetByLabel("To", new() { Exact = true })).ToHaveAccessibleDescriptionAsync("This installation sends no mail to other systems, so not to somebody@northwind.test.");
        await Expect(adele.Page.GetByLabel("Text", new() { Exact = true })).ToHaveValueAsync("What do you think?");
        await adele.Page.GetByLabel("To", new() { Exact = true }).FillAsync("elvia@contoso.test");
        await adele.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(adele.Page.GetByRole(AriaRole.Region, new() { Name = "What you sent" })).ToContainTextAsync("elvia@contoso.test: delivered");

        var elvia = await SignInAsync("Elvia Atkins");
        await elvia.OpenAsync("Fwd: Ten new chairs");
        await Expect(elvia.Page.FrameLocator("iframe").GetByText("May we order ten chairs?")).ToBeVisibleAsync();
        await Expect(elvia.Page.FrameLocator("iframe").GetByText("What do you think?")).ToBeVisibleAsync();
        await Expect(elvia.Card).ToHaveCountAsync(0);
        await Expect(elvia.Page.GetByRole(AriaRole.Region, new() { Name = "Who sent this" })).ToContainTextAsync("This message comes from owner@contoso.test");
        await elvia.PhotographAsync("forwarded-1280-light");
    }

    [Fact]
    public async Task The_form_fits_every_screen_and_shuts_nobody_out()
    {
        using var service = await Service.RegisterAsync(Emulator);
        await service.SendAsync(service.Mail("A form to look at", service.Card("May we?")));
        var adele = await SignInAsync("Adele Vance");
        adele.Tolerate("the server responded with a status of 422");
        await adele.OpenAsync("A form to look at");
        await adele.Page.GetByRole(AriaRole.Link, new() { Name = "Reply all" }).ClickAsync();
        await LookAsync(adele, "compose");
        await adele.Page.GetByLabel("To", new() { Exact = true }).FillAsync("Elvia, nobody@contoso.test");
        await adele.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(adele.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await LookAsync(adele, "compose-faults");
        await adele.Page.GetByLabel("To", new() { Exact = true }).FillAsync("elvia@contoso.test");
        await adele.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(adele.Page.GetByRole(AriaRole.Region, new() { Name = "What you sent" })).ToBeVisibleAsync();
        await LookAsync(adele, "sent");
    }

    private static Task LookAsync(Reader reader, string page) => reader.LookOnAsync(Screen.All, async screen =>
    {
        await reader.PhotographAsync($"{page}-{screen}");
        Assert.Equal(0, await reader.Page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
        await Accessibility.AssertAsync(reader.Page, $"{page} on {screen}");
    });
}
