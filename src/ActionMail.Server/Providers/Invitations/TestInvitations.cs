using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Providers.Invitations;

/// <summary>An invitation as its reader sees it.</summary>
/// <param name="Row">What was asked and answered.</param>
/// <param name="Provider">The provider's name.</param>
/// <param name="InvitedBy">Who listed them, as people read it.</param>
internal sealed record InvitationView(TestInvitationRow Row, string Provider, string InvitedBy);

/// <summary>
/// Nobody gets cards of an untried provider because somebody has written their address into a list: a listed test user is asked first. The owners are not, and whom the
/// operator lists is vouched for. Security J-03.
/// </summary>
internal sealed class TestInvitations(
    StoreWriter writer, IDbContextFactory<ActionMailDb> contexts, ProviderRegistry registry, AddressBook addresses, IOptions<ProviderOptions> options, IOptions<ServerOptions> server,
    TimeProvider time)
{
    /// <summary>Asks those who have not been asked, in the transaction that puts a Test Users revision into force.</summary>
    public void Invite(RegistrationChange change, ProviderRow row, ProviderRevisionRow revision, Actor actor)
    {
        if (!options.Value.AsksTestUsers(server.Value.Mode) || actor.IsOperator)
            return;
        var asked = change.Db.TestInvitations.Where(each => each.OrganizationId == row.OrganizationId && each.ProviderId == row.Id).Select(each => each.PersonId).ToHashSet();
        asked.UnionWith(change.Db.ProviderOwners.Where(owner => owner.OrganizationId == row.OrganizationId && owner.ProviderId == row.Id).Select(owner => owner.PersonId));
        var notice = Guid.CreateVersion7(change.Now);
        var invited = RegisteredContent.FromJson(revision.Content).TestUsers
            .Select(user => addresses.Find(EmailAddress.Parse(user))).OfType<Person>()
            .Where(person => person.OrganizationId == row.OrganizationId && asked.Add(person.Id))
            .Select(person => new TestInvitationRow
            {
                OrganizationId = row.OrganizationId,
                ProviderId = row.Id,
                PersonId = person.Id,
                NoticeId = notice,
                State = InvitationState.Waiting,
                InvitedBy = actor.Name,
                InvitedAt = change.Now,
            }).ToList();
        if (invited.Count == 0)
            return;
        change.Db.TestInvitations.AddRange(invited);
        change.Db.Notices.Add(new()
        {
            OrganizationId = row.OrganizationId,
            Id = notice,
            ProviderId = row.Id,
            Revision = revision.Number,
            Kind = NoticeKind.Invited,
            By = actor.Name,
            Reason = "",
            At = change.Now,
        });
    }

    /// <summary>The person's own invitations, those that wait first.</summary>
    public async Task<IReadOnlyList<InvitationView>> OfAsync(Person person, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var rows = await Mine(db, person).OrderByDescending(row => row.InvitedAt).ToListAsync(cancel);
        return [.. rows.OrderByDescending(row => row.State == InvitationState.Waiting).Select(View)];
    }

    /// <summary>Those whom a notice tells, and who have not answered yet.</summary>
    public async Task<IReadOnlyList<InvitationView>> OfNoticeAsync(NoticeRow notice, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var rows = await db.TestInvitations.AsNoTracking()
            .Where(row => row.OrganizationId == notice.OrganizationId && row.NoticeId == notice.Id && row.State == InvitationState.Waiting).ToListAsync(cancel);
        return rows.ConvertAll(View);
    }

    /// <summary>Accepts or declines, also what was answered before; null where the person is not invited. In force on every node as any change of the registration.</summary>
    public async Task<InvitationView?> AnswerAsync(Person person, string providerId, bool accepts, CancellationToken cancel)
    {
        var answered = await writer.WriteAsync(db =>
        {
            if (db.TestInvitations.SingleOrDefault(row => row.OrganizationId == person.OrganizationId && row.PersonId == person.Id && row.ProviderId == providerId) is not { } row)
                return null;
            var state = accepts ? InvitationState.Accepted : InvitationState.Declined;
            if (row.State == state)
                return row;
            (row.State, row.AnsweredAt) = (state, time.GetUtcNow());
            var provider = db.Providers.Single(each => each.OrganizationId == row.OrganizationId && each.Id == providerId);
            provider.Version = RegistryVersion.Next(db);
            var kind = accepts ? "test_invitation_accepted" : "test_invitation_declined";
            AuditLog.Append(db, row.OrganizationId, row.AnsweredAt.Value, kind, providerId, person.PrimaryAddress.ToString(), new { });
            return row;
        }, cancel);
        // What is committed must run, whether or not the caller still waits.
        await registry.ReloadAsync(CancellationToken.None);
        return answered is null ? null : View(answered);
    }

    private static IQueryable<TestInvitationRow> Mine(ActionMailDb db, Person person) =>
        db.TestInvitations.AsNoTracking().Where(row => row.OrganizationId == person.OrganizationId && row.PersonId == person.Id);

    private InvitationView View(TestInvitationRow row) => new(
        row, registry.Find(row.ProviderId)?.Name ?? row.ProviderId,
        EmailAddress.TryParse(row.InvitedBy, out var address) && addresses.Find(address) is { } person ? person.DisplayName : row.InvitedBy);
}
