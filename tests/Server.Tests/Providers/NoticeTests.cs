using ActionMail.Server.Persistence;
using ActionMail.Server.Providers;
using ActionMail.Server.Providers.Platform;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace ActionMail.Server.Tests.Providers;

/// <summary>Each change is told once, to those whom it concerns, and stands in a record that nobody changes. Security J-12, J-13.</summary>
public sealed class NoticeTests(ApprovalPlatform platform) : IClassFixture<ApprovalPlatform>
{
    [Fact]
    public async Task Each_change_is_told_once_to_the_owners_and_the_administrators_and_to_nobody_else()
    {
        var (id, hash) = await platform.AskAsync(ApprovalPlatform.Content());
        await platform.DecideAsync(ApprovalPlatform.Administrator, id, hash);
        var states = platform.Service<ChangeRegistrationState>();
        await states.SuspendAsync(platform.ActorOf(ApprovalPlatform.Administrator), id, "Too many mails", ApprovalPlatform.Cancel);
        await states.ResumeAsync(platform.ActorOf(ApprovalPlatform.Administrator), id, "", ApprovalPlatform.Cancel);
        await states.RevokeAsync(platform.ActorOf(ApprovalPlatform.Developer), id, "Retired", ApprovalPlatform.Cancel);
        platform.Service<NoticeBoard>().Wake();
        await platform.AllToldAsync();

        foreach (var kind in new[] { NoticeKind.Approved, NoticeKind.Suspended, NoticeKind.Resumed, NoticeKind.Revoked })
        {
            Assert.NotNull(await platform.FindMailAsync(ApprovalPlatform.Developer, id, kind));
            Assert.NotNull(await platform.FindMailAsync(ApprovalPlatform.Administrator, id, kind));
            Assert.Null(await platform.FindMailAsync("owner@contoso.test", id, kind));
            Assert.Null(await platform.FindMailAsync(ApprovalPlatform.StrangeAdministrator, id, kind));
        }
        Assert.Equal(
            ["provider_submitted by dev@contoso.test", "provider_approved by admin@contoso.test", "provider_suspended by admin@contoso.test", "provider_resumed by admin@contoso.test", "provider_revoked by dev@contoso.test"],
            await platform.AuditAsync(id));
    }

