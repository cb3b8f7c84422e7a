using System.Net;
using System.Text.Json;
using ActionMail.Server.Tests.Platform;

namespace ActionMail.Server.Tests.Providers.Api;

/// <summary>
/// Security M-01 and J-10: every route of the API × what belongs to contoso.test, asked for by people of fabrikam.test. Each route of the OpenAPI document has a case here,
/// or the test fails. A case says how its owner calls it; the same call by a stranger must be answered as one for what does not exist.
/// </summary>
[Collection(PersonalApi.Name)]
public sealed class TenantTests(ApiPlatform platform)
{
    private const string Unknown = "00000000-0000-4000-8000-000000000000";

    // What a route needs to be called by somebody who may, made anew for each: what is withdrawn once cannot be withdrawn twice.
    private static readonly Dictionary<string, Func<Story, Task<Call>>> Objects = new(StringComparer.Ordinal)
    {
        ["get /api/providers/{id}"] = story => story.WaitingAsync("", story.Developer),
        ["put /api/providers/{id}"] = story => story.WaitingAsync("", story.Developer, Submissions.For(), ("If-Match", "*")),
        ["post /api/providers/{id}/edit"] = story => story.WaitingAsync("/edit", story.Developer),
        ["post /api/providers/{id}/clone"] = story => story.WaitingAsync("/clone", story.Developer),
        ["post /api/providers/{id}/migrate"] = story => story.WaitingAsync("/migrate", story.Developer),
        ["get /api/providers/{id}/history"] = story => story.WaitingAsync("/history", story.Developer),
        ["get /api/providers/{id}/revisions"] = story => story.WaitingAsync("/revisions", story.Administrator),
        ["get /api/providers/{id}/revisions/{number}"] = story => story.WaitingAsync("/revisions/1", story.Administrator),
        ["get /api/providers/{id}/revisions/{number}/difference"] = story => story.WaitingAsync("/revisions/1/difference", story.Administrator),
        ["post /api/providers/{id}/revisions/{number}/approve"] = story => story.DecisionAsync("approve"),
        ["post /api/providers/{id}/revisions/{number}/reject"] = story => story.DecisionAsync("reject"),
        ["post /api/providers/{id}/withdraw"] = story => story.WaitingAsync("/withdraw", story.Developer, new { }),
        ["post /api/providers/{id}/suspend"] = story => story.RunningAsync("/suspend", story.Administrator, new { reason = "test" }),
        ["post /api/providers/{id}/resume"] = story => story.SuspendedAsync("/resume", story.Developer, new { reason = "test" }),
        ["post /api/providers/{id}/revoke"] = story => story.RunningAsync("/revoke", story.Developer, new { reason = "test" }),
        ["get /api/providers/{id}/keys"] = story => story.WaitingAsync("/keys", story.Administrator),
        ["post /api/providers/{id}/keys/{thumbprint}/challenge"] = story => story.KeyAsync("challenge"),
        ["post /api/providers/{id}/keys/{thumbprint}/proof"] = story => story.KeyAsync("proof"),
        ["put /api/providers/{id}/owners/{address}"] = story => story.WaitingAsync($"/owners/{Submissions.Colleague}", story.Developer),
        ["delete /api/providers/{id}/owners/{address}"] = story => story.OwnedByTwoAsync($"/owners/{Submissions.Colleague}"),
        ["get /api/providers/{id}/health"] = story => story.WaitingAsync("/health", story.Developer),
        ["get /api/providers/{id}/diagnosis"] = story => story.WaitingAsync("/diagnosis", story.Administrator),
        ["post /api/providers/{id}/test-message"] = story => story.WaitingAsync("/test-message", story.Developer),
        ["get /api/drafts/{id}"] = story => story.DraftAsync(""),
        ["put /api/drafts/{id}"] = story => story.DraftAsync("", new { name = "Mine" }, ("If-Match", "*")),
        ["delete /api/drafts/{id}"] = story => story.DraftAsync(""),
        ["post /api/drafts/{id}/submit"] = story => story.DraftAsync("/submit"),
        ["get /api/messages/{id}"] = story => story.MessageAsync(""),
        ["get /api/messages/{id}/original"] = story => story.MessageAsync("/original"),
        ["get /api/messages/{id}/events"] = story => story.MessageAsync("/events"),
        ["post /api/messages/{id}/auto-invoke"] = story => story.MessageAsync("/auto-invoke", new { cardVersion = 1 }),
        ["post /api/messages/{id}/actions/{actionId}"] = story => story.MessageAsync("/actions/a0", new { cardVersion = 1, clickId = Guid.NewGuid(), inputs = new { } }),
        ["post /api/messages/{id}/attempts/{attemptId}/retry"] = story => story.UnknownToAllAsync($"/api/messages/{Unknown}/attempts/{Unknown}/retry"),
        ["get /api/sent/{id}"] = story => story.UnknownToAllAsync($"/api/sent/{Unknown}"),
        ["get /api/items"] = story => story.ItemAsync(),
        ["delete /api/account/tokens/{id}"] = story => story.TokenAsync(),
        ["patch /api/organization/people/{id}"] = story => story.PersonAsync("", new { administrator = false }),
        ["post /api/organization/people/{id}/invitation"] = story => story.PersonAsync("/invitation"),
        ["post /api/organization/domains/{domain}/check"] = story => story.DomainAsync("/check"),
        ["delete /api/organization/domains/{domain}"] = story => story.DomainAsync(""),
        ["put /api/invitations/{providerId}"] = story => story.UnknownToAllAsync($"/api/invitations/{Unknown}", new { accepts = true }),
        ["get /api/consents/{providerId}"] = story => story.ConsentAsync(),
        ["put /api/consents/{providerId}"] = story => story.ConsentAsync(),
        ["delete /api/consents/{providerId}"] = story => story.ConsentAsync(),
    };

