using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ActionMail.Browser.Tests.Platform;
using ActionMail.Sdk;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Playwright;
using MimeKit;

namespace ActionMail.Browser.Tests;

/// <summary>A developer asks, approvers decide from the inbox and on the page, and everybody sees what came of it.</summary>
[Collection(WithApprovers.Name)]
public sealed partial class ApprovalStory(Emulator emulator, Chromium chromium) : BrowserTest(emulator, chromium)
{
    private const string Developer = "Lynne Robbins";
    private const string Administrator = "Nestor Wilke";
    private const string SecondAdministrator = "Elvia Atkins";
    private const string Reviewer = "Isaiah Langer";
    private const string StrangeAdministrator = "Henrietta Mueller";

    [Fact]
    public async Task An_administrator_approves_from_the_inbox_and_the_other_administrators_card_changes()
    {
        var lynne = await SignInAsync(Developer);
        var nestor = await SignInAsync(Administrator);
        var elvia = await SignInAsync(SecondAdministrator);
        await MakeAdministratorAsync(nestor, SecondAdministrator);

        await SubmitAsync(lynne, "Canteen menus", "Organization", "canteen@contoso.test");
        await nestor.OpenAsync("Canteen menus");
        await elvia.OpenAsync("Canteen menus");
        await Expect(nestor.Card).ToContainTextAsync("Canteen menus asks to be approved, scope Organization");
        await Expect(nestor.Card).ToContainTextAsync("canteen@contoso.test");
        await Expect(elvia.Button("Approve")).ToBeEnabledAsync();
        await elvia.MarkWindowAsync();
        await nestor.PhotographAsync("approval-card");

        await nestor.Button("Approve").ClickAsync();

        await Expect(nestor.Card).ToContainTextAsync("Approved by Nestor Wilke.");
        await Expect(nestor.Button("Approve")).ToHaveCountAsync(0);
        await Expect(elvia.Card).ToContainTextAsync("Approved by Nestor Wilke.");
        await Expect(elvia.Button("Approve")).ToHaveCountAsync(0);
        await elvia.AssertSameWindowAsync();
        await lynne.OpenAsync("Approved: Canteen menus");
        await Expect(lynne.Card).ToContainTextAsync("was approved by Nestor Wilke, and is in force.");
    }

