using System.Net;
using ActionMail.Server.Tests.Platform;

namespace ActionMail.Server.Tests.Providers.Api;

/// <summary>What the diagnosis, the page and the history say of a registration in each of its states: one thing, and the same everywhere.</summary>
[Collection(PersonalApi.Name)]
public sealed class DiagnosisTests(ApiPlatform platform)
{
    // The way to a state, whether it is in force there, and what stands in the way besides that no message has come.
    public static TheoryData<string, bool, string[]> States => new()
    {
        { "approved at once", true, ["no_messages"] },
        { "submitted", false, ["waiting"] },
        { "approved", true, ["no_messages"] },
        { "approved, edit waits", true, ["edit_waits", "no_messages"] },
        { "rejected", false, ["never_approved"] },
        { "withdrawn", false, ["never_approved"] },
        { "suspended", false, ["suspended", "no_messages"] },
        { "suspended, edit waits", false, ["suspended", "edit_waits", "no_messages"] },
        { "resumed", true, ["no_messages"] },
        { "revoked", false, ["revoked", "no_messages"] },
    };

    [Theory, MemberData(nameof(States))]
    public async Task A_diagnosis_agrees_with_itself_in_each_state(string state, bool effective, string[] troubles)
    {
        var id = await MakeAsync(state);
        var diagnosis = await UpToDateAsync(id);
        var page = await PageAsync($"/providers/{id}/diagnosis");

        Assert.Equal(effective, diagnosis["effective"].GetBoolean());
        Assert.All(diagnosis["nodes"].EnumerateArray(), node => Assert.Equal(effective, node.GetProperty("isEffective").GetBoolean()));
        Assert.Equal(troubles, diagnosis["troubles"].EnumerateArray().Select(trouble => trouble.GetProperty("code").GetString()));
        Assert.Equal(effective, page.Contains("is in force since", StringComparison.Ordinal));
        Assert.Equal(effective, page.Contains(">in force, up to date<", StringComparison.Ordinal));
        Assert.Equal(!effective, page.Contains("Nowhere: the registration is", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_draft_that_was_never_submitted_has_no_diagnosis()
    {
        var draft = await platform.Developer.PostAsync("/api/drafts", Submissions.For());

        Assert.Equal("not_found", (await platform.Developer.GetAsync($"/api/providers/{draft.Id}/diagnosis")).Code);
    }

    [Theory]
    [InlineData("approved at once", "provider_submitted by dev@contoso.test", "provider_approved by platform")]
    [InlineData("approved, edit replaced", "provider_submitted by dev@contoso.test", "provider_approved by admin@contoso.test", "provider_submitted by dev@contoso.test", "provider_withdrawn by dev@contoso.test", "provider_submitted by dev@contoso.test")]
    [InlineData("revoked while an edit waits", "provider_submitted by dev@contoso.test", "provider_approved by admin@contoso.test", "provider_submitted by dev@contoso.test", "provider_withdrawn by dev@contoso.test", "provider_revoked by dev@contoso.test")]
    public async Task The_history_has_every_transition_with_who_when_what_and_from_where(string state, params string[] expected)
    {
        var id = await MakeAsync(state);

        var events = (await platform.Developer.GetAsync($"/api/providers/{id}/history"))["events"].EnumerateArray().Reverse().ToList();

        Assert.Equal(expected, events.Select(line => $"{line.GetProperty("kind").GetString()} by {line.GetProperty("actor").GetString()}"));
        Assert.All(events, line => Assert.NotEmpty(line.GetProperty("facts").GetProperty("from").GetString()!));
        Assert.All(events, line => Assert.NotEqual(0, line.GetProperty("facts").GetProperty("revision").GetInt32()));
    }

    [Fact]
    public async Task The_page_and_the_history_name_the_same_decider()
    {
        var id = await MakeAsync("approved at once");

        var decided = (await platform.Developer.GetAsync($"/api/providers/{id}"))["running"].GetProperty("decidedBy").GetString();
        var page = await PageAsync($"/providers/{id}");

        Assert.Equal("platform", decided);
        Assert.Contains("the platform: nobody has to approve it", page, StringComparison.Ordinal);
        Assert.Contains("<td data-label=\"Who\">the platform</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td data-label=\"Who\">dev@contoso.test</td>", page, StringComparison.Ordinal);
    }

    private async Task<string> MakeAsync(string state)
    {
        var (developer, administrator) = (platform.Developer, platform.Administrator);
        if (state == "approved at once")
            return (await developer.SubmittedAsync(Submissions.For("testUsers"))).Id;
        var submission = Submissions.For();
        var submitted = await developer.SubmittedAsync(submission);
        var path = $"/api/providers/{submitted.Id}";
        switch (state)
        {
            case "submitted": return submitted.Id;
            case "withdrawn": await DoAsync(developer, $"{path}/withdraw", new { }); return submitted.Id;
            case "rejected":
                await DoAsync(administrator, $"{path}/revisions/1/reject", new { contentHash = submitted["newest"].GetProperty("contentHash").GetString(), reason = "not yet" });
                return submitted.Id;
        }
        await DoAsync(administrator, $"{path}/revisions/1/approve", submitted.Approval());
        var edits = state switch { "approved, edit replaced" => 2, "approved, edit waits" or "suspended, edit waits" or "revoked while an edit waits" => 1, _ => 0 };
        for (var edit = 1; edit <= edits; edit++)
            Assert.Equal(HttpStatusCode.OK, (await developer.PutAsync(path, submission.With("name", $"Expenses, edit {edit}"), ("If-Match", "*"))).Status);
        if (state.StartsWith("suspended", StringComparison.Ordinal) || state == "resumed")
            await DoAsync(administrator, $"{path}/suspend", new { reason = "an incident" });
        if (state == "resumed")
            await DoAsync(administrator, $"{path}/resume", new { reason = "" });
        if (state.StartsWith("revoked", StringComparison.Ordinal))
            await DoAsync(developer, $"{path}/revoke", new { reason = "retired" });
        return submitted.Id;
    }

    private static async Task DoAsync(PersonalClient client, string path, object body) => Assert.Equal((path, HttpStatusCode.OK), (path, (await client.PostAsync(path, body)).Status));

    // A node says within a second which version it runs.
    private async Task<ApiAnswer> UpToDateAsync(string id)
    {
        for (var n = 0; n < 200; n++)
        {
            var answer = await platform.Developer.GetAsync($"/api/providers/{id}/diagnosis");
            if (answer["nodes"].EnumerateArray().All(node => node.GetProperty("isCurrent").GetBoolean()))
                return answer;
            await Task.Delay(100);
        }
        throw new InvalidOperationException("The node does not take the change up.");
    }

    private async Task<string> PageAsync(string path)
    {
        using var browser = await Browser.SignInAsync(platform.Running.Doors, Submissions.Developer);
        return WebUtility.HtmlDecode(await browser.Http.GetStringAsync(path));
    }
}
