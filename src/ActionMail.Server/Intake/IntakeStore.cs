using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Accounts;
using ActionMail.Server.Inbox;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Intake;

/// <summary>A copy that is in a mailbox now.</summary>
internal sealed record StoredCopy(Guid Id, Person Owner, CardState State, Reason? Reason);

/// <summary>
/// Stores a mail and all copies of it in one transaction, which shares its commit with whatever else waits. The same bytes in the same mailbox are one message; the
/// same signed card in a second mail is a replay.
/// </summary>
internal sealed class IntakeStore(StoreWriter writer)
{
    /// <summary>The copies that are new; those that were there already are left out.</summary>
    public Task<List<StoredCopy>> StoreAsync(ReceivedMail mail, CancellationToken cancel) => writer.WriteAsync(db => Store(db, mail), cancel);

    /// <summary>The same for a mail that was written here, in one transaction with the record of its sending; null where that declines, and then nothing is stored.</summary>
    public Task<List<StoredCopy>?> StoreAsync(ReceivedMail mail, Func<ActionMailDb, bool> record, CancellationToken cancel) =>
        writer.WriteAsync(db => record(db) ? Store(db, mail) : null, cancel);

    private static List<StoredCopy> Store(ActionMailDb db, ReceivedMail mail)
    {
        var commands = new IntakeCommands(PreparedSql.On(db));
        var stored = new List<StoredCopy>();
        foreach (var group in mail.Copies.GroupBy(copy => copy.Owner.OrganizationId))
        {
            Guid? mailId = null;
            foreach (var copy in group)
            {
                if (commands.IsThere(copy.Owner, mail.ContentHash))
                {
                    AuditLog.Append(db, group.Key, mail.ReceivedAt, Reason.Replay.Code(), copy.Owner.PrimaryAddress.ToString(), mail.Envelope.MailFrom, new { what = "the same bytes again" });
                    continue;
                }
                mailId ??= commands.InsertMail(group.Key, mail);
                stored.Add(StoreCopy(db, commands, mail, copy, mailId.Value));
            }
        }
        mail.Counted?.Count(db, stored, mail.ReceivedAt);
        return stored;
    }

    private static StoredCopy StoreCopy(ActionMailDb db, IntakeCommands commands, ReceivedMail mail, DecidedCopy copy, Guid mailId)
    {
        var decision = mail.JwsHash is { } jws && copy.Decision.State == CardState.Active && !commands.UseSignedCard(copy.Owner, jws, mail.ReceivedAt)
            ? Replayed(copy.Decision)
            : copy.Decision;
        var card = decision is { State: CardState.Active, Card: { } active } ? active : null;
        // In order of time: the newest rows lie together in every index by id.
        var id = Guid.CreateVersion7(mail.ReceivedAt);
        commands.InsertMessage(new()
        {
            OrganizationId = copy.Owner.OrganizationId,
            Id = id,
            PersonId = copy.Owner.Id,
            MailId = mailId,
            ContentHash = mail.ContentHash,
            InternetMessageId = mail.Mail.MessageId ?? "",
            FromAddress = mail.Mail.From.Address?.ToLowerInvariant() ?? "",
            FromName = mail.Mail.From.Shown,
            Subject = mail.Mail.Subject,
            Preview = card is { Summary: { Length: > 0 } summary } ? summary : mail.Mail.Preview,
            ReceivedAt = mail.ReceivedAt,
            CardState = decision.State,
            Reason = decision.Reason,
            CardKind = decision.Kind,
            Carriage = decision.Carriage,
            CardVersion = card is null ? 0 : 1,
            ProviderId = decision.Provider?.Id,
            SigningKey = decision.SigningKey?.Thumbprint,
            IsSelfTest = decision.IsSelfTest,
            IsSenderVerified = copy.IsSenderVerified,
            Checks = decision.Checks.IsEmpty ? "[]" : StoredChecks.Write(decision.Checks),
        });
        if (card is not null)
            commands.InsertCard(copy.Owner.OrganizationId, id, card.Json.RawText, mail.ReceivedAt);
        if (decision.Reason is { } reason)
            AuditLog.Append(db, copy.Owner.OrganizationId, mail.ReceivedAt, reason.Code(), id.ToString("D"), mail.Envelope.MailFrom, new { evidence = FailureOf(decision) });
        return new(id, copy.Owner, decision.State, decision.Reason);
    }

    private static CardDecision Replayed(CardDecision decision) => decision with
    {
        State = CardState.Inert,
        Reason = Reason.Replay,
        Checks = decision.Checks.Add(new(Reason.Replay, CheckOutcome.Fail, "this very signed card came in another mail before")),
    };

    private static string FailureOf(CardDecision decision) => decision.Checks.FirstOrDefault(check => check.Outcome == CheckOutcome.Fail)?.Evidence ?? "";
}
