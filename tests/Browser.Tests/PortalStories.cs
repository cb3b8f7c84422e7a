using System.Text.Json;
using ActionMail.Browser.Tests.Platform;
using ActionMail.Sdk;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Playwright;
using MimeKit;

namespace ActionMail.Browser.Tests;

/// <summary>What a developer does beside the form: verify a Global request by a mail, migrate a registration to Entra; and an administrator takes the list along.</summary>
[Collection(WithApprovers.Name)]
public sealed class PortalStories(Emulator emulator, Chromium chromium) : BrowserTest(emulator, chromium)
{
    private const string Onboarding = "onboarding@platform.test";
    private const string ApplicationId = "6a1c8b52-0d3e-4f7a-9b21-5c4d3e2f1a09";

    [Fact]
    public async Task A_verification_mail_is_shown_to_the_reviewer_and_a_forwarded_one_is_answered_with_the_reason()
    {
        using var key = SigningKey.CreateRsa(2048);
        var lynne = await SignInAsync("Lynne Robbins");
        var id = await ApprovalStory.SubmitAsync(lynne, "Library loans", "Global", "loans@contoso.test", key.PublicKeyToPem());

        await SendAsync(id, key, "dev@contoso.test", "A loan to forward");
        await lynne.OpenAsync("A loan to forward");
        await lynne.Page.GetByRole(AriaRole.Link, new() { Name = "Forward", Exact = true }).ClickAsync();
        await lynne.Page.GetByLabel("To", new() { Exact = true }).FillAsync(Onboarding);
        await lynne.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await lynne.OpenAsync("Your verification mail");
        await Expect(lynne.Page.FrameLocator("iframe").GetByText("This mail was forwarded, and forwarding removes the card")).ToBeVisibleAsync();

        await SendAsync(id, key, Onboarding, "A loan, sent directly");
        var isaiah = await SignInAsync("Isaiah Langer");
        await isaiah.GoAsync($"providers/{id}/review/1");
        var main = isaiah.Page.GetByRole(AriaRole.Main);
        await Expect(main).ToContainTextAsync("A loan, sent directly");
        await Expect(main).ToContainTextAsync("SPF");
        await Expect(main).ToContainTextAsync("forwarded: its card is lost");
        await isaiah.PhotographAsync("review-verification-mail");
    }

    [Fact]
    public async Task A_registration_with_legacy_tokens_is_migrated_to_entra()
    {
        var lynne = await SignInAsync("Lynne Robbins");
        var page = lynne.Page;
        var id = await ApprovalStory.SubmitAsync(lynne, "Meeting rooms", "Organization", "rooms@contoso.test");

        await lynne.GoAsync($"providers/{id}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Migrate to Entra" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Migrate to Entra" }).ClickAsync();
        await Expect(page.Locator("[name='name']")).ToHaveValueAsync("Meeting rooms (Entra)");
        await Expect(page.Locator("[name='tokenProfile'][value='Entra']")).ToBeCheckedAsync();
        await page.Locator("[name='appId']").FillAsync(ApplicationId);
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit", Exact = true }).ClickAsync();

        await Expect(page).Not.ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/edit"));
        var migrated = new Uri(page.Url).Segments[2].TrimEnd('/');
        Assert.NotEqual(id, migrated);
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync($"api://auth-am-{migrated}/{ApplicationId}");
    }

    [Fact]
    public async Task An_administrator_exports_the_approved_providers_and_a_spreadsheet_finds_no_formula()
    {
        var lynne = await SignInAsync("Lynne Robbins");
        var nestor = await SignInAsync("Nestor Wilke");
        var id = await ApprovalStory.SubmitAsync(lynne, "=HYPERLINK(\"http://evil.test\",\"x\")", "Organization", "sums@contoso.test");
        await nestor.GoAsync($"providers/{id}/review/1");
        await nestor.Page.GetByRole(AriaRole.Button, new() { Name = "Approve revision 1" }).ClickAsync();
        await Expect(nestor.Page.Locator(".banner-good")).ToContainTextAsync("Approved by Nestor Wilke.");

        await nestor.GoAsync("admin?status=approved");
        var download = await nestor.Page.RunAndWaitForDownloadAsync(() => nestor.Page.GetByRole(AriaRole.Link, new() { Name = "Export" }).ClickAsync());
        var text = await File.ReadAllTextAsync((await download.PathAsync())!);

        Assert.Contains($"\"'=HYPERLINK(\"\"http://evil.test\"\",\"\"x\"\")\",\"{id}\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\n\"=", text, StringComparison.Ordinal);
    }

    private async Task SendAsync(string id, SigningKey key, string to, string subject)
    {
        var mail = new ActionableMail
        {
            From = new MailboxAddress("Library loans", "loans@contoso.test"),
            To = [new MailboxAddress("", to)],
            Subject = subject,
            HtmlBody = "<p>The book is due.</p>",
            TextBody = "The book is due.",
            CardJson = JsonSerializer.Serialize(new { type = "AdaptiveCard", version = "1.0", originator = id, body = new[] { new { type = "TextBlock", text = "The book is due.", wrap = true } } }),
        }.ToSignedMessage(id, key, TimeProvider.System);
        using var smtp = new SmtpClient();
        await smtp.ConnectAsync("127.0.0.1", Emulator.SmtpPort, SecureSocketOptions.None);
        await smtp.SendAsync(mail);
        await smtp.DisconnectAsync(true);
    }
}
