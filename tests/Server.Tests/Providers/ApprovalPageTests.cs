using System.Net;
using System.Text.RegularExpressions;
using ActionMail.Protocol.Providers;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers;
using ActionMail.Server.Providers.Approval;
using ActionMail.Server.Tests.Platform;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Tests.Providers;

/// <summary>The approvers' pages: who sees what, and what a form decides. Security J-02, J-03, J-08, J-10, J-11, J-15.</summary>
public sealed partial class ApprovalPageTests(ApprovalPlatform platform) : IClassFixture<ApprovalPlatform>
{
    [Theory]
    [InlineData("/admin", ApprovalPlatform.Administrator, HttpStatusCode.OK)]
    [InlineData("/admin", ApprovalPlatform.StrangeAdministrator, HttpStatusCode.OK)]
    [InlineData("/admin", ApprovalPlatform.Developer, HttpStatusCode.NotFound)]
    [InlineData("/admin", ApprovalPlatform.Reviewer, HttpStatusCode.NotFound)]
    [InlineData("/admin/consent", ApprovalPlatform.Administrator, HttpStatusCode.OK)]
    [InlineData("/admin/consent", ApprovalPlatform.Developer, HttpStatusCode.NotFound)]
    [InlineData("/review", ApprovalPlatform.Reviewer, HttpStatusCode.OK)]
    [InlineData("/review", ApprovalPlatform.Administrator, HttpStatusCode.NotFound)]
    [InlineData("/review", ApprovalPlatform.Developer, HttpStatusCode.NotFound)]
    [InlineData("/invitations", ApprovalPlatform.Developer, HttpStatusCode.OK)]
    public async Task A_page_is_there_for_those_whose_it_is(string path, string who, HttpStatusCode expected) => Assert.Equal(expected, await StatusAsync(who, path));

