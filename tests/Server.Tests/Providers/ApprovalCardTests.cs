using System.Net;
using System.Net.Http.Json;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers;
using ActionMail.Server.Providers.Platform;
using ActionMail.Server.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace ActionMail.Server.Tests.Providers;

/// <summary>Approvers are asked by an actionable message of the platform itself, and decide on its card. dashboard.md "States", security J-02, J-03, J-12.</summary>
public sealed class ApprovalCardTests(ApprovalPlatform platform) : IClassFixture<ApprovalPlatform>
{
    [Fact]
    public async Task An_administrator_approves_an_organizations_request_on_the_card()
    {
        var content = ApprovalPlatform.Content();
        var (id, _) = await platform.AskAsync(content);
        var mail = await platform.MailAsync(ApprovalPlatform.Administrator, id, NoticeKind.Requested);
        using var nestor = await Browser.SignInAsync(platform.Running.Doors, ApprovalPlatform.Administrator);
        await nestor.OpenAsync(mail.Id);

        Assert.Equal((CardState.Active, PlatformProvider.Id), (mail.CardState, mail.ProviderId));
        var asked = await ApprovalPlatform.CardTextAsync(nestor, mail.Id);
        Assert.All([content.Name, content.Senders[0], content.Targets[0], "Organization", "Lynne Robbins", "contoso.test: proven"], part => Assert.Contains(part, asked, StringComparison.Ordinal));
        Assert.DoesNotContain("/platform/requests", asked, StringComparison.Ordinal);

        var answer = await nestor.PressAsync(mail.Id, "Approve");

        Assert.Equal(("done", "Approved."), (answer.OutcomeState, answer.OutcomeText));
        Assert.Equal((ProviderState.Approved, (int?)1), await StateAsync(id));
        var decided = await ApprovalPlatform.CardTextAsync(nestor, mail.Id);
        Assert.Contains("Approved by Nestor Wilke.", decided, StringComparison.Ordinal);
        Assert.DoesNotContain("\"Approve\"", decided, StringComparison.Ordinal);
        Assert.Equal(["provider_submitted by dev@contoso.test", "provider_approved by admin@contoso.test"], await platform.AuditAsync(id));
        var told = await platform.MailAsync(ApprovalPlatform.Developer, id, NoticeKind.Approved);
        Assert.Equal((CardState.Active, $"Approved: {content.Name}"), (told.CardState, told.Subject));
    }

