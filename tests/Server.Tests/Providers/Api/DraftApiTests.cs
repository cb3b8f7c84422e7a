using System.Net;
using ActionMail.Server.Tests.Platform;

namespace ActionMail.Server.Tests.Providers.Api;

[Collection(PersonalApi.Name)]
public sealed class DraftApiTests(ApiPlatform platform)
{
    private const string Path = "/api/drafts";

    private readonly PersonalClient _developer = platform.Developer;

    [Fact]
    public async Task A_draft_has_its_originator_id_from_the_first_moment_and_keeps_what_is_wrong()
    {
        var begun = await _developer.PostAsync(Path, """{"senders":["not an address"],"scenario":{"dailyVolume":"many"}}""");

        Assert.Equal(HttpStatusCode.Created, begun.Status);
        Assert.True(Guid.TryParseExact(begun.Id, "D", out _));
        Assert.Equal($"{Path}/{begun.Id}", begun.Headers.Location!.ToString());
        var read = await _developer.GetAsync($"{Path}/{begun.Id}");
        Assert.Equal("not an address", read["fields"].GetProperty("senders")[0].GetString());
        Assert.Equal("many", read["fields"].GetProperty("scenario").GetProperty("dailyVolume").GetString());
        Assert.Contains(begun.Id, (await _developer.GetAsync(Path)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_saving_that_was_overtaken_gets_what_was_saved_and_nothing_is_lost()
    {
        var begun = await _developer.PostAsync(Path, new { name = "One" });
        var path = $"{Path}/{begun.Id}";
        var saved = await _developer.PutAsync(path, new { name = "Two" }, ("If-Match", begun.Tag!));
        Assert.Equal("\"d2\"", saved.Tag);

        var overtaken = await _developer.PutAsync(path, new { name = "Three" }, ("If-Match", begun.Tag!));

        Assert.Equal((HttpStatusCode.PreconditionFailed, "precondition_failed"), (overtaken.Status, overtaken.Code));
        Assert.Equal("Two", overtaken["draft"].GetProperty("fields").GetProperty("name").GetString());
        Assert.Equal("precondition_required", (await _developer.PutAsync(path, new { name = "Three" })).Code);
        Assert.Equal("Two", (await _developer.GetAsync(path))["name"].GetString());
    }

    [Fact]
    public async Task A_draft_is_submitted_once_for_a_key_and_then_gone()
    {
        var begun = await _developer.PostAsync(Path, Submissions.For("testUsers"));
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());

        var submitted = await _developer.PostAsync($"{Path}/{begun.Id}/submit", null, key);
        var again = await _developer.PostAsync($"{Path}/{begun.Id}/submit", null, key);

        Assert.Equal((HttpStatusCode.Created, begun.Id), (submitted.Status, submitted.Id));
        Assert.Equal((HttpStatusCode.Created, submitted.Tag), (again.Status, again.Tag));
        Assert.Equal("not_found", (await _developer.GetAsync($"{Path}/{begun.Id}")).Code);
        Assert.Equal("not_found", (await _developer.PostAsync($"{Path}/{begun.Id}/submit", null)).Code);
    }

    [Fact]
    public async Task A_draft_that_is_not_right_is_not_submitted_and_stays()
    {
        var begun = await _developer.PostAsync(Path, new { name = "Only a name" });

        var refused = await _developer.PostAsync($"{Path}/{begun.Id}/submit", null);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_submission"), (refused.Status, refused.Code));
        Assert.Equal(3, refused["findings"].GetArrayLength());
        Assert.Equal(HttpStatusCode.OK, (await _developer.GetAsync($"{Path}/{begun.Id}")).Status);
    }

    // Security J-01: a private key is stored nowhere.
    [Fact]
    public async Task A_private_key_is_not_kept_in_a_draft()
    {
        const string secret = "c2VjcmV0LWV4cG9uZW50LW9mLWEta2V5";
        var fields = new { keys = new[] { $$"""{"kty":"RSA","n":"AQAB","e":"AQAB","d":"{{secret}}"}""" } };
        var draft = await _developer.PostAsync(Path, new { name = "Mine" });

        var begun = await _developer.PostAsync(Path, fields);
        var saved = await _developer.PutAsync($"{Path}/{draft.Id}", fields, ("If-Match", draft.Tag!));

        Assert.All([begun, saved], refused =>
        {
            Assert.Equal((HttpStatusCode.BadRequest, "private_key"), (refused.Status, refused.Code));
            Assert.StartsWith("keys[0]", refused.Detail, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, refused.Text, StringComparison.Ordinal);
        });
        Assert.False(await platform.Running.ReadAsync(db => Task.FromResult(db.ProviderDrafts.Any(row => row.Fields.Contains(secret)))));
    }

    [Fact]
    public async Task An_edit_begins_with_what_is_registered_and_is_a_new_revision()
    {
        var made = await _developer.SubmittedAsync(Submissions.For("testUsers"));
        var draft = await _developer.PostAsync($"/api/providers/{made.Id}/edit", null);
        Assert.Equal((HttpStatusCode.OK, made.Id), (draft.Status, draft.Id));
        Assert.Equal("Expenses", draft["fields"].GetProperty("name").GetString());

        await RenameAsync(_developer, draft, "Expenses, edited");
        var submitted = await _developer.PostAsync($"{Path}/{made.Id}/submit", null);

        Assert.Equal((2, "Expenses, edited"), (submitted["activeRevision"].GetInt32(), submitted["name"].GetString()));
    }

    [Fact]
    public async Task What_a_colleague_submitted_since_is_put_aside_only_by_its_number()
    {
        var made = await _developer.SubmittedAsync(Submissions.For("testUsers"));
        await _developer.PutAsync($"/api/providers/{made.Id}/owners/{Submissions.Colleague}", null);
        var draft = await _developer.PostAsync($"/api/providers/{made.Id}/edit", null);
        Assert.Equal(1, draft["baseRevision"].GetInt32());
        await EditAsync(platform.Colleague, made.Id, "The colleague's");
        await RenameAsync(_developer, draft, "Mine");
        string Submit(string over) => $"{Path}/{made.Id}/submit{over}";

        var unasked = await _developer.PostAsync(Submit(""), null);
        var wrong = await _developer.PostAsync(Submit("?over=1"), null);
        var asked = await _developer.PostAsync(Submit("?over=2"), null);

        Assert.All([unasked, wrong], refused =>
        {
            Assert.Equal((HttpStatusCode.Conflict, "revision_changed"), (refused.Status, refused.Code));
            Assert.Contains($"{Submissions.Colleague} submitted revision 2", refused.Detail, StringComparison.Ordinal);
        });
        Assert.Equal((3, "Mine"), (asked["activeRevision"].GetInt32(), asked["name"].GetString()));
    }

    // What was refused or withdrawn is not put aside: it does not count any more.
    [Fact]
    public async Task A_draft_outlives_the_withdrawal_of_what_it_was_begun_with()
    {
        var made = await _developer.ApprovedAsync(platform.Administrator);
        await EditAsync(_developer, made.Id, "Second thoughts");
        var draft = await _developer.PostAsync($"/api/providers/{made.Id}/edit", null);
        Assert.Equal(2, draft["baseRevision"].GetInt32());
        await _developer.PostAsync($"/api/providers/{made.Id}/withdraw", null);
        await RenameAsync(_developer, draft, "Third thoughts");

        var submitted = await _developer.PostAsync($"{Path}/{made.Id}/submit", null);

        Assert.Equal(HttpStatusCode.Created, submitted.Status);
        Assert.Equal(3, submitted["newest"].GetProperty("number").GetInt32());
    }

    [Fact]
    public async Task A_discarded_draft_is_gone()
    {
        var begun = await _developer.PostAsync(Path, new { });

        Assert.Equal(HttpStatusCode.NoContent, (await _developer.DeleteAsync($"{Path}/{begun.Id}")).Status);
        Assert.Equal("not_found", (await _developer.DeleteAsync($"{Path}/{begun.Id}")).Code);
    }

    // Security J-15: each revision is a request that approvers are told of.
    [Fact]
    public async Task A_registration_has_so_many_revisions_a_day_and_no_more()
    {
        await using var strict = await RunningPlatform.StartAsync(settings: "--Providers:RevisionsPerDay=3");
        using var developer = await PersonalClient.OfAsync(strict, Submissions.Developer);
        var submission = Submissions.For();
        var made = await developer.SubmittedAsync(submission);
        var path = $"/api/providers/{made.Id}";
        for (var n = 2; n <= 3; n++)
            Assert.Equal(HttpStatusCode.OK, (await developer.PutAsync(path, submission.With("name", $"Name {n}"), ("If-Match", "*"))).Status);

        var fourth = await developer.PutAsync(path, submission.With("name", "Name 4"), ("If-Match", "*"));

        Assert.Equal((HttpStatusCode.TooManyRequests, "too_many_revisions"), (fourth.Status, fourth.Code));
        Assert.NotNull(fourth.Headers.RetryAfter);
        Assert.Equal(3, (await developer.GetAsync(path))["latestRevision"].GetInt32());
        // What is there already is no new revision, and another registration has its own count.
        Assert.Equal(HttpStatusCode.OK, (await developer.PutAsync(path, submission.With("name", "Name 3"), ("If-Match", "*"))).Status);
        await developer.SubmittedAsync();
    }

    // A reviewer's draft is of another organization's registration, and is submitted for that.
    [Fact]
    public async Task A_reviewer_mends_a_Global_registration_by_a_draft_of_their_own()
    {
        var made = await _developer.SubmittedAsync(Submissions.Global("Travel to mend"));
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());

        var draft = await platform.Reviewer.PostAsync($"/api/providers/{made.Id}/edit", null);
        Assert.Equal((HttpStatusCode.OK, made.Id), (draft.Status, draft.Id));
        var fields = System.Text.Json.Nodes.JsonNode.Parse(draft["fields"].GetRawText())!;
        fields["name"] = "Travel, mended";
        await platform.Reviewer.PutAsync($"{Path}/{made.Id}", fields.ToJsonString(), ("If-Match", draft.Tag!));
        var submitted = await platform.Reviewer.PostAsync($"{Path}/{made.Id}/submit", null, key);

        Assert.Equal((HttpStatusCode.Created, 2, "contoso.test"), (submitted.Status, submitted["pendingRevision"].GetInt32(), submitted["organization"].GetString()));
        Assert.Equal("Travel, mended", (await _developer.GetAsync($"/api/providers/{made.Id}"))["newest"].GetProperty("content").GetProperty("name").GetString());
        var organization = await _developer.SubmittedAsync();
        Assert.Equal("not_found", (await platform.Reviewer.PostAsync($"/api/providers/{organization.Id}/edit", null)).Code);
    }

    // Security J-15.
    [Fact]
    public async Task Ten_new_providers_a_day_and_no_more()
    {
        await using var strict = await RunningPlatform.StartAsync();
        using var developer = await PersonalClient.OfAsync(strict, Submissions.Developer);
        for (var n = 0; n < 5; n++)
            Assert.Equal(HttpStatusCode.Created, (await developer.PostAsync(Path, new { name = $"Draft {n}" })).Status);
        for (var n = 0; n < 4; n++)
            await developer.SubmittedAsync();
        var tenth = await developer.PostAsync(Path, Submissions.For());

        var draft = await developer.PostAsync(Path, new { });
        var submission = await developer.PostAsync("/api/providers", Submissions.For());

        Assert.All([draft, submission], refused =>
        {
            Assert.Equal((HttpStatusCode.TooManyRequests, "too_many_drafts"), (refused.Status, refused.Code));
            Assert.NotNull(refused.Headers.RetryAfter);
        });
        Assert.Equal(HttpStatusCode.Created, (await developer.PostAsync($"{Path}/{tenth.Id}/submit", null)).Status);
    }

    private static async Task EditAsync(PersonalClient owner, string id, string name)
    {
        await RenameAsync(owner, await owner.PostAsync($"/api/providers/{id}/edit", null), name);
        Assert.Equal(HttpStatusCode.Created, (await owner.PostAsync($"{Path}/{id}/submit", null)).Status);
    }

    private static async Task RenameAsync(PersonalClient owner, ApiAnswer draft, string name)
    {
        var fields = System.Text.Json.Nodes.JsonNode.Parse(draft["fields"].GetRawText())!;
        fields["name"] = name;
        Assert.Equal(HttpStatusCode.OK, (await owner.PutAsync($"{Path}/{draft.Id}", fields.ToJsonString(), ("If-Match", draft.Tag!))).Status);
    }
}
