using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers;
using ActionMail.Server.Tests.Platform;

namespace ActionMail.Server.Tests.Providers;

/// <summary>A platform that asks test users, as every one outside the emulator does.</summary>
public sealed class AskingPlatform : ApprovalPlatform
{
    private protected override string[] Settings => [.. base.Settings, "--Providers:TestInvitations=Required"];
}

/// <summary>A listed test user counts after accepting, the author at once. Security J-03.</summary>
public sealed class TestInvitationTests(AskingPlatform platform) : IClassFixture<AskingPlatform>
{
    private const string Elvia = "elvia@contoso.test";

    // What is left out is no answer: it would be a "no".
    [Fact]
    public async Task An_answer_without_a_word_is_none()
    {
        using var elvia = await PersonalClient.OfAsync(platform.Running, Elvia);

        var answer = await elvia.PutAsync($"/api/invitations/{Guid.NewGuid()}", new { });

        Assert.Equal((System.Net.HttpStatusCode.BadRequest, "bad_request"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_listed_test_user_counts_from_acceptance_to_decline()
    {
        var id = await RegisterAsync(ApprovalPlatform.Developer, Elvia, "carol@fabrikam.test");
        Assert.Equal([ApprovalPlatform.Developer], Counted(id));
        var mail = await platform.MailAsync(Elvia, id, NoticeKind.Invited);
        using var elvia = await Browser.SignInAsync(platform.Running.Doors, Elvia);
        await elvia.OpenAsync(mail.Id);
        Assert.Equal(CardState.Active, mail.CardState);

        var accepted = await elvia.PressAsync(mail.Id, "Accept");

        Assert.Equal(("done", "You test it now."), (accepted.OutcomeState, accepted.OutcomeText));
        Assert.Equal([ApprovalPlatform.Developer, Elvia], Counted(id).Order(StringComparer.Ordinal));
        Assert.Contains("You have accepted.", await ApprovalPlatform.CardTextAsync(elvia, mail.Id), StringComparison.Ordinal);

        await platform.Service<Server.Providers.Invitations.TestInvitations>().AnswerAsync(platform.Person(Elvia), id, accepts: false, ApprovalPlatform.Cancel);
        Assert.Equal([ApprovalPlatform.Developer], Counted(id));
        // A mailbox of another organization is not asked, and never counts.
        Assert.Null(await platform.FindMailAsync("carol@fabrikam.test", id, NoticeKind.Invited));
    }

    [Fact]
    public async Task Nobody_answers_an_invitation_that_is_not_theirs()
    {
        var id = await RegisterAsync(ApprovalPlatform.Developer, Elvia);

        Assert.Null(await platform.Service<Server.Providers.Invitations.TestInvitations>().AnswerAsync(platform.Person("miguel@contoso.test"), id, accepts: true, ApprovalPlatform.Cancel));
        Assert.Equal([ApprovalPlatform.Developer], Counted(id));
    }

    [Fact]
    public async Task Whom_the_operator_lists_is_vouched_for()
    {
        using var provider = new StubProvider();
        var service = new Service(platform.Running.Doors, provider);
        (await service.RegisterAsync(service.File(scope: "testUsers", testUsers: [Elvia]))).EnsureSuccessStatusCode();

        Assert.Equal([Elvia], Counted(service.Id));
    }

    private async Task<string> RegisterAsync(params string[] testUsers)
    {
        var id = Guid.NewGuid().ToString("D");
        var done = Assert.IsType<RegistrationResult.Done>(await platform.SubmitAsync(id, ApprovalPlatform.Content(ProviderScope.TestUsers, testUsers: testUsers)));
        Assert.Equal(ProviderState.Approved, done.Provider.State);
        return id;
    }

    private IEnumerable<string> Counted(string id) => platform.Service<ProviderRegistry>().Find(id)!.TestUsers.Select(user => user.ToString());
}
