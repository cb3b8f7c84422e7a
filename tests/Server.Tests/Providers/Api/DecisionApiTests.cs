using System.Net;
using System.Net.Http.Json;
using ActionMail.Server.Tests.Platform;

namespace ActionMail.Server.Tests.Providers.Api;

[Collection(PersonalApi.Name)]
public sealed class DecisionApiTests(ApiPlatform platform)
{
    private static readonly string NoHash = new('0', 64);

    private readonly PersonalClient _developer = platform.Developer;
    private readonly PersonalClient _administrator = platform.Administrator;

    [Fact]
    public async Task An_administrator_approves_exactly_what_they_have_read()
    {
        var made = await _developer.SubmittedAsync();
        var read = await _administrator.GetAsync($"/api/providers/{made.Id}");
        Assert.Contains("decide", read["may"].EnumerateArray().Select(act => act.GetString()));

        var approved = await _administrator.PostAsync($"/api/providers/{made.Id}/revisions/1/approve", read.Approval());

        Assert.Equal((HttpStatusCode.OK, "approved", 1), (approved.Status, approved["state"].GetString(), approved["activeRevision"].GetInt32()));
        Assert.Equal(Submissions.Administrator, approved["newest"].GetProperty("decidedBy").GetString());
        var again = await _administrator.PostAsync($"/api/providers/{made.Id}/revisions/1/reject", new { contentHash = NoHash, reason = "late" });
        Assert.Equal((HttpStatusCode.Conflict, "already_decided"), (again.Status, again.Code));
        Assert.Contains(Submissions.Administrator, again.Detail, StringComparison.Ordinal);
    }

    // Security J-02.
    [Theory]
    [InlineData("no hash", "{}", HttpStatusCode.BadRequest, "bad_request")]
    [InlineData("half a hash", """{"contentHash":"00"}""", HttpStatusCode.BadRequest, "bad_request")]
    [InlineData("no hexadecimal digits", """{"contentHash":"zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"}""", HttpStatusCode.BadRequest, "bad_request")]
    [InlineData("another content's", """{"contentHash":"0000000000000000000000000000000000000000000000000000000000000000"}""", HttpStatusCode.Conflict, "revision_changed")]
    public async Task An_approval_without_the_hash_of_what_waits_approves_nothing(string why, string body, HttpStatusCode status, string code)
    {
        var made = await _developer.SubmittedAsync();

        var refused = await _administrator.PostAsync($"/api/providers/{made.Id}/revisions/1/approve", body);

        Assert.Equal((why, status, code), (why, refused.Status, refused.Code));
        Assert.Equal("submitted", (await _developer.GetAsync($"/api/providers/{made.Id}"))["state"].GetString());
    }

