using System.Security.Cryptography;
using ActionMail.Browser.Tests.Platform;
using ActionMail.Sdk;
using MailKit.Net.Smtp;
using Microsoft.Playwright;
using MimeKit;

namespace ActionMail.Browser.Tests;

/// <summary>A developer at the dashboard, with a script: registers and sends at once, and loses nothing that was typed. dashboard.md "The submission".</summary>
[Collection(AtTheForms.Name)]
public sealed class DashboardFormTests(Emulator emulator, Chromium chromium) : BrowserTest(emulator, chromium)
{
    private const string Developer = "Lynne Robbins";

    [Fact]
    public async Task A_developer_registers_for_test_users_and_sends_at_once()
    {
        var dev = await SignInAsync(Developer);
        using var key = SigningKey.CreateRsa(2048);
        var id = await BeginAsync(dev);
        await dev.Page.GetByLabel("Friendly name *").FillAsync("Build notices");
        await dev.Page.GetByLabel("Sender email addresses *").FillAsync("builds@contoso.test");
        await dev.Page.GetByLabel("Target URLs *").FillAsync("https://builds.contoso.test");
        await dev.Page.Locator("#key-0").FillAsync(key.PublicKeyToPem());
        await Scope(dev, "TestUsers").CheckAsync();
        await dev.Page.GetByLabel("Test users *").FillAsync("dev@contoso.test");
        await AssertSavedAsync(dev);
        await Expect(dev.Page.GetByText("RSA 2048 bits, RS256")).ToBeVisibleAsync();
        await dev.Page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();

        await Expect(dev.Page.GetByText("it is in force now")).ToBeVisibleAsync();
        await SendAsync(key, id, "Build 7 is ready");
        await dev.OpenAsync("Build 7 is ready");
        await Expect(dev.Button("Approve the build")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_test_message_shows_the_card_and_what_would_stop_it_elsewhere()
    {
        var dev = await SignInAsync(Developer);
        await RegisterAsync(dev, "Tried out", "tried@contoso.test");

        await dev.Page.GetByRole(AriaRole.Button, new() { Name = "Send yourself a test message" }).ClickAsync();

        await Expect(dev.Page.GetByText("The card is shown")).ToBeVisibleAsync();
        await Expect(dev.Page.Locator("#test")).ToContainTextAsync("originator_sender_mismatch");
        await dev.Page.GetByRole(AriaRole.Link, new() { Name = "Open the message" }).ClickAsync();
        await Expect(dev.Card.GetByRole(AriaRole.Link, new() { Name = "Open the provider's page" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_was_typed_survives_errors_and_the_errors_lead_to_their_fields()
    {
        var dev = await SignInAsync(Developer);
        dev.Tolerate("status of 422");
        await BeginAsync(dev);
        await dev.Page.GetByLabel("Friendly name *").FillAsync("Nearly right");
        await dev.Page.GetByLabel("Target URLs *").FillAsync("https://api.contoso.test/hook?sig=abc");
        await Scope(dev, "Organization").CheckAsync();

        await dev.Page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();

        var summary = dev.Page.Locator(".error-summary");
        await Expect(summary).ToBeFocusedAsync();
        await Expect(summary.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await summary.GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(dev.Page.GetByLabel("Sender email addresses *")).ToBeFocusedAsync();
        await Expect(dev.Page.GetByLabel("Friendly name *")).ToHaveValueAsync("Nearly right");
        await Expect(dev.Page.GetByLabel("Target URLs *")).ToHaveValueAsync("https://api.contoso.test/hook?sig=abc");
        // Mended, the field says so without another submission.
        await dev.Page.GetByLabel("Target URLs *").FillAsync("https://api.contoso.test");
        await Expect(dev.Page.Locator("#targets-notes")).ToBeEmptyAsync();
    }

    [Fact]
    public async Task A_draft_survives_the_closing_of_its_tab()
    {
        var dev = await SignInAsync(Developer);
        var id = await BeginAsync(dev);
        await dev.Page.GetByLabel("Friendly name *").FillAsync("Half a thought");
        await Scope(dev, "Global").CheckAsync();
        await dev.Page.GetByLabel("Description of the scenario *").FillAsync("People approve their builds.");
        await AssertSavedAsync(dev);

        await dev.GoAsync("providers");
        await dev.Page.GetByRole(AriaRole.Link, new() { Name = "Half a thought" }).First.ClickAsync();

        await Expect(dev.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(id));
        await Expect(Scope(dev, "Global")).ToBeCheckedAsync();
        await Expect(dev.Page.GetByLabel("Description of the scenario *")).ToHaveValueAsync("People approve their builds.");
    }

    [Fact]
    public async Task Two_windows_on_one_draft_ask_which_to_keep()
    {
        var dev = await SignInAsync(Developer);
        var other = await SignInAsync(Developer);
        other.Tolerate("status of 409");
        var id = await BeginAsync(dev);
        await other.GoAsync($"providers/{id}/edit");
        await dev.Page.GetByLabel("Friendly name *").FillAsync("From the first");
        await AssertSavedAsync(dev);

        await other.Page.GetByLabel("Friendly name *").FillAsync("From the second");

        await Expect(other.Page.GetByText("saved elsewhere since you opened it")).ToBeVisibleAsync();
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Keep what is here" }).ClickAsync();
        await AssertSavedAsync(other);
        await dev.GoAsync($"providers/{id}/edit");
        await Expect(dev.Page.GetByLabel("Friendly name *")).ToHaveValueAsync("From the second");
    }

    [Fact]
    public async Task Sections_fold_by_scope_and_the_card_is_checked_and_drawn_as_it_is_written()
    {
        var dev = await SignInAsync(Developer);
        await BeginAsync(dev);
        await Expect(dev.Page.GetByLabel("Contact name *")).ToBeHiddenAsync();
        await Scope(dev, "Global").CheckAsync();
        await Expect(dev.Page.GetByLabel("Contact name *")).ToBeVisibleAsync();
        await Expect(dev.Page.GetByLabel("Test users *")).ToBeHiddenAsync();

        await dev.Page.GetByLabel("Sample card (JSON) *").FillAsync("""{"type":"AdaptiveCard","version":"1.0","body":[{"type":"TextBlock","text":"Drawn from the form"}]}""");

        await Expect(dev.Card).ToContainTextAsync("Drawn from the form");
        await dev.Page.GetByLabel("Sample card (JSON) *").FillAsync("""{"type":"AdaptiveCard",""");
        await Expect(dev.Page.Locator(".lint-findings .pill-bad")).ToHaveCountAsync(1);
        await Expect(dev.Card).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_private_key_is_taken_out_of_the_page_at_once()
    {
        var dev = await SignInAsync(Developer);
        var id = await BeginAsync(dev);
        using var rsa = RSA.Create(2048);
        var field = dev.Page.Locator("#key-0");

        await field.FillAsync(rsa.ExportPkcs8PrivateKeyPem());

        await Expect(dev.Page.GetByText("this is a private key")).ToBeVisibleAsync();
        await Expect(field).ToHaveValueAsync("");
        await dev.GoAsync($"providers/{id}/edit");
        await Expect(dev.Page.Locator("#key-0")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task A_private_key_stays_told_and_the_submission_asks_once_whether_to_go_without()
    {
        var dev = await SignInAsync(Developer);
        dev.Tolerate("status of 422");
        await FillAsync(dev, "Keyless", "keyless@contoso.test");
        using var rsa = RSA.Create(2048);
        await dev.Page.Locator("#key-0").FillAsync(rsa.ExportPkcs8PrivateKeyPem());
        await Expect(dev.Page.Locator("#key-0-notes")).ToContainTextAsync("this is a private key");
        var version = await VersionAsync(dev);

        await dev.Page.GetByLabel("Friendly name *").FillAsync("Keyless and renamed");
        await Expect(dev.Page.Locator("form[data-saving=saved]")).ToBeVisibleAsync();
        await Expect(dev.Page.Locator("input[name=version]")).Not.ToHaveValueAsync(version);
        await Expect(dev.Page.Locator("#key-0-notes")).ToContainTextAsync("this is a private key");
        await SubmitAsync(dev);

        await Expect(dev.Page.Locator(".error-summary")).ToContainTextAsync("Key 1: What you gave here was refused and is not kept.");
        await SubmitAsync(dev);
        await Expect(dev.Page.GetByText("it is in force now")).ToBeVisibleAsync();
    }

    // The control: what was replaced is not asked about.
    [Fact]
    public async Task A_private_key_that_was_replaced_by_its_public_half_is_forgotten()
    {
        var dev = await SignInAsync(Developer);
        await FillAsync(dev, "Keyed after all", "keyed@contoso.test");
        using var rsa = RSA.Create(2048);
        await dev.Page.Locator("#key-0").FillAsync(rsa.ExportPkcs8PrivateKeyPem());
        await Expect(dev.Page.Locator("#key-0-notes")).ToContainTextAsync("this is a private key");

        await dev.Page.Locator("#key-0").FillAsync(rsa.ExportSubjectPublicKeyInfoPem());
        await Expect(dev.Page.GetByText("RSA 2048 bits, RS256")).ToBeVisibleAsync();
        await Expect(dev.Page.Locator("#key-0-notes")).ToBeEmptyAsync();
        await SubmitAsync(dev);

        await Expect(dev.Page.GetByText("it is in force now")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_beside_its_field_and_the_rest_is_saved()
    {
        var dev = await SignInAsync(Developer);
        dev.Tolerate("status of 422");
        await FillAsync(dev, "Large logo", "large-logo@contoso.test");

        await dev.Page.Locator("input#logo").SetInputFilesAsync(Picture(10 * 1024 * 1024));
        await dev.Page.Locator("input#keyFile").SetInputFilesAsync(new FilePayload { Name = "key.pem", MimeType = "text/plain", Buffer = new byte[20_000] });

        await Expect(dev.Page.Locator("#logo-notes")).ToHaveTextAsync("It has 10.0 MB; at most 60 KB are taken.");
        await Expect(dev.Page.Locator("#keyFile-notes")).ToHaveTextAsync("key.pem: It has 20 KB; at most 8 KB are taken.");
        await AssertSavedAsync(dev);
        await SubmitAsync(dev);
        var summary = dev.Page.Locator(".error-summary");
        await Expect(summary.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await Expect(summary).ToContainTextAsync("Logo: What you gave here was refused");
        await Expect(dev.Page.GetByLabel("Friendly name *")).ToHaveValueAsync("Large logo");
        await dev.Page.Locator("input#logo").SetInputFilesAsync(new FilePayload { Name = "logo.png", MimeType = "image/png", Buffer = OnePixel });
        await Expect(dev.Page.GetByAltText("Logo as kept")).ToBeVisibleAsync();
        await Expect(dev.Page.Locator("#logo-notes")).ToBeEmptyAsync();
    }

    [Fact]
    public async Task A_file_that_is_no_picture_stays_told_of_while_one_goes_on_typing()
    {
        var dev = await SignInAsync(Developer);
        await FillAsync(dev, "No picture", "no-picture@contoso.test");
        await dev.Page.Locator("input#logo").SetInputFilesAsync(Picture(1_000));
        await Expect(dev.Page.Locator("#logo-notes")).ToContainTextAsync("The image is refused");
        var version = await VersionAsync(dev);

        await dev.Page.GetByLabel("Friendly name *").FillAsync("Still none");

        await Expect(dev.Page.Locator("input[name=version]")).Not.ToHaveValueAsync(version);
        await Expect(dev.Page.Locator("#logo-notes")).ToContainTextAsync("The image is refused");
        await Expect(dev.Page.Locator("input[name=dropped]")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Without_a_script_too_large_a_file_is_said_and_the_form_is_still_behind_it()
    {
        var dev = await SignInAsync(Developer);
        dev.Tolerate("ERR_FAILED");
        dev.Tolerate("status of 413");
        await dev.Page.RouteAsync(new System.Text.RegularExpressions.Regex(@"/assets/.*\.js"), route => route.AbortAsync());
        await BeginAsync(dev);
        await dev.Page.GetByLabel("Friendly name *").FillAsync("Typed without a script");
        await dev.Page.Locator("input#logo").SetInputFilesAsync(Picture(10 * 1024 * 1024));

        await SubmitAsync(dev);

        await Expect(dev.Page.GetByText("What was sent has 10.1 MB; at most 4 MB are taken, files included.")).ToBeVisibleAsync();
        await dev.Page.GoBackAsync();
        await Expect(dev.Page.GetByLabel("Friendly name *")).ToHaveValueAsync("Typed without a script");
    }

    [Fact]
    public async Task Why_something_is_not_saved_is_said_and_it_is_saved_when_that_is_over()
    {
        var dev = await SignInAsync(Developer);
        dev.Tolerate("ERR_INTERNET_DISCONNECTED");
        await BeginAsync(dev);
        await dev.Page.Context.SetOfflineAsync(true);
        await dev.Page.GetByLabel("Friendly name *").FillAsync("Offline");
        await Expect(dev.Page.Locator("[data-saved]")).ToContainTextAsync("there is no connection");

        await dev.Page.Context.SetOfflineAsync(false);
        await AssertSavedAsync(dev);

        var cookies = await dev.Page.Context.CookiesAsync();
        await dev.Page.Context.ClearCookiesAsync();
        await dev.Page.GetByLabel("Friendly name *").FillAsync("Signed out");
        await Expect(dev.Page.Locator("[data-saved]")).ToContainTextAsync("you are signed out");
        await dev.Page.Context.AddCookiesAsync(cookies.Select(cookie => new Cookie
        {
            Name = cookie.Name,
            Value = cookie.Value,
            Domain = cookie.Domain,
            Path = cookie.Path,
            Expires = cookie.Expires,
            HttpOnly = cookie.HttpOnly,
            Secure = cookie.Secure,
            SameSite = cookie.SameSite,
        }));
        await AssertSavedAsync(dev);
    }

    [Fact]
    public async Task A_logo_stays_with_the_draft()
    {
        var dev = await SignInAsync(Developer);
        var id = await BeginAsync(dev);

        await dev.Page.Locator("input#logo").SetInputFilesAsync(new FilePayload { Name = "logo.png", MimeType = "image/png", Buffer = OnePixel });
        await Expect(dev.Page.GetByAltText("Logo as kept")).ToBeVisibleAsync();

        await dev.GoAsync($"providers/{id}/edit");
        await Expect(dev.Page.GetByAltText("Logo as kept")).ToBeVisibleAsync();
    }

    private static ILocator Scope(Reader dev, string scope) => dev.Page.Locator($"input[name=scope][value={scope}]");

    private static async Task AssertSavedAsync(Reader dev)
    {
        await Expect(dev.Page.Locator("form[data-saving=saved]")).ToBeVisibleAsync();
        await Expect(dev.Page.Locator("[data-saved]")).ToContainTextAsync("Saved ");
    }

    private static async Task<string> BeginAsync(Reader dev)
    {
        await dev.GoAsync("providers/new");
        await Expect(dev.Page.GetByRole(AriaRole.Heading, new() { Name = "New provider" })).ToBeVisibleAsync();
        return await dev.Page.Locator("#originator").InputValueAsync();
    }

    private static async Task<string> RegisterAsync(Reader dev, string name, string sender)
    {
        var id = await FillAsync(dev, name, sender);
        await SubmitAsync(dev);
        await Expect(dev.Page.GetByText("it is in force now")).ToBeVisibleAsync();
        return id;
    }

    private static async Task<string> FillAsync(Reader dev, string name, string sender)
    {
        var id = await BeginAsync(dev);
        await dev.Page.GetByLabel("Friendly name *").FillAsync(name);
        await dev.Page.GetByLabel("Sender email addresses *").FillAsync(sender);
        await dev.Page.GetByLabel("Target URLs *").FillAsync("https://api.contoso.test");
        await Scope(dev, "TestUsers").CheckAsync();
        await dev.Page.GetByLabel("Test users *").FillAsync("dev@contoso.test");
        return id;
    }

    private static Task SubmitAsync(Reader dev) => dev.Page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();

    private static Task<string> VersionAsync(Reader dev) => dev.Page.Locator("input[name=version]").InputValueAsync();

    // By its name, and by nothing in it.
    private static FilePayload Picture(int bytes) => new() { Name = "logo.png", MimeType = "image/png", Buffer = new byte[bytes] };

    private async Task SendAsync(SigningKey key, string id, string subject)
    {
        var mail = new ActionableMail
        {
            From = new MailboxAddress("Builds", "builds@contoso.test"),
            To = [new MailboxAddress(Developer, "dev@contoso.test")],
            Subject = subject,
            HtmlBody = "<p>The build is ready.</p>",
            TextBody = "The build is ready.",
            CardJson = """
                {"type":"AdaptiveCard","version":"1.0","body":[{"type":"TextBlock","text":"The build is ready"}],
                 "actions":[{"type":"Action.Http","title":"Approve the build","method":"POST","url":"https://builds.contoso.test/approve","body":"{}"}]}
                """,
        };
        using var smtp = new SmtpClient();
        await smtp.ConnectAsync("localhost", Emulator.SmtpPort, MailKit.Security.SecureSocketOptions.None);
        await smtp.SendAsync(mail.ToSignedMessage(id, key, TimeProvider.System));
        await smtp.DisconnectAsync(true);
    }

    private static byte[] OnePixel => Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
}
