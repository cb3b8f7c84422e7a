using System.Text.Json;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Providers;
using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Actions;

/// <summary>A person's message with the card as it stands.</summary>
internal sealed record StoredCard(MessageRow Message, Card Card);

/// <summary>What asking for an attempt came to.</summary>
internal abstract record ClaimResult
{
    private ClaimResult() { }

    /// <summary>The attempt is recorded and nobody else's to carry out.</summary>
    public sealed record Claimed(AttemptRow Attempt) : ClaimResult;

    /// <summary>There is one for the same action already: running, done, or with an unknown outcome.</summary>
    public sealed record Met(AttemptRow Attempt) : ClaimResult;

    /// <summary>The card was replaced since it was loaded.</summary>
    public sealed record CardChanged : ClaimResult;

    public sealed record TooMany : ClaimResult;
}

/// <summary>What became of a card when an attempt ended.</summary>
/// <param name="Attempt">The attempt with its definite word.</param>
/// <param name="Message">The message as it is now.</param>
/// <param name="CardReplaced">Whether the answer brought a new card that was put in place.</param>
/// <param name="Peers">The other recipients' copies of the same mail.</param>
internal sealed record FinishedAttempt(AttemptRow Attempt, MessageRow Message, bool CardReplaced, List<(Guid PersonId, Guid MessageId)> Peers);

/// <summary>Attempts in the store. Each step is one commit: claimed, sending, and the definite word together with the card that it brought.</summary>
internal sealed class ActionStore(StoreWriter writer, IDbContextFactory<ActionMailDb> contexts, IOptions<ActionOptions> options, IOptions<CardLimits> cards, TimeProvider time)
{
    /// <summary>The person's own message with its card; null when it is not theirs, or has no card that may act.</summary>
    public async Task<StoredCard?> LoadAsync(Person owner, Guid messageId, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var row = await db.Messages.AsNoTracking()
            .Where(message => message.OrganizationId == owner.OrganizationId && message.Id == messageId && message.PersonId == owner.Id)
            .Join(db.CardVersions, message => new { message.OrganizationId, message.Id, Version = message.CardVersion },
                version => new { version.OrganizationId, Id = version.MessageId, version.Version }, (message, version) => new { message, version.Json })
            .SingleOrDefaultAsync(cancel);
        return row is not null && Card.Read(row.Json, cards.Value) is CardReading.Read(var card) ? new(row.message, card) : null;
    }

    public async Task<AttemptRow?> FindAttemptAsync(Person owner, Guid messageId, Guid attemptId, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Attempts.AsNoTracking().SingleOrDefaultAsync(
            row => row.OrganizationId == owner.OrganizationId && row.Id == attemptId && row.MessageId == messageId && row.PersonId == owner.Id, cancel);
    }

    /// <summary>The attempt of a press that was heard before, or null.</summary>
    public async Task<AttemptRow?> FindPressAsync(Person owner, Guid messageId, Guid clickId, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return FindPress(db, owner.OrganizationId, messageId, owner.Id, clickId);
    }

    /// <summary>Records an attempt, unless one for the same action of the same card stands in its way.</summary>
    public Task<ClaimResult> ClaimAsync(AttemptRow attempt, CancellationToken cancel) => writer.WriteAsync(db => Claim(db, attempt), cancel);

    /// <summary>Takes an attempt with an unknown outcome up again, under the same id; null when it is no longer unknown.</summary>
    public Task<AttemptRow?> ClaimAgainAsync(AttemptRow attempt, CancellationToken cancel) => writer.WriteAsync(db => ClaimAgain(db, attempt), cancel);

    public Task MarkSendingAsync(AttemptRow attempt, string called, CancellationToken cancel) => writer.WriteAsync(db =>
    {
        var row = FindIn([AttemptState.Claimed], db, attempt);
        row.State = AttemptState.Sending;
        row.Called = called;
        AuditLog.Append(db, row.OrganizationId, time.GetUtcNow(), "action_sending", row.Id.ToString("D"), row.ActorAddress, new { row.MessageId, called });
        return row;
    }, cancel);

    /// <summary>Records the definite word, and puts the new card in place if the old one is still the one acted on.</summary>
    public Task<FinishedAttempt> FinishAsync(AttemptRow attempt, AttemptOutcome outcome, ProviderRegistration provider, CancellationToken cancel) =>
        writer.WriteAsync(db => Finish(db, attempt, outcome, provider), cancel);