    // What answers everybody with their own, and takes no id of anything that is somebody's.
    private static readonly Dictionary<string, object?> Own = new(StringComparer.Ordinal)
    {
        ["get /api/account"] = null,
        ["put /api/account/cards"] = new { on = true },
        ["get /api/account/tokens"] = null,
        ["get /api/providers"] = null,
        ["get /api/providers/export"] = null,
        ["post /api/providers"] = Submissions.For("testUsers").With("senders", new[] { "s@fabrikam.test" }).With("targets", new[] { "https://fabrikam.test" }).With("testUsers", new[] { Submissions.Neighbour }),
        ["post /api/providers/check"] = new { },
        ["post /api/lint"] = new { type = "AdaptiveCard", version = "1.0" },
        ["get /api/drafts"] = null,
        ["post /api/drafts"] = new { },
        ["get /api/consents"] = null,
        ["get /api/events"] = null,
        ["get /api/invitations"] = null,
    };

    // Of an administrator's own organization, and nothing at all for others.
    private static readonly Dictionary<string, object?> Organizations = new(StringComparer.Ordinal)
    {
        ["get /api/organization"] = null,
        ["patch /api/organization"] = new { },
        ["get /api/organization/people"] = null,
        ["post /api/organization/people"] = new { address = "new@fabrikam.test", name = "New", title = "Tester" },
        ["get /api/organization/domains"] = null,
        ["post /api/organization/domains"] = new { domain = "api.fabrikam.test", mail = false },
    };

    private static readonly string[] TakenBack = ["delete /api/account/token"];
    private static readonly string[] Everybodys = ["get /api/add-ins", "post /api/device/code", "post /api/device/token"];

