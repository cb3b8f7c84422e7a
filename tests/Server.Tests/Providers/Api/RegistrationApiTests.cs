using System.Net;
using ActionMail.Server.Tests.Platform;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Tests.Providers.Api;

[Collection(PersonalApi.Name)]
public sealed class RegistrationApiTests(ApiPlatform platform)
{
    private readonly PersonalClient _developer = platform.Developer;

    [Fact]
    public async Task Test_users_run_at_once_and_the_answer_says_where_and_which_version()
    {
        var made = await _developer.PostAsync("/api/providers", Submissions.For("testUsers"));

        Assert.Equal((HttpStatusCode.Created, "approved"), (made.Status, made["state"].GetString()));
        Assert.Equal(1, made["activeRevision"].GetInt32());
        Assert.True(Guid.TryParseExact(made.Id, "D", out _));
        Assert.Equal($"/api/providers/{made.Id}", made.Headers.Location!.ToString());
        Assert.Equal($"\"v{made["version"].GetInt64()}\"", made.Tag);
        Assert.Equal(["edit", "suspend", "revoke", "changeOwners"], made["may"].EnumerateArray().Select(act => act.GetString()));
        Assert.Equal(Submissions.Developer, Assert.Single(made["owners"].EnumerateArray()).GetProperty("address").GetString());
    }

    [Theory]
    [InlineData("name", "", "name", "required")]
    [InlineData("senders", "*@contoso.test", "senders[0]", "not_one_address")]
    [InlineData("targets", "https://expenses.contoso.test/api?sig=abc", "targets[0]", "secret_in_url")]
    public async Task A_field_that_is_not_right_is_told_by_path_and_code(string field, string value, string path, string code)
    {
        object typed = field == "name" ? value : new[] { value };

        var refused = await _developer.PostAsync("/api/providers", Submissions.For().With(field, typed));

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_submission"), (refused.Status, refused.Code));
        var finding = Assert.Single(refused["findings"].EnumerateArray());
        Assert.Equal((path, code), (finding.GetProperty("field").GetString(), finding.GetProperty("code").GetString()));
        Assert.NotEmpty(refused["errors"].GetProperty(path)[0].GetString()!);
    }

