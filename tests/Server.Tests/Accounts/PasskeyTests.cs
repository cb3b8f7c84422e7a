using System.Net;
using ActionMail.Server.Tests.Platform;

namespace ActionMail.Server.Tests.Accounts;

/// <summary>Passkeys, made and shown by an authenticator in software. WebAuthn §7.</summary>
[Collection(AccountsCollection.Name)]
public sealed class PasskeyTests(AccountsPlatform shared)
{
    private string Origin => shared.Doors.Url.GetLeftPart(UriPartial.Authority);

    [Fact]
    public async Task An_invitation_becomes_a_passkey_that_signs_in_from_any_browser()
    {
        using var device = new SoftAuthenticator(Origin);
        var link = await shared.InviteAsync("keys@contoso.test", "Key Holder");
        using var first = await MakeAsync(device, link);
        Assert.Contains("Key Holder", await first.Http.GetStringAsync("/account"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, (await first.Http.GetAsync(link)).StatusCode);

        using var other = Browser.Anonymous(shared.Doors);
        Assert.Equal(HttpStatusCode.NoContent, (await ShowAsync(other, device)).Status);
        Assert.Contains("Key Holder", await other.Http.GetStringAsync("/account"), StringComparison.Ordinal);
        Assert.Equal(["person_invited", "passkey_added", "signed_in", "signed_in"], await shared.AuditAsync("keys@contoso.test"));
    }

    [Theory]
    [InlineData("a page of another site", "origin")]
    [InlineData("somebody present whom the device did not verify", "flags")]
    [InlineData("an answer to another question", "challenge")]
    [InlineData("a device that has counted backwards, as a copy does", "count")]
    public async Task A_passkey_is_refused_with(string why, string what)
    {
        using var device = new SoftAuthenticator(Origin) { Count = 5 };
        using var owner = await MakeAsync(device, await shared.InviteAsync($"wrong-{what}@contoso.test", "Wrong Answer"));
        using var browser = Browser.Anonymous(shared.Doors);
        device.Count = 6;
        Assert.Equal(HttpStatusCode.NoContent, (await ShowAsync(browser, device)).Status);

        using var stranger = Browser.Anonymous(shared.Doors);
        device.Count = what == "count" ? 2u : 7u;
        (device.Origin, device.Flags) = (what == "origin" ? "https://evil.test" : Origin, what == "flags" ? (byte)0x01 : (byte)0x05);
        device.Challenge = what == "challenge" ? "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" : null;
        var answer = await ShowAsync(stranger, device);

        Assert.True(answer is { Status: HttpStatusCode.Forbidden, Code: "passkey_refused" }, $"{why}: {answer.Status}");
        Assert.Equal(HttpStatusCode.Redirect, (await stranger.Http.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task An_answer_counts_once_and_for_the_browser_that_asked()
    {
        using var device = new SoftAuthenticator(Origin);
        using var owner = await MakeAsync(device, await shared.InviteAsync("replay@contoso.test", "Re Play"));
        using var browser = Browser.Anonymous(shared.Doors);
        await browser.GoAsync("/sign-in");
        var credential = device.Show((await browser.PostAsync("/api/passkeys/sign-in/options", new { })).Body);
        using var thief = Browser.Anonymous(shared.Doors);
        await thief.GoAsync("/sign-in");

        Assert.Equal(HttpStatusCode.Forbidden, (await thief.PostAsync("/api/passkeys/sign-in", new { credential })).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await browser.PostAsync("/api/passkeys/sign-in", new { credential })).Status);
        await browser.GoAsync("/sign-in");
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync("/api/passkeys/sign-in", new { credential })).Status);
    }

    [Fact]
    public async Task A_session_that_was_left_open_does_not_become_a_passkey()
    {
        using var device = new SoftAuthenticator(Origin);
        using var browser = await shared.WithPasswordAsync("left.open@contoso.test", "Left Open", "four horses in a row");
        await browser.GoAsync("/account");
        var asked = await browser.PostAsync("/api/passkeys/options", new { });
        Assert.Equal(HttpStatusCode.OK, asked.Status);
        shared.Clock.Pass(TimeSpan.FromMinutes(11));
        await browser.GoAsync("/account");

        Assert.Equal("reauthentication_required", (await browser.PostAsync("/api/passkeys", new { credential = device.Make(asked.Body) })).Code);
        Assert.Equal("reauthentication_required", (await browser.PostAsync("/api/passkeys/options", new { })).Code);
    }

    [Fact]
    public async Task Its_owner_removes_a_passkey_and_it_signs_in_no_more()
    {
        using var device = new SoftAuthenticator(Origin);
        using var owner = await MakeAsync(device, await shared.InviteAsync("gone@contoso.test", "Gone Soon"));
        var page = await owner.Http.GetStringAsync("/account");
        var id = page.Split("name=\"id\" value=\"")[1].Split('"')[0];
        using var another = await Browser.SignInAsync(shared.Doors, "elvia@contoso.test");
        Assert.Equal(HttpStatusCode.NotFound, (await another.FormAsync("/account", "/account?handler=RemovePasskey", new() { ["id"] = id })).StatusCode);

        Assert.Equal(HttpStatusCode.Redirect, (await owner.FormAsync("/account", "/account?handler=RemovePasskey", new() { ["id"] = id })).StatusCode);
        using var browser = Browser.Anonymous(shared.Doors);
        Assert.Equal(HttpStatusCode.Forbidden, (await ShowAsync(browser, device)).Status);
    }

    private async Task<Browser> MakeAsync(SoftAuthenticator device, string link)
    {
        var browser = Browser.Anonymous(shared.Doors);
        await browser.GoAsync(link);
        var invitation = link["/invitation/".Length..];
        var asked = await browser.PostAsync("/api/passkeys/options", new { invitation });
        var kept = await browser.PostAsync("/api/passkeys", new { invitation, name = "A device", credential = device.Make(asked.Body) });
        Assert.True(kept.Status == HttpStatusCode.NoContent, kept.Body.ToString());
        return browser;
    }

    private static async Task<Answer> ShowAsync(Browser browser, SoftAuthenticator device)
    {
        await browser.GoAsync("/sign-in");
        var asked = await browser.PostAsync("/api/passkeys/sign-in/options", new { });
        return await browser.PostAsync("/api/passkeys/sign-in", new { credential = device.Show(asked.Body) });
    }
}