    [Fact]
    public async Task A_revision_that_was_replaced_since_it_was_read_is_not_approved_and_neither_is_its_successor()
    {
        var submission = Submissions.For();
        var made = await _developer.SubmittedAsync(submission);
        await _developer.PutAsync($"/api/providers/{made.Id}", submission.With("name", "Expenses of all"), ("If-Match", made.Tag!));

        var refused = await _administrator.PostAsync($"/api/providers/{made.Id}/revisions/1/approve", made.Approval());

        Assert.Equal("revision_changed", refused.Code);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await _developer.GetAsync($"/api/providers/{made.Id}"))["activeRevision"].ValueKind);
    }

    [Theory]
    [InlineData("suspend", "{}")]
    [InlineData("suspend", """{"reason":" "}""")]
    [InlineData("revoke", """{"reason":null}""")]
    public async Task What_takes_a_registration_out_of_force_says_why(string act, string body)
    {
        var made = await _developer.SubmittedAsync(Submissions.For("testUsers"));

        var refused = await _developer.PostAsync($"/api/providers/{made.Id}/{act}", body);

        Assert.Equal((HttpStatusCode.BadRequest, "reason_missing"), (refused.Status, refused.Code));
        Assert.Equal("approved", (await _developer.GetAsync($"/api/providers/{made.Id}"))["state"].GetString());
        var done = await _developer.PostAsync($"/api/providers/{made.Id}/{act}", new { reason = "key leaked" });
        Assert.Equal("key leaked", done["stateReason"].GetString());
    }

    [Fact]
    public async Task The_operator_says_why_too()
    {
        var made = await _developer.SubmittedAsync(Submissions.For("testUsers"));
        using var http = platform.Running.Doors.Operator();

        using var refused = await http.PostAsJsonAsync($"/api/operator/providers/{made.Id}/suspend", new { });
        using var done = await http.PostAsJsonAsync($"/api/operator/providers/{made.Id}/suspend", new { reason = "an incident" });

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (refused.StatusCode, done.StatusCode));
        Assert.Contains("reason_missing", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    // Security J-03.
    [Fact]
    public async Task Nobody_decides_about_a_request_of_their_own()
    {
        var own = await _administrator.SubmittedAsync();
        var developers = await _developer.SubmittedAsync();

        var byAuthor = await _administrator.PostAsync($"/api/providers/{own.Id}/revisions/1/approve", own.Approval());
        var byDeveloper = await _developer.PostAsync($"/api/providers/{developers.Id}/revisions/1/approve", developers.Approval());
        var global = await _developer.SubmittedAsync(Submissions.Global());
        var byAdministrator = await _administrator.PostAsync($"/api/providers/{global.Id}/revisions/1/approve", global.Approval());

        Assert.Equal((HttpStatusCode.Forbidden, "own_request"), (byAuthor.Status, byAuthor.Code));
        Assert.Equal((HttpStatusCode.Forbidden, "own_request"), (byDeveloper.Status, byDeveloper.Code));
        Assert.Equal((HttpStatusCode.Forbidden, "not_approver"), (byAdministrator.Status, byAdministrator.Code));
    }

    // contoso.test has one administrator here.
    [Fact]
    public async Task The_only_administrator_is_told_at_once_that_nobody_may_approve_their_request()
    {
        const string words = "You are the only administrator of Contoso: nobody may approve your own request.";
        var own = await _administrator.SubmittedAsync();
        var developers = await _developer.SubmittedAsync();

        var warning = Assert.Single(own["warnings"].EnumerateArray(), warning => warning.GetProperty("code").GetString() == "no_approver");
        Assert.StartsWith(words, warning.GetProperty("words").GetString(), StringComparison.Ordinal);
        Assert.Empty(developers["warnings"].EnumerateArray());
        Assert.Contains(words, (await _administrator.GetAsync($"/api/providers/{own.Id}/diagnosis")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("no_approver", (await _developer.GetAsync($"/api/providers/{developers.Id}/diagnosis")).Text, StringComparison.Ordinal);
        using var browser = await Browser.SignInAsync(platform.Running.Doors, Submissions.Administrator);
        Assert.Contains(words, await browser.Http.GetStringAsync($"/providers/{own.Id}?submitted=1"), StringComparison.Ordinal);
        using var other = await Browser.SignInAsync(platform.Running.Doors, Submissions.Developer);
        Assert.DoesNotContain("only administrator", await other.Http.GetStringAsync($"/providers/{developers.Id}?submitted=1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejection_has_a_reason_and_leaves_what_runs()
    {
        var submission = Submissions.For();
        var running = await _developer.ApprovedAsync(_administrator, submission);
        var edited = await _developer.PutAsync($"/api/providers/{running.Id}", submission.With("name", "Expenses, new"), ("If-Match", running.Tag!));
        Assert.Equal((1, 2), (edited["activeRevision"].GetInt32(), edited["pendingRevision"].GetInt32()));

        var without = await _administrator.PostAsync($"/api/providers/{running.Id}/revisions/2/reject", edited.Approval());
        var rejected = await _administrator.PostAsync($"/api/providers/{running.Id}/revisions/2/reject",
            new { contentHash = edited["newest"].GetProperty("contentHash").GetString(), reason = "the old name is known" });

        Assert.Equal((HttpStatusCode.BadRequest, "reason_missing"), (without.Status, without.Code));
        Assert.Equal(("approved", 1), (rejected["state"].GetString(), rejected["activeRevision"].GetInt32()));
        var revisions = (await _developer.GetAsync($"/api/providers/{running.Id}/revisions"))["revisions"];
        Assert.Equal(["rejected", "approved"], revisions.EnumerateArray().Select(revision => revision.GetProperty("state").GetString()));
        Assert.Equal("the old name is known", revisions[0].GetProperty("reason").GetString());
        Assert.Equal("Expenses, new", (await _developer.GetAsync($"/api/providers/{running.Id}/revisions/2"))["content"].GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_revision_is_compared_with_the_running_one()
    {
        var submission = Submissions.For();
        var running = await _developer.ApprovedAsync(_administrator, submission);
        await _developer.PutAsync($"/api/providers/{running.Id}", submission.With("targets", new[] { "https://new.contoso.test" }), ("If-Match", running.Tag!));

        var difference = await _administrator.GetAsync($"/api/providers/{running.Id}/revisions/2/difference");

        Assert.Equal((1, 2), (difference["from"].GetInt32(), difference["to"].GetInt32()));
        Assert.Equal(["removed https://expenses.contoso.test", "added https://new.contoso.test"], difference["changes"].EnumerateArray()
            .Select(change => $"{change.GetProperty("kind").GetString()} {change.GetProperty("before").GetString() ?? change.GetProperty("after").GetString()}"));
        Assert.Equal("not_found", (await _administrator.GetAsync($"/api/providers/{running.Id}/revisions/3/difference")).Code);
    }

    // Security J-05.
    [Fact]
    public async Task A_name_that_is_not_proven_is_not_approved()
    {
        var made = await _developer.SubmittedAsync(Submissions.For().With("targets", new[] { "https://login.fabrikam.test" }));

        var refused = await _administrator.PostAsync($"/api/providers/{made.Id}/revisions/1/approve", made.Approval());

        Assert.Equal((HttpStatusCode.Conflict, "domain_unproven"), (refused.Status, refused.Code));
        Assert.Contains("login.fabrikam.test", refused.Detail, StringComparison.Ordinal);
    }

    // Security J-11: the positive control is with the pages, where a sign-in can be fresh.
    [Fact]
    public async Task A_program_does_not_approve_for_everybody()
    {
        var made = await _developer.SubmittedAsync(Submissions.Global("Travel of all"));

        var refused = await platform.Reviewer.PostAsync($"/api/providers/{made.Id}/revisions/1/approve",
            new { contentHash = made["newest"].GetProperty("contentHash").GetString(), confirmation = "Travel of all" });

        Assert.Equal((HttpStatusCode.Forbidden, "reauthentication_required"), (refused.Status, refused.Code));
        Assert.Equal("submitted", (await _developer.GetAsync($"/api/providers/{made.Id}"))["state"].GetString());
    }

    [Fact]
    public async Task In_a_browser_a_reviewer_approves_for_everybody_by_typing_the_name()
    {
        var made = await _developer.SubmittedAsync(Submissions.Global("Travel for all"));
        using var reviewer = await Browser.SignInAsync(platform.Running.Doors, Submissions.Reviewer);
        await reviewer.ReadTokenAsync("/inbox");
        var path = $"/api/providers/{made.Id}/revisions/1/approve";
        var hash = made["newest"].GetProperty("contentHash").GetString();

        Assert.Equal("request_token", (await reviewer.PostAsync(path, new { contentHash = hash, confirmation = "Travel for all" }, withToken: false)).Code);
        Assert.Equal("confirmation_missing", (await reviewer.PostAsync(path, new { contentHash = hash, confirmation = "travel" })).Code);
        var approved = await reviewer.PostAsync(path, new { contentHash = hash, confirmation = "Travel for all" });

        Assert.Equal((HttpStatusCode.OK, "approved"), (approved.Status, approved.Body.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task What_an_administrator_suspends_an_owner_does_not_resume()
    {
        var running = await _developer.ApprovedAsync(_administrator);
        var path = $"/api/providers/{running.Id}";

        Assert.Equal("suspended", (await _administrator.PostAsync($"{path}/suspend", new { reason = "key leaked" }))["state"].GetString());
        var refused = await _developer.PostAsync($"{path}/resume", new { });
        Assert.Equal((HttpStatusCode.Forbidden, "suspended_above"), (refused.Status, refused.Code));
        Assert.DoesNotContain("resume", (await _developer.GetAsync(path))["may"].EnumerateArray().Select(act => act.GetString()));
        Assert.Equal("approved", (await _administrator.PostAsync($"{path}/resume", new { }))["state"].GetString());
    }

    [Fact]
    public async Task What_waits_is_withdrawn_once()
    {
        var made = await _developer.SubmittedAsync();

        Assert.Equal("withdrawn", (await _developer.PostAsync($"/api/providers/{made.Id}/withdraw", new { }))["state"].GetString());
        Assert.Equal((HttpStatusCode.Conflict, "nothing_waits"), StatusAndCode(await _developer.PostAsync($"/api/providers/{made.Id}/withdraw", new { })));
        Assert.Equal("wrong_state", (await _developer.PostAsync($"/api/providers/{made.Id}/suspend", new { reason = "x" })).Code);
    }

    private static (HttpStatusCode, string?) StatusAndCode(ApiAnswer answer) => (answer.Status, answer.Code);
}
