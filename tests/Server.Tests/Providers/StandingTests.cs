using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Providers;

namespace ActionMail.Server.Tests.Providers;

/// <summary>What ends a registration, or stops it from above, stays ended and stopped; and a registration may move to Entra beside itself.</summary>
public sealed class StandingTests(ApprovalPlatform platform) : IClassFixture<ApprovalPlatform>
{
    private ChangeRegistrationState States => platform.Service<ChangeRegistrationState>();

    [Fact]
    public async Task A_change_that_waited_when_its_registration_was_revoked_cannot_bring_it_back()
    {
        var (id, hash) = await platform.AskAsync(ApprovalPlatform.Content());
        await platform.DecideAsync(ApprovalPlatform.Administrator, id, hash);
        var change = Assert.IsType<RegistrationResult.Done>(await platform.SubmitAsync(id, ApprovalPlatform.Content(name: "Expense reports, new")));

        await States.RevokeAsync(platform.ActorOf(ApprovalPlatform.Developer), id, "retired", ApprovalPlatform.Cancel);
        var decided = await platform.DecideAsync(ApprovalPlatform.Administrator, id, change.Revision.ContentHash, revision: 2);

        Assert.IsType<RegistrationResult.Conflict>(decided);
        Assert.Equal(ProviderState.Revoked, (await platform.RowAsync(id)).State);
    }

    // Security J-03: for Test Users nobody would have decided, and the test users are the owners' organization.
    [Fact]
    public async Task A_reviewer_mends_a_request_and_does_not_make_it_one_for_test_users()
    {
        var (id, _) = await platform.AskAsync(ApprovalPlatform.Content(ProviderScope.Global));
        var organization = platform.Person(ApprovalPlatform.Developer).OrganizationId;
        Task<RegistrationResult> SubmitAsync(RegisteredContent content) => platform.Service<SubmitRegistration>()
            .SubmitAsync(platform.ActorOf(ApprovalPlatform.Reviewer), organization, id, new(content, []) { Warnings = [] }, readRevision: null, ApprovalPlatform.Cancel);

        var other = await SubmitAsync(ApprovalPlatform.Content(ProviderScope.TestUsers, testUsers: [ApprovalPlatform.Developer]));
        var mended = await SubmitAsync(ApprovalPlatform.Content(ProviderScope.Global, "Mended"));

        Assert.Equal("scope_fixed", Assert.IsType<RegistrationResult.Conflict>(other).Code);
        Assert.Equal(2, Assert.IsType<RegistrationResult.Done>(mended).Revision.Number);
        Assert.Equal(ProviderState.Submitted, (await platform.RowAsync(id)).State);
    }

    [Fact]
    public async Task A_suspension_from_above_takes_over_the_owners_own()
    {
        var (id, hash) = await platform.AskAsync(ApprovalPlatform.Content());
        await platform.DecideAsync(ApprovalPlatform.Administrator, id, hash);
        var (owner, administrator) = (platform.ActorOf(ApprovalPlatform.Developer), platform.ActorOf(ApprovalPlatform.Administrator));

        await States.SuspendAsync(owner, id, "a pause", ApprovalPlatform.Cancel);
        await States.SuspendAsync(administrator, id, "an incident", ApprovalPlatform.Cancel);
        var byOwner = await States.ResumeAsync(owner, id, "", ApprovalPlatform.Cancel);
        var byAdministrator = await States.ResumeAsync(administrator, id, "", ApprovalPlatform.Cancel);

        Assert.Equal("suspended_above", Assert.IsType<RegistrationResult.Forbidden>(byOwner).Code);
        Assert.IsType<RegistrationResult.Done>(byAdministrator);
        Assert.Equal(ProviderState.Approved, (await platform.RowAsync(id)).State);
    }

    [Fact]
    public async Task A_sender_is_shared_by_registrations_of_one_submitter_and_by_no_others()
    {
        var content = ApprovalPlatform.Content();
        var (first, firstHash) = await platform.AskAsync(content);
        await platform.DecideAsync(ApprovalPlatform.Administrator, first, firstHash);
        var (own, ownHash) = await platform.AskAsync(content);
        var (others, othersHash) = await platform.AskAsync(content, "miguel@contoso.test");

        Assert.IsType<RegistrationResult.Done>(await platform.DecideAsync(ApprovalPlatform.Administrator, own, ownHash));
        Assert.Equal("sender_taken", Assert.IsType<RegistrationResult.Conflict>(await platform.DecideAsync(ApprovalPlatform.Administrator, others, othersHash)).Code);
    }
}
