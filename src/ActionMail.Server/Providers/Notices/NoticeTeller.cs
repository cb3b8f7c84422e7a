using ActionMail.Protocol.Addresses;
using ActionMail.Server.Accounts;
using ActionMail.Server.Intake;
using ActionMail.Server.Outbound;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Providers.Notices;

/// <summary>
/// Tells people what their registrations came to, and approvers what waits for them. A notice is written with the change that it is about; here it becomes mails, which are
/// stored in one transaction with the mark that it is told. So each is told once, wherever a process ends.
/// </summary>
internal sealed class NoticeTeller(
    IDbContextFactory<ActionMailDb> contexts, NoticeBoard board, NoticeLetters letters, ReceivePlatformMail receive, PlatformProvider platform, PlatformMailWriter writer,
    RequestViews views, RelayQueue queue, AddressBook addresses, IOptions<OutboundOptions> outbound, TimeProvider time, ILogger<NoticeTeller> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var notice in await UntoldAsync(stoppingToken))
                    await TellAsync(notice, stoppingToken);
                await board.WaitAsync(Pause, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task<List<NoticeRow>> UntoldAsync(CancellationToken cancel)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancel);
            return await db.Notices.AsNoTracking().Where(notice => notice.ToldAt == null).OrderBy(notice => notice.At).Take(100).ToListAsync(cancel);
        }
        catch (Exception error) when (StoreFault.IsIn(error))
        {
            log.NotRead(error);
            return [];
        }
    }

    // One that cannot be told holds up no other; it is tried again with the next.
    private async Task TellAsync(NoticeRow notice, CancellationToken cancel)
    {
        try
        {
            if (await letters.ForAsync(notice, cancel) is { } letter)
                await SendAsync(notice, letter, cancel);
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            log.NotTold(notice.Id, error);
        }
    }

    private async Task SendAsync(NoticeRow notice, NoticeLetter letter, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var here = letter.To.IsEmpty ? ReadOnlyMemory<byte>.Empty : writer.Write(letter.Mail, letter.To, now);
        var isNew = await receive.AcceptAsync(new(platform.Address, letter.To, here, now), db => Record(db, notice, letter, now), cancel);
        if (!isNew)
            return;
        log.Told(notice.Id, notice.Kind.ToString(), notice.ProviderId, letter.To.Length);
        if (letter.Contact is not null)
            queue.Wake();
        await views.TellAsync(letter.Row, cancel);
    }

    private bool Record(ActionMailDb db, NoticeRow notice, NoticeLetter letter, DateTimeOffset now)
    {
        var row = db.Notices.Single(each => each.OrganizationId == notice.OrganizationId && each.Id == notice.Id);
        if (row.ToldAt is not null)
            return false;
        row.ToldAt = now;
        if (letter.Contact is { } contact && addresses.Find(contact) is null && !addresses.IsOurs(contact.Domain) && outbound.Value.Host is not null)
            Queue(db, notice, letter.Mail, contact, now);
        db.SaveChanges();
        return true;
    }

    private void Queue(ActionMailDb db, NoticeRow notice, PlatformMail mail, EmailAddress contact, DateTimeOffset now)
    {
        db.SentMails.Add(new()
        {
            OrganizationId = notice.OrganizationId,
            Id = notice.Id,
            PersonId = Guid.Empty,
            MessageId = Guid.Empty,
            Kind = AnswerKind.Notice,
            MailFrom = platform.Address.ToString(),
            Content = writer.WriteWithoutCard(mail, contact, now).ToArray(),
            SentAt = now,
        });
        db.Deliveries.Add(new() { OrganizationId = notice.OrganizationId, SentMailId = notice.Id, Recipient = contact.ToString(), State = DeliveryState.Waiting, NextAttemptAt = now });
    }
}

internal static partial class NoticeLog // 1720–1739
{
    [LoggerMessage(1720, LogLevel.Information, "Notice {NoticeId} ({Kind} of {ProviderId}) was told to {Count} people")]
    public static partial void Told(this ILogger logger, Guid noticeId, string kind, string providerId, int count);

    [LoggerMessage(1721, LogLevel.Error, "Notice {NoticeId} could not be told; it is tried again")]
    public static partial void NotTold(this ILogger logger, Guid noticeId, Exception error);

    [LoggerMessage(1722, LogLevel.Warning, "The notices could not be read; they are looked for again")]
    public static partial void NotRead(this ILogger logger, Exception error);
}
