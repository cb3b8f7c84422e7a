using System.Net;
using ActionMail.Server.Tests.Intake;
using ActionMail.Server.Tests.Platform;

namespace ActionMail.Server.Tests.Accounts;

/// <summary>The people of an organization, as its administrators change them. Security E-11, M-01.</summary>
[Collection(AccountsCollection.Name)]
public sealed class PeopleTests(AccountsPlatform shared)
{
    [Theory]
    [InlineData("admin@contoso.test", HttpStatusCode.OK)]
    [InlineData("admin@fabrikam.test", HttpStatusCode.OK)]
    [InlineData("dev@contoso.test", HttpStatusCode.NotFound)]
    [InlineData("reviewer@platform.test", HttpStatusCode.NotFound)]
    public async Task The_organization_is_for_its_administrators(string address, HttpStatusCode expected)
    {
        using var browser = await Browser.SignInAsync(shared.Doors, address);
        Assert.Equal(expected, (await browser.Http.GetAsync("/organization")).StatusCode);
    }

    [Fact]
    public async Task Everybody_is_on_the_sign_in_page_by_organization()
    {
        using var browser = Browser.Anonymous(shared.Doors);
        var page = await browser.Http.GetStringAsync("/sign-in");
        string[] order = ["Contoso</h2>", "owner@contoso.test", "Fabrikam</h2>", "carol@fabrikam.test", "Platform operator</h2>", "reviewer@platform.test"];
        Assert.Equal(order, order.OrderBy(text => page.IndexOf(text, StringComparison.Ordinal)));
        Assert.All(order, text => Assert.Contains(text, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_is_deactivated_is_out_at_once_everywhere_and_an_old_session_stays_over()
    {
        const string address = "leaver@contoso.test";
        using var leaver = await shared.WithPasswordAsync(address, "Lee Leaver", "four words in a row");
        Assert.Equal(HttpStatusCode.OK, (await leaver.Http.GetAsync("/account")).StatusCode);
        using var admin = await Browser.SignInAsync(shared.Doors, "admin@contoso.test");
        var id = new Dictionary<string, string> { ["person"] = await shared.IdOfAsync(address) };

        Assert.Equal(HttpStatusCode.Redirect, (await admin.FormAsync("/organization", "/organization?handler=Deactivate", id)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await leaver.Http.GetAsync("/api/events")).StatusCode);
        Assert.StartsWith("550", await RcptAsync(address), StringComparison.Ordinal);
        using var again = Browser.Anonymous(shared.Doors);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await EnterAsync(again, address, "four words in a row")).StatusCode);

        Assert.Equal(HttpStatusCode.Redirect, (await admin.FormAsync("/organization", "/organization?handler=Reactivate", id)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await leaver.Http.GetAsync("/api/events")).StatusCode);
        Assert.StartsWith("250", await RcptAsync(address), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await EnterAsync(again, address, "four words in a row")).StatusCode);
        Assert.Equal(["person_invited", "password_set", "signed_in", "person_deactivated", "person_reactivated", "signed_in"], await shared.AuditAsync(address));
    }

    [Fact]
    public async Task A_role_counts_from_the_next_request()
    {
        using var miguel = await Browser.SignInAsync(shared.Doors, "miguel@contoso.test");
        using var admin = await Browser.SignInAsync(shared.Doors, "admin@contoso.test");
        var id = await shared.IdOfAsync("miguel@contoso.test");
        Assert.Equal(HttpStatusCode.NotFound, (await miguel.Http.GetAsync("/organization")).StatusCode);

        await admin.FormAsync("/organization", "/organization?handler=Role", new() { ["person"] = id, ["administrator"] = "true" });
        Assert.Equal(HttpStatusCode.OK, (await miguel.Http.GetAsync("/organization")).StatusCode);

        await admin.FormAsync("/organization", "/organization?handler=Role", new() { ["person"] = id, ["administrator"] = "false" });
        Assert.Equal(HttpStatusCode.NotFound, (await miguel.Http.GetAsync("/organization")).StatusCode);
    }

    [Theory]
    [InlineData("Role")]
    [InlineData("Deactivate")]
    [InlineData("Reactivate")]
    [InlineData("Link")]
    public async Task Another_organizations_person_is_not_there(string handler)
    {
        using var admin = await Browser.SignInAsync(shared.Doors, "admin@contoso.test");
        var answer = await admin.FormAsync("/organization", $"/organization?handler={handler}", new() { ["person"] = await shared.IdOfAsync("carol@fabrikam.test"), ["administrator"] = "true" });
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.False(shared.Person("carol@fabrikam.test").IsAdministrator);
    }

    [Theory]
    [InlineData("Role", "Another administrator can take the role from you")]
    [InlineData("Deactivate", "You cannot deactivate yourself")]
    public async Task Nobody_locks_themselves_out(string handler, string words)
    {
        using var admin = await Browser.SignInAsync(shared.Doors, "admin@contoso.test");
        var answer = await admin.FormAsync("/organization", $"/organization?handler={handler}", new() { ["person"] = await shared.IdOfAsync("admin@contoso.test"), ["administrator"] = "false" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(shared.Person("admin@contoso.test").IsAdministrator);
    }

    [Theory]
    [InlineData("an address elsewhere", "somebody@elsewhere.test", "Somebody", "not a proven mail domain")]
    [InlineData("an address of another organization", "somebody@fabrikam.test", "Somebody", "not a proven mail domain")]
    [InlineData("an address that is taken", "elvia@contoso.test", "Somebody", "has the address")]
    [InlineData("no address", "somebody", "Somebody", "not one e-mail address")]
    [InlineData("no name", "nameless@contoso.test", " ", "Give a name")]
    public async Task Nobody_is_invited_with(string why, string address, string name, string words)
    {
        using var admin = await Browser.SignInAsync(shared.Doors, "admin@contoso.test");
        var answer = await admin.FormAsync("/organization", "/organization?handler=Invite", new() { ["address"] = address, ["name"] = name, ["title"] = "" });
        var page = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.UnprocessableEntity && page.Contains(words, StringComparison.Ordinal), why);
        // What was typed is still there.
        Assert.Contains($"value=\"{address}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_not_ours_cannot_change_people()
    {
        using var admin = await Browser.SignInAsync(shared.Doors, "admin@contoso.test");
        var id = await shared.IdOfAsync("daisy@contoso.test");
        var answer = await admin.Http.PostAsync("/organization?handler=Deactivate", new FormUrlEncodedContent(new Dictionary<string, string> { ["person"] = id }));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotNull(shared.Person("daisy@contoso.test"));
    }

    private static Task<HttpResponseMessage> EnterAsync(Browser browser, string address, string password) =>
        browser.FormAsync("/sign-in", "/sign-in?handler=Password", new() { ["address"] = address, ["password"] = password });

    private async Task<string> RcptAsync(string address)
    {
        await using var smtp = await SmtpLineClient.ConnectAsync(new(IPAddress.Loopback, shared.Doors.SmtpPort));
        await smtp.ReadAsync();
        await smtp.SayAsync("EHLO client.test");
        await smtp.SayAsync("MAIL FROM:<service@contoso.test>");
        return await smtp.SayAsync($"RCPT TO:<{address}>");
    }
}
