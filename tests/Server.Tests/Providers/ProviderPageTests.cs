using System.Net;
using ActionMail.Protocol.Providers;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Tests.Providers;

/// <summary>The list and a registration's page through their doors. dashboard.md "Elsewhere in the portal"; security J-10, J-11, M-01.</summary>
public sealed class ProviderPageTests(SubmissionPageTests.Roomy shared) : IClassFixture<SubmissionPageTests.Roomy>
{
    private const string Developer = "dev@contoso.test";
    private const string Administrator = "admin@contoso.test";

    [Theory]
    [InlineData("")]
    [InlineData("/edit")]
    [InlineData("/suspend")]
    [InlineData("/revoke")]
    [InlineData("/withdraw")]
    [InlineData("/clone")]
    [InlineData("/migrate")]
    public async Task A_page_of_a_registration_is_there_for_its_owner_and_not_for_strangers(string page)
    {
        using var dev = await SignInAsync(Developer);
        var id = await SubmittedAsync(dev, "Only mine");

        Assert.Equal(HttpStatusCode.OK, (await dev.GetAsync($"/providers/{id}{page}")).StatusCode);
        foreach (var other in new[] { "elvia@contoso.test", "carol@fabrikam.test", "admin@fabrikam.test", "reviewer@platform.test" })
        {
            using var stranger = await SignInAsync(other);
            using var answer = await stranger.GetAsync($"/providers/{id}{page}");
            using var nothing = await stranger.GetAsync($"/providers/{Guid.NewGuid()}{page}");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Equal(await DashboardBrowser.TextOfAsync(nothing), await DashboardBrowser.TextOfAsync(answer));
        }
    }