    [Theory]
    [InlineData(ProviderScope.Organization, ApprovalPlatform.Administrator, HttpStatusCode.OK)]
    [InlineData(ProviderScope.Organization, ApprovalPlatform.Developer, HttpStatusCode.OK)]
    [InlineData(ProviderScope.Organization, "owner@contoso.test", HttpStatusCode.NotFound)]
    [InlineData(ProviderScope.Organization, ApprovalPlatform.StrangeAdministrator, HttpStatusCode.NotFound)]
    [InlineData(ProviderScope.Organization, ApprovalPlatform.Reviewer, HttpStatusCode.NotFound)]
    [InlineData(ProviderScope.Global, ApprovalPlatform.Reviewer, HttpStatusCode.OK)]
    [InlineData(ProviderScope.Global, ApprovalPlatform.StrangeAdministrator, HttpStatusCode.NotFound)]
    public async Task A_request_is_there_for_those_whom_it_concerns_and_to_others_like_one_that_does_not_exist(ProviderScope scope, string who, HttpStatusCode expected)
    {
        var (id, _) = await platform.AskAsync(ApprovalPlatform.Content(scope));

        Assert.Equal(expected, await StatusAsync(who, $"/providers/{id}/review/1"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(who, $"/providers/{Guid.NewGuid()}/review/1"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(who, $"/providers/{id}/review/7"));
    }

    [Fact]
    public async Task Nobody_who_is_not_signed_in_sees_any_of_it()
    {
        using var nobody = Browser.Anonymous(platform.Running.Doors);
        foreach (var path in new[] { "/admin", "/review", "/admin/consent", "/invitations", $"/providers/{Guid.NewGuid()}/review/1" })
        {
            using var answer = await nobody.Http.GetAsync(path);
            Assert.Equal((HttpStatusCode.Redirect, "/sign-in"), (answer.StatusCode, answer.Headers.Location!.AbsolutePath));
        }
    }

    // J-07: what a reader would take for this name is shown to the reviewer, and what is not in force does not count.
    [Fact]
    public async Task A_reviewer_is_shown_the_names_that_look_alike()
    {
        var (withdrawn, _) = await platform.AskAsync(ApprovalPlatform.Content(name: "Parcel vvatch!"));
        await platform.Service<ChangeRegistrationState>().WithdrawAsync(platform.ActorOf(ApprovalPlatform.Developer), withdrawn, ApprovalPlatform.Cancel);
        var (alike, _) = await platform.AskAsync(ApprovalPlatform.Content(name: "PARСEL Watch"));
        var (other, _) = await platform.AskAsync(ApprovalPlatform.Content(name: "Parcel watches"));
        var (id, _) = await platform.AskAsync(ApprovalPlatform.Content(ProviderScope.Global, "Parcel Watch"));
        var (own, _) = await platform.AskAsync(ApprovalPlatform.Content(ProviderScope.Global, "ActionMаil"));
        // As an earlier release left it: made anew when the platform starts.
        await platform.Service<StoreWriter>().WriteAsync(db =>
        {
            db.Providers.Where(row => row.Id == alike).ExecuteUpdate(row => row.SetProperty(provider => provider.NameSkeleton, ""));
            RegistrationBackfill.Run(db);
            return 0;
        }, ApprovalPlatform.Cancel);
        using var isaiah = await Browser.SignInAsync(platform.Running.Doors, ApprovalPlatform.Reviewer);

        var page = await isaiah.Http.GetStringAsync($"/providers/{id}/review/1");

        Assert.Contains($">{alike}<", page, StringComparison.Ordinal);
        Assert.All([withdrawn, other], unlike => Assert.DoesNotContain($">{unlike}<", page, StringComparison.Ordinal));
        Assert.Contains($">{Server.Providers.Platform.PlatformProvider.Id}<", await isaiah.Http.GetStringAsync($"/providers/{own}/review/1"), StringComparison.Ordinal);
    }

    // The navigation stays where the reader has found the registration.
    [Theory]
    [InlineData(ProviderScope.Organization, ApprovalPlatform.Developer, "/providers")]
    [InlineData(ProviderScope.Organization, ApprovalPlatform.Administrator, "/admin")]
    [InlineData(ProviderScope.Global, ApprovalPlatform.Reviewer, "/review")]
    public async Task Whose_page_it_is_the_navigation_says(ProviderScope scope, string who, string place)
    {
        var (id, _) = await platform.AskAsync(ApprovalPlatform.Content(scope));
        using var browser = await Browser.SignInAsync(platform.Running.Doors, who);

        foreach (var part in new[] { "/review/1", "", "/health", "/diagnosis" })
            Assert.Equal([place], CurrentPlaces(await browser.Http.GetStringAsync($"/providers/{id}{part}")));
        Assert.Contains($"class=\"back-link\" href=\"{place}\"", await browser.Http.GetStringAsync($"/providers/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_checks_warn_of_is_before_who_decides_on_the_page_and_on_the_card()
    {
        var (id, _) = await platform.AskAsync(ApprovalPlatform.Content());
        using var nestor = await Browser.SignInAsync(platform.Running.Doors, ApprovalPlatform.Administrator);
        var mail = await platform.MailAsync(ApprovalPlatform.Administrator, id, NoticeKind.Requested);

        Assert.Contains("only the emulator calls it", await nestor.Http.GetStringAsync($"/providers/{id}/review/1"), StringComparison.Ordinal);
        Assert.Contains("only the emulator calls it", await ApprovalPlatform.CardTextAsync(nestor, mail.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_with_a_decision_stands_beside_its_field_with_what_was_typed()
    {
        var (id, _) = await platform.AskAsync(ApprovalPlatform.Content(ProviderScope.Global, name: "Contoso Boxes"));
        using var isaiah = await Browser.SignInAsync(platform.Running.Doors, ApprovalPlatform.Reviewer);
        var path = $"/providers/{id}/review/1";
        var form = await FormAsync(isaiah, path);

        var misspelt = await PostAsync(isaiah, path, "Approve", form with { Typed = "Contoso Boxs" });
        var unexplained = await PostAsync(isaiah, path, "Reject", form);

        Assert.Matches("id=\"typed\"[^>]*value=\"Contoso Boxs\"[^>]*aria-invalid=\"true\"", misspelt.Page);
        Assert.Contains("id=\"typed-fault\"", misspelt.Page, StringComparison.Ordinal);
        Assert.Contains("id=\"reason-fault\"", unexplained.Page, StringComparison.Ordinal);
        Assert.DoesNotMatch("action=\"[^\"]*handler=", misspelt.Page);
    }

    [Fact]
    public async Task The_consent_page_says_who_publishes_a_provider_and_what_it_does()
    {
        var (id, hash) = await platform.AskAsync(ApprovalPlatform.Content(ProviderScope.Global, "Meal vouchers") with
        {
            Publisher = new("Contoso Meals", "https://meals.contoso.test/", "help@contoso.test", "https://meals.contoso.test/privacy", "https://meals.contoso.test/terms"),
            Scenario = new("Everybody chooses a meal.", 200, "{}", null),
        });
        Assert.IsType<RegistrationResult.Done>(await platform.DecideAsync(ApprovalPlatform.Reviewer, id, hash, provenAt: platform.Clock.GetUtcNow(), typed: "Meal vouchers"));
        using var henrietta = await Browser.SignInAsync(platform.Running.Doors, ApprovalPlatform.StrangeAdministrator);

        var page = await henrietta.Http.GetStringAsync("/admin/consent?q=meal");

        foreach (var shown in new[] { "Contoso Meals", "https://meals.contoso.test/privacy", "Everybody chooses a meal.", "http://localhost:5999" })
            Assert.Contains(shown, page, StringComparison.Ordinal);
        // How to reach the submitter is for the reviewers.
        Assert.DoesNotContain("+44 20 7946 0123", page, StringComparison.Ordinal);
    }

    // J-11: no other site frames the page on which is approved.
    [Fact]
    public async Task Nobody_else_frames_the_page_of_a_request()
    {
        var (id, _) = await platform.AskAsync(ApprovalPlatform.Content());
        using var nestor = await Browser.SignInAsync(platform.Running.Doors, ApprovalPlatform.Administrator);

        using var answer = await nestor.Http.GetAsync($"/providers/{id}/review/1");

        Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task An_administrator_finds_the_request_on_the_dashboard_and_approves_it()
    {
        var content = ApprovalPlatform.Content(name: "Travel <b>desk</b> <script>alert(1)</script>");
        var (id, _) = await platform.AskAsync(content);
        using var nestor = await Browser.SignInAsync(platform.Running.Doors, ApprovalPlatform.Administrator);
        var path = $"/providers/{id}/review/1";
        Assert.Contains($"href=\"{path}\"", await nestor.Http.GetStringAsync("/admin"), StringComparison.Ordinal);

        var form = await FormAsync(nestor, path);
        Assert.DoesNotContain("<script>alert(1)", form.Page, StringComparison.Ordinal);
        Assert.Contains(content.Senders[0], form.Page, StringComparison.Ordinal);
        var answer = await PostAsync(nestor, path, "Approve", form);

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Equal((ProviderState.Approved, (int?)1), await StateAsync(id));
        Assert.Contains("Approved by Nestor Wilke.", await nestor.Http.GetStringAsync(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("without the page's token", HttpStatusCode.BadRequest)]
    [InlineData("with another content", HttpStatusCode.Conflict)]
    [InlineData("with no hash", HttpStatusCode.BadRequest)]
    [InlineData("by who asked", HttpStatusCode.Forbidden)]
    [InlineData("by another organization's administrator", HttpStatusCode.NotFound)]
    [InlineData("rejected without a reason", HttpStatusCode.UnprocessableEntity)]
    public async Task A_form_that_is_not_right_decides_nothing(string how, HttpStatusCode expected)
    {
        var (id, hash) = await platform.AskAsync(ApprovalPlatform.Content());
        var who = how switch { "by who asked" => ApprovalPlatform.Developer, "by another organization's administrator" => ApprovalPlatform.StrangeAdministrator, _ => ApprovalPlatform.Administrator };
        using var browser = await Browser.SignInAsync(platform.Running.Doors, who);
        var token = (await FormAsync(browser, "/invitations")).Token;
        var form = new Form("", how == "without the page's token" ? "" : token, how switch
        {
            "with another content" => new string('0', 64),
            "with no hash" => "",
            _ => Convert.ToHexStringLower(hash),
        });

        var answer = await PostAsync(browser, $"/providers/{id}/review/1", how == "rejected without a reason" ? "Reject" : "Approve", form);

        Assert.Equal(expected, answer.Status);
        Assert.Equal((ProviderState.Submitted, null), await StateAsync(id));
    }

    // J-02: the approver reads revision 1 while the submitter replaces it.
    [Fact]
    public async Task What_was_replaced_while_it_was_read_is_shown_beside_what_waits_and_decides_nothing()
    {
        var content = ApprovalPlatform.Content();
        var (id, _) = await platform.AskAsync(content);
        using var nestor = await Browser.SignInAsync(platform.Running.Doors, ApprovalPlatform.Administrator);
        var form = await FormAsync(nestor, $"/providers/{id}/review/1");
        await platform.SubmitAsync(id, content with { Targets = ["http://localhost:5998"] });

        var late = await PostAsync(nestor, $"/providers/{id}/review/1", "Approve", form);

        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.All(["Nothing was decided.", "Revision 2 waits now", "http://localhost:5999", "http://localhost:5998", $"/providers/{id}/review/2"],
            part => Assert.Contains(part, late.Page, StringComparison.Ordinal));
        Assert.Equal((ProviderState.Submitted, null), await StateAsync(id));

        var second = await FormAsync(nestor, $"/providers/{id}/review/2");
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync(nestor, $"/providers/{id}/review/2", "Approve", second)).Status);
        Assert.Equal((ProviderState.Approved, (int?)2), await StateAsync(id));
    }

    // Twenty at once, of two minds: one decision, and everybody else learns of it.
    [Fact]
    public async Task Of_many_who_decide_at_once_one_does()
    {
        await platform.MakeAdministratorAsync(ApprovalPlatform.SecondAdministrator);
        var (id, hash) = await platform.AskAsync(ApprovalPlatform.Content());

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => platform.DecideAsync(
            i % 2 == 0 ? ApprovalPlatform.Administrator : ApprovalPlatform.SecondAdministrator, id, hash, approves: i % 3 != 0, reason: "no"))));

        Assert.Single(results.OfType<RegistrationResult.Done>());
        Assert.All(results.Where(result => result is not RegistrationResult.Done), result => Assert.Equal("already_decided", Assert.IsType<RegistrationResult.Conflict>(result).Code));
        Assert.Equal(2, (await platform.AuditAsync(id)).Count);
    }

    [Fact]
    public async Task A_reviewer_approves_for_everybody_with_the_typed_name_and_soon_after_signing_in()
    {
        var content = ApprovalPlatform.Content(ProviderScope.Global, name: "Contoso Parcels");
        var (id, _) = await platform.AskAsync(content);
        using var isaiah = await Browser.SignInAsync(platform.Running.Doors, ApprovalPlatform.Reviewer);
        var path = $"/providers/{id}/review/1";
        Assert.Contains($"href=\"{path}\"", await isaiah.Http.GetStringAsync("/review"), StringComparison.Ordinal);
        var form = await FormAsync(isaiah, path);

        var wrong = await PostAsync(isaiah, path, "Approve", form with { Typed = "contoso parcels" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        platform.Clock.Pass(TimeSpan.FromMinutes(11));
        var stale = await PostAsync(isaiah, path, "Approve", form with { Typed = content.Name });
        Assert.Equal(HttpStatusCode.Forbidden, stale.Status);
        Assert.Contains("/sign-in/again?returnUrl=", stale.Page, StringComparison.Ordinal);
        Assert.Equal((ProviderState.Submitted, null), await StateAsync(id));

        using var again = await Browser.SignInAsync(platform.Running.Doors, ApprovalPlatform.Reviewer);
        var fresh = await FormAsync(again, path);
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync(again, path, "Approve", fresh with { Typed = content.Name })).Status);
        Assert.Equal((ProviderState.Approved, (int?)1), await StateAsync(id));
    }

    [Fact]
    public async Task Consent_is_granted_and_revoked_for_the_administrators_organization_alone()
    {
        using var provider = new StubProvider();
        var service = new Service(platform.Running.Doors, provider);
        (await service.RegisterAsync(service.File(scope: "global"))).EnsureSuccessStatusCode();
        using var henrietta = await Browser.SignInAsync(platform.Running.Doors, ApprovalPlatform.StrangeAdministrator);
        using var lynne = await Browser.SignInAsync(platform.Running.Doors, ApprovalPlatform.Developer);
        var form = await FormAsync(henrietta, $"/admin/consent?q={service.Id}");
        Assert.Contains("Not granted", form.Page, StringComparison.Ordinal);
        Assert.Contains($"name=\"provider\" value=\"{service.Id}\"", form.Page, StringComparison.Ordinal);

        var denied = await PostAsync(lynne, "/admin/consent", "Grant", new("", (await FormAsync(lynne, "/invitations")).Token, "", Provider: service.Id));
        var granted = await PostAsync(henrietta, "/admin/consent", "Grant", form with { Provider = service.Id });
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Redirect), (denied.Status, granted.Status));
        Assert.True(Consents(ApprovalPlatform.StrangeAdministrator, service.Id));
        Assert.False(Consents(ApprovalPlatform.Administrator, service.Id));

        await PostAsync(henrietta, "/admin/consent", "Revoke", form with { Provider = service.Id });
        Assert.False(Consents(ApprovalPlatform.StrangeAdministrator, service.Id));
        // One's own is nothing to consent to: it is not in the list.
        using var nestor = await Browser.SignInAsync(platform.Running.Doors, ApprovalPlatform.Administrator);
        Assert.DoesNotContain($"name=\"provider\" value=\"{service.Id}\"", (await FormAsync(nestor, $"/admin/consent?q={service.Id}")).Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_organizations_switches_are_its_administrators()
    {
        using var henrietta = await Browser.SignInAsync(platform.Running.Doors, ApprovalPlatform.StrangeAdministrator);
        var form = await FormAsync(henrietta, "/admin");
        Assert.Contains("Actionable messages are on.", form.Page, StringComparison.Ordinal);

        await PostAsync(henrietta, "/admin", "Cards", form with { More = ("on", "false") });
        Assert.Contains("Actionable messages are off.", (await FormAsync(henrietta, "/admin")).Page, StringComparison.Ordinal);
        await PostAsync(henrietta, "/admin", "Cards", form with { More = ("on", "true") });
        await PostAsync(henrietta, "/admin", "Consent", form with { More = ("required", "false") });
        Assert.Contains("Global providers need no consent.", (await FormAsync(henrietta, "/admin")).Page, StringComparison.Ordinal);
        await PostAsync(henrietta, "/admin", "Consent", form with { More = ("required", "true") });
    }

    [Theory]
    [InlineData("one organization", "a1 a2 a3", "a1 a2 a3")]
    [InlineData("one that asks for a great deal", "a1 a2 a3 a4 b1", "a1 b1 a2 a3 a4")]
    [InlineData("three in turns", "a1 a2 b1 c1 b2", "a1 b1 c1 a2 b2")]
    [InlineData("nothing", "", "")]
    public void The_queue_is_fair_among_organizations(string why, string waiting, string expected)
    {
        Assert.NotEmpty(why);
        Assert.Equal(expected, string.Join(' ', FairQueue.Order(waiting.Split(' ', StringSplitOptions.RemoveEmptyEntries), request => request[0])));
    }

    private bool Consents(string who, string id) => platform.Service<Server.Providers.Consent.Recipients>().Of(platform.Person(who)).HasConsented(id);

    private async Task<HttpStatusCode> StatusAsync(string who, string path)
    {
        using var browser = await Browser.SignInAsync(platform.Running.Doors, who);
        using var answer = await browser.Http.GetAsync(path);
        return answer.StatusCode;
    }

    private async Task<(ProviderState, int?)> StateAsync(string id)
    {
        var row = await platform.RowAsync(id);
        return (row.State, row.ActiveRevision);
    }

    private static async Task<Form> FormAsync(Browser browser, string path)
    {
        var page = await browser.Http.GetStringAsync(path);
        return new(page, RequestToken().Match(page).Groups[1].Value, ContentHash().Match(page).Groups[1].Value);
    }

    private static async Task<(HttpStatusCode Status, string Page)> PostAsync(Browser browser, string path, string handler, Form form)
    {
        var fields = new Dictionary<string, string> { ["__RequestVerificationToken"] = form.Token, ["contentHash"] = form.ContentHash, ["typed"] = form.Typed, ["provider"] = form.Provider };
        if (form.More is { } more)
            fields[more.Name] = more.Value;
        using var answer = await browser.Http.PostAsync($"{path}?handler={handler}", new FormUrlEncodedContent(fields));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private sealed record Form(string Page, string Token, string ContentHash, string Typed = "", string Provider = "", (string Name, string Value)? More = null);

    // Of the two copies of the navigation, the one for a wide page.
    private static IEnumerable<string> CurrentPlaces(string page) => Place().Matches(page[page.IndexOf("nav-side", StringComparison.Ordinal)..]).Select(place => place.Groups[1].Value);

    [GeneratedRegex("href=\"([^\"]+)\" aria-current=\"page\"")]
    private static partial Regex Place();

    [GeneratedRegex("<meta name=\"request-token\" content=\"([^\"]+)\"")]
    private static partial Regex RequestToken();

    [GeneratedRegex("name=\"contentHash\" value=\"([0-9a-f]{64})\"")]
    private static partial Regex ContentHash();
}
