using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Providers;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Tests.Providers;

/// <summary>Notices that cannot be told, on a platform of their own: they hold up no other.</summary>
public sealed class UntoldNoticeTests(ApprovalPlatform platform) : IClassFixture<ApprovalPlatform>
{
    // More than are read at once.
    private const int Many = 130;

    [Theory]
    [InlineData("of a registration that is gone", true)]
    [InlineData("of one that cannot be read", false)]
    public async Task However_many_cannot_be_told_the_next_is(string why, bool isSettled)
    {
        var broken = await BrokenAsync(isGone: isSettled);

        var (id, _) = await platform.AskAsync(ApprovalPlatform.Content());

        Assert.NotNull(await platform.MailAsync(ApprovalPlatform.Administrator, id, NoticeKind.Requested));
        var untold = await platform.Running.ReadAsync(db => db.Notices.CountAsync(row => row.ProviderId == broken && row.ToldAt == null));
        Assert.True(untold == (isSettled ? 0 : Many), why);
        Assert.Equal(isSettled ? Many : 0, (await platform.AuditAsync(broken)).Count(line => line == "notice_to_nobody by platform"));
        await platform.Service<StoreWriter>().WriteAsync(db => db.Notices.Where(row => row.ProviderId == broken).ExecuteDelete(), ApprovalPlatform.Cancel);
    }

    private Task<string> BrokenAsync(bool isGone)
    {
        var (organization, id, now) = (platform.Person(ApprovalPlatform.Developer).OrganizationId, Guid.NewGuid().ToString("D"), platform.Clock.GetUtcNow().AddMinutes(-1));
        return platform.Service<StoreWriter>().WriteAsync(db =>
        {
            if (!isGone)
            {
                db.Providers.Add(new() { OrganizationId = organization, Id = id, State = ProviderState.Withdrawn, LatestRevision = 1, Name = "Broken", TokenProfile = TokenProfile.Eat });
                db.ProviderRevisions.Add(new()
                {
                    OrganizationId = organization,
                    ProviderId = id,
                    Number = 1,
                    Content = "no JSON",
                    ContentHash = [],
                    State = ProviderState.Withdrawn,
                    SubmittedBy = ApprovalPlatform.Developer,
                    SubmittedAt = now,
                });
            }
            db.Notices.AddRange(Enumerable.Range(0, Many).Select(_ => new NoticeRow
            {
                OrganizationId = organization,
                Id = Guid.NewGuid(),
                ProviderId = id,
                Revision = 1,
                Kind = NoticeKind.Withdrawn,
                By = ApprovalPlatform.Developer,
                Reason = "",
                At = now,
            }));
            db.SaveChanges();
            return id;
        }, ApprovalPlatform.Cancel);
    }
}
