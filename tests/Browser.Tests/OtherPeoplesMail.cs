using System.Text.Json;
using ActionMail.Browser.Tests.Platform;
using ActionMail.Server.Tests.Platform;
using Microsoft.Playwright;

namespace ActionMail.Browser.Tests;

/// <summary>Mail that is forwarded, sent to oneself, or sent by somebody who means harm.</summary>
[Collection(AtTheInbox.Name)]
public sealed class OtherPeoplesMail(Emulator emulator, Chromium chromium) : BrowserTest(emulator, chromium)
{
    // What runs says so in a dialog, which is collected, and leaves a mark.
    private const string Payload = "<img src=x onerror=\"window.harmed=1;alert(1)\"><script>window.harmed=1;alert(2)</script>";

    [Fact]
    public async Task A_forwarded_mail_shows_its_body_and_says_why_there_is_no_card()
    {
        using var service = await Service.RegisterAsync(Emulator);
        var mail = service.Mail("A request to the owner", service.Card("May we?"), "<h2>The whole request</h2><p>It can be read without a card.</p>");
        await service.SendAsync(mail);
        await service.SendAsync(mail, to: "elvia@contoso.test");
        var owner = await SignInAsync("Adele Vance");
        await owner.OpenAsync("A request to the owner");
        await Expect(owner.Button("Approve")).ToBeVisibleAsync();

        var elvia = await SignInAsync("Elvia Atkins");
        await elvia.OpenAsync("A request to the owner");

        await Expect(elvia.Page.Locator("actionable-card")).ToHaveCountAsync(0);
        var bar = elvia.Page.GetByRole(AriaRole.Region, new() { Name = "Who sent this" });
        await Expect(bar).ToContainTextAsync("It carries a card that is not shown.");
        var body = elvia.Page.FrameLocator("iframe");
        await Expect(body.GetByRole(AriaRole.Heading, new() { Name = "The whole request" })).ToBeVisibleAsync();
        await Expect(body.GetByText("It can be read without a card.")).ToBeVisibleAsync();
        await bar.GetByRole(AriaRole.Link, new() { Name = "Why am I not seeing a card?" }).ClickAsync();
        await Expect(elvia.Page.GetByRole(AriaRole.Heading, new() { Name = "Why am I not seeing a card?" })).ToBeVisibleAsync();
        await Expect(elvia.Page.Locator(".check-fail")).ToContainTextAsync("What would fix it:");
        await elvia.PhotographAsync("why-not-1280-light");
    }

    [Fact]
    public async Task A_self_test_is_marked_as_one()
    {
        var card = Path.GetTempFileName();
        await File.WriteAllTextAsync(card, """{"type":"AdaptiveCard","version":"1.0","body":[{"type":"TextBlock","text":"How do I look?"}]}""");
        await Emulator.RunCommandAsync("message", "send", "--self-test", "--from", "elvia@contoso.test", "--subject", "A look in the mirror", "--card", card);
        File.Delete(card);
        var elvia = await SignInAsync("Elvia Atkins");

        await elvia.OpenAsync("A look in the mirror");

        await Expect(elvia.Card).ToContainTextAsync("How do I look?");
        await Expect(elvia.Page.GetByRole(AriaRole.Region, new() { Name = "Who sent this" })).ToContainTextAsync("Self-test. You sent this card to yourself");
        await elvia.PhotographAsync("self-test-1280-light");
    }

