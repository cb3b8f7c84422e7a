using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ActionMail.Server.Tests.Platform;

namespace ActionMail.Server.Tests.Accounts;

/// <summary>The API of the organization and of one's own account: the same rules as on the pages, and nothing of another organization's. Security M-01.</summary>
[Collection(AccountsCollection.Name)]
public sealed class OrganizationApiTests(AccountsPlatform shared)
{
    [Theory]
    [InlineData("GET", "")]
    [InlineData("PATCH", "")]
    [InlineData("GET", "/people")]
    [InlineData("POST", "/people")]
    [InlineData("PATCH", "/people/{carol}")]
    [InlineData("POST", "/people/{carol}/invitation")]
    [InlineData("GET", "/domains")]
    [InlineData("POST", "/domains")]
    [InlineData("POST", "/domains/fabrikam.test/check")]
    [InlineData("DELETE", "/domains/fabrikam.test")]
    public async Task Who_administers_nothing_finds_nothing(string method, string path)
    {
        using var developer = await TokenAsync("dev@contoso.test");
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(developer, method, path)).StatusCode);
        using var anonymous = new HttpClient { BaseAddress = shared.Doors.Url };
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(anonymous, method, path)).StatusCode);
        // The control: the same route, asked by who may. What is another organization's is not there for them either.
        using var admin = await TokenAsync("admin@contoso.test");
        var answer = await SendAsync(admin, method, path);
        var isAnothers = path.Contains("carol", StringComparison.Ordinal) || path.Contains("fabrikam", StringComparison.Ordinal);
        Assert.True(isAnothers == (answer.StatusCode == HttpStatusCode.NotFound), $"{answer.StatusCode}");
    }

    [Fact]
    public async Task People_are_invited_given_a_role_and_deactivated()
    {
        using var admin = await TokenAsync("admin@contoso.test");
        var invited = await admin.PostAsJsonAsync("/api/organization/people", new { address = "by.api@contoso.test", name = "By Api" });
        var body = await invited.Content.ReadFromJsonAsync<JsonElement>();
        var id = body.GetProperty("id").GetGuid();
        Assert.Contains("/invitation/", body.GetProperty("invitation").GetString(), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await admin.PatchAsJsonAsync($"/api/organization/people/{id}", new { administrator = true })).StatusCode);
        Assert.True(shared.Person("by.api@contoso.test").IsAdministrator);
        Assert.Equal(HttpStatusCode.OK, (await admin.PatchAsJsonAsync($"/api/organization/people/{id}", new { active = false })).StatusCode);
        var listed = (await admin.GetFromJsonAsync<JsonElement>("/api/organization/people")).EnumerateArray().Single(person => person.GetProperty("id").GetGuid() == id);
        Assert.NotEqual(JsonValueKind.Null, listed.GetProperty("deactivatedAt").ValueKind);
    }

    [Theory]
    [InlineData("isReviewer")]
    [InlineData("organizationId")]
    [InlineData("deactivatedAt")]
    public async Task No_other_member_is_taken(string member)
    {
        using var admin = await TokenAsync("admin@contoso.test");
        var elvia = await shared.IdOfAsync("elvia@contoso.test");
        var answer = await admin.PatchAsJsonAsync($"/api/organization/people/{elvia}", new Dictionary<string, object> { ["administrator"] = false, [member] = true });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(shared.Person("elvia@contoso.test").IsReviewer);
    }

    [Fact]
    public async Task The_organization_and_the_account_are_read_and_changed()
    {
        using var admin = await TokenAsync("admin@fabrikam.test");
        var answer = await admin.PatchAsJsonAsync("/api/organization", new { name = "Fabrikam", cards = true, requiresConsent = true, senderDemand = "standard" });
        var changed = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("Fabrikam", true), (changed.GetProperty("name").GetString(), changed.GetProperty("cards").GetBoolean()));
        Assert.Contains((await admin.GetFromJsonAsync<JsonElement>("/api/organization/domains")).EnumerateArray(), domain => domain.GetProperty("domain").GetString() == "fabrikam.test");

        var me = await admin.GetFromJsonAsync<JsonElement>("/api/account");
        Assert.Equal(("Henrietta Mueller", true, false), (me.GetProperty("name").GetString(), me.GetProperty("administrator").GetBoolean(), me.GetProperty("reviewer").GetBoolean()));
        var token = Assert.Single((await admin.GetFromJsonAsync<JsonElement>("/api/account/tokens")).EnumerateArray(), each => each.GetProperty("name").GetString() == "the API");
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync($"/api/account/tokens/{token.GetProperty("id").GetGuid()}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await admin.GetAsync("/api/account")).StatusCode);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpClient http, string method, string path)
    {
        using var request = new HttpRequestMessage(new(method), "/api/organization" + path.Replace("{carol}", await shared.IdOfAsync("carol@fabrikam.test"), StringComparison.Ordinal));
        if (method is "POST" or "PATCH")
            request.Content = method == "PATCH" && path.Length > 0 ? JsonContent.Create(new { administrator = true }) : JsonContent.Create(new { });
        return await http.SendAsync(request);
    }

    /// <summary>A program with a token of its own, which its owner has let in.</summary>
    private async Task<HttpClient> TokenAsync(string address)
    {
        var http = new HttpClient { BaseAddress = shared.Doors.Url };
        var begun = await (await http.PostAsync("/api/device/code", new FormUrlEncodedContent([new("client_id", "the API")]))).Content.ReadFromJsonAsync<JsonElement>();
        using var person = await Browser.SignInAsync(shared.Doors, address);
        await person.FormAsync("/device", "/device?handler=Decide", new() { ["code"] = begun.GetProperty("user_code").GetString()!, ["allow"] = "true" });
        var redeemed = await http.PostAsync("/api/device/token",
            new FormUrlEncodedContent([new("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), new("device_code", begun.GetProperty("device_code").GetString()!)]));
        http.DefaultRequestHeaders.Authorization = new("Bearer", (await redeemed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString());
        return http;
    }
}
