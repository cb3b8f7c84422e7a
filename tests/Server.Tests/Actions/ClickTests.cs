using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ActionMail.Server.Operations;
using ActionMail.Server.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ActionMail.Server.Tests.Actions;

/// <summary>The click, from the page's request to the provider's socket and back. Security F-01 to F-09, H-01 to H-05.</summary>
public sealed class ClickTests(SharedPlatform shared) : IClassFixture<SharedPlatform>, IAsyncLifetime
{
    private readonly StubProvider _provider = new();
    private readonly RunningPlatform _platform = shared.Running;
    private readonly Browser _owner = shared.Owner;
    private Service _service = null!;

    public async ValueTask InitializeAsync() => _service = await shared.RegisteredAsync(_provider);

    public ValueTask DisposeAsync()
    {
        _provider.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_click_carries_the_inputs_the_headers_and_a_token_that_the_published_keys_verify()
    {
        var mail = _service.Mail(_service.Card(members: "\"correlationId\":\"7f0c8a52-1111-4222-8333-944455556666\","));
        var id = await DeliverAsync(mail);

        var answer = await _owner.PressAsync(id, "Approve", new { comment = "fine \"by\" me" });

        Assert.Equal((HttpStatusCode.OK, "done"), (answer.Status, answer.OutcomeState));
        var seen = Assert.Single(_provider.Seen);
        Assert.StartsWith("POST /approve?secret=s3cr3t HTTP/1.1", seen.Head, StringComparison.Ordinal);
        Assert.Equal("fine \"by\" me", JsonElement.Parse(seen.Body).GetProperty("comment").GetString());
        Assert.Equal((_service.Id, $"<{mail.MessageId}>", "7f0c8a52-1111-4222-8333-944455556666"), (seen.Header("Provider-Id"), seen.Header("Message-Id"), seen.Header("Card-Correlation-Id")));
        Assert.True(Guid.TryParse(seen.Header("Action-Request-Id"), out _));
        Assert.StartsWith("application/json", seen.Header("Content-Type"), StringComparison.Ordinal);
        await VerifyTokenAsync(seen.Header("Authorization")!["Bearer ".Length..]);
    }

    [Fact]
    public async Task The_answers_card_takes_the_old_ones_place_with_text_actor_and_time()
    {
        var id = await DeliverAsync(_service.Mail(_service.Card()));
        _provider.Behave = (_, stream, cancel) => StubProvider.Card(stream, _service.Card(text: "Approved ✓"), "Request has been successfully approved – vielen Dank", cancel);

        var answer = await _owner.PressAsync(id, "Approve");

        Assert.Equal("Request has been successfully approved – vielen Dank", answer.OutcomeText);
        Assert.Equal(("Adele Vance", 2), (answer.Body.GetProperty("outcome").GetProperty("actor").GetProperty("name").GetString(), answer.Body.GetProperty("card").GetProperty("version").GetInt32()));
        var state = await _owner.StateAsync(id);
        Assert.Contains("Approved ✓", state.GetProperty("card").GetProperty("display").GetProperty("body")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("The Service", state.GetProperty("card").GetProperty("updatedBy").GetString());
    }

    [Fact]
    public async Task The_page_never_holds_what_will_be_called()
    {
        var id = await DeliverAsync(_service.Mail(_service.Card()));

        var page = await _owner.OpenAsync(id);
        var state = (await _owner.StateAsync(id)).GetRawText();

        Assert.DoesNotContain("s3cr3t", page + state, StringComparison.Ordinal);
        Assert.DoesNotContain(_provider.Origin, page + state, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("url")]
    [InlineData("method")]
    [InlineData("headers")]
    [InlineData("body")]
    [InlineData("originator")]
    public async Task A_member_that_would_say_what_to_call_is_refused(string member)
    {
        var id = await DeliverAsync(_service.Mail(_service.Card()));
        var body = new Dictionary<string, object> { ["cardVersion"] = 1, ["clickId"] = Guid.NewGuid(), ["inputs"] = new { }, [member] = "https://evil.test/" };

        var answer = await _owner.PostAsync($"/api/messages/{id}/actions/a0", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Empty(_provider.Seen);
    }

    [Theory]
    [InlineData("an input that the card does not declare", """{"nobody":"x"}""", "nobody")]
    [InlineData("a value over its length", """{"comment":"123456789012345678901"}""", "comment")]
    public async Task Inputs_are_checked_against_the_stored_card(string why, string inputs, string field)
    {
        var id = await DeliverAsync(_service.Mail(_service.Card()));

        var answer = await _owner.PressAsync(id, "Approve", JsonElement.Parse(inputs));

        Assert.True(answer is { Status: HttpStatusCode.BadRequest, Code: "invalid_inputs" }, why);
        Assert.True(answer.Body.GetProperty("errors").TryGetProperty(field, out _));
        Assert.Empty(_provider.Seen);
    }

    [Fact]
    public async Task An_array_for_a_text_is_a_bad_request_and_not_a_fault()
    {
        var id = await DeliverAsync(_service.Mail(_service.Card()));

        var answer = await _owner.PressAsync(id, "Approve", new { comment = new[] { "x" } });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Empty(_provider.Seen);
    }

    [Fact]
    public async Task Nobody_but_the_owner_finds_the_message()
    {
        var id = await DeliverAsync(_service.Mail(_service.Card()));
        using var elvia = await Browser.SignInAsync(_platform.Doors, "elvia@contoso.test");
        using var anonymous = Browser.Anonymous(_platform.Doors);
        await elvia.OpenAsync(await _service.DeliverAsync(_service.Mail(_service.Card(), "elvia@contoso.test")));

        Assert.Equal(HttpStatusCode.NotFound, (await elvia.PostAsync($"/api/messages/{id}/actions/a0", Body())).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await elvia.Http.GetAsync($"/api/messages/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await elvia.Http.GetAsync($"/inbox/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await elvia.Http.GetAsync($"/inbox/{id}/why")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await elvia.Http.GetAsync($"/inbox/{id}/body")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await elvia.Http.GetAsync($"/api/messages/{id}/events")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.PostAsync($"/api/messages/{id}/actions/a0", Body(), withToken: false)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _owner.PostAsync($"/api/messages/{id}/actions/a9", Body())).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _owner.PostAsync($"/api/messages/{id}/actions/auto", Body())).Status);
        Assert.Empty(_provider.Seen);
        Assert.Equal(HttpStatusCode.OK, (await _owner.PressAsync(id, "Approve")).Status);
    }

    [Fact]
    public async Task A_request_without_the_pages_token_or_from_another_site_is_refused()
    {
        var id = await DeliverAsync(_service.Mail(_service.Card()));
        using var crossSite = new HttpRequestMessage(HttpMethod.Get, $"/api/messages/{id}");
        crossSite.Headers.Add("Sec-Fetch-Site", "cross-site");

        Assert.Equal(HttpStatusCode.Forbidden, (await _owner.PostAsync($"/api/messages/{id}/actions/a0", Body(), withToken: false)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await _owner.Http.SendAsync(crossSite)).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await _owner.Http.PostAsync($"/api/messages/{id}/actions/a0", new StringContent("cardVersion=1"))).StatusCode);
        Assert.Empty(_provider.Seen);
    }

    [Fact]
    public async Task Of_a_hundred_clicks_at_once_the_service_sees_one()
    {
        var id = await DeliverAsync(_service.Mail(_service.Card()));
        using var second = await Browser.SignInAsync(_platform.Doors, Service.Owner);
        await second.OpenAsync(id);
        _provider.Behave = async (_, stream, cancel) =>
        {
            await Task.Delay(200, cancel);
            await StubProvider.Answer(stream, "200 OK", "", cancel: cancel);
        };

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => (i % 2 == 0 ? _owner : second).PostAsync($"/api/messages/{id}/actions/a0", Body())));

        Assert.Single(_provider.Seen);
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK), answer =>
            Assert.True(answer is { Status: HttpStatusCode.Conflict, Code: "already_done" or "already_running", OutcomeState: "done" }, answer.ToString()));
    }

    [Fact]
    public async Task The_same_press_seen_twice_has_the_same_answer()
    {
        var id = await DeliverAsync(_service.Mail(_service.Card()));
        var clickId = Guid.NewGuid();

        var first = await _owner.PressAsync(id, "Approve", clickId: clickId);
        var again = await _owner.PressAsync(id, "Approve", clickId: clickId);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.Status, again.Status));
        Assert.Equal(first.Body.GetProperty("outcome").GetProperty("attemptId").GetGuid(), again.Body.GetProperty("outcome").GetProperty("attemptId").GetGuid());
        Assert.Single(_provider.Seen);
    }

    [Fact]
    public async Task A_click_on_an_old_version_is_refused_and_shows_the_new_card()
    {
        var id = await DeliverAsync(_service.Mail(_service.Card()));
        _provider.Behave = (_, stream, cancel) => StubProvider.Card(stream, _service.Card(text: "Version two"), "ok", cancel);
        await _owner.PressAsync(id, "Approve");

        var replayed = await _owner.PressAsync(id, "Approve", version: 1);

        Assert.True(replayed is { Status: HttpStatusCode.Conflict, Code: "card_changed" }, replayed.ToString());
        Assert.Equal(2, replayed.Body.GetProperty("card").GetProperty("version").GetInt32());
        Assert.Single(_provider.Seen);
    }

    [Fact]
    public async Task A_suspension_stops_the_next_click_and_its_end_lets_it_through()
    {
        var id = await DeliverAsync(_service.Mail(_service.Card()));

        (await _service.MoveAsync("suspend")).EnsureSuccessStatusCode();
        var refused = await _owner.PressAsync(id, "Approve");
        (await _service.MoveAsync("resume")).EnsureSuccessStatusCode();
        var allowed = await _owner.PressAsync(id, "Approve");

        Assert.True(refused is { Status: HttpStatusCode.Conflict, Code: "provider_suspended" }, refused.ToString());
        Assert.Equal(HttpStatusCode.OK, allowed.Status);
        Assert.Single(_provider.Seen);
    }

    [Fact]
    public async Task A_target_or_key_that_is_gone_stops_the_next_click()
    {
        var id = await DeliverAsync(_service.Mail(_service.Card()));

        (await _service.RegisterAsync(_service.File(targets: ["http://localhost:9"]))).EnsureSuccessStatusCode();
        var moved = await _owner.PressAsync(id, "Approve");
        (await _service.RegisterAsync(new Service(_platform.Doors, _provider) { Id = _service.Id, Key = ActionMail.Sdk.SigningKey.CreateEc() }.File())).EnsureSuccessStatusCode();
        var rekeyed = await _owner.PressAsync(id, "Approve");

        Assert.Equal(("target_denied", "provider_key_revoked"), (moved.Code, rekeyed.Code));
        Assert.Empty(_provider.Seen);
    }

    [Fact]
    public async Task An_actor_whom_the_card_does_not_expect_is_refused()
    {
        var id = await DeliverAsync(_service.Mail(_service.Card(members: "\"expectedActors\":[\"elvia@contoso.test\"],")));

        var answer = await _owner.PressAsync(id, "Approve");

        Assert.True(answer is { Status: HttpStatusCode.Forbidden, Code: "not_expected_actor" }, answer.ToString());
        Assert.Empty(_provider.Seen);
    }

    [Fact]
    public async Task An_emptied_authorization_header_moves_the_token_to_its_own()
    {
        var card = _service.Card().Replace("\"method\"", "\"headers\":[{\"name\":\"Authorization\",\"value\":\"\"},{\"name\":\"X-Contoso\",\"value\":\"{{comment.value}}\"}],\"method\"", StringComparison.Ordinal);
        var id = await DeliverAsync(_service.Mail(card));

        await _owner.PressAsync(id, "Approve", new { comment = "x\r\nX-Evil: 1" });

        var seen = Assert.Single(_provider.Seen);
        Assert.Null(seen.Header("Authorization"));
        Assert.StartsWith("Bearer ", seen.Header("Action-Authorization"), StringComparison.Ordinal);
        Assert.Null(seen.Header("X-Evil"));
        Assert.Equal("x%0D%0AX-Evil%3A%201", seen.Header("X-Contoso"));
    }

    [Fact]
    public async Task The_sixty_first_click_of_a_minute_is_put_off()
    {
        await using var platform = await RunningPlatform.StartAsync(settings: "--Actions:MaxClicksPerMinute=3");
        var service = new Service(platform.Doors, _provider);
        (await service.RegisterAsync()).EnsureSuccessStatusCode();
        using var owner = await Browser.SignInAsync(platform.Doors, Service.Owner);
        _provider.Behave = (_, stream, cancel) => StubProvider.Answer(stream, "422 No", "", cancel: cancel);
        var id = await service.DeliverAsync(service.Mail(service.Card()));
        await owner.OpenAsync(id);

        var answers = new List<Answer>();
        for (var i = 0; i < 4; i++)
            answers.Add(await owner.PressAsync(id, "Approve"));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], answers.Select(answer => answer.Status));
        Assert.Equal("60", answers[3].Headers.GetValues("Retry-After").Single());
    }

    [Fact]
    public async Task Every_call_leaves_a_chained_pair_of_audit_lines_without_its_secrets()
    {
        var id = await DeliverAsync(_service.Mail(_service.Card()));
        await _owner.PressAsync(id, "Approve");

        var lines = await _platform.ReadAsync(db => db.AuditEvents.OrderBy(row => row.Sequence).ToListAsync());
        var requestId = Assert.Single(_provider.Seen).Header("Action-Request-Id");

        Assert.Equal(["action_claimed", "action_sending", "action_done"], lines.Where(line => line.Subject == requestId).Select(line => line.Kind));
        Assert.Null(AuditLog.FirstBroken(lines));
        Assert.DoesNotContain(lines, line => line.Facts.Contains("s3cr3t", StringComparison.Ordinal) || line.Facts.Contains("eyJ", StringComparison.Ordinal));
        await Assert.ThrowsAnyAsync<Exception>(() => _platform.ReadAsync(db => db.AuditEvents.ExecuteDeleteAsync()));
        await Assert.ThrowsAnyAsync<Exception>(() => _platform.ReadAsync(db => db.AuditEvents.ExecuteUpdateAsync(set => set.SetProperty(row => row.Actor, "nobody"))));
        lines[1] = new() { OrganizationId = lines[1].OrganizationId, Sequence = lines[1].Sequence, At = lines[1].At, Kind = lines[1].Kind, Subject = lines[1].Subject, Actor = "nobody", Facts = lines[1].Facts, Hash = lines[1].Hash };
        Assert.Equal(lines[1].Sequence, AuditLog.FirstBroken(lines));
    }

    private static object Body() => new { cardVersion = 1, clickId = Guid.NewGuid(), inputs = new { } };

    private async Task<Guid> DeliverAsync(MimeKit.MimeMessage mail)
    {
        var id = await _service.DeliverAsync(mail);
        await _owner.OpenAsync(id);
        return id;
    }

    private async Task VerifyTokenAsync(string token)
    {
        using var http = new HttpClient { BaseAddress = _platform.Url };
        var metadata = await http.GetFromJsonAsync<JsonElement>("/sts/common/.well-known/openid-configuration");
        var keys = new JsonWebKeySet(await http.GetStringAsync(metadata.GetProperty("jwks_uri").GetString()));
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = metadata.GetProperty("issuer").GetString(),
            ValidAudience = _provider.Origin,
            IssuerSigningKeys = keys.GetSigningKeys(),
            ValidAlgorithms = ["RS256"],
            ClockSkew = TimeSpan.Zero,
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        Assert.Equal(("owner@contoso.test", Service.Sender, "48af08dc-f6d2-435f-b2a7-069abd99c086", "STI.ExternalAccessToken.V1"),
            ((string)result.Claims["sub"], (string)result.Claims["sender"], (string)result.Claims["appid"], (string)result.Claims["ver"]));
        var jwt = (JsonWebToken)result.SecurityToken;
        Assert.True(jwt.ValidTo - jwt.IssuedAt <= TimeSpan.FromMinutes(5));
        Assert.True(keys.Keys.Count >= 2);
        Assert.All(keys.Keys, key => Assert.Equal((null, "sig", "RS256", "AQAB"), (key.D, key.Use, key.Alg, key.E)));
    }
}