    [Theory]
    [InlineData(true, "was approved, scope Organization")]
    [InlineData(false, "was rejected, scope Organization")]
    public async Task A_card_that_is_decided_says_so_in_its_headline_and_asks_for_nothing_in_the_inbox(bool approves, string headline)
    {
        var content = ApprovalPlatform.Content(name: $"Headlines {approves}");
        var (id, hash) = await platform.AskAsync(content);
        var asked = await platform.MailAsync(ApprovalPlatform.Administrator, id, NoticeKind.Requested);
        using var nestor = await Browser.SignInAsync(platform.Running.Doors, ApprovalPlatform.Administrator);
        await nestor.OpenAsync(asked.Id);
        Assert.Contains($"{content.Name} asks to be approved", await ApprovalPlatform.CardTextAsync(nestor, asked.Id), StringComparison.Ordinal);
        Assert.Contains("Action possible", await LineAsync(nestor, asked.Id), StringComparison.Ordinal);

        Assert.IsType<RegistrationResult.Done>(await platform.DecideAsync(ApprovalPlatform.Administrator, id, hash, approves, reason: "Not yet"));
        await nestor.PostAsync($"/api/messages/{asked.Id}/auto-invoke", new { cardVersion = 1 });

        var decided = await ApprovalPlatform.CardTextAsync(nestor, asked.Id);
        Assert.Contains($"{content.Name} {headline}", decided, StringComparison.Ordinal);
        Assert.DoesNotContain("asks to be approved", decided, StringComparison.Ordinal);
        Assert.DoesNotContain("Action possible", await LineAsync(nestor, asked.Id), StringComparison.Ordinal);
        // A notice has a link and nothing to do.
        var told = await platform.MailAsync(ApprovalPlatform.Developer, id, approves ? NoticeKind.Approved : NoticeKind.Rejected);
        using var lynne = await Browser.SignInAsync(platform.Running.Doors, ApprovalPlatform.Developer);
        Assert.DoesNotContain("Action possible", await LineAsync(lynne, told.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_attempt_is_recorded_as_any_other_and_leaves_by_no_socket()
    {
        var (id, _) = await platform.AskAsync(ApprovalPlatform.Content());
        var mail = await platform.MailAsync(ApprovalPlatform.Administrator, id, NoticeKind.Requested);
        using var nestor = await Browser.SignInAsync(platform.Running.Doors, ApprovalPlatform.Administrator);

        await nestor.OpenAndPressAsync(mail.Id, "Approve");

        var attempt = await platform.Running.ReadAsync(db => db.Attempts.AsNoTracking().SingleAsync(row => row.MessageId == mail.Id && !row.IsAutomatic));
        Assert.Equal((AttemptState.Done, (int?)200), (attempt.State, attempt.HttpStatus));
        Assert.EndsWith("/platform/requests/approve", attempt.Called, StringComparison.Ordinal);
        using var http = new HttpClient();
        using var outside = await http.PostAsync(new Uri(platform.Running.Url, "/platform/requests/approve"), null);
        Assert.Equal(HttpStatusCode.NotFound, outside.StatusCode);
    }

    // A list is read without opening what is in it.
    [Fact]
    public async Task A_list_does_not_offer_what_somebody_else_has_decided_or_the_developer_has_replaced()
    {
        await platform.MakeAdministratorAsync(ApprovalPlatform.SecondAdministrator);
        var content = ApprovalPlatform.Content();
        var (id, _) = await platform.AskAsync(content);
        var first = await platform.MailAsync(ApprovalPlatform.SecondAdministrator, id, NoticeKind.Requested);
        using var elvia = await Browser.SignInAsync(platform.Running.Doors, ApprovalPlatform.SecondAdministrator);
        Assert.Contains("Action possible", await LineAsync(elvia, first.Id), StringComparison.Ordinal);

        var replaced = Assert.IsType<RegistrationResult.Done>(await platform.SubmitAsync(id, content with { Name = "Expense reports III" }));
        var second = await platform.MailAsync(ApprovalPlatform.SecondAdministrator, id, NoticeKind.Requested, revision: 2);
        Assert.DoesNotContain("Action possible", await LineAsync(elvia, first.Id), StringComparison.Ordinal);
        Assert.Contains("Action possible", await LineAsync(elvia, second.Id), StringComparison.Ordinal);
        await using var list = await elvia.ListenAsync("/api/events");
        Assert.IsType<RegistrationResult.Done>(await platform.DecideAsync(ApprovalPlatform.Administrator, id, replaced.Revision.ContentHash, revision: 2));

        await list.FindAsync("changed");
        Assert.DoesNotContain("Action possible", await LineAsync(elvia, second.Id), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("on the card")]
    [InlineData("on the page")]
    public async Task The_other_administrators_open_card_changes_whichever_way_it_is_decided(string way)
    {
        await platform.MakeAdministratorAsync(ApprovalPlatform.SecondAdministrator);
        var (id, hash) = await platform.AskAsync(ApprovalPlatform.Content());
        var mine = await platform.MailAsync(ApprovalPlatform.Administrator, id, NoticeKind.Requested);
        var theirs = await platform.MailAsync(ApprovalPlatform.SecondAdministrator, id, NoticeKind.Requested);
        using var nestor = await Browser.SignInAsync(platform.Running.Doors, ApprovalPlatform.Administrator);
        using var elvia = await Browser.SignInAsync(platform.Running.Doors, ApprovalPlatform.SecondAdministrator);
        await elvia.OpenAsync(theirs.Id);
        await elvia.PostAsync($"/api/messages/{theirs.Id}/auto-invoke", new { cardVersion = 1 });
        await using var events = await elvia.ListenAsync($"/api/messages/{theirs.Id}/events");

        if (way == "on the card")
            await nestor.OpenAndPressAsync(mine.Id, "Approve");
        else
            Assert.IsType<RegistrationResult.Done>(await platform.DecideAsync(ApprovalPlatform.Administrator, id, hash));

        await events.NextAsync("peer");
        // What an open card does with that event.
        await elvia.PostAsync($"/api/messages/{theirs.Id}/auto-invoke", new { cardVersion = 1 });
        Assert.Contains("Approved by Nestor Wilke.", await ApprovalPlatform.CardTextAsync(elvia, theirs.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_comes_second_is_told_who_decided_and_changes_nothing()
    {
        await platform.MakeAdministratorAsync(ApprovalPlatform.SecondAdministrator);
        var (id, hash) = await platform.AskAsync(ApprovalPlatform.Content());
        var theirs = await platform.MailAsync(ApprovalPlatform.SecondAdministrator, id, NoticeKind.Requested);
        using var elvia = await Browser.SignInAsync(platform.Running.Doors, ApprovalPlatform.SecondAdministrator);
        Assert.IsType<RegistrationResult.Done>(await platform.DecideAsync(ApprovalPlatform.Administrator, id, hash, approves: false, reason: "Not yet"));

        var answer = await elvia.OpenAndPressAsync(theirs.Id, "Approve");

        Assert.Contains("rejected by admin@contoso.test", answer.OutcomeText, StringComparison.Ordinal);
        Assert.Contains("Rejected by Nestor Wilke: Not yet", await ApprovalPlatform.CardTextAsync(elvia, theirs.Id), StringComparison.Ordinal);
        Assert.Equal((ProviderState.Rejected, null), await StateAsync(id));
    }

    [Fact]
    public async Task A_rejection_needs_a_reason_and_the_submitter_reads_it()
    {
        var (id, _) = await platform.AskAsync(ApprovalPlatform.Content());
        var mail = await platform.MailAsync(ApprovalPlatform.Administrator, id, NoticeKind.Requested);
        using var nestor = await Browser.SignInAsync(platform.Running.Doors, ApprovalPlatform.Administrator);
        await nestor.OpenAsync(mail.Id);

        var without = await nestor.PressAsync(mail.Id, "Reject");
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_inputs"), (without.Status, without.Code));
        Assert.Equal((ProviderState.Submitted, null), await StateAsync(id));

        var with = await nestor.PressAsync(mail.Id, "Reject", new { reason = "The \"sender\" is <b>nobody's</b>" });
        Assert.Equal(("done", "Rejected."), (with.OutcomeState, with.OutcomeText));
        Assert.Equal("The \"sender\" is <b>nobody's</b>", (await platform.RowAsync(id)).StateReason);
        var told = await platform.MailAsync(ApprovalPlatform.Developer, id, NoticeKind.Rejected);
        using var lynne = await Browser.SignInAsync(platform.Running.Doors, ApprovalPlatform.Developer);
        Assert.Contains("is <b>nobody's</b>", (await ApprovalPlatform.CardTextAsync(lynne, told.Id)).Replace("\\\"", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    // J-02: what is read is what is decided about.
    [Fact]
    public async Task A_card_about_a_revision_that_was_replaced_decides_nothing_and_the_next_shows_what_changes()
    {
        var content = ApprovalPlatform.Content();
        var (id, hash) = await platform.AskAsync(content);
        Assert.IsType<RegistrationResult.Done>(await platform.DecideAsync(ApprovalPlatform.Administrator, id, hash));
        var harmless = content with { Name = "Expense reports and travel" };
        await platform.SubmitAsync(id, harmless);
        var second = await platform.MailAsync(ApprovalPlatform.Administrator, id, NoticeKind.Requested, revision: 2);
        await platform.SubmitAsync(id, harmless with { Targets = ["http://localhost:5998"] });
        var third = await platform.MailAsync(ApprovalPlatform.Administrator, id, NoticeKind.Requested, revision: 3);
        using var nestor = await Browser.SignInAsync(platform.Running.Doors, ApprovalPlatform.Administrator);

        var late = await nestor.OpenAndPressAsync(second.Id, "Approve");

        Assert.Contains("replaced revision 2 by revision 3", late.OutcomeText, StringComparison.Ordinal);
        Assert.Contains("Replaced by revision 3.", await ApprovalPlatform.CardTextAsync(nestor, second.Id), StringComparison.Ordinal);
        Assert.Equal((ProviderState.Approved, (int?)1), await StateAsync(id));

        await nestor.OpenAsync(third.Id);
        var shown = await ApprovalPlatform.CardTextAsync(nestor, third.Id);
        Assert.All(["− http://localhost:5999", "+ http://localhost:5998", "− Expense reports", "+ Expense reports and travel"], part => Assert.Contains(part, shown, StringComparison.Ordinal));
        Assert.Equal("done", (await nestor.PressAsync(third.Id, "Approve")).OutcomeState);
        Assert.Equal((ProviderState.Approved, (int?)3), await StateAsync(id));
    }

    [Fact]
    public async Task Nobody_is_asked_about_their_own_request_nor_about_another_organizations()
    {
        await platform.MakeAdministratorAsync(ApprovalPlatform.SecondAdministrator);
        var (id, hash) = await platform.AskAsync(ApprovalPlatform.Content(), author: ApprovalPlatform.Administrator);
        await platform.MailAsync(ApprovalPlatform.SecondAdministrator, id, NoticeKind.Requested);

        Assert.Null(await platform.FindMailAsync(ApprovalPlatform.Administrator, id, NoticeKind.Requested));
        Assert.Null(await platform.FindMailAsync(ApprovalPlatform.StrangeAdministrator, id, NoticeKind.Requested));
        Assert.Null(await platform.FindMailAsync(ApprovalPlatform.Reviewer, id, NoticeKind.Requested));
        Assert.Equal("own_request", Assert.IsType<RegistrationResult.Forbidden>(await platform.DecideAsync(ApprovalPlatform.Administrator, id, hash)).Code);
        Assert.IsType<RegistrationResult.NotFound>(await platform.DecideAsync(ApprovalPlatform.StrangeAdministrator, id, hash));
        Assert.IsType<RegistrationResult.Done>(await platform.DecideAsync(ApprovalPlatform.SecondAdministrator, id, hash));
    }

    // J-11: what is approved for everybody is not approved by a card.
    [Fact]
    public async Task A_global_request_is_rejected_on_the_card_and_approved_on_the_page_alone()
    {
        var content = ApprovalPlatform.Content(ProviderScope.Global);
        var (id, hash) = await platform.AskAsync(content);
        var mail = await platform.MailAsync(ApprovalPlatform.Reviewer, id, NoticeKind.Requested);
        Assert.Null(await platform.FindMailAsync(ApprovalPlatform.Administrator, id, NoticeKind.Requested));
        using var isaiah = await Browser.SignInAsync(platform.Running.Doors, ApprovalPlatform.Reviewer);
        await isaiah.OpenAsync(mail.Id);
        var asked = await ApprovalPlatform.CardTextAsync(isaiah, mail.Id);
        Assert.Contains("Approve on the page", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("\"Approve\"", asked, StringComparison.Ordinal);

        var now = platform.Clock.GetUtcNow();
        var stale = await platform.DecideAsync(ApprovalPlatform.Reviewer, id, hash, provenAt: now - TimeSpan.FromMinutes(11), typed: content.Name);
        var untyped = await platform.DecideAsync(ApprovalPlatform.Reviewer, id, hash, provenAt: now, typed: "expense reports");
        Assert.Equal("reauthentication_required", Assert.IsType<RegistrationResult.Forbidden>(stale).Code);
        Assert.Equal("confirmation_missing", Assert.IsType<RegistrationResult.Conflict>(untyped).Code);

        Assert.Equal("done", (await isaiah.PressAsync(mail.Id, "Reject", new { reason = "No verification mail" })).OutcomeState);
        Assert.IsType<RegistrationResult.Done>(await platform.SubmitAsync(id, content with { Name = "Expense reports II" }));
        var (_, second) = (id, await platform.Running.ReadAsync(db => db.ProviderRevisions.Where(row => row.ProviderId == id && row.Number == 2).Select(row => row.ContentHash).SingleAsync()));
        Assert.IsType<RegistrationResult.Done>(await platform.DecideAsync(ApprovalPlatform.Reviewer, id, second, revision: 2, provenAt: now, typed: "Expense reports II"));
        Assert.Equal((ProviderState.Approved, (int?)2), await StateAsync(id));
    }

    // A card that merely names the platform must not be handled as one of its own.
    [Theory]
    [InlineData("a test of one's own")]
    [InlineData("a mail without a signature")]
    public async Task A_card_that_the_platform_did_not_sign_decides_nothing(string how)
    {
        var (id, hash) = await platform.AskAsync(ApprovalPlatform.Content());
        var body = $$"""{\"provider\":\"{{id}}\",\"revision\":1,\"contentHash\":\"{{Convert.ToHexStringLower(hash)}}\"}""";
        var card = $$"""
            {"type":"AdaptiveCard","version":"1.0","originator":"{{PlatformProvider.Id}}","body":[{"type":"TextBlock","text":"Win a prize"}],
             "actions":[{"type":"Action.Http","title":"Open","method":"POST","url":"{{platform.Running.Url.GetLeftPart(UriPartial.Authority)}}/platform/requests/approve","body":"{{body}}"}]}
            """;
        var from = how == "a test of one's own" ? ApprovalPlatform.Administrator : "actionmail@platform.test";
        var mail = new MimeMessage { Subject = "A prize", MessageId = $"{Guid.NewGuid():N}@contoso.test", Body = new TextPart("html") { Text = $"<html><head><script type=\"application/adaptivecard+json\">{card}</script></head><body>Win</body></html>" } };
        mail.From.Add(new MailboxAddress("", from));
        mail.To.Add(new MailboxAddress("", ApprovalPlatform.Administrator));
        var bytes = Service.BytesOf(mail);
        if (how == "a test of one's own")
            await SelfTestAsync(bytes);
        else
            await platform.Running.Doors.DeliverAsync(bytes, from, ApprovalPlatform.Administrator);
        var copy = Assert.Single(await platform.Running.CopiesAsync(ApprovalPlatform.Administrator, mail.MessageId));
        using var nestor = await Browser.SignInAsync(platform.Running.Doors, ApprovalPlatform.Administrator);
        await nestor.OpenAsync(copy.Id);

        if (copy.CardState == CardState.Active)
            Assert.NotEqual("done", (await nestor.PressAsync(copy.Id, "Open")).OutcomeState);

        Assert.Equal((ProviderState.Submitted, null), await StateAsync(id));
    }

    [Fact]
    public async Task The_platforms_own_id_is_nobody_elses()
    {
        using var operators = platform.Running.Doors.Operator();
        object File(string name) => new { name, senders = new[] { $"{Guid.NewGuid():N}@contoso.test" }, targets = new[] { "http://localhost:5999" }, scope = "organization", organization = "contoso.test" };

        using var taken = await operators.PutAsJsonAsync($"/api/operator/providers/{PlatformProvider.Id}", File("ActionMail"), ApprovalPlatform.Cancel);
        using var free = await operators.PutAsJsonAsync($"/api/operator/providers/{Guid.NewGuid()}", File("Another"), ApprovalPlatform.Cancel);

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.OK), (taken.StatusCode, free.StatusCode));
    }

    private async Task SelfTestAsync(byte[] mail)
    {
        using var operators = platform.Running.Doors.Operator();
        using var answer = await operators.PostAsync($"/api/operator/self-tests?as={ApprovalPlatform.Administrator}", new ByteArrayContent(mail));
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<string> LineAsync(Browser browser, Guid id)
    {
        var list = await browser.Http.GetStringAsync("/inbox");
        var from = list.IndexOf($"data-message=\"{id}\"", StringComparison.Ordinal);
        Assert.True(from >= 0, "the message is not in the list");
        return list[from..list.IndexOf("</li>", from, StringComparison.Ordinal)];
    }

    private async Task<(ProviderState, int?)> StateAsync(string id)
    {
        var row = await platform.RowAsync(id);
        return (row.State, row.ActiveRevision);
    }
}
