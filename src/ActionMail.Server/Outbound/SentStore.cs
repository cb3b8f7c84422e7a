using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Outbound;

/// <summary>What became of the wish to send something.</summary>
internal enum SendRecord
{
    Recorded,

    /// <summary>The same form was sent before; nothing is sent again.</summary>
    WasThere,

    TooMany,
}

/// <summary>A mail that the relay is to be asked about now.</summary>
internal sealed record ClaimedMail(SentMailRow Mail, IReadOnlyList<string> Recipients);

/// <summary>
/// What people have sent, and the queue of what the relay has yet to take. A mail is claimed before the relay hears of it and settled afterwards, so that each attempt
/// is one; a claim that nobody settled, because the process ended in the middle, is for the next start to make again.
/// </summary>
internal sealed class SentStore(StoreWriter writer, IOptions<OutboundOptions> options)
{
    /// <summary>Records a mail in the transaction that delivers it to people here.</summary>
    public SendRecord Record(ActionMailDb db, SentMailRow mail, IEnumerable<(string Recipient, DeliveryState State)> deliveries)
    {
        if (db.SentMails.Any(row => row.OrganizationId == mail.OrganizationId && row.Id == mail.Id))
            return SendRecord.WasThere;
        var anHourAgo = mail.SentAt - TimeSpan.FromHours(1);
        // The limit is a person's; what the platform itself has to tell is bounded by what there is to tell.
        if (mail.Kind != AnswerKind.Notice && db.SentMails.Count(row => row.OrganizationId == mail.OrganizationId && row.PersonId == mail.PersonId && row.SentAt > anHourAgo) >= options.Value.MaxMailsPerHour)
            return SendRecord.TooMany;
        db.SentMails.Add(mail);
        var rows = deliveries.Select(each => new DeliveryRow
        {
            OrganizationId = mail.OrganizationId,
            SentMailId = mail.Id,
            Recipient = each.Recipient,
            State = each.State,
            NextAttemptAt = mail.SentAt,
        }).ToList();
        db.Deliveries.AddRange(rows);
        AuditLog.Append(db, mail.OrganizationId, mail.SentAt, "mail_sent", mail.Id.ToString("D"), mail.MailFrom, new { answers = mail.MessageId, recipients = rows.Count });
        return SendRecord.Recorded;
    }

    /// <summary>Gives back what an earlier process had claimed and not settled.</summary>
    public Task<int> ReleaseAsync(CancellationToken cancel) => writer.WriteAsync(db =>
    {
        foreach (var row in db.Deliveries.Where(row => row.State == DeliveryState.Sending))
            row.State = DeliveryState.Waiting;
        return db.SaveChanges();
    }, cancel);

    /// <summary>The mail that has been due the longest, for all its recipients that are due; null when there is none.</summary>
    public Task<ClaimedMail?> ClaimAsync(DateTimeOffset now, CancellationToken cancel) => writer.WriteAsync(db =>
    {
        var due = db.Deliveries.Where(row => row.State == DeliveryState.Waiting && row.NextAttemptAt <= now).OrderBy(row => row.NextAttemptAt);
        if (due.FirstOrDefault() is not { } first)
            return null;
        var rows = due.Where(row => row.OrganizationId == first.OrganizationId && row.SentMailId == first.SentMailId).ToList();
        rows.ForEach(row => row.State = DeliveryState.Sending);
        db.SaveChanges();
        return new ClaimedMail(db.SentMails.AsNoTracking().Single(row => row.OrganizationId == first.OrganizationId && row.Id == first.SentMailId), [.. rows.Select(row => row.Recipient)]);
    }, cancel);

    /// <summary>Records what the relay said of each recipient, and when those that it did not take are tried again.</summary>
    public Task<int> SettleAsync(ClaimedMail claimed, IReadOnlyDictionary<string, RelayAnswer> answers, DateTimeOffset now, CancellationToken cancel) => writer.WriteAsync(db =>
    {
        var mail = claimed.Mail;
        var rows = db.Deliveries.Where(row => row.OrganizationId == mail.OrganizationId && row.SentMailId == mail.Id && row.State == DeliveryState.Sending).ToList();
        foreach (var row in rows)
            Settle(row, answers[row.Recipient], now, mail.SentAt + options.Value.GiveUpAfter);
        foreach (var failed in rows.Where(row => row.State == DeliveryState.Failed))
            AuditLog.Append(db, mail.OrganizationId, now, "mail_not_delivered", mail.Id.ToString("D"), mail.MailFrom, new { fault = failed.Fault });
        return db.SaveChanges();
    }, cancel);

    private void Settle(DeliveryRow row, RelayAnswer answer, DateTimeOffset now, DateTimeOffset until)
    {
        row.Attempts++;
        row.NextAttemptAt = now + RelayPause.After(row.Attempts, options.Value.FirstPause);
        (row.State, row.Fault) = answer switch
        {
            RelayAnswer.Taken => (DeliveryState.Relayed, null),
            RelayAnswer.Refused(var why) => (DeliveryState.Failed, why),
            RelayAnswer.NotNow(var why) when row.NextAttemptAt > until => (DeliveryState.Failed, why),
            RelayAnswer.NotNow(var why) => (DeliveryState.Waiting, why),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}

/// <summary>How long a mail waits that the relay did not take: twice as long each time, and an hour at most. RFC 5321 §4.5.4.1 asks for longer pauses towards strangers.</summary>
internal static class RelayPause
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private const int MaxDoublings = 20;

    public static TimeSpan After(int attempts, TimeSpan first)
    {
        var pause = first * Math.Pow(2, Math.Clamp(attempts - 1, 0, MaxDoublings));
        return pause < Longest ? pause : Longest;
    }
}
