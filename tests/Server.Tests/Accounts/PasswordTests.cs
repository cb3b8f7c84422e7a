using System.Net;
using ActionMail.Protocol.Addresses;
using ActionMail.Server.Accounts;
using ActionMail.Server.Accounts.Devices;
using ActionMail.Server.Accounts.Local;
using ActionMail.Server.Persistence;
using ActionMail.Server.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActionMail.Server.Tests.Accounts;

/// <summary>Invitations and passwords: who gets in, how often a stranger may guess, and what nobody learns by guessing. Security E-11, E-12.</summary>
[Collection(AccountsCollection.Name)]
public sealed class PasswordTests(AccountsPlatform shared)
{
    private const string Password = "blue horses run late";

    [Fact]
    public async Task An_invitation_is_looked_at_as_often_as_one_likes_and_used_once()
    {
        var link = await shared.InviteAsync("once@contoso.test", "Only Once");
        using var browser = Browser.Anonymous(shared.Doors);
        Assert.Equal(HttpStatusCode.OK, (await browser.Http.GetAsync(link)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.Http.GetAsync(link)).StatusCode);

        Assert.Equal("/inbox", (await browser.FormAsync(link, link, new() { ["password"] = Password })).Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Gone, (await browser.Http.GetAsync(link)).StatusCode);
        Assert.DoesNotContain(link["/invitation/".Length..], await StoredAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_ends_after_seven_days_and_with_the_next_one()
    {
        var first = await shared.InviteAsync("late@contoso.test", "Late Comer");
        using var admin = await Browser.SignInAsync(shared.Doors, "admin@contoso.test");
        await admin.FormAsync("/organization", "/organization?handler=Link", new() { ["person"] = await shared.IdOfAsync("late@contoso.test") });
        using var browser = Browser.Anonymous(shared.Doors);
        Assert.Equal(HttpStatusCode.Gone, (await browser.Http.GetAsync(first)).StatusCode);

        var other = await shared.InviteAsync("later@contoso.test", "Later Comer");
        shared.Clock.Pass(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await browser.Http.GetAsync(other)).StatusCode);
        shared.Clock.Pass(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.Gone, (await browser.Http.GetAsync(other)).StatusCode);
    }

    [Theory]
    [InlineData("eleven characters", "elevenchars", false)]
    [InlineData("twelve characters", "twelve chars", true)]
    [InlineData("twelve letters outside ASCII", "þþæðöúíéýásð", true)]
    [InlineData("more than may be asked for", "0", false)]
    [InlineData("one of those tried first", "Password1234", false)]
    [InlineData("the same again and again", "abababababab", false)]
    [InlineData("a run", "abcdefghijklmn", false)]
    [InlineData("little more than the name", "adelevance12", false)]
    [InlineData("little more than the place", "contoso2026!", false)]
    public void A_password_is_judged_by_its_length_and_by_what_is_tried_first(string why, string password, bool isTaken)
    {
        var adele = shared.Person("owner@contoso.test");
        Assert.True(isTaken == PasswordRules.FaultOf(password == "0" ? new string('x', 120) + " y z w 12" : password, adele) is null, why);
    }

    [Fact]
    public async Task Nobody_learns_whether_an_address_exists()
    {
        using var owner = await shared.WithPasswordAsync("secret@contoso.test", "Known Person", Password);
        using var browser = Browser.Anonymous(shared.Doors);
        var wrong = await EnterAsync(browser, "secret@contoso.test", "not her password");
        var unknown = await EnterAsync(browser, "nobody@contoso.test", "not her password");
        var without = await EnterAsync(browser, "elvia@contoso.test", "not her password");

        var pages = new[] { wrong, unknown, without }.Select(answer => (answer.StatusCode, Text: Anonymized(answer.Content.ReadAsStringAsync().GetAwaiter().GetResult()))).ToList();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, pages[0].StatusCode);
        Assert.All(pages, page => Assert.Equal(pages[0], page));
    }

