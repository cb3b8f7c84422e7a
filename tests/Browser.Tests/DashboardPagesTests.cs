using ActionMail.Browser.Tests.Platform;
using Microsoft.Playwright;

namespace ActionMail.Browser.Tests;

/// <summary>The developer's pages of the dashboard on a phone and at a desk, light and dark. Pictures of all of them go to the folder screenshots.</summary>
[Collection(AtTheForms.Name)]
public sealed class DashboardPagesTests(Emulator emulator, Chromium chromium) : BrowserTest(emulator, chromium)
{
    private const string Developer = "Lynne Robbins";

    private static readonly Screen[] Inspected = [Screen.Phone, Screen.Desk, Screen.Desk.InTheDark];

    private string _id = "";
    private string _draft = "";

    /// <summary>One provider in force, and a draft of a Global one, half written.</summary>
    public override async ValueTask InitializeAsync()
    {
        var dev = await SignInAsync(Developer);
        _id = await FillAsync(dev, "Expense approvals", "TestUsers");
        await dev.Page.GetByLabel("Test users *").FillAsync("dev@contoso.test; elvia@contoso.test");
        await dev.Page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();
        await Expect(dev.Page.GetByText("it is in force now")).ToBeVisibleAsync();
        _draft = await FillAsync(dev, "Travel requests", "Global");
        await dev.Page.GetByLabel("Sample card (JSON) *").FillAsync(
            """{"type":"AdaptiveCard","version":"1.0","body":[{"type":"TextBlock","text":"A trip to Oslo","size":"large"}],"actions":[{"type":"Action.Http","title":"Approve","method":"POST","url":"https://travel.contoso.test/approve","body":"{}"}]}""");
        await dev.Page.GetByRole(AriaRole.Button, new() { Name = "Save draft" }).Last.ClickAsync();
        await Expect(dev.Page.Locator("[data-saved]")).ToContainTextAsync("Saved");
    }

    [Fact]
    public async Task Every_page_fits_every_screen_and_shuts_nobody_out()
    {
        var dev = await SitDownAsync($"{Developer} at every page");
        dev.Tolerate("status of 422");
        await dev.SignInAsync(Developer);
        foreach (var (name, path) in new[] { ("list", "providers"), ("list-approved", "providers?status=approved"), ("list-none", "providers?q=nothing-like-it"), ("provider", $"providers/{_id}"),
                     ("suspend", $"providers/{_id}/suspend"), ("migrate", $"providers/{_id}/migrate"), ("feedback", "feedback?about=/providers"),
                     ("health-all", "providers/health"), ("health", $"providers/{_id}/health"), ("diagnosis", $"providers/{_id}/diagnosis"), ("edit", $"providers/{_draft}/edit") })
        {
            await dev.GoAsync(path);
            await Expect(dev.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            if (name == "edit")
                await Expect(dev.Card).ToContainTextAsync("A trip to Oslo");
            await LookAsync(dev, name);
        }
        await dev.Page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();
        await Expect(dev.Page.Locator(".error-summary")).ToBeVisibleAsync();
        await LookAsync(dev, "edit-errors");
    }

    private static Task LookAsync(Reader dev, string page) => dev.LookOnAsync(Screen.All, async screen =>
    {
        var tooWide = await dev.Page.EvaluateAsync<string[]>("""
            () => [document.documentElement, ...document.querySelectorAll('main, .panel, .form-section')]
                .filter(element => element.scrollWidth > element.clientWidth)
                .map(element => `${element.tagName}.${element.className}: ${element.scrollWidth} > ${element.clientWidth}`)
            """);
        Assert.True(tooWide.Length == 0, $"{page} on {screen}: {string.Join(", ", tooWide)}");
        await dev.PhotographAsync($"dashboard-{page}-{screen}");
        if (!Inspected.Contains(screen))
            return;
        var found = await Accessibility.FindAsync(dev.Page);
        Assert.True(found.Count == 0, $"{page} on {screen}:\n{string.Join('\n', found)}");
    });

    private static async Task<string> FillAsync(Reader dev, string name, string scope)
    {
        await dev.GoAsync("providers/new");
        var id = await dev.Page.Locator("#originator").InputValueAsync();
        await dev.Page.GetByLabel("Friendly name *").FillAsync(name);
        await dev.Page.GetByLabel("Sender email addresses *").FillAsync($"{name.Split(' ')[0].ToLowerInvariant()}-{id[..8]}@contoso.test");
        await dev.Page.GetByLabel("Target URLs *").FillAsync("https://api.contoso.test");
        await dev.Page.Locator($"input[name=scope][value={scope}]").CheckAsync();
        return id;
    }
}