    [Fact]
    public async Task All_errors_are_told_at_once()
    {
        var refused = await _developer.PostAsync("/api/providers", "{}");

        Assert.Equal(["name", "scope", "senders", "targets"], refused["errors"].EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal));
    }

    // Security J-04.
    [Theory]
    [InlineData("status", "\"Approved\"")]
    [InlineData("state", "\"approved\"")]
    [InlineData("organizationId", "\"0c0a1e5c-5f7e-4a6b-8e1d-3b1f6d2a9c02\"")]
    [InlineData("ownerId", "\"7e1b3c52-9f0d-4d7a-a6c8-51e2f4b7d201\"")]
    [InlineData("originator", "\"5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913\"")]
    [InlineData("id", "\"5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913\"")]
    [InlineData("approvedBy", "\"admin@contoso.test\"")]
    [InlineData("version", "7")]
    [InlineData("isGlobal", "true")]
    [InlineData("activeRevision", "1")]
    public async Task A_member_that_the_submission_has_not_is_refused_by_its_name_and_changes_nothing(string member, string value)
    {
        var mine = await _developer.SubmittedAsync();
        var more = $$"""{"name":"Expenses","{{member}}":{{value}}}""";

        var posted = await _developer.PostAsync("/api/providers", more);
        var put = await _developer.PutAsync($"/api/providers/{mine.Id}", more, ("If-Match", mine.Tag!));

        Assert.All([posted, put], refused =>
        {
            Assert.Equal((HttpStatusCode.BadRequest, "bad_request"), (refused.Status, refused.Code));
            Assert.Contains($"'{member}'", refused.Detail, StringComparison.Ordinal);
        });
        Assert.Equal(mine.Text.Length, (await _developer.GetAsync($"/api/providers/{mine.Id}")).Text.Length);
        Assert.Equal(mine.Tag, (await _developer.GetAsync($"/api/providers/{mine.Id}")).Tag);
    }

    [Theory]
    [InlineData("""{"name":"a","name":"b"}""", "'name' is there twice")]
    [InlineData("""{"senders":"a@contoso.test"}""", "'senders'")]
    [InlineData("""{"contact":{"fax":"1"}}""", "'contact.fax'")]
    [InlineData("{", "not JSON")]
    [InlineData("", "missing")]
    public async Task A_body_that_cannot_be_read_says_where(string body, string named)
    {
        var refused = await _developer.PostAsync("/api/providers", body);

        Assert.Equal((HttpStatusCode.BadRequest, "bad_request"), (refused.Status, refused.Code));
        Assert.Contains(named, refused.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("ActionMail.", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_413()
    {
        var refused = await _developer.PostAsync("/api/providers", Submissions.For().With("name", new string('x', 2 * 1024 * 1024)));

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "payload_too_large"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task A_key_makes_one_submission_of_many_requests()
    {
        var (key, submission) = (Guid.NewGuid().ToString(), Submissions.For("testUsers"));
        var sent = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _developer.PostAsync("/api/providers", submission, ("Idempotency-Key", key))));

        Assert.All(sent, answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
        Assert.Single(sent.Select(answer => answer.Id).Distinct());
        Assert.Single(sent.Select(answer => answer.Tag).Distinct());
        Assert.All(sent, answer => Assert.Equal($"/api/providers/{sent[0].Id}", answer.Headers.Location!.ToString()));

        var quoted = await _developer.PostAsync("/api/providers", submission, ("Idempotency-Key", $"\"{key}\""));
        Assert.Equal(sent[0].Id, quoted.Id);
        var other = await _developer.PostAsync("/api/providers", submission.With("name", "Other"), ("Idempotency-Key", key));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency_key_reused"), (other.Status, other.Code));
        Assert.NotEqual(sent[0].Id, (await platform.Colleague.PostAsync("/api/providers", Submissions.For("testUsers"), ("Idempotency-Key", key))).Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("\"open")]
    public async Task A_key_that_is_none_is_refused(string key)
    {
        var refused = await _developer.PostAsync("/api/providers", Submissions.For(), ("Idempotency-Key", key));

        Assert.Equal((HttpStatusCode.BadRequest, "idempotency_key_malformed"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task A_change_names_the_version_that_it_is_of()
    {
        var submission = Submissions.For("testUsers");
        var made = await _developer.SubmittedAsync(submission);
        var path = $"/api/providers/{made.Id}";
        var changed = submission.With("name", "Expenses 2");

        Assert.Equal((HttpStatusCode.PreconditionRequired, "precondition_required"), StatusAndCode(await _developer.PutAsync(path, changed)));
        foreach (var stale in new[] { "\"v1\"", $"W/{made.Tag}", "not a tag" })
            Assert.Equal((HttpStatusCode.PreconditionFailed, "precondition_failed"), StatusAndCode(await _developer.PutAsync(path, changed, ("If-Match", stale))));

        var put = await _developer.PutAsync(path, changed, ("If-Match", $"\"v1\", {made.Tag}"));
        Assert.Equal((HttpStatusCode.OK, 2), (put.Status, put["activeRevision"].GetInt32()));
        Assert.NotEqual(made.Tag, put.Tag);
        Assert.Equal("precondition_failed", (await _developer.PutAsync(path, submission, ("If-Match", made.Tag!))).Code);
        Assert.Equal("Expenses 2", (await _developer.GetAsync(path))["name"].GetString());
        Assert.Equal(2, (await _developer.PutAsync(path, changed, ("If-Match", "*")))["latestRevision"].GetInt32());
    }

    [Fact]
    public async Task What_one_has_already_is_304()
    {
        var made = await _developer.SubmittedAsync();
        var path = $"/api/providers/{made.Id}";

        Assert.Equal(HttpStatusCode.NotModified, (await _developer.GetAsync(path, ("If-None-Match", $"\"v1\", W/{made.Tag}"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await _developer.GetAsync(path, ("If-None-Match", "\"v1\""))).Status);
        Assert.Equal(HttpStatusCode.OK, (await _developer.GetAsync($"/api/providers/{made.Id.ToUpperInvariant()}")).Status);
    }

    [Fact]
    public async Task A_list_is_filtered_by_state_and_searched()
    {
        var name = $"Lunch {Guid.NewGuid():N}";
        var made = await _developer.SubmittedAsync(Submissions.For("testUsers", name));
        await _developer.SubmittedAsync(Submissions.For(name: name));

        Assert.Equal(2, (await ListAsync($"?q={name}"))["total"].GetInt32());
        Assert.Equal(made.Id, Assert.Single((await ListAsync($"?q={name}&status=approved"))["registrations"].EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(1, (await ListAsync($"?q={made.Id[..13]}"))["total"].GetInt32());
        Assert.Equal(2, (await platform.Administrator.GetAsync($"/api/providers?view=organization&q={name}"))["total"].GetInt32());

        async Task<ApiAnswer> ListAsync(string query) => await _developer.GetAsync("/api/providers" + query);
    }

    [Theory]
    [InlineData("organization", "admin@contoso.test", null)]
    [InlineData("organization", "dev@contoso.test", "not_administrator")]
    [InlineData("organization", "reviewer@platform.test", "not_administrator")]
    [InlineData("global", "reviewer@platform.test", null)]
    [InlineData("global", "admin@contoso.test", "not_reviewer")]
    [InlineData("mine", "dev@contoso.test", null)]
    public async Task A_view_that_is_not_the_readers_is_refused_in_the_list_and_in_the_export(string view, string reader, string? code)
    {
        var client = reader switch { Submissions.Administrator => platform.Administrator, Submissions.Reviewer => platform.Reviewer, _ => _developer };

        foreach (var path in new[] { "/api/providers", "/api/providers/export" })
        {
            var answer = await client.GetAsync($"{path}?view={view}");
            Assert.Equal((code is null ? HttpStatusCode.OK : HttpStatusCode.Forbidden, code), (answer.Status, answer.Code));
        }
    }

    [Theory]
    [InlineData("view=everybody", "invalid_filter")]
    [InlineData("view=mine,global", "invalid_filter")]
    [InlineData("view=7", "invalid_filter")]
    [InlineData("status=-1", "invalid_filter")]
    [InlineData("page=x", "bad_request")]
    public async Task A_filter_that_there_is_not_is_refused(string query, string code)
    {
        var refused = await _developer.GetAsync($"/api/providers?{query}");

        Assert.Equal((HttpStatusCode.BadRequest, code), StatusAndCode(refused));
        Assert.Equal(HttpStatusCode.OK, (await _developer.GetAsync("/api/providers?page=2147483647")).Status);
        Assert.Equal("invalid_filter", (await _developer.GetAsync($"/api/providers?q={new string('%', 201)}")).Code);
    }

    [Fact]
    public async Task A_check_stores_nothing_and_tells_what_would_change()
    {
        var submission = Submissions.For("testUsers");
        var made = await _developer.SubmittedAsync(submission);
        var before = await platform.Running.ReadAsync(db => db.ProviderRevisions.CountAsync());

        var asNew = await _developer.PostAsync("/api/providers/check", submission);
        var same = await _developer.PostAsync($"/api/providers/check?id={made.Id}", submission);
        var other = await _developer.PostAsync($"/api/providers/check?id={made.Id}", submission.With("name", "Other"));
        var wrong = await _developer.PostAsync("/api/providers/check", "{}");

        Assert.Contains("name", asNew["changes"].EnumerateArray().Select(change => change.GetProperty("field").GetString()));
        Assert.Equal((true, 0), (same["valid"].GetBoolean(), same["changes"].GetArrayLength()));
        var change = Assert.Single(other["changes"].EnumerateArray());
        Assert.Equal(("name", "changed", "Expenses", "Other"), (change.GetProperty("field").GetString(), change.GetProperty("kind").GetString(), change.GetProperty("before").GetString(), change.GetProperty("after").GetString()));
        Assert.Equal((false, 4), (wrong["valid"].GetBoolean(), wrong["errors"].GetArrayLength()));
        Assert.Equal(before, await platform.Running.ReadAsync(db => db.ProviderRevisions.CountAsync()));
    }

    // Security D-07.
    [Fact]
    public async Task The_id_of_a_revoked_registration_is_nobodys_again()
    {
        var submission = Submissions.For("testUsers");
        var made = await _developer.SubmittedAsync(submission);
        var revoked = await _developer.PostAsync($"/api/providers/{made.Id}/revoke", new { reason = "over" });

        Assert.Equal("revoked", revoked["state"].GetString());
        Assert.Equal((HttpStatusCode.Conflict, "revoked"), StatusAndCode(await _developer.PutAsync($"/api/providers/{made.Id}", submission, ("If-Match", revoked.Tag!))));
        Assert.Equal("revoked", (await _developer.PostAsync($"/api/providers/{made.Id}/edit", null)).Code);
        Assert.Equal("bad_request", (await _developer.PostAsync("/api/providers", submission.With("id", made.Id))).Code);
        Assert.Equal("not_found", (await _developer.PutAsync($"/api/drafts/{made.Id}", submission, ("If-Match", "*"))).Code);
        Assert.NotEqual(made.Id, (await _developer.SubmittedAsync(submission)).Id);
    }

    [Fact]
    public async Task Clone_and_migrate_give_drafts_with_ids_of_their_own()
    {
        var made = await _developer.SubmittedAsync();

        var clone = await _developer.PostAsync($"/api/providers/{made.Id}/clone", null);
        var migrated = await _developer.PostAsync($"/api/providers/{made.Id}/migrate", null);

        Assert.Equal((HttpStatusCode.Created, "eat"), (clone.Status, clone["fields"].GetProperty("tokenProfile").GetString()));
        Assert.Equal((HttpStatusCode.Created, "entra"), (migrated.Status, migrated["fields"].GetProperty("tokenProfile").GetString()));
        Assert.Equal(3, new[] { made.Id, clone.Id, migrated.Id }.Distinct().Count());
        Assert.Equal(("Copy of Expenses", "Expenses (Entra)"), (clone["name"].GetString(), migrated["name"].GetString()));
        Assert.Equal("\"d1\"", clone.Tag);
        var entra = await _developer.SubmittedAsync(Submissions.For("testUsers").With("tokenProfile", "entra").With("appId", Guid.NewGuid().ToString()));
        Assert.Equal((HttpStatusCode.Conflict, "not_legacy"), StatusAndCode(await _developer.PostAsync($"/api/providers/{entra.Id}/migrate", null)));
    }

    [Fact]
    public async Task Owners_are_colleagues_and_one_always_stays()
    {
        var made = await _developer.SubmittedAsync();
        var path = $"/api/providers/{made.Id}/owners";
        Assert.Equal(HttpStatusCode.NotFound, (await platform.Colleague.GetAsync($"/api/providers/{made.Id}")).Status);

        Assert.Equal((HttpStatusCode.Conflict, "last_owner"), StatusAndCode(await _developer.DeleteAsync($"{path}/{Submissions.Developer}")));
        Assert.Equal((HttpStatusCode.BadRequest, "not_a_colleague"), StatusAndCode(await _developer.PutAsync($"{path}/{Submissions.Neighbour}", null)));
        Assert.Equal((HttpStatusCode.BadRequest, "not_a_colleague"), StatusAndCode(await _developer.PutAsync($"{path}/nobody", null)));
        Assert.Equal(2, (await _developer.PutAsync($"{path}/{Submissions.Colleague}", null))["owners"].GetArrayLength());
        Assert.Equal(HttpStatusCode.OK, (await platform.Colleague.GetAsync($"/api/providers/{made.Id}")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await _developer.DeleteAsync($"{path}/{Submissions.Developer}")).Status);
        Assert.Equal("not_found", (await _developer.GetAsync($"/api/providers/{made.Id}")).Code);
    }

    [Fact]
    public async Task The_history_says_who_when_what_and_from_where()
    {
        var made = await _developer.ApprovedAsync(platform.Administrator);
        await _developer.PostAsync($"/api/providers/{made.Id}/suspend", new { reason = "maintenance" });

        var history = (await _developer.GetAsync($"/api/providers/{made.Id}/history"))["events"];

        Assert.Equal(["provider_suspended", "provider_approved", "provider_submitted"], history.EnumerateArray().Select(line => line.GetProperty("kind").GetString()));
        Assert.Equal(Submissions.Administrator, history[1].GetProperty("actor").GetString());
        Assert.Equal("maintenance", history[0].GetProperty("facts").GetProperty("reason").GetString());
        Assert.NotEmpty(history[0].GetProperty("facts").GetProperty("from").GetString()!);
    }

    // Security J-09; the neutralizing itself is tested where it is written.
    [Fact]
    public async Task The_export_is_a_csv_file_of_what_runs()
    {
        var name = $"=HYPERLINK(\"http://evil.test\",\"{Guid.NewGuid():N}\")";
        var made = await _developer.ApprovedAsync(platform.Administrator, Submissions.For(name: name));

        var export = await platform.Administrator.GetAsync("/api/providers/export?view=organization");
        var nothing = await platform.NeighboursAdministrator.GetAsync("/api/providers/export?view=organization");

        Assert.Equal("text/csv", export.MediaType);
        Assert.StartsWith("\"name\",\"provider id\",\"senders\",\"target URLs\",\"scope\",\"approved by\",\"approved at\",\"token type\"\r\n", export.Text, StringComparison.Ordinal);
        var line = Assert.Single(export.Text.Split("\r\n"), line => line.Contains(made.Id, StringComparison.Ordinal));
        Assert.StartsWith("\"'=HYPERLINK(\"\"http", line, StringComparison.Ordinal);
        Assert.EndsWith(",\"eat\"", line, StringComparison.Ordinal);
        Assert.DoesNotContain("contoso", nothing.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_message_to_oneself_tells_what_would_stop_it_at_others()
    {
        var made = await _developer.SubmittedAsync(Submissions.For().With("targets", new[] { "https://login.fabrikam.test" }));

        var sent = await _developer.PostAsync($"/api/providers/{made.Id}/test-message", null);

        Assert.Equal((HttpStatusCode.OK, "active"), (sent.Status, sent["card"].GetString()));
        Assert.Equal(HttpStatusCode.OK, (await _developer.GetAsync($"/api/messages/{sent["messageId"].GetString()}")).Status);
        Assert.Contains(sent["checks"].EnumerateArray(), check => check.GetProperty("outcome").GetString() == "fail");
    }

    [Fact]
    public async Task Health_and_diagnosis_say_how_a_registration_does()
    {
        var made = await _developer.SubmittedAsync();

        var week = await _developer.GetAsync($"/api/providers/{made.Id}/health?range=7d");
        var diagnosis = await _developer.GetAsync($"/api/providers/{made.Id}/diagnosis");

        Assert.Equal(("7d", 28), (week["range"].GetString(), week["steps"].GetArrayLength()));
        Assert.Equal(0, week["total"].GetProperty("deliveries").GetInt32());
        Assert.NotEqual(0, week["criteria"].GetArrayLength());
        Assert.Equal("invalid_filter", (await _developer.GetAsync($"/api/providers/{made.Id}/health?range=1y")).Code);
        Assert.Contains("waiting", diagnosis["troubles"].EnumerateArray().Select(trouble => trouble.GetProperty("code").GetString()));
        Assert.NotEqual(0, diagnosis["nodes"].GetArrayLength());
    }

    private static (HttpStatusCode, string?) StatusAndCode(ApiAnswer answer) => (answer.Status, answer.Code);
}