    /// <summary>Every refusal leaves a line with the same code that the actor was given.</summary>
    public Task AuditRefusalAsync(Person actor, Guid messageId, string code, string evidence, CancellationToken cancel) => writer.WriteAsync(db =>
    {
        AuditLog.Append(db, actor.OrganizationId, time.GetUtcNow(), code, messageId.ToString("D"), actor.PrimaryAddress.ToString(), new { evidence });
        return true;
    }, cancel);

    /// <summary>After a crash: what was only claimed never left; what was being sent may have arrived.</summary>
    public Task<int> SettleAbandonedAsync(DateTimeOffset claimedBefore, Func<Guid, bool> isRunning, CancellationToken cancel) => writer.WriteAsync(db =>
    {
        var abandoned = db.Attempts.Where(row => (row.State == AttemptState.Claimed || row.State == AttemptState.Sending) && row.ClaimedAt <= claimedBefore)
            .AsEnumerable().Where(row => !isRunning(row.Id)).ToList();
        foreach (var row in abandoned)
        {
            row.State = row.State == AttemptState.Claimed ? AttemptState.FailedNotSent : AttemptState.Unknown;
            row.Text = OutcomeText.AfterCrash(row.State);
            row.Fault = "the platform stopped in the middle";
            row.FinishedAt = time.GetUtcNow();
            AuditLog.Append(db, row.OrganizationId, time.GetUtcNow(), KindOf(row.State), row.Id.ToString("D"), row.ActorAddress, new { row.MessageId, row.Fault });
        }
        return abandoned.Count;
    }, cancel);

    private ClaimResult Claim(ActionMailDb db, AttemptRow attempt)
    {
        if (FindPress(db, attempt.OrganizationId, attempt.MessageId, attempt.PersonId, attempt.ClickId) is { } heardBefore)
            return new ClaimResult.Met(heardBefore);
        var current = db.Messages.AsNoTracking()
            .Where(row => row.OrganizationId == attempt.OrganizationId && row.Id == attempt.MessageId).Select(row => row.CardVersion).Single();
        if (current != attempt.CardVersion)
            return new ClaimResult.CardChanged();
        var sameAction = db.Attempts.AsNoTracking().Where(row =>
            row.OrganizationId == attempt.OrganizationId && row.MessageId == attempt.MessageId && row.CardVersion == attempt.CardVersion && row.ActionId == attempt.ActionId);
        // An automatic call whose answer never came stands in nobody's way: nobody asked for it, and nobody can ask again.
        if (sameAction.FirstOrDefault(row => row.State == AttemptState.Claimed || row.State == AttemptState.Sending || (row.State == AttemptState.Unknown && !row.IsAutomatic)) is { } open)
            return new ClaimResult.Met(open);
        if (!attempt.IsAutomatic && sameAction.FirstOrDefault(row => row.State == AttemptState.Done && row.InputsHash == attempt.InputsHash) is { } done)
            return new ClaimResult.Met(done);
        if (!attempt.IsAutomatic && ClicksInLastMinute(db, attempt) >= options.Value.MaxClicksPerMinute)
            return new ClaimResult.TooMany();
        db.Attempts.Add(attempt);
        AuditLog.Append(db, attempt.OrganizationId, attempt.ClaimedAt, "action_claimed", attempt.Id.ToString("D"), attempt.ActorAddress,
            new { attempt.MessageId, attempt.CardVersion, attempt.ActionId, inputs = Convert.ToHexString(attempt.InputsHash), attempt.IsAutomatic });
        return new ClaimResult.Claimed(attempt);
    }

    private static AttemptRow? FindPress(ActionMailDb db, Guid organizationId, Guid messageId, Guid personId, Guid clickId) => db.Attempts.AsNoTracking()
        .FirstOrDefault(row => row.OrganizationId == organizationId && row.MessageId == messageId && row.PersonId == personId && row.ClickId == clickId);

    private static int ClicksInLastMinute(ActionMailDb db, AttemptRow attempt)
    {
        var since = attempt.ClaimedAt - TimeSpan.FromMinutes(1);
        return db.Attempts.Count(row => row.OrganizationId == attempt.OrganizationId && row.PersonId == attempt.PersonId && !row.IsAutomatic && row.ClaimedAt > since);
    }

