using System.Globalization;
using System.Text.Json;
using ActionMail.Mail.Message;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Accounts;
using ActionMail.Server.Intake;
using ActionMail.Server.Outbound;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers;
using ActionMail.Server.Providers.Health;
using ActionMail.Server.Providers.Notices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Inbox;

/// <summary>What the inbox pages show. Every query begins with the reader's organization and mailbox.</summary>
internal sealed class InboxQueries(
    IDbContextFactory<ActionMailDb> contexts, ProviderRegistry providers, AddressBook addresses, MessageStates states, StandingWords words, RequestViews requests, SentMails sent,
    StoreWriter writer, IOptions<MessageLimits> limits, TimeProvider time)
{
    private const int PageSize = 50;

    /// <summary>The newest messages, or those before a cursor.</summary>
    public async Task<MessageListView> ListAsync(SignedInPerson reader, string? before, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var mine = MessagesOf(db, reader);
        if (long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var cursor))
        {
            var until = DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(cursor, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
            mine = mine.Where(row => row.ReceivedAt < until);
        }
        var rows = await mine.OrderByDescending(row => row.ReceivedAt).Take(PageSize + 1).ToListAsync(cancel);
        var hasOlder = rows.Count > PageSize;
        if (hasOlder)
        {
            // The page ends with everything of its last millisecond, or the next one would begin behind some of it.
            var last = rows[PageSize - 1].ReceivedAt;
            rows = [.. rows.Where(row => row.ReceivedAt > last), .. await mine.Where(row => row.ReceivedAt == last).ToListAsync(cancel)];
        }
        var outcomes = await LastOutcomesAsync(db, reader, rows.Select(row => row.Id), cancel);
        var undelivered = await sent.UndeliveredAsync(reader, rows.Select(row => row.Id), cancel);
        var closed = await requests.ClosedAsync(rows, cancel);
        var actable = addresses.Find(reader.OrganizationId, reader.Id) is { } person
            ? await states.ActableAsync(person, rows.Where(row => !outcomes.ContainsKey(row.Id) && !closed.Contains(row.Id)), cancel)
            : [];
        return new(
            [.. rows.Select(row => ItemOf(row, actable.Contains(row.Id), outcomes.GetValueOrDefault(row.Id), undelivered.Contains(row.Id)))],
            hasOlder ? rows[^1].ReceivedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) : null);
    }

    /// <summary>A message in full, or null when it is not the reader's. Reading marks it as read.</summary>
    public async Task<MessageView?> ReadAsync(SignedInPerson reader, Guid id, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (addresses.Find(reader.OrganizationId, reader.Id) is not { } person
            || await MessagesOf(db, reader).SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } row
            || await states.FindAsync(person, id, cancel) is not { } state)
            return null;
        if (row.ReadAt is null)
            await MarkReadAsync(reader, id, cancel);
        var outcomes = await LastOutcomesAsync(db, reader, [id], cancel);
        return new(
            row.Id, row.Subject, SenderOf(row), row.ReceivedAt, SecurityOf(row, states.StandingOf(person, row), state.Card.ActionsOff),
            state.Card is { Display: not null, HideOriginalBody: true },
            await ExtentAsync(db, row, cancel),
            outcomes.GetValueOrDefault(id),
            JsonSerializer.Serialize(state, MessageState.Json));
    }

    /// <summary>The decision record and the attempts, or null when the message is not the reader's.</summary>
    public async Task<WhyView?> WhyAsync(SignedInPerson reader, Guid id, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (addresses.Find(reader.OrganizationId, reader.Id) is not { } person
            || await MessagesOf(db, reader).SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } row)
            return null;
        var standing = states.StandingOf(person, row);
        var attempts = await db.Attempts.AsNoTracking()
            .Where(attempt => attempt.OrganizationId == reader.OrganizationId && attempt.MessageId == id)
            .OrderByDescending(attempt => attempt.ClaimedAt).Take(PageSize).ToListAsync(cancel);
        var sender = await db.Mails.AsNoTracking().Where(mail => mail.OrganizationId == reader.OrganizationId && mail.Id == row.MailId)
            .Select(mail => mail.Sender).SingleOrDefaultAsync(cancel);
        return new(
            row.Id, row.Subject, row.ReceivedAt, standing.State, standing.Reason, row.IsSelfTest,
            standing.Change is { } change ? new(CheckView.Of(change), standing.IsShown, await words.OfAsync(row.ProviderId, change, cancel)) : null,
            [.. StoredChecks.Read(row.Checks).Select(CheckView.Of)],
            StoredSender.Read(sender)?.Dns ?? [],
            [.. attempts.Select(attempt => new AttemptView(attempt.Id, OutcomeOf(attempt), attempt.Called, attempt.HttpStatus, attempt.FinishedAt - attempt.ClaimedAt))]);
    }

    /// <summary>The mail's bytes, or null when the message is not the reader's.</summary>
    public async Task<byte[]?> ContentAsync(SignedInPerson reader, Guid id, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await MessagesOf(db, reader).Where(row => row.Id == id)
            .Join(db.Mails, row => new { row.OrganizationId, Id = row.MailId }, mail => new { mail.OrganizationId, mail.Id }, (_, mail) => mail.Content)
            .SingleOrDefaultAsync(cancel);
    }

    /// <summary>The mail as it was received and what was found out about its sender, or null when the message is not the reader's.</summary>
    public async Task<MailRow?> OriginalAsync(SignedInPerson reader, Guid id, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await MessagesOf(db, reader).Where(row => row.Id == id)
            .Join(db.Mails.AsNoTracking(), row => new { row.OrganizationId, Id = row.MailId }, mail => new { mail.OrganizationId, mail.Id }, (_, mail) => mail)
            .SingleOrDefaultAsync(cancel);
    }

    private static IQueryable<MessageRow> MessagesOf(ActionMailDb db, SignedInPerson reader) =>
        db.Messages.AsNoTracking().Where(row => row.OrganizationId == reader.OrganizationId && row.PersonId == reader.Id);

    private async Task<BodyExtent> ExtentAsync(ActionMailDb db, MessageRow row, CancellationToken cancel) =>
        await db.Mails.AsNoTracking().Where(mail => mail.OrganizationId == row.OrganizationId && mail.Id == row.MailId && mail.Content.Length <= BodyExtents.MostBytes)
            .Select(mail => mail.Content).SingleOrDefaultAsync(cancel) is { } content
            ? BodyExtents.Of(MailMessage.Read(content, limits.Value))
            : BodyExtent.Long;

    private Task<int> MarkReadAsync(SignedInPerson reader, Guid id, CancellationToken cancel) => writer.WriteAsync(db =>
    {
        if (db.Messages.SingleOrDefault(row => row.OrganizationId == reader.OrganizationId && row.Id == id) is not { ReadAt: null } unread)
            return 0;
        unread.ReadAt = time.GetUtcNow();
        var changed = db.SaveChanges();
        if (unread is { CardState: CardState.Active, IsSelfTest: false, ProviderId: { } provider } && providers.Find(provider) is { } registered)
            new HourCounter(db, registered.OrganizationId, registered.Id, unread.ReadAt.Value).Add(new() { Opens = 1 });
        return changed;
    }, cancel);

    private static async Task<Dictionary<Guid, OutcomeView>> LastOutcomesAsync(ActionMailDb db, SignedInPerson reader, IEnumerable<Guid> ids, CancellationToken cancel)
    {
        var wanted = ids.ToList();
        var attempts = await db.Attempts.AsNoTracking()
            .Where(row => row.OrganizationId == reader.OrganizationId && wanted.Contains(row.MessageId) && !row.IsAutomatic).ToListAsync(cancel);
        return attempts.GroupBy(row => row.MessageId).ToDictionary(group => group.Key, group => OutcomeOf(group.MaxBy(row => row.ClaimedAt)!));
    }

    private static MessageListItem ItemOf(MessageRow row, bool canAct, OutcomeView? outcome, bool hasUndelivered) => new(
        row.Id, SenderOf(row), row.IsSenderVerified, row.Subject, row.Preview, row.ReceivedAt, row.ReadAt is null, canAct, outcome, hasUndelivered);

    private static PersonView SenderOf(MessageRow row) => new(row.FromAddress, row.FromName, "");

    private SecurityBarView SecurityOf(MessageRow row, CardStanding standing, string? actionsOff) => new(
        standing.State,
        standing.IsShown,
        row.CardState == CardState.Active && !row.IsSelfTest && row.ProviderId is { } id ? providers.Find(id)?.Name : null,
        ProofOf(row),
        row.IsSelfTest,
        standing is { State: CardState.Inert, IsShown: false, Reason: { } reason } ? reason.Entry().Words : null,
        actionsOff);

    private static string? ProofOf(MessageRow row) => row switch
    {
        { CardState: CardState.Active, IsSelfTest: false, SigningKey: not null } => "the service's signature on the card",
        { IsSenderVerified: true } => $"the domain {row.FromAddress[(row.FromAddress.LastIndexOf('@') + 1)..]}",
        _ => null,
    };

    private static OutcomeView OutcomeOf(AttemptRow attempt) => new(
        attempt.State, attempt.Title, attempt.Text, new(attempt.ActorAddress, attempt.ActorName, ""), attempt.FinishedAt ?? attempt.ClaimedAt);
}
