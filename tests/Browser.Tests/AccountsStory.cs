using ActionMail.Browser.Tests.Platform;
using Microsoft.Playwright;

namespace ActionMail.Browser.Tests;

/// <summary>An administrator invites somebody, who makes a passkey and signs in with it; and every page of accounts, on every screen.</summary>
[Collection(AtTheForms.Name)]
public sealed class AccountsStory(Emulator emulator, Chromium chromium) : BrowserTest(emulator, chromium)
{
    private const string Nestor = "Nestor Wilke";

    [Fact]
    public async Task An_invitation_becomes_a_passkey_and_the_passkey_signs_in()
    {
        var link = await InviteAsync("Robin Counts", "robin@contoso.test");
        var robin = await SitDownAsync("Robin");
        await GiveAuthenticatorAsync(robin.Page);
        await robin.Page.GotoAsync(link);
        await robin.Page.GetByRole(AriaRole.Button, new() { Name = "Make a passkey" }).ClickAsync();
        await Expect(robin.Page).ToHaveURLAsync(new Uri(Emulator.Url, "inbox").ToString());

        await robin.GoAsync("account");
        await Expect(robin.Page.GetByText("My passkey")).ToBeVisibleAsync();
        await robin.GoAsync("sign-out");
        await robin.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await robin.Page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
        await Expect(robin.Page).ToHaveURLAsync(new Uri(Emulator.Url, "inbox").ToString());
        await robin.GoAsync("account");
        await Expect(robin.Page.GetByRole(AriaRole.Main).GetByText("robin@contoso.test")).ToBeVisibleAsync();
    }

    // Security E-11: the session's cookie is strict, so it does not come along with a link from another site.
    [Fact]
    public async Task A_link_on_another_site_leads_who_is_signed_in_to_its_page_and_others_to_the_sign_in()
    {
        var nestor = await SitDownAsync(Nestor);
        await nestor.SignInAsync(Nestor);
        await FollowFromElsewhereAsync(nestor, "organization");
        await Expect(nestor.Page).ToHaveURLAsync(new Uri(Emulator.Url, "organization").ToString());

        var nobody = await SitDownAsync("Nobody");
        await FollowFromElsewhereAsync(nobody, "organization");
        await Expect(nobody.Page.GetByRole(AriaRole.Button, new() { Name = Nestor })).ToBeVisibleAsync();
        await nobody.Page.GetByRole(AriaRole.Button, new() { Name = Nestor }).ClickAsync();
        await Expect(nobody.Page).ToHaveURLAsync(new Uri(Emulator.Url, "organization").ToString());
    }

    private async Task FollowFromElsewhereAsync(Reader reader, string path)
    {
        const string elsewhere = "http://127.0.0.1:1/";
        reader.Tolerate(elsewhere);
        await reader.Page.RouteAsync(elsewhere, route => route.FulfillAsync(new()
        {
            ContentType = "text/html",
            Body = $"<!DOCTYPE html><html lang=\"en\"><title>Elsewhere</title><link rel=\"icon\" href=\"data:,\"><a href=\"{new Uri(Emulator.Url, path)}\">To the platform</a></html>",
        }));
        await reader.Page.GotoAsync(elsewhere);
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "To the platform" }).ClickAsync();
    }

    [Fact]
    public async Task Where_no_passkey_is_shown_the_page_says_so_and_another_way_is_open()
    {
        var link = await InviteAsync("Pat Words", "pat@contoso.test");
        var pat = await SitDownAsync("Pat");
        await pat.Page.GotoAsync(link);
        await pat.Page.GetByLabel("Password").FillAsync("four words in a row");
        await pat.Page.GetByRole(AriaRole.Button, new() { Name = "Set the password and sign in" }).ClickAsync();
        await Expect(pat.Page).ToHaveURLAsync(new Uri(Emulator.Url, "inbox").ToString());

        var other = await SitDownAsync("Pat elsewhere");
        // A device with nothing on it.
        await GiveAuthenticatorAsync(other.Page);
        await other.GoAsync("sign-in");
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
        await Expect(other.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("No passkey was used");
        await other.Page.GetByLabel("E-mail address").FillAsync("pat@contoso.test");
        await other.Page.GetByLabel("Password").FillAsync("four words in a row");
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Expect(other.Page).ToHaveURLAsync(new Uri(Emulator.Url, "inbox").ToString());
    }

    [Fact]
    public async Task Every_page_of_accounts_fits_every_screen_and_shuts_nobody_out()
    {
        var link = await InviteAsync("Sasha Looks", "sasha@contoso.test");
        var nestor = await SitDownAsync($"{Nestor} at every page");
        await LookAsync(nestor, "sign-in");
        await nestor.Page.GotoAsync(link);
        await LookAtAsync(nestor, "invitation");
        await nestor.SignInAsync(Nestor);
        foreach (var page in (string[])["account", "organization", "device", "sign-in/again"])
            await LookAsync(nestor, page);
    }

    private async Task<string> InviteAsync(string name, string address)
    {
        var nestor = await SignInAsync(Nestor);
        await nestor.GoAsync("organization");
        await nestor.Page.GetByText("Invite somebody").ClickAsync();
        await nestor.Page.GetByLabel("Address, in a proven domain of yours").FillAsync(address);
        await nestor.Page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await nestor.Page.GetByRole(AriaRole.Button, new() { Name = "Invite", Exact = true }).ClickAsync();
        return await nestor.Page.Locator("#invitation-link").InnerTextAsync();
    }

    /// <summary>An authenticator of the browser's own, which always says yes.</summary>
    private static async Task GiveAuthenticatorAsync(IPage page)
    {
        var devTools = await page.Context.NewCDPSessionAsync(page);
        await devTools.SendAsync("WebAuthn.enable");
        await devTools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }

    private static async Task LookAsync(Reader reader, string path)
    {
        await reader.GoAsync(path);
        await LookAtAsync(reader, path.Replace('/', '-'));
    }

    private static Task LookAtAsync(Reader reader, string page) => reader.LookOnAsync(Screen.Usual, async screen =>
    {
        var tooWide = await reader.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > document.documentElement.clientWidth");
        await reader.PhotographAsync($"accounts-{page}-{screen}");
        Assert.False(tooWide, $"{page} on {screen} is wider than the screen");
        await Accessibility.AssertAsync(reader.Page, $"{page} on {screen}");
    });
}