    [Fact]
    public async Task Scripts_in_a_mail_its_card_and_its_services_answer_run_nowhere()
    {
        using var service = await Service.RegisterAsync(Emulator);
        var html = $"""
            <h2>Harmless to look at</h2>{Payload}<svg onload="alert(3)"></svg><a href="javascript:alert(4)">a link</a>
            <iframe srcdoc="<script>alert(5)</script>"></iframe><form action="javascript:alert(6)"><button>a button</button></form>
            <div style="background:url('http://127.0.0.1:1/')">styled</div><base href="http://127.0.0.1:1/"><meta http-equiv="refresh" content="0;url=javascript:alert(7)">
            """;
        await service.SendAsync(service.Mail($"Harm {Payload}", HostileCard(service), html, name: $"Mallory {Payload}"));
        service.Stub.Behave = (_, stream, cancel) => StubProvider.Card(stream, HostileCard(service), Payload, cancel);
        var owner = await SignInAsync("Adele Vance");
        await Expect(owner.Messages.First).ToContainTextAsync("Harm <img src=x");
        await AssertUnharmedAsync(owner.Page);

        await owner.OpenAsync("Harm");
        await Expect(owner.Card).ToContainTextAsync("<img src=x onerror=");
        await owner.Card.GetByText("a script for a link").ClickAsync(new() { Force = true });
        await owner.Card.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Expect(owner.Outcome).ToContainTextAsync("<img src=x onerror=");
        await Expect(owner.Toast).ToContainTextAsync("<script>");
        await AssertUnharmedAsync(owner.Page);
        await owner.PhotographAsync("hostile-1280-light");

        await owner.Page.GetByRole(AriaRole.Link, new() { Name = "Why am I seeing a card?" }).ClickAsync();
        await Expect(owner.Page.Locator("main")).ToContainTextAsync("Harm <img src=x");
        await AssertUnharmedAsync(owner.Page);

        await owner.GoAsync("inbox");
        await owner.OpenAsync("Harm");
        await owner.Page.GotoAsync(owner.Page.Url + "/body");
        await Expect(owner.Page.GetByRole(AriaRole.Heading, new() { Name = "Harmless to look at" })).ToBeVisibleAsync();
        await owner.Page.GetByText("a link").ClickAsync();
        await AssertUnharmedAsync(owner.Page);
        Assert.EndsWith("/body", owner.Page.Url, StringComparison.Ordinal);
    }

    /// <summary>What the test above and every other would see if something did run, or would load from elsewhere.</summary>
    [Fact]
    public async Task A_script_that_runs_and_a_breach_of_the_policy_are_noticed()
    {
        var owner = await SignInAsync("Adele Vance");
        await owner.Page.EvaluateAsync("() => { const image = new Image(); image.src = 'http://127.0.0.1:1/'; document.body.append(image); }");
        await Expect(owner.Page.Locator("body > img")).ToHaveCountAsync(1);
        await owner.Page.GotoAsync("about:blank");
        await owner.Page.SetContentAsync(Payload);

        Assert.True(await owner.Page.EvaluateAsync<bool>("() => 'harmed' in window"));
        Assert.Contains(owner.Complaints, complaint => complaint.Contains("policy: img-src", StringComparison.Ordinal));
        Assert.Contains(owner.Complaints, complaint => complaint.Contains("dialog: ", StringComparison.Ordinal));
        owner.Tolerate("");
    }

    private static async Task AssertUnharmedAsync(IPage page)
    {
        foreach (var frame in page.Frames)
            Assert.False(await frame.EvaluateAsync<bool>("() => 'harmed' in window"), $"a script ran in {frame.Url}");
        await Expect(page.Locator("[onerror], [onload], [onclick]")).ToHaveCountAsync(0);
    }

    // Every place of a card where text, an address or a name can stand.
    private static string HostileCard(Service service)
    {
        using var plain = JsonDocument.Parse(service.Card(Payload));
        return JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["type"] = "AdaptiveCard",
            ["version"] = "1.0",
            ["originator"] = plain.RootElement.GetProperty("originator").GetString()!,
            ["fallbackText"] = Payload,
            ["body"] = new object[]
            {
                new { type = "TextBlock", text = Payload, wrap = true },
                new { type = "TextBlock", text = "[a script for a link](javascript:alert(8)) [x](data:text/html,<script>alert(9)</script>)", wrap = true },
                new { type = "FactSet", facts = new[] { new { title = Payload, value = Payload } } },
                new { type = "Image", url = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='alert(10)'/>", altText = Payload },
                new { type = "Input.Text", id = "__proto__", placeholder = Payload, value = Payload },
                new { type = "Input.ChoiceSet", id = "constructor", choices = new[] { new { title = Payload, value = "1" } } },
                new { type = Payload, text = Payload },
            },
            ["actions"] = new object[]
            {
                new { type = "Action.Http", title = "Approve " + Payload, method = "POST", url = service.Stub.Origin + "/approve", body = "{}" },
                new { type = "Action.OpenUrl", title = Payload, url = "https://example.org/" },
            },
        });
    }
}