    [Fact]
    public async Task A_stranger_may_guess_ten_times_and_the_owner_still_gets_in_from_a_known_browser()
    {
        const string address = "guessed@contoso.test";
        using var owner = await shared.WithPasswordAsync(address, "Guessed At", Password);
        await owner.FormAsync("/sign-out", "/sign-out", []);
        // The browser in which the password was set has not signed in with it yet.
        Assert.Equal(HttpStatusCode.Redirect, (await EnterAsync(owner, address, Password)).StatusCode);
        using var stranger = Browser.Anonymous(shared.Doors);
        for (var i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await EnterAsync(stranger, address, $"a guess, number {i}")).StatusCode);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await EnterAsync(stranger, address, Password)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await EnterAsync(owner, address, Password)).StatusCode);

        shared.Clock.Pass(TimeSpan.FromMinutes(6));
        Assert.Equal(HttpStatusCode.Redirect, (await EnterAsync(stranger, address, Password)).StatusCode);
    }

    [Fact]
    public async Task Another_password_ends_the_other_sessions_and_asks_for_a_fresh_one_first()
    {
        const string address = "changer@contoso.test";
        using var here = await shared.WithPasswordAsync(address, "Change Able", Password);
        using var there = Browser.Anonymous(shared.Doors);
        await EnterAsync(there, address, Password);
        Assert.Equal(HttpStatusCode.OK, (await there.Http.GetAsync("/account")).StatusCode);
        var person = shared.Running.Services.GetRequiredService<AddressBook>().Find(EmailAddress.Parse(address))!;
        var token = await shared.Running.Services.GetRequiredService<StoreWriter>().WriteAsync(db =>
        {
            var issued = AccessTokens.Issue(db, person, "a program", "", shared.Clock.GetUtcNow());
            db.SaveChanges();
            return issued;
        }, CancellationToken.None);
        Assert.Equal(HttpStatusCode.OK, (await WithTokenAsync(token)).StatusCode);
        var invitations = shared.Running.Services.GetRequiredService<Invitations>();
        var invitation = await shared.Running.Services.GetRequiredService<StoreWriter>().WriteAsync(db =>
        {
            var made = Invitations.Make(db, person.OrganizationId, person.Id, "admin@contoso.test", shared.Clock.GetUtcNow());
            db.SaveChanges();
            return made;
        }, CancellationToken.None);
        Assert.NotNull(await invitations.FindAsync(invitation, CancellationToken.None));

        shared.Clock.Pass(TimeSpan.FromMinutes(11));
        var stale = await here.FormAsync("/account", "/account?handler=Password", new() { ["password"] = "green horses run early" });
        Assert.Equal("/sign-in/again?returnUrl=%2Faccount", stale.Headers.Location?.OriginalString);
        await here.FormAsync("/sign-in/again", "/sign-in/again?handler=Password", new() { ["password"] = Password, ["returnUrl"] = "/account" });
        var fresh = await here.FormAsync("/account", "/account?handler=Password", new() { ["password"] = "green horses run early" });

        Assert.Equal("/account#sign-in", fresh.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await here.Http.GetAsync("/account")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await there.Http.GetAsync("/account")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await WithTokenAsync(token)).StatusCode);
        Assert.Null(await invitations.FindAsync(invitation, CancellationToken.None));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await EnterAsync(there, address, Password)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await EnterAsync(there, address, "green horses run early")).StatusCode);
    }

    // Security E-11: the session's cookie is strict, and a link from another site comes without it.
    [Theory]
    [InlineData("a link on another site", "cross-site", "navigate", "document", true)]
    [InlineData("a link of our own", "same-origin", "navigate", "document", false)]
    [InlineData("an address that was typed", "none", "navigate", "document", false)]
    [InlineData("a frame on another site", "cross-site", "navigate", "iframe", false)]
    [InlineData("a script on another site", "cross-site", "no-cors", "empty", false)]
    public async Task Who_comes_without_a_session_by(string way, string site, string mode, string destination, bool isBounced)
    {
        using var browser = Browser.Anonymous(shared.Doors);
        using var answer = await browser.Http.SendAsync(Navigation("/providers?x=%22%3E%3Cscript%3E&y=1", site, mode, destination));

        Assert.True(isBounced == (answer.StatusCode == HttpStatusCode.OK), way);
        if (!isBounced)
        {
            Assert.Equal("/sign-in", answer.Headers.Location?.AbsolutePath);
            return;
        }
        var page = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("content=\"0; url=/sign-in?handler=Return&amp;returnUrl=%2Fproviders%3Fx%3D%2522%253E%253Cscript%253E%26y%3D1\"", page, StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task A_link_from_elsewhere_leads_whoever_is_signed_in_to_its_page_and_others_to_the_sign_in()
    {
        using var signedIn = await Browser.SignInAsync(shared.Doors, "elvia@contoso.test");
        using var anonymous = Browser.Anonymous(shared.Doors);

        using var on = await signedIn.Http.GetAsync("/sign-in?handler=Return&returnUrl=%2Fproviders%3Fx%3D1");
        using var elsewhere = await signedIn.Http.GetAsync("/sign-in?handler=Return&returnUrl=%2F%2Fevil.test%2F");
        var asked = await anonymous.Http.GetStringAsync("/sign-in?handler=Return&returnUrl=%2Fproviders%3Fx%3D1");

        Assert.Equal("/providers?x=1", on.Headers.Location?.OriginalString);
        Assert.Equal("/inbox", elsewhere.Headers.Location?.OriginalString);
        Assert.Contains("value=\"/providers?x=1\"", asked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.test/")]
    [InlineData("//evil.test/")]
    [InlineData("/\\evil.test")]
    [InlineData("javascript:alert(1)")]
    public async Task Signing_in_never_leads_elsewhere(string returnUrl)
    {
        using var browser = Browser.Anonymous(shared.Doors);
        var answer = await browser.FormAsync("/sign-in", "/sign-in", new() { ["person"] = "elvia@contoso.test", ["returnUrl"] = returnUrl });
        Assert.Equal("/inbox", answer.Headers.Location?.OriginalString);
        var control = await browser.FormAsync("/sign-in", "/sign-in", new() { ["person"] = "elvia@contoso.test", ["returnUrl"] = "/account?x=1" });
        Assert.Equal("/account?x=1", control.Headers.Location?.OriginalString);
    }

    private static HttpRequestMessage Navigation(string path, string site, string mode, string destination) =>
        new(HttpMethod.Get, path) { Headers = { { "Sec-Fetch-Site", site }, { "Sec-Fetch-Mode", mode }, { "Sec-Fetch-Dest", destination } } };

    private static Task<HttpResponseMessage> EnterAsync(Browser browser, string address, string password) =>
        browser.FormAsync("/sign-in", "/sign-in?handler=Password", new() { ["address"] = address, ["password"] = password });

    // The request token differs from page to page, and the address is what was typed.
    private static string Anonymized(string page) =>
        System.Text.RegularExpressions.Regex.Replace(page, "(__RequestVerificationToken\"[^>]*value|request-token\" content|name=\"address\"[^>]*value)=\"[^\"]*\"", "$1");

    private async Task<HttpResponseMessage> WithTokenAsync(string token)
    {
        using var program = Browser.Anonymous(shared.Doors);
        program.Http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return await program.Http.GetAsync("/api/account");
    }

    private async Task<string> StoredAsync() => string.Join(' ', await shared.Running.ReadAsync(db => db.AuditEvents.AsNoTracking().Select(row => row.Facts).ToListAsync()));
}