    [Theory]
    [InlineData("/suspend")]
    [InlineData("/revoke")]
    [InlineData("?handler=Test")]
    [InlineData("?handler=AddOwner")]
    [InlineData("?handler=RemoveOwner")]
    [InlineData("?handler=Prove")]
    [InlineData("/clone")]
    [InlineData("/migrate")]
    public async Task A_stranger_does_nothing_to_a_registration_and_nobody_without_the_token(string act)
    {
        using var dev = await SignInAsync(Developer);
        var id = await SubmittedAsync(dev, "Not yours");
        using var stranger = await SignInAsync("carol@fabrikam.test");

        using var strange = await stranger.PostAsync($"/providers/{id}{act}", [("address", "elvia@contoso.test"), ("name", "contoso.test")], form: "/providers");
        using var forged = await dev.Http.PostAsync($"/providers/{id}{act}", new FormUrlEncodedContent([]));

        Assert.Equal(HttpStatusCode.NotFound, strange.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(ProviderState.Approved, (await RowAsync(id)).State);
    }

    [Fact]
    public async Task It_is_suspended_resumed_and_revoked_from_its_page_and_the_history_says_by_whom_and_from_where()
    {
        using var dev = await SignInAsync(Developer);
        var id = await SubmittedAsync(dev, "Moving");

        foreach (var (act, state) in new[] { ("suspend", ProviderState.Suspended), ("resume", ProviderState.Approved), ("revoke", ProviderState.Revoked) })
        {
            using var answer = await dev.PostAsync($"/providers/{id}/{act}", [("reason", $"because of {act}")]);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Assert.Equal(state, (await RowAsync(id)).State);
        }

        var page = DashboardBrowser.TextOf(await dev.ReadAsync($"/providers/{id}"));
        Assert.Contains("because of revoke", page);
        Assert.Matches("Suspended because of suspend dev@contoso.test 1 (127\\.0\\.0\\.1|::1|::ffff:127\\.0\\.0\\.1)", page);
        using var again = await dev.PostAsync($"/providers/{id}/resume", []);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Fact]
    public async Task A_colleague_is_made_an_owner_and_the_last_owner_stays()
    {
        using var dev = await SignInAsync(Developer);
        using var elvia = await SignInAsync("elvia@contoso.test");
        var id = await SubmittedAsync(dev, "Shared");

        using var last = await dev.PostAsync($"/providers/{id}?handler=RemoveOwner", [("address", Developer)]);
        using var elsewhere = await dev.PostAsync($"/providers/{id}?handler=AddOwner", [("address", "carol@fabrikam.test")]);
        using var added = await dev.PostAsync($"/providers/{id}?handler=AddOwner", [("address", "Elvia@contoso.test")]);

        Assert.Equal(HttpStatusCode.Conflict, last.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, elsewhere.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        Assert.Contains("Shared", await elvia.ReadAsync($"/providers/{id}/edit"));
        (await elvia.PostAsync($"/providers/{id}?handler=RemoveOwner", [("address", Developer)])).Dispose();
        Assert.Equal(HttpStatusCode.NotFound, (await dev.GetAsync($"/providers/{id}")).StatusCode);
    }

    [Fact]
    public async Task A_test_message_comes_with_the_card_and_says_what_would_stop_it_elsewhere()
    {
        using var dev = await SignInAsync(Developer);
        var id = await SubmittedAsync(dev, "Tried \"<b>");

        using var sent = await dev.PostAsync($"/providers/{id}?handler=Test", []);

        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        var page = await dev.ReadAsync(sent.Headers.Location!.ToString().Split('#')[0]);
        var text = DashboardBrowser.TextOf(page);
        Assert.Contains("The card is shown", text);
        Assert.Contains("originator_sender_mismatch", text);
        Assert.DoesNotContain("target_denied", text);
        var message = System.Text.RegularExpressions.Regex.Match(page, "href=\"/inbox/([0-9a-f-]{36})\"").Groups[1].Value;
        Assert.Contains("Test message of Tried", await dev.ReadAsync($"/inbox/{message}"));
    }

    [Fact]
    public async Task A_legacy_registration_is_migrated_into_a_draft_with_an_id_of_its_own()
    {
        using var dev = await SignInAsync(Developer);
        var id = await SubmittedAsync(dev, "Old tokens");

        using var begun = await dev.PostAsync($"/providers/{id}/migrate", []);

        var address = begun.Headers.Location!.ToString();
        var draft = await dev.ReadAsync(address.Split('#')[0]);
        Assert.EndsWith("#appId", address);
        Assert.DoesNotContain(id, draft);
        Assert.Contains("value=\"Old tokens\"", draft);
        Assert.Matches("value=\"Entra\" checked", draft);
        Assert.Matches("id=\"appId\"[^>]*autofocus", draft);
        Assert.Equal(ProviderState.Approved, (await RowAsync(id)).State);
    }

    [Fact]
    public async Task The_list_is_filtered_searched_and_only_ever_of_ones_own()
    {
        using var dev = await SignInAsync(Developer);
        using var admin = await SignInAsync(Administrator);
        var (kept, stopped) = (await SubmittedAsync(dev, "Findable_kept"), await SubmittedAsync(dev, "Findable_stopped"));
        (await dev.PostAsync($"/providers/{stopped}/suspend", [("reason", "")])).Dispose();

        Assert.Equal((true, true), Has(await dev.ReadAsync("/providers?q=findable_"), kept, stopped));
        Assert.Equal((true, false), Has(await dev.ReadAsync("/providers?status=approved&q=findable"), kept, stopped));
        Assert.Equal((false, true), Has(await dev.ReadAsync("/providers?status=suspended"), kept, stopped));
        Assert.Equal((true, false), Has(await dev.ReadAsync($"/providers?q={kept[..13]}"), kept, stopped));
        Assert.Equal((false, false), Has(await dev.ReadAsync("/providers?q=findableX"), kept, stopped));
        Assert.Equal((false, false), Has(await admin.ReadAsync("/providers"), kept, stopped));
        Assert.Contains("/providers/export.csv?view=mine", await dev.ReadAsync("/providers?status=approved"));
        Assert.DoesNotContain("export.csv", await dev.ReadAsync("/providers"));
    }

    [Fact]
    public async Task The_settings_to_copy_name_issuer_audience_and_originator()
    {
        using var dev = await SignInAsync(Developer);
        var id = await SubmittedAsync(dev, "Configured");

        var page = WebUtility.HtmlDecode(await dev.ReadAsync($"/providers/{id}"));

        Assert.Contains($"\"Issuer\": \"{shared.Running.Url.ToString().TrimEnd('/')}/sts/\"", page);
        Assert.Contains("\"https://api.contoso.test\"", page);
        Assert.Contains($"\"Originator\": \"{id}\"", page);
        Assert.Contains("TokenIssuer.ActionMail(", page);
    }

    [Fact]
    public async Task A_page_of_the_dashboard_has_the_strict_policy_no_inline_script_and_the_token_in_each_form()
    {
        using var dev = await SignInAsync(Developer);
        var id = await SubmittedAsync(dev, "Strict");

        foreach (var path in new[] { "/providers", $"/providers/{id}", $"/providers/{id}/edit", $"/providers/{id}/suspend" })
        {
            using var answer = await dev.GetAsync(path);
            Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
            var page = await answer.Content.ReadAsStringAsync();
            Assert.DoesNotContain(" style=\"", page);
            Assert.DoesNotMatch("<script(?![^>]*(src=|application/json))", page);
            Assert.Equal(page.Split("<form method=\"post\"").Length, page.Split("name=\"__RequestVerificationToken\"").Length);
        }
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("{{constructor.constructor('alert(1)')()}}")]
    public async Task What_is_typed_is_text_on_every_page(string name)
    {
        using var dev = await SignInAsync(Developer);
        using var admin = await SignInAsync(Administrator);
        var id = await SubmittedAsync(dev, name);

        foreach (var page in new[] { await dev.ReadAsync("/providers"), await dev.ReadAsync($"/providers/{id}/edit"), await admin.ReadAsync($"/providers/{id}") })
        {
            Assert.Contains(WebUtility.HtmlDecode(name), WebUtility.HtmlDecode(page));
            Assert.DoesNotContain("<script>alert", page);
            Assert.DoesNotContain("<img src=x", page);
        }
    }

    [Fact]
    public async Task Approved_providers_are_exported_with_hostile_names_made_harmless()
    {
        using var dev = await SignInAsync(Developer);
        var id = await SubmittedAsync(dev, "=HYPERLINK(\"http://evil.test\",\"x\")");

        using var answer = await dev.GetAsync($"/providers/export.csv?view=mine&status=approved&q={id}");
        using var others = await dev.GetAsync("/providers/export.csv?view=organization&status=approved");

        Assert.Equal("text/csv; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        var lines = (await answer.Content.ReadAsStringAsync()).Split("\r\n");
        Assert.Equal(3, lines.Length);
        Assert.StartsWith($"\"'=HYPERLINK(\"\"http://evil.test\"\",\"\"x\"\")\",\"{id}\",", lines[1]);
        // A developer has no view of the whole organization.
        Assert.Single((await others.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Feedback_reaches_the_operators_mailbox_with_the_page()
    {
        using var dev = await SignInAsync(Developer);
        using var reviewer = await SignInAsync("reviewer@platform.test");

        Assert.Contains("/feedback?about=%2Fproviders", await dev.ReadAsync("/providers"));
        Assert.Contains("name=\"about\" value=\"/providers\"", await dev.ReadAsync("/feedback?about=%2Fproviders"));
        using var empty = await dev.PostAsync("/feedback", [("about", "/providers"), ("text", " ")]);
        using var sent = await dev.PostAsync("/feedback", [("about", "/providers"), ("text", "The list could be sorted.")]);
        using var elsewhere = await dev.PostAsync("/feedback", [("about", "https://evil.test/"), ("text", "A page of nobody.")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        Assert.Contains("Thank you", await DashboardBrowser.TextOfAsync(sent));
        Assert.DoesNotContain("evil.test", await elsewhere.Content.ReadAsStringAsync());
        Assert.Contains("Feedback from dev@contoso.test", await reviewer.ReadAsync("/inbox"));
    }

    private static (bool, bool) Has(string page, string one, string other) => (page.Contains(one, StringComparison.Ordinal), page.Contains(other, StringComparison.Ordinal));

    private async Task<string> SubmittedAsync(DashboardBrowser dev, string name)
    {
        var id = await dev.BeginAsync();
        using var answer = await dev.PostAsync($"/providers/{id}/edit",
            [("name", name), ("senders", $"s-{Guid.NewGuid():N}@contoso.test"), ("targets", "https://api.contoso.test"), ("tokenProfile", "Eat"), ("scope", "TestUsers"), ("testUsers", Developer), ("command", "submit")]);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return id;
    }

    private Task<DashboardBrowser> SignInAsync(string address) => DashboardBrowser.SignInAsync(shared.Running.Doors, address);

    private Task<ProviderRow> RowAsync(string id) => shared.Running.ReadAsync(db => db.Providers.AsNoTracking().SingleAsync(row => row.Id == id));
}
