using ActionMail.Mail.Message;
using ActionMail.Protocol.Carriage;
using ActionMail.Protocol.Providers;
using ActionMail.Server.Intake;
using ActionMail.Server.Outbound;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Tests.Providers;

/// <summary>A platform with a relay for mail to other systems, at which nobody answers.</summary>
public sealed class RelayingPlatform : ApprovalPlatform
{
    private protected override string[] Settings => [.. base.Settings, "--Outbound:Host=localhost", "--Outbound:Port=9", "--Outbound:Tls=None", "--Providers:NoticesToContactPerDay=2"];
}

/// <summary>The contact of a Global provider is told wherever their mailbox is. Security J-13.</summary>
public sealed class NoticeRelayTests(RelayingPlatform platform) : IClassFixture<RelayingPlatform>
{
    [Theory]
    [InlineData("elsewhere", "desk@elsewhere.example", true)]
    [InlineData("nobody's address in a domain of ours", "nobody@contoso.test", false)]
    [InlineData("somebody who is told here", "dev@contoso.test", false)]
    public async Task A_contact_elsewhere_gets_one_mail_by_the_relay_in_words_alone(string why, string contact, bool relayed)
    {
        Assert.NotEmpty(why);
        var content = ApprovalPlatform.Content(ProviderScope.Global) with { Contact = new("Desk", contact, "+44 20 7946 0123") };
        var (id, hash) = await platform.AskAsync(content);
        await platform.DecideAsync(ApprovalPlatform.Reviewer, id, hash, approves: false, reason: "Not now");
        await platform.MailAsync(ApprovalPlatform.Developer, id, NoticeKind.Rejected);

        var notice = await platform.Running.ReadAsync(db => db.Notices.AsNoTracking().SingleAsync(row => row.ProviderId == id && row.Kind == NoticeKind.Rejected));
        var sent = await platform.Running.ReadAsync(db => db.SentMails.AsNoTracking().Where(row => row.Id == notice.Id).ToListAsync());
        var recipients = await platform.Running.ReadAsync(db => db.Deliveries.Where(row => row.SentMailId == notice.Id).Select(row => row.Recipient).ToListAsync());

        Assert.Equal(relayed ? [contact] : [], recipients);
        if (!relayed)
            return;
        var mail = MailMessage.Read(Assert.Single(sent).Content);
        Assert.Equal((AnswerKind.Notice, "actionmail@platform.test"), (sent[0].Kind, sent[0].MailFrom));
        Assert.Equal([contact], mail.To);
        Assert.Empty(mail.Cc);
        Assert.IsType<CarriedCard.None>(MailFacts.CardOf(mail));
        Assert.Contains("Not now", mail.HtmlBody, StringComparison.Ordinal);
    }

    // Security J-15: whoever is named as a contact has not been asked.
    [Fact]
    public async Task A_contact_elsewhere_gets_so_many_notices_a_day_and_the_organizations_own_people_all()
    {
        var content = ApprovalPlatform.Content(ProviderScope.Global) with { Contact = new("Desk", "spared@elsewhere.example", "+44 20 7946 0123") };
        for (var n = 0; n < 4; n++)
        {
            var (id, hash) = await platform.AskAsync(content with { Senders = [$"{Guid.NewGuid():N}@contoso.test"] });
            await platform.DecideAsync(ApprovalPlatform.Reviewer, id, hash, approves: false, reason: "Not now");
            await platform.MailAsync(ApprovalPlatform.Developer, id, NoticeKind.Rejected);
        }

        Assert.Equal(2, await RelayedAsync());
        platform.Clock.Pass(TimeSpan.FromHours(25));
        var (later, laterHash) = await platform.AskAsync(content with { Senders = [$"{Guid.NewGuid():N}@contoso.test"] });
        await platform.DecideAsync(ApprovalPlatform.Reviewer, later, laterHash, approves: false, reason: "Not now");
        await platform.MailAsync(ApprovalPlatform.Developer, later, NoticeKind.Rejected);
        Assert.Equal(3, await RelayedAsync());
    }

    private Task<int> RelayedAsync() => platform.Running.ReadAsync(db => db.Deliveries.CountAsync(row => row.Recipient == "spared@elsewhere.example"));
}
