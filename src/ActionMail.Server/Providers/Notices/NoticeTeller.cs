using ActionMail.Protocol.Addresses;
using ActionMail.Server.Accounts;
using ActionMail.Server.Intake;
using ActionMail.Server.Operations;
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
    RequestViews views, RelayQueue queue, AddressBook addresses, IOptions<OutboundOptions> outbound, IOptions<ProviderOptions> providers, TimeProvider time, ILogger<NoticeTeller> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);
    private const int AtOnce = 100;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await TellAllAsync(stoppingToken);
                await board.WaitAsync(Pause, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    // Each once, the oldest first. Those that cannot be told stay, and are stepped over: however many they are, the others are told.
    private async Task TellAllAsync(CancellationToken cancel)
    {
        var stay = 0;
        while (await UntoldAsync(stay, cancel) is { Count: > 0 } notices)
        {
            foreach (var notice in notices)
                stay += await TellAsync(notice, cancel) ? 0 : 1;
        }
    }

    private async Task<List<NoticeRow>> UntoldAsync(int after, CancellationToken cancel)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancel);
            return await db.Notices.AsNoTracking().Where(notice => notice.ToldAt == null).OrderBy(notice => notice.At).ThenBy(notice => notice.Id).Skip(after).Take(AtOnce).ToListAsync(cancel);
        }
        catch (Exception error) when (StoreFault.IsIn(error))
        {
            log.NotRead(error);
            return [];
        }
    }

    // Whether it need not be told any more. One that cannot be told holds up no other; it is tried again in the next round.
    private async Task<bool> TellAsync(NoticeRow notice, CancellationToken cancel)
    {
        try
        {
            await SendAsync(notice, await letters.ForAsync(notice, cancel), cancel);
            return true;
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            log.NotTold(notice.Id, error);
            return false;
        }
    }

    // Where nobody is to be told it is marked all the same, and said where its owners and the operator read it.
    private async Task SendAsync(NoticeRow notice, NoticeLetter? letter, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var to = letter?.To ?? [];
        var here = letter is null || to.IsEmpty ? ReadOnlyMemory<byte>.Empty : writer.Write(letter.Mail, to, now);
        var isNew = await receive.AcceptAsync(new(platform.Address, to, here, now), db => Record(db, notice, letter, now), cancel);
        if (!isNew)
            return;
        if (IsToNobody(notice, letter))
            log.ToldToNobody(notice.Id, notice.Kind.ToString(), notice.ProviderId);
        else
            log.Told(notice.Id, notice.Kind.ToString(), notice.ProviderId, to.Length);
        if (letter?.Contact is not null)
            queue.Wake();
        if (letter is not null)
            await views.TellAsync(letter.Row, cancel);
    }

    // Of test users who have all answered already there is nobody to ask, and nothing amiss.
    private static bool IsToNobody(NoticeRow notice, NoticeLetter? letter) => letter is null || (notice.Kind != NoticeKind.Invited && letter.To.IsEmpty && letter.Contact is null);

    private bool Record(ActionMailDb db, NoticeRow notice, NoticeLetter? letter, DateTimeOffset now)
    {
        var row = db.Notices.Single(each => each.OrganizationId == notice.OrganizationId && each.Id == notice.Id);
        if (row.ToldAt is not null)
            return false;
        row.ToldAt = now;
        if (letter?.Contact is { } contact && addresses.Find(contact) is null && !addresses.IsOurs(contact.Domain) && outbound.Value.Host is not null && MayTell(db, notice, contact, now))
            Queue(db, notice, letter.Mail, contact, now);
        if (IsToNobody(notice, letter))
            AuditLog.Append(db, notice.OrganizationId, now, "notice_to_nobody", notice.ProviderId, "platform", new { kind = notice.Kind.ToString(), revision = notice.Revision });
        db.SaveChanges();
        return true;
    }

    // Security J-15: whoever is named as a contact has not been asked, and is not to be buried in mail.
    private bool MayTell(ActionMailDb db, NoticeRow notice, EmailAddress contact, DateTimeOffset now)
    {
        var (aDayAgo, to) = (now - TimeSpan.FromDays(1), contact.ToString());
        var told = db.SentMails.Count(sent => sent.OrganizationId == notice.OrganizationId && sent.PersonId == Guid.Empty && sent.SentAt > aDayAgo && sent.Kind == AnswerKind.Notice
            && db.Deliveries.Any(delivery => delivery.OrganizationId == sent.OrganizationId && delivery.SentMailId == sent.Id && delivery.Recipient == to));
        if (told < providers.Value.NoticesToContactPerDay)
            return true;
        log.ContactSpared(notice.Id, notice.ProviderId);
        return false;
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

    [LoggerMessage(1723, LogLevel.Warning, "Notice {NoticeId} ({Kind} of {ProviderId}) is for nobody: there is nobody who could be told")]
    public static partial void ToldToNobody(this ILogger logger, Guid noticeId, string kind, string providerId);

    [LoggerMessage(1724, LogLevel.Warning, "Notice {NoticeId} of {ProviderId} was not sent to the contact outside, who had as many within a day as may be")]
    public static partial void ContactSpared(this ILogger logger, Guid noticeId, string providerId);
}