    [Fact]
    public async Task An_approval_while_it_is_suspended_is_not_said_to_be_in_force()
    {
        var content = ApprovalPlatform.Content();
        var (id, hash) = await platform.AskAsync(content);
        await platform.DecideAsync(ApprovalPlatform.Administrator, id, hash);
        await platform.Service<ChangeRegistrationState>().SuspendAsync(platform.ActorOf(ApprovalPlatform.Administrator), id, "Too many mails", ApprovalPlatform.Cancel);
        var edited = Assert.IsType<RegistrationResult.Done>(await platform.SubmitAsync(id, content with { Name = "Fewer mails" }));

        Assert.IsType<RegistrationResult.Done>(await platform.DecideAsync(ApprovalPlatform.Administrator, id, edited.Revision.ContentHash, revision: 2));

        var copy = await platform.MailAsync(ApprovalPlatform.Developer, id, NoticeKind.Approved, revision: 2);
        Assert.Equal("Approved, and suspended: Fewer mails", copy.Subject);
        var text = await TextAsync(copy);
        Assert.Contains("is suspended, so it does not act until that is lifted", text, StringComparison.Ordinal);
        Assert.DoesNotContain("is in force", text, StringComparison.Ordinal);
        // The control: the first approval says so.
        Assert.StartsWith("Approved: ", (await platform.MailAsync(ApprovalPlatform.Developer, id, NoticeKind.Approved)).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_made_an_owner_is_told_by_whom_and_nobody_else_is()
    {
        var (id, _) = await platform.AskAsync(ApprovalPlatform.Content(name: "Handed over"));
        var owners = platform.Service<ChangeOwners>();

        await owners.AddAsync(platform.ActorOf(ApprovalPlatform.Developer), id, "owner@contoso.test", ApprovalPlatform.Cancel);
        // Who makes themself one knows it.
        await owners.AddAsync(platform.ActorOf(ApprovalPlatform.Administrator), id, ApprovalPlatform.Administrator, ApprovalPlatform.Cancel);
        var copy = await platform.MailAsync("owner@contoso.test", id, NoticeKind.OwnerAdded);
        await platform.AllToldAsync();

        Assert.Equal("You are an owner: Handed over", copy.Subject);
        var text = await TextAsync(copy);
        Assert.Contains("Lynne Robbins made you an owner of Handed over", text, StringComparison.Ordinal);
        Assert.Contains($"/providers/{id}", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Reason:", text, StringComparison.Ordinal);
        Assert.Null(await platform.FindMailAsync(ApprovalPlatform.Developer, id, NoticeKind.OwnerAdded));
        Assert.Single(await platform.Running.ReadAsync(db => db.Notices.Where(row => row.ProviderId == id && row.Kind == NoticeKind.OwnerAdded).ToListAsync()));
    }

    [Theory]
    [InlineData("another owner's submission", "owner@contoso.test", true)]
    [InlineData("one's own", ApprovalPlatform.Developer, false)]
    public async Task Who_waits_is_told_when_somebody_elses_submission_takes_the_place(string why, string author, bool isTold)
    {
        var content = ApprovalPlatform.Content(name: "Put aside");
        var (id, _) = await platform.AskAsync(content);
        await platform.Service<ChangeOwners>().AddAsync(platform.ActorOf(ApprovalPlatform.Developer), id, "owner@contoso.test", ApprovalPlatform.Cancel);

        Assert.IsType<RegistrationResult.Done>(await platform.SubmitAsync(id, content with { Name = "In its place" }, author));
        if (isTold)
        {
            var copy = await platform.MailAsync(ApprovalPlatform.Developer, id, NoticeKind.Replaced);
            Assert.Equal("Replaced: Put aside", copy.Subject);
            Assert.Contains("submitted another in its place", await TextAsync(copy), StringComparison.Ordinal);
            Assert.Contains("Reason: replaced by revision 2", await TextAsync(copy), StringComparison.Ordinal);
        }
        await platform.AllToldAsync();

        Assert.Null(await platform.FindMailAsync("owner@contoso.test", id, NoticeKind.Replaced));
        Assert.True(isTold == await platform.Running.ReadAsync(db => db.Notices.AnyAsync(row => row.ProviderId == id && row.Kind == NoticeKind.Replaced)), why);
    }

    [Fact]
    public async Task What_was_told_is_not_told_again_by_the_next_start()
    {
        var (id, _) = await platform.AskAsync(ApprovalPlatform.Content());
        var told = await platform.MailAsync(ApprovalPlatform.Administrator, id, NoticeKind.Requested);
        var before = await platform.Running.ReadAsync(db => db.Messages.CountAsync(row => row.InternetMessageId == told.InternetMessageId));

        platform.Service<NoticeBoard>().Wake();
        await platform.AllToldAsync();

        Assert.Equal(before, await platform.Running.ReadAsync(db => db.Messages.CountAsync(row => row.InternetMessageId == told.InternetMessageId)));
        Assert.NotNull(await platform.Running.ReadAsync(db => db.Notices.Where(row => row.ProviderId == id).Select(row => row.ToldAt).SingleAsync()));
    }

    // The relay's queue holds it in the same transaction; nothing is configured here that would take it away.
    [Fact]
    public async Task The_mail_is_from_the_platform_for_its_readers_alone_and_readable_without_the_card()
    {
        var (id, _) = await platform.AskAsync(ApprovalPlatform.Content(name: "Räumung & <b>Umzug</b>"));
        var copy = await platform.MailAsync(ApprovalPlatform.Administrator, id, NoticeKind.Requested);
        var bytes = await platform.Running.ReadAsync(db => db.Mails.Where(row => row.Id == copy.MailId).Select(row => row.Content).SingleAsync());
        var mail = await MimeMessage.LoadAsync(new MemoryStream(bytes), ApprovalPlatform.Cancel);

        Assert.Equal("actionmail@platform.test", mail.From.Mailboxes.Single().Address);
        Assert.All(mail.To.Mailboxes, mailbox => Assert.True(platform.Person(mailbox.Address).IsAdministrator));
        Assert.Empty(mail.Bcc);
        Assert.Contains("Räumung & <b>Umzug</b>", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("R&#228;umung &amp; &lt;b&gt;Umzug&lt;/b&gt;", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains($"/providers/{id}/review/1", mail.TextBody, StringComparison.Ordinal);
        Assert.True(copy.IsSenderVerified);
    }

    [Theory]
    [InlineData("plain", "Expense reports", "Expense reports")]
    [InlineData("a header of its own", "Name\r\nBcc: x@evil.test", "Name Bcc: x@evil.test")]
    [InlineData("controls", "a\0b\u0007c\u0085d", "a b c d")]
    [InlineData("nothing but controls", "\r\n", "")]
    public void Text_in_a_header_field_is_one_line(string why, string text, string expected)
    {
        Assert.NotEmpty(why);
        Assert.Equal(expected, HeaderText.Of(text));
    }

    [Theory]
    [InlineData("UPDATE audit_events SET actor = 'nobody'")]
    [InlineData("DELETE FROM audit_events")]
    public async Task No_line_of_the_record_is_changed_or_removed(string sql)
    {
        await platform.AskAsync(ApprovalPlatform.Content());
        var before = await platform.Running.ReadAsync(db => db.AuditEvents.CountAsync());

        var refusal = await Assert.ThrowsAsync<SqliteException>(() => platform.Running.ReadAsync(db => db.Database.ExecuteSqlRawAsync(sql)));

        Assert.Contains("audit lines are never", refusal.Message, StringComparison.Ordinal);
        // The control: what may be changed is.
        Assert.True(await platform.Running.ReadAsync(db => db.Database.ExecuteSqlRawAsync("UPDATE notices SET reason = reason")) > 0);
        Assert.True(await platform.Running.ReadAsync(db => db.AuditEvents.CountAsync()) >= before);
    }

    private async Task<string> TextAsync(MessageRow copy)
    {
        var bytes = await platform.Running.ReadAsync(db => db.Mails.Where(row => row.Id == copy.MailId).Select(row => row.Content).SingleAsync());
        return (await MimeMessage.LoadAsync(new MemoryStream(bytes), ApprovalPlatform.Cancel)).TextBody!;
    }
}