    private AttemptRow? ClaimAgain(ActionMailDb db, AttemptRow attempt)
    {
        var row = Find(db, attempt);
        if (row.State != AttemptState.Unknown)
            return null;
        row.State = AttemptState.Claimed;
        row.ClaimedAt = time.GetUtcNow();
        row.FinishedAt = null;
        AuditLog.Append(db, row.OrganizationId, time.GetUtcNow(), "action_claimed_again", row.Id.ToString("D"), row.ActorAddress, new { row.MessageId });
        return row;
    }

    private FinishedAttempt Finish(ActionMailDb db, AttemptRow attempt, AttemptOutcome outcome, ProviderRegistration provider)
    {
        var now = time.GetUtcNow();
        var row = FindIn(outcome.State == AttemptState.FailedNotSent ? [AttemptState.Claimed, AttemptState.Sending] : [AttemptState.Sending], db, attempt);
        var message = db.Messages.Single(other => other.OrganizationId == row.OrganizationId && other.Id == row.MessageId);
        if (!message.IsSelfTest)
            CountedAttempt.Count(db, row, outcome, provider, now);
        row.State = outcome.State;
        row.Text = outcome.Text;
        row.Fault = outcome.Fault;
        row.HttpStatus = outcome.HttpStatus;
        row.FinishedAt = now;
        var replaced = outcome.Replacement is { } card && Replace(db, message, row, card, now);
        AuditLog.Append(db, row.OrganizationId, now, KindOf(row.State), row.Id.ToString("D"), row.ActorAddress,
            new { row.MessageId, row.Called, row.HttpStatus, row.Fault, cardVersion = message.CardVersion });
        return new(row, message, replaced, PeersOf(db, message));
    }

    // Compare and swap: an answer to an older card does not overwrite a newer one. The same card again is no new version, so clicks under way stay good. Security H-05.
    private bool Replace(ActionMailDb db, MessageRow message, AttemptRow attempt, Card card, DateTimeOffset now)
    {
        if (message.CardVersion != attempt.CardVersion)
        {
            attempt.Fault = $"the answer's card came for version {attempt.CardVersion}, the card is at {message.CardVersion}: it was left out";
            return false;
        }
        var current = db.CardVersions.AsNoTracking()
            .Single(row => row.OrganizationId == message.OrganizationId && row.MessageId == message.Id && row.Version == message.CardVersion);
        if (JsonElement.DeepEquals(JsonElement.Parse(current.Json), JsonElement.Parse(card.Json.RawText)))
            return false;
        message.CardVersion++;
        db.CardVersions.Add(new()
        {
            OrganizationId = message.OrganizationId,
            MessageId = message.Id,
            Version = message.CardVersion,
            Json = card.Json.RawText,
            AttemptId = attempt.Id,
            At = now,
        });
        return true;
    }

    private static List<(Guid, Guid)> PeersOf(ActionMailDb db, MessageRow message) => message.InternetMessageId.Length == 0 ? [] :
    [
        .. db.Messages.AsNoTracking()
            .Where(row => row.OrganizationId == message.OrganizationId && row.InternetMessageId == message.InternetMessageId
                && row.ProviderId == message.ProviderId && row.PersonId != message.PersonId && row.CardVersion > 0)
            .Select(row => new { row.PersonId, row.Id }).AsEnumerable().Select(row => (row.PersonId, row.Id)),
    ];

    // An attempt goes forward from the state that this step expects, or the step is not done: whoever settled it meanwhile has told the actor so.
    private static AttemptRow FindIn(AttemptState[] expected, ActionMailDb db, AttemptRow attempt) =>
        Find(db, attempt) is { } row && expected.Contains(row.State)
            ? row
            : throw new InvalidOperationException($"Attempt {attempt.Id} is {AttemptStates.Code(Find(db, attempt).State)}, and this step does not begin there.");

    private static AttemptRow Find(ActionMailDb db, AttemptRow attempt) =>
        db.Attempts.Single(row => row.OrganizationId == attempt.OrganizationId && row.Id == attempt.Id);

    private static string KindOf(AttemptState state) => "action_" + AttemptStates.Code(state);
}