    [Fact]
    public async Task Every_route_has_a_case()
    {
        var routes = await RoutesAsync();

        var cases = Objects.Keys.Concat(Own.Keys).Concat(Organizations.Keys).Concat(TakenBack).Concat(Everybodys);

        Assert.Equal(cases.Order(StringComparer.Ordinal), routes.Where(route => !IsOperators(route)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_contosos_does_not_exist_for_fabrikam_and_its_owner_has_it()
    {
        var story = await Story.BeginAsync(platform);
        foreach (var (route, make) in Objects)
        {
            var call = await make(story);
            foreach (var (who, stranger) in new[] { ("developer", platform.Neighbour), ("administrator", platform.NeighboursAdministrator) })
            {
                var answer = await stranger.SendAsync(MethodOf(route), call.Path, call.Body, call.Headers);
                Assert.True((HttpStatusCode.NotFound, "not_found") == (answer.Status, answer.Code), $"{route} by fabrikam's {who}: {answer.Status} {answer.Text}");
                var unknown = await stranger.SendAsync(MethodOf(route), call.Path.Replace(call.Id, Unknown, StringComparison.Ordinal), call.Body, call.Headers);
                Assert.Equal((unknown.Status, unknown.Code, unknown.Detail), (answer.Status, answer.Code, answer.Detail));
            }
            if (call.Owner is not { } owner)
                continue;
            var own = await owner.SendAsync(MethodOf(route), call.Path, call.Body, call.Headers);
            Assert.True((int)own.Status is >= 200 and < 300, $"{route} by its owner: {own.Status} {own.Text}");
        }
    }

    // Security J-10: within the organization too.
    [Fact]
    public async Task What_is_a_developers_does_not_exist_for_a_colleague_who_owns_it_not()
    {
        var story = await Story.BeginAsync(platform);
        foreach (var (route, make) in Objects.Where(route => route.Key.Contains("/api/providers/", StringComparison.Ordinal) || route.Key.Contains("/api/drafts/", StringComparison.Ordinal)))
        {
            if (route.Contains("/owners/", StringComparison.Ordinal))
                continue; // Elvia is named in it.
            var call = await make(story);
            var answer = await platform.Colleague.SendAsync(MethodOf(route), call.Path, call.Body, call.Headers);
            Assert.True(HttpStatusCode.NotFound == answer.Status, $"{route} by a colleague: {answer.Status} {answer.Text}");
        }
    }

    [Fact]
    public async Task Lists_hold_nothing_of_another_organization()
    {
        var made = await platform.Developer.ApprovedAsync(platform.Administrator);
        var draft = await platform.Developer.PostAsync("/api/drafts", Submissions.For());
        foreach (var stranger in new[] { platform.Neighbour, platform.NeighboursAdministrator })
        {
            foreach (var (route, body) in Own)
            {
                var own = body is Dictionary<string, object?> submission ? submission.With("senders", new[] { $"s{Guid.NewGuid():N}@fabrikam.test" }) : body;
                var answer = await stranger.SendAsync(MethodOf(route), PathOf(route), own);
                Assert.True((int)answer.Status is >= 200 and < 300, $"{route}: {answer.Status} {answer.Text}");
                Assert.DoesNotContain(made.Id, answer.Text, StringComparison.Ordinal);
                Assert.DoesNotContain(draft.Id, answer.Text, StringComparison.Ordinal);
                // What is approved for everybody is shown to everybody, to consent to.
                if (!route.EndsWith("/consents", StringComparison.Ordinal))
                    Assert.DoesNotContain("contoso", answer.Text, StringComparison.OrdinalIgnoreCase);
            }
            foreach (var view in new[] { "mine", "organization", "global" })
                Assert.DoesNotContain(made.Id, (await stranger.GetAsync($"/api/providers?view={view}&q={made.Id}")).Text, StringComparison.Ordinal);
        }
        Assert.Contains(made.Id, (await platform.Administrator.GetAsync("/api/providers?view=organization")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Switches_are_those_of_the_administrators_own_organization()
    {
        Assert.Equal(HttpStatusCode.OK, (await platform.NeighboursAdministrator.SendAsync(HttpMethod.Patch, "/api/organization", new { requiresConsent = false })).Status);

        Assert.True((await platform.Administrator.GetAsync("/api/organization"))["requiresConsent"].GetBoolean());
        Assert.False((await platform.NeighboursAdministrator.GetAsync("/api/organization"))["requiresConsent"].GetBoolean());
    }

    [Fact]
    public async Task An_organization_is_its_administrators()
    {
        foreach (var (route, body) in Organizations)
        {
            var developers = await platform.Neighbour.SendAsync(MethodOf(route), PathOf(route), body);
            Assert.True(HttpStatusCode.NotFound == developers.Status, $"{route}: {developers.Status} {developers.Text}");
            var administrators = await platform.NeighboursAdministrator.SendAsync(MethodOf(route), PathOf(route), body);
            Assert.True(administrators.Status is HttpStatusCode.OK, $"{route}: {administrators.Status} {administrators.Text}");
            Assert.DoesNotContain("contoso", administrators.Text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task The_operators_routes_are_nobodys_without_the_operators_token()
    {
        foreach (var route in (await RoutesAsync()).Where(IsOperators))
        {
            var path = PathOf(route).Replace("{id}", Unknown, StringComparison.Ordinal).Replace("{domain}", "contoso.test", StringComparison.Ordinal).Replace("{address}", Submissions.Developer, StringComparison.Ordinal);
            foreach (var person in new[] { platform.Developer, platform.NeighboursAdministrator, platform.Reviewer })
                Assert.Equal(HttpStatusCode.Unauthorized, (await person.SendAsync(MethodOf(route), path, new { })).Status);
        }
    }

    [Fact]
    public async Task Without_a_token_nothing_is_answered_and_a_token_that_was_taken_back_is_none()
    {
        using var anonymous = new HttpClient { BaseAddress = platform.Running.Url };
        foreach (var route in Own.Keys)
            Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.SendAsync(new(MethodOf(route), PathOf(route)))).StatusCode);

        using var program = await PersonalClient.OfAsync(platform.Running, Submissions.Colleague);
        Assert.Equal(Submissions.Colleague, (await program.GetAsync("/api/account"))["addresses"][0].GetString());
        Assert.Equal(HttpStatusCode.NoContent, (await program.DeleteAsync("/api/account/token")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/account")).Status);
    }

    private async Task<List<string>> RoutesAsync()
    {
        using var http = new HttpClient { BaseAddress = platform.Running.Url };
        return [.. ApiDocumentTests.OperationsOf(JsonElement.Parse(await http.GetStringAsync("/openapi/v1.json"))).Select(operation => $"{operation.Method} {operation.Path}")];
    }

    private static bool IsOperators(string route) => route.Contains(" /api/operator/", StringComparison.Ordinal);

    private static HttpMethod MethodOf(string route) => HttpMethod.Parse(route.Split(' ')[0].ToUpperInvariant());

    private static string PathOf(string route) => route.Split(' ')[1];

    /// <summary>How its owner calls a route: Id is what of the path is contoso's, and Owner is null where there is nothing that somebody could have.</summary>
    private sealed record Call(string Path, string Id, PersonalClient? Owner, object? Body, (string Name, string Value)[] Headers);

    /// <summary>What contoso.test has.</summary>
    private sealed class Story(ApiPlatform platform, PersonalClient reader, Guid message, string internetId)
    {
        public PersonalClient Developer => platform.Developer;

        public PersonalClient Administrator => platform.Administrator;

        public static async Task<Story> BeginAsync(ApiPlatform platform)
        {
            using var provider = new StubProvider();
            var service = new Service(platform.Running.Doors, provider);
            (await service.RegisterAsync()).EnsureSuccessStatusCode();
            var mail = service.Mail(service.Card(), Service.Owner);
            await platform.Running.Doors.DeliverAsync(Service.BytesOf(mail), Service.Sender, Service.Owner);
            var copy = Assert.Single(await platform.Running.CopiesAsync(Service.Owner, mail.MessageId));
            return new(platform, await PersonalClient.OfAsync(platform.Running, Service.Owner), copy.Id, $"<{mail.MessageId}>");
        }

        public async Task<Call> WaitingAsync(string part, PersonalClient owner, object? body = null, params (string, string)[] headers) =>
            Of((await Developer.SubmittedAsync()).Id, part, owner, body, headers);

        public async Task<Call> RunningAsync(string part, PersonalClient owner, object body) =>
            Of((await Developer.ApprovedAsync(Administrator)).Id, part, owner, body);

        public async Task<Call> SuspendedAsync(string part, PersonalClient owner, object body)
        {
            var running = await Developer.ApprovedAsync(Administrator);
            await Developer.PostAsync($"/api/providers/{running.Id}/suspend", new { reason = "test" });
            return Of(running.Id, part, owner, body);
        }

        public async Task<Call> DecisionAsync(string verb)
        {
            var made = await Developer.SubmittedAsync();
            return Of(made.Id, $"/revisions/1/{verb}", Administrator, new { contentHash = made["newest"].GetProperty("contentHash").GetString(), reason = "test" });
        }

        public async Task<Call> KeyAsync(string part)
        {
            using var key = Sdk.SigningKey.CreateEc();
            var made = await Developer.SubmittedAsync(Submissions.For().With("keys", new[] { key.PublicKeyToPem() }));
            var path = $"/keys/{key.PublicKey.Thumbprint}";
            var challenge = await Developer.PostAsync($"/api/providers/{made.Id}{path}/challenge", null);
            return Of(made.Id, $"{path}/{part}", Developer, new { signature = key.ProvePossession(made.Id, challenge["challenge"].GetProperty("nonce").GetString()!) });
        }

        public async Task<Call> OwnedByTwoAsync(string part)
        {
            var made = await Developer.SubmittedAsync();
            await Developer.PutAsync($"/api/providers/{made.Id}/owners/{Submissions.Colleague}", null);
            return Of(made.Id, part, Developer, null);
        }

        public async Task<Call> DraftAsync(string part, object? body = null, params (string, string)[] headers)
        {
            var id = (await Developer.PostAsync("/api/drafts", Submissions.For())).Id;
            return new($"/api/drafts/{id}{part}", id, Developer, body, headers);
        }

        // A press calls the service, which has ended: what its owner gets is an outcome all the same.
        public Task<Call> MessageAsync(string part, object? body = null) => Task.FromResult(new Call($"/api/messages/{message}{part}", $"{message}", reader, body, []));

        public Task<Call> ItemAsync() => Task.FromResult(new Call($"/api/items?id={Uri.EscapeDataString(internetId)}", Uri.EscapeDataString(internetId), reader, null, []));

        public Task<Call> UnknownToAllAsync(string path, object? body = null) => Task.FromResult(new Call(path, Unknown, null, body, []));

        public async Task<Call> TokenAsync()
        {
            using var program = await PersonalClient.OfAsync(platform.Running, Submissions.Colleague);
            var id = (await program.GetAsync("/api/account/tokens")).Json[0].GetProperty("id").GetString()!;
            return new($"/api/account/tokens/{id}", id, platform.Colleague, null, []);
        }

        // Who is invited again has an account here; the emulator keeps none, so there is nothing that its administrator would get.
        public async Task<Call> PersonAsync(string part, object? body = null)
        {
            var people = (await Administrator.GetAsync("/api/organization/people")).Json;
            var id = people.EnumerateArray().Single(person => person.GetProperty("address").GetString() == Submissions.Colleague).GetProperty("id").GetString()!;
            return new($"/api/organization/people/{id}{part}", id, part.Length == 0 ? Administrator : null, body ?? new { }, []);
        }

        public async Task<Call> DomainAsync(string part)
        {
            var domain = $"d{Guid.NewGuid():N}.test";
            Assert.Equal(HttpStatusCode.OK, (await Administrator.PostAsync("/api/organization/domains", new { domain, mail = false })).Status);
            return new($"/api/organization/domains/{domain}{part}", domain, Administrator, null, []);
        }

        // A registration that is not Global is nothing to consent to, not even for its own organization.
        public async Task<Call> ConsentAsync()
        {
            var id = (await Developer.ApprovedAsync(Administrator)).Id;
            return new($"/api/consents/{id}", id, null, null, []);
        }

        private static Call Of(string id, string part, PersonalClient owner, object? body, (string, string)[]? headers = null) => new($"/api/providers/{id}{part}", id, owner, body, headers ?? []);
    }
}
