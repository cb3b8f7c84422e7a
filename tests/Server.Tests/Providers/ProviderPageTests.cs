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

    [Theory]
    [InlineData("suspend")]
    [InlineData("revoke")]
    public async Task What_takes_it_out_of_force_asks_for_a_reason_and_shows_it_at_its_state(string act)
    {
        using var dev = await SignInAsync(Developer);
        var id = await SubmittedAsync(dev, "Reasoned");

        using var without = await dev.PostAsync($"/providers/{id}/{act}", [("reason", "  ")]);
        var page = await without.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, without.StatusCode);
        Assert.Matches("<textarea[^>]*required[^>]*aria-invalid=\"true\"", page);
        Assert.Contains("id=\"reason-fault\"", page);
        Assert.Equal(ProviderState.Approved, (await RowAsync(id)).State);

        (await dev.PostAsync($"/providers/{id}/{act}", [("reason", "The key leaked")])).Dispose();
        Assert.Matches($"State {act}[a-z]* The key leaked", DashboardBrowser.TextOf(await dev.ReadAsync($"/providers/{id}")).Replace("Suspended", "suspended", StringComparison.Ordinal).Replace("Revoked", "revoked", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_checks_warn_of_is_there_after_the_submission()
    {
        using var dev = await SignInAsync(Developer);
        var (plain, warned) = (await SubmittedAsync(dev, "Nothing to say"), await SubmittedAsync(dev, "On this machine", "http://localhost:5123"));

        Assert.Contains("only the emulator calls it", DashboardBrowser.TextOf(await dev.ReadAsync($"/providers/{warned}?submitted=1")));
        Assert.Contains("One thing to look at", await dev.ReadAsync($"/providers/{warned}"));
        Assert.DoesNotContain("to look at", await dev.ReadAsync($"/providers/{plain}"));
    }

    [Fact]
    public async Task A_filter_that_there_is_not_is_said_to_be_none()
    {
        using var dev = await SignInAsync(Developer);
        using var admin = await SignInAsync(Administrator);
        using var reviewer = await SignInAsync("reviewer@platform.test");
        var id = await SubmittedAsync(dev, "Unfiltered");

        var page = await dev.ReadAsync("/providers?status=zzz");

        Assert.Contains("There is no status zzz , so all are listed", DashboardBrowser.TextOf(page));
        Assert.Contains(id, page);
        Assert.Contains("There is no status", await admin.ReadAsync("/admin?status=zzz"));
        Assert.Contains("There is no status", await reviewer.ReadAsync("/review?status=zzz"));
        foreach (var known in new[] { "", "approved", "APPROVED", "drafts" })
            Assert.DoesNotContain("There is no status", await dev.ReadAsync($"/providers?status={known}"));
    }

    [Fact]
    public async Task Opening_the_form_begins_one_thing_once_lists_nothing_and_is_not_counted()
    {
        await using var strict = await ActionMail.Server.Tests.Platform.RunningPlatform.StartAsync(settings: "--Providers:DraftsPerDay=2");
        using var dev = await DashboardBrowser.SignInAsync(strict.Doors, Developer);

        var first = await dev.BeginAsync();
        Assert.Equal(first, await dev.BeginAsync());
        Assert.DoesNotContain(first, await dev.ReadAsync("/providers"));
        (await dev.PostAsync($"/providers/{first}/edit", [("name", "Begun"), ("command", "save")])).Dispose();
        Assert.Contains(first, await dev.ReadAsync("/providers"));

        var second = await dev.BeginAsync();
        Assert.NotEqual(first, second);
        Assert.Equal(second, await dev.BeginAsync());
        (await dev.PostAsync($"/providers/{second}/edit", [("name", "Begun too"), ("command", "save")])).Dispose();
        using var third = await dev.GetAsync("/providers/new");
        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
    }

    [Theory]
    [InlineData("clone", "Copy of ")]
    [InlineData("migrate", " (Entra)")]
    public async Task A_copy_is_told_apart_from_the_original_and_its_name_still_fits(string way, string mark)
    {
        using var dev = await SignInAsync(Developer);
        var name = new string('n', 91) + "\U0001F680 rocket";
        var id = await SubmittedAsync(dev, name);

        using var begun = await dev.PostAsync($"/providers/{id}/{way}", []);

        var copy = begun.Headers.Location!.ToString().Split('/')[2];
        var draft = await shared.Running.ReadAsync(db => db.ProviderDrafts.AsNoTracking().SingleAsync(row => row.ProviderId == copy));
        var copied = ActionMail.Server.Providers.DraftFields.Read(draft.Fields).Name!;
        Assert.Contains(mark, copied);
        Assert.InRange(copied.Length, 90, 100);
        Assert.DoesNotContain(copied, char.IsSurrogate);
        Assert.Contains(copied, WebUtility.HtmlDecode(await dev.ReadAsync("/providers?status=drafts")));
    }

    [Fact]
    public async Task Whoever_cannot_be_an_owner_is_named_beside_the_field()
    {
        using var dev = await SignInAsync(Developer);
        var id = await SubmittedAsync(dev, "Owned");

        using var refused = await dev.PostAsync($"/providers/{id}", [("handler", "AddOwner"), ("address", "carol@fabrikam.test")]);

        var page = await refused.Content.ReadAsStringAsync();
        Assert.Matches("id=\"owner-address\"[^>]*value=\"carol@fabrikam.test\"[^>]*aria-invalid=\"true\"", page);
        Assert.Contains("id=\"owner-fault\"", page);
    }

    // A blank before a comma comes from a line's end behind the time.
    [Fact]
    public async Task Times_are_written_one_way_and_nothing_stands_between_them_and_what_follows()
    {
        using var dev = await SignInAsync(Developer);
        var id = await SubmittedAsync(dev, "Timed");

        foreach (var path in new[] { "/providers", $"/providers/{id}", $"/providers/{id}/diagnosis", $"/providers/{id}/health" })
        {
            var page = await dev.ReadAsync(path);
            Assert.DoesNotMatch("</time>\\s+[,.;]", page);
            Assert.DoesNotContain("data-time=\"full\"", page);
            Assert.All(System.Text.RegularExpressions.Regex.Matches(page, "<time[^>]*>([^<]*)</time>"), time => Assert.Matches("^[0-9]{1,2} [A-Z][a-z]{2} [0-9]{4}, [0-9]{2}:[0-9]{2} UTC$", time.Groups[1].Value));
            Assert.Contains("class=\"page-title\"", page);
        }
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
        // What a mail to oneself cannot show is no failure, and what it does show is said.
        Assert.Matches("It cannot tell.*not tested originator_sender_mismatch", text);
        Assert.Matches("It passes.*holds the recipient is named in To or Cc.*It cannot tell", text);
        Assert.DoesNotContain("It fails", text);
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
        Assert.Contains("value=\"Old tokens (Entra)\"", draft);
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
        (await dev.PostAsync($"/providers/{stopped}/suspend", [("reason", "A pause")])).Dispose();

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

    private async Task<string> SubmittedAsync(DashboardBrowser dev, string name, string target = "https://api.contoso.test")
    {
        var id = await dev.BeginAsync();
        using var answer = await dev.PostAsync($"/providers/{id}/edit",
            [("name", name), ("senders", $"s-{Guid.NewGuid():N}@contoso.test"), ("targets", target), ("tokenProfile", "Eat"), ("scope", "TestUsers"), ("testUsers", Developer), ("command", "submit")]);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return id;
    }

    private Task<DashboardBrowser> SignInAsync(string address) => DashboardBrowser.SignInAsync(shared.Running.Doors, address);

    private Task<ProviderRow> RowAsync(string id) => shared.Running.ReadAsync(db => db.Providers.AsNoTracking().SingleAsync(row => row.Id == id));
}
