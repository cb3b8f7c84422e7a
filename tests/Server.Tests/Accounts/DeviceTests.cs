using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ActionMail.Server.Tests.Platform;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Tests.Accounts;

/// <summary>Sign-in of a program by a code that a person types, and what its token opens. RFC 8628.</summary>
[Collection(AccountsCollection.Name)]
public sealed class DeviceTests(AccountsPlatform shared)
{
    private const string Grant = "urn:ietf:params:oauth:grant-type:device_code";

    [Fact]
    public async Task A_person_types_the_code_sees_what_asks_and_lets_it_in()
    {
        using var program = new HttpClient { BaseAddress = shared.Doors.Url };
        var begun = await BeginAsync(program, "actionmail on a laptop");
        Assert.Equal((600, 5), (begun.GetProperty("expires_in").GetInt32(), begun.GetProperty("interval").GetInt32()));
        Assert.EndsWith("/device", begun.GetProperty("verification_uri").GetString(), StringComparison.Ordinal);
        Assert.Equal("authorization_pending", await ErrorAsync(program, begun));

        using var person = await Browser.SignInAsync(shared.Doors, "dev@contoso.test");
        var typed = begun.GetProperty("user_code").GetString()!.Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant();
        var shown = await (await person.FormAsync("/device", "/device", new() { ["code"] = typed })).Content.ReadAsStringAsync();
        Assert.Contains("actionmail on a laptop", shown, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", shown.Replace("::1", "127.0.0.1", StringComparison.Ordinal), StringComparison.Ordinal);
        // Looking is not yet letting in.
        shared.Clock.Pass(TimeSpan.FromSeconds(6));
        Assert.Equal("authorization_pending", await ErrorAsync(program, begun));
        await person.FormAsync("/device", "/device?handler=Decide", new() { ["code"] = typed, ["allow"] = "true" });

        shared.Clock.Pass(TimeSpan.FromSeconds(6));
        var answer = await RedeemAsync(program, begun);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
        Assert.StartsWith("amt_", token, StringComparison.Ordinal);
        shared.Clock.Pass(TimeSpan.FromSeconds(6));
        Assert.Equal("invalid_grant", await ErrorAsync(program, begun));

        Assert.Equal(HttpStatusCode.OK, await ApiAsync(program, token));
        Assert.Equal(HttpStatusCode.Unauthorized, await ApiAsync(program, token[..^1] + (token[^1] == 'A' ? 'B' : 'A')));
        Assert.Contains("token_issued", await shared.AuditAsync("dev@contoso.test"));
        Assert.False(await shared.Running.ReadAsync(db => db.AuditEvents.AnyAsync(row => row.Facts.Contains(token))));

        // What it may not open: pages, and the operator's routes.
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/operator/providers") { Headers = { Authorization = new("Bearer", token) } };
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Who_asks_too_often_is_told_to_slow_down_and_must()
    {
        using var program = new HttpClient { BaseAddress = shared.Doors.Url };
        var begun = await BeginAsync(program, "a hasty program");
        Assert.Equal("authorization_pending", await ErrorAsync(program, begun));
        Assert.Equal("slow_down", await ErrorAsync(program, begun));
        shared.Clock.Pass(TimeSpan.FromSeconds(6));
        // Ten seconds now, no longer five.
        Assert.Equal("slow_down", await ErrorAsync(program, begun));
        shared.Clock.Pass(TimeSpan.FromSeconds(16));
        Assert.Equal("authorization_pending", await ErrorAsync(program, begun));
    }

    [Fact]
    public async Task A_no_and_a_late_yes_are_no()
    {
        using var program = new HttpClient { BaseAddress = shared.Doors.Url };
        using var person = await Browser.SignInAsync(shared.Doors, "dev@contoso.test");
        var denied = await BeginAsync(program, "denied");
        await person.FormAsync("/device", "/device?handler=Decide", new() { ["code"] = denied.GetProperty("user_code").GetString()!, ["allow"] = "false" });
        Assert.Equal("access_denied", await ErrorAsync(program, denied));

        var late = await BeginAsync(program, "late");
        shared.Clock.Pass(TimeSpan.FromMinutes(11));
        var page = await person.FormAsync("/device", "/device", new() { ["code"] = late.GetProperty("user_code").GetString()! });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.StatusCode);
        Assert.Equal("expired_token", await ErrorAsync(program, late));
    }

    // A guess with the word at once is a guess too, and a code of one's own between the guesses makes them no fewer.
    [Theory]
    [InlineData("with the word at once", "/device?handler=Decide", "daisy@contoso.test")]
    [InlineData("with a code of one's own between", "/device", "miguel@contoso.test")]
    public async Task Codes_cannot_be_guessed_at_by(string how, string action, string who)
    {
        using var program = new HttpClient { BaseAddress = shared.Doors.Url };
        using var person = await Browser.SignInAsync(shared.Doors, who);
        var own = (await BeginAsync(program, "one's own")).GetProperty("user_code").GetString()!;
        for (var i = 0; i < 10; i++)
        {
            var guessed = await person.FormAsync("/device", action, new() { ["code"] = "BCDF-GHJK", ["allow"] = "true" });
            Assert.Contains("No program waits", await guessed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            if (i < 9 && action == "/device")
                Assert.Contains("one&#x27;s own", await TypeAsync(person, own), StringComparison.Ordinal);
        }

        var refused = await person.FormAsync("/device", action, new() { ["code"] = own, ["allow"] = "true" });

        Assert.True((await refused.Content.ReadAsStringAsync()).Contains("many codes", StringComparison.Ordinal), how);
    }

    [Fact]
    public async Task Codes_cannot_be_guessed_at()
    {
        using var person = await Browser.SignInAsync(shared.Doors, "second.owner@contoso.test");
        for (var i = 0; i < 10; i++)
            Assert.Contains("No program waits", await TypeAsync(person, "BCDF-GHJK"), StringComparison.Ordinal);
        Assert.Contains("many codes", await TypeAsync(person, "BCDF-GHJK"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_ends_when_its_owner_takes_it_back_when_it_is_old_and_with_its_owner()
    {
        using var program = new HttpClient { BaseAddress = shared.Doors.Url };
        using var owner = await shared.WithPasswordAsync("tokens@contoso.test", "Token Owner", "four tokens in a row");
        var first = await TokenAsync(program, owner);
        var second = await TokenAsync(program, owner);
        var id = (await owner.Http.GetStringAsync("/account")).Split("value=\"RevokeToken\"")[1].Split("name=\"id\" value=\"")[1].Split('"')[0];
        using var another = await Browser.SignInAsync(shared.Doors, "elvia@contoso.test");
        Assert.Equal(HttpStatusCode.NotFound, (await another.FormAsync("/account", "/account?handler=RevokeToken", new() { ["id"] = id })).StatusCode);

        await owner.FormAsync("/account", "/account?handler=RevokeToken", new() { ["id"] = id });
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Unauthorized], new[] { await ApiAsync(program, first), await ApiAsync(program, second) }.Order());
        shared.Clock.Pass(TimeSpan.FromDays(31));
        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized], new[] { await ApiAsync(program, first), await ApiAsync(program, second) });

        using var fresh = Browser.Anonymous(shared.Doors);
        await fresh.FormAsync("/sign-in", "/sign-in?handler=Password", new() { ["address"] = "tokens@contoso.test", ["password"] = "four tokens in a row" });
        var third = await TokenAsync(program, fresh);
        Assert.Equal(HttpStatusCode.OK, await ApiAsync(program, third));
        using var admin = await Browser.SignInAsync(shared.Doors, "admin@contoso.test");
        await admin.FormAsync("/organization", "/organization?handler=Deactivate", new() { ["person"] = await shared.IdOfAsync("tokens@contoso.test") });
        Assert.Equal(HttpStatusCode.Unauthorized, await ApiAsync(program, third));
    }

    [Theory]
    [InlineData("no name", "/api/device/code", "", "invalid_request")]
    [InlineData("a name with controls", "/api/device/code", "client_id=a%0Ab", "invalid_request")]
    [InlineData("another grant", "/api/device/token", "grant_type=password&device_code=x", "unsupported_grant_type")]
    [InlineData("a code that was never given", "/api/device/token", $"grant_type={Grant}&device_code=x", "invalid_grant")]
    [InlineData("no code", "/api/device/token", $"grant_type={Grant}", "invalid_request")]
    public async Task A_request_is_refused_with(string why, string path, string form, string error)
    {
        using var program = new HttpClient { BaseAddress = shared.Doors.Url };
        using var content = new StringContent(form, System.Text.Encoding.ASCII, "application/x-www-form-urlencoded");
        var answer = await program.PostAsync(path, content);
        Assert.True(answer.StatusCode == HttpStatusCode.BadRequest && (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString() == error, why);
    }

    private async Task<string> TokenAsync(HttpClient program, Browser owner)
    {
        var begun = await BeginAsync(program, "a program");
        await owner.FormAsync("/device", "/device?handler=Decide", new() { ["code"] = begun.GetProperty("user_code").GetString()!, ["allow"] = "true" });
        var answer = await RedeemAsync(program, begun);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    private static async Task<JsonElement> BeginAsync(HttpClient program, string name)
    {
        var answer = await program.PostAsync("/api/device/code", new FormUrlEncodedContent([new("client_id", name)]));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static Task<HttpResponseMessage> RedeemAsync(HttpClient program, JsonElement begun) => program.PostAsync("/api/device/token",
        new FormUrlEncodedContent([new("grant_type", Grant), new("device_code", begun.GetProperty("device_code").GetString()!)]));

    private static async Task<string?> ErrorAsync(HttpClient program, JsonElement begun) =>
        (await (await RedeemAsync(program, begun)).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString();

    /// <summary>A route of the API that changes something and needs no page's token with a bearer token: an unknown message's state is 404 for who is let in.</summary>
    private static async Task<HttpStatusCode> ApiAsync(HttpClient program, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/messages/{Guid.NewGuid()}/auto-invoke");
        (request.Content, request.Headers.Authorization) = (JsonContent.Create(new { cardVersion = 1 }), new("Bearer", token));
        var status = (await program.SendAsync(request)).StatusCode;
        return status is HttpStatusCode.NotFound or HttpStatusCode.NoContent ? HttpStatusCode.OK : status;
    }

    private static async Task<string> TypeAsync(Browser person, string code) =>
        await (await person.FormAsync("/device", "/device", new() { ["code"] = code })).Content.ReadAsStringAsync();
}