    [Fact]
    public async Task A_change_that_comes_while_the_request_is_read_is_shown_and_nothing_is_decided()
    {
        var lynne = await SignInAsync(Developer);
        var nestor = await SignInAsync(Administrator);
        nestor.Tolerate("409");
        var id = await SubmitAsync(lynne, "Parking spaces", "Organization", "parking@contoso.test");
        await nestor.GoAsync("admin");
        await nestor.Page.GetByRole(AriaRole.Link, new() { Name = "Parking spaces" }).First.ClickAsync();
        await Expect(nestor.Page.GetByRole(AriaRole.Heading, new() { Name = "Parking spaces" })).ToBeVisibleAsync();

        await EditAsync(lynne, id, "[name='targets']", "http://localhost:5997");
        await nestor.Page.GetByRole(AriaRole.Button, new() { Name = "Approve revision 1" }).ClickAsync();

        await Expect(nestor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nothing was decided.");
        await Expect(nestor.Page.GetByRole(AriaRole.Heading, new() { Name = "Revision 2 waits now" })).ToBeVisibleAsync();
        await Expect(nestor.Page.Locator("ins")).ToContainTextAsync(["http://localhost:5997"]);
        await nestor.PhotographAsync("review-race");
        await InspectAsync(Administrator, $"providers/{id}/review/2", "review-change");
        await InspectAsync(Administrator, "admin", "admin");

        await nestor.Page.GetByRole(AriaRole.Link, new() { Name = "Read revision 2" }).ClickAsync();
        await nestor.Page.GetByRole(AriaRole.Button, new() { Name = "Approve revision 2" }).ClickAsync();
        await Expect(nestor.Page.Locator(".banner-good")).ToContainTextAsync("Approved by Nestor Wilke.");
    }

    [Fact]
    public async Task A_global_request_is_rejected_with_a_reason_edited_approved_and_consented_to()
    {
        using var key = SigningKey.CreateRsa(2048);
        var lynne = await SignInAsync(Developer);
        var isaiah = await SignInAsync(Reviewer);
        var id = await SubmitAsync(lynne, "Parcel tracking", "Global", "parcels@contoso.test", key.PublicKeyToPem());
        await isaiah.OpenAsync("Parcel tracking");
        await Expect(isaiah.Button("Approve")).ToHaveCountAsync(0);

        await isaiah.Button("Reject…").ClickAsync();
        // What opens below the edge of the window is brought into it.
        await Expect(isaiah.Card.GetByLabel("Why, in words for the submitter")).ToBeFocusedAsync();
        await Expect(isaiah.Card.GetByLabel("Why, in words for the submitter")).ToBeInViewportAsync(new() { Ratio = 1 });
        await isaiah.Card.GetByLabel("Why, in words for the submitter").FillAsync("The description does not say who gets the mails.");
        await isaiah.Button("Reject").ClickAsync();
        await Expect(isaiah.Card).ToContainTextAsync("Rejected by Isaiah Langer: The description does not say who gets the mails.");
        await lynne.OpenAsync("Rejected: Parcel tracking");
        await Expect(lynne.Card).ToContainTextAsync("The description does not say who gets the mails.");

        await ProveKeyAsync(lynne, id, key);
        await EditAsync(lynne, id, "[name='scenario.description']", "Everybody who has ordered something gets one mail for each parcel.");
        await isaiah.GoAsync("review");
        await isaiah.Page.GetByRole(AriaRole.Link, new() { Name = "Parcel tracking" }).First.ClickAsync();
        await Expect(isaiah.Page.GetByRole(AriaRole.Heading, new() { Name = "Registration criteria, as measured" })).ToBeVisibleAsync();
        await InspectAsync(Reviewer, $"providers/{id}/review/2", "review-global");
        await InspectAsync(Reviewer, "review", "review");
        await isaiah.Page.GetByLabel("Type the provider's name to approve it for everybody").FillAsync("Parcel tracking");
        await isaiah.Page.GetByRole(AriaRole.Button, new() { Name = "Approve revision 2" }).ClickAsync();
        await Expect(isaiah.Page.Locator(".banner-good")).ToContainTextAsync("Approved by Isaiah Langer.");

        var carol = await SignInAsync("Carol Poland");
        await SendAsync(id, key, "Your parcel, before consent");
        await carol.OpenAsync("Your parcel, before consent");
        await Expect(carol.Card).ToHaveCountAsync(0);

        var henrietta = await SignInAsync(StrangeAdministrator);
        await henrietta.GoAsync("admin/consent");
        await InspectAsync(StrangeAdministrator, "admin/consent", "admin-consent");
        await henrietta.Page.GetByRole(AriaRole.Button, new() { Name = "Grant consent to Parcel tracking" }).ClickAsync();
        await Expect(henrietta.Page.GetByRole(AriaRole.Button, new() { Name = "Revoke consent to Parcel tracking" })).ToBeVisibleAsync();
        await SendAsync(id, key, "Your parcel, after consent");
        await carol.OpenAsync("Your parcel, after consent");
        await Expect(carol.Card).ToContainTextAsync("Where shall it go?");

        await henrietta.Page.GetByRole(AriaRole.Button, new() { Name = "Revoke consent to Parcel tracking" }).ClickAsync();
        await Expect(henrietta.Page.GetByRole(AriaRole.Button, new() { Name = "Grant consent to Parcel tracking" })).ToBeVisibleAsync();
        await SendAsync(id, key, "Your parcel, after revocation");
        await carol.OpenAsync("Your parcel, after revocation");
        await Expect(carol.Card).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Who_has_no_invitations_reads_so_on_every_screen() => await InspectAsync(Developer, "invitations", "invitations");

    /// <summary>Looks at a page in a window of its own, by axe and by the eye, on a desk and on a phone, by day and by night.</summary>
    private async Task InspectAsync(string who, string path, string name)
    {
        var inspector = await SignInAsync(who);
        await inspector.GoAsync(path);
        await inspector.LookOnAsync(Screen.Usual, async screen =>
        {
            await inspector.PhotographAsync($"{name}-{screen}");
            await Accessibility.AssertAsync(inspector.Page, $"{path} at {screen}");
            Assert.False(await inspector.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > document.documentElement.clientWidth"), $"{path} is wider than {screen}");
        });
    }

    private static async Task MakeAdministratorAsync(Reader administrator, string name)
    {
        await administrator.GoAsync("organization");
        await administrator.Page.GetByRole(AriaRole.Button, new() { Name = $"Make administrator: {name}" }).ClickAsync();
        await Expect(administrator.Page.GetByRole(AriaRole.Button, new() { Name = $"No administrator: {name}" })).ToBeVisibleAsync();
    }

    /// <summary>Fills in the form of a new provider and submits it; its id.</summary>
    internal static async Task<string> SubmitAsync(Reader developer, string name, string scope, string sender, string? key = null)
    {
        var page = developer.Page;
        await developer.GoAsync("providers/new");
        await page.Locator("[name='name']").FillAsync(name);
        await page.Locator("[name='senders']").FillAsync(sender);
        await page.Locator("[name='targets']").FillAsync("http://localhost:5999");
        if (key is not null)
            await page.Locator("textarea[name='keys']").First.FillAsync(key);
        await page.Locator("[name='tokenProfile'][value='Eat']").CheckAsync();
        await page.Locator($"[name='scope'][value='{scope}']").CheckAsync();
        if (scope == "Global")
            await FillGlobalAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(ProviderPage());
        return ProviderPage().Match(page.Url).Groups[1].Value;
    }

    private static async Task FillGlobalAsync(IPage page)
    {
        foreach (var (field, value) in new[]
        {
            ("contact.name", "Lynne Robbins"), ("contact.email", "dev@contoso.test"), ("contact.phone", "+44 20 7946 0123"), ("publisher.name", "Contoso"),
            ("publisher.website", "https://contoso.example"), ("publisher.support", "help@contoso.test"), ("publisher.privacy", "https://contoso.example/privacy"),
            ("publisher.terms", "https://contoso.example/terms"), ("scenario.description", "Tracking of parcels."), ("scenario.dailyVolume", "200"),
            ("scenario.sampleCard", """{"type":"AdaptiveCard","version":"1.0","body":[{"type":"TextBlock","text":"Where shall it go?","wrap":true}]}"""),
            ("verification.steps", "Press the button and see the page."),
        })
            await page.Locator($"[name='{field}']").FillAsync(value);
    }

    private static async Task EditAsync(Reader developer, string id, string field, string value)
    {
        await developer.GoAsync($"providers/{id}/edit");
        await developer.Page.Locator(field).FillAsync(value);
        await developer.Page.GetByRole(AriaRole.Button, new() { Name = "Submit", Exact = true }).ClickAsync();
        await Expect(developer.Page).ToHaveURLAsync(ProviderPage());
    }

    // As openssl would, with the text that the page gives.
    private static async Task ProveKeyAsync(Reader developer, string id, SigningKey key)
    {
        var page = developer.Page;
        await developer.GoAsync($"providers/{id}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Get a text to sign" }).ClickAsync();
        var text = await page.GetByText($"actionmail-key-proof {id} ").First.TextContentAsync();
        await developer.PhotographAsync("provider-key-challenge");
        await Accessibility.AssertAsync(page, "a provider's page with a challenge");
        using var rsa = RSA.Create();
        rsa.ImportFromPem(key.ToPem());
        var signature = rsa.SignData(Encoding.ASCII.GetBytes(text!.Trim()), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        await page.GetByLabel("Signature, in base64").FillAsync(Convert.ToBase64String(signature));
        await page.GetByRole(AriaRole.Button, new() { Name = "Prove the key" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Get a text to sign" })).ToHaveCountAsync(0);
        await Expect(page.GetByText("Key proven")).ToBeVisibleAsync();
    }

    private async Task SendAsync(string id, SigningKey key, string subject)
    {
        var mail = new ActionableMail
        {
            From = new MailboxAddress("Parcels", "parcels@contoso.test"),
            To = [new MailboxAddress("", "carol@fabrikam.test")],
            Subject = subject,
            HtmlBody = "<p>Your parcel is on its way.</p>",
            TextBody = "Your parcel is on its way.",
            CardJson = JsonSerializer.Serialize(new { type = "AdaptiveCard", version = "1.0", originator = id, body = new[] { new { type = "TextBlock", text = "Where shall it go?", wrap = true } } }),
        }.ToSignedMessage(id, key, TimeProvider.System);
        using var smtp = new SmtpClient();
        await smtp.ConnectAsync("127.0.0.1", Emulator.SmtpPort, SecureSocketOptions.None);
        await smtp.SendAsync(mail);
        await smtp.DisconnectAsync(true);
    }

    [GeneratedRegex("/providers/([0-9a-f]{8}-[0-9a-f-]{27})(?:\\?.*)?(?:#.*)?$")]
    private static partial Regex ProviderPage();
}
