using System.Text.Json;
using System.Text.Json.Serialization;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Accounts;
using ActionMail.Server.Actions;
using ActionMail.Server.Intake;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers;
using ActionMail.Server.Providers.Consent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Inbox;

/// <summary>How a message's card stands; <paramref name="Off"/> is the switch that took it from view since it arrived, or null.</summary>
internal sealed record CardStanding(CardState State, Reason? Reason, Check? Off);

internal sealed record AddressState(string Address, string Name);

internal sealed record ProviderName(string Id, string Name);

internal sealed record CardView(
    string State, string? Reason, int Version, bool SelfTest, bool HideOriginalBody, string? UpdatedBy, bool AutoInvoke, JsonElement? Display);

internal sealed record OutcomeState(
    Guid AttemptId, string ActionId, string Title, string State, string Text, AddressState Actor, DateTimeOffset At, bool Retryable)
{
    public static OutcomeState Of(AttemptRow attempt) => new(
        attempt.Id, attempt.ActionId, attempt.Title, AttemptStates.Code(attempt.State), attempt.Text,
        new(attempt.ActorAddress, attempt.ActorName), attempt.FinishedAt ?? attempt.ClaimedAt, attempt.State == AttemptState.Unknown);
}

/// <summary>What verification came to, in the words of the RFCs; null where there was nobody to verify. SignedCard is pass, fail or none.</summary>
internal sealed record AuthState(SpfReport? Spf, IReadOnlyList<DkimReport> Dkim, DmarcReport? Dmarc, ArcReport? Arc, string SignedCard);

/// <summary>A message as the API, the page's data block and the live updates show it: one shape, made in one place.</summary>
internal sealed record MessageState(
    Guid Id, string Subject, AddressState From, DateTimeOffset ReceivedAt, ProviderName? Provider, AuthState Auth, CardView Card, OutcomeState? Outcome)
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };
}

/// <summary>Reads message states for their owner.</summary>
internal sealed class MessageStates(IDbContextFactory<ActionMailDb> contexts, ProviderRegistry providers, Recipients recipients, IOptions<CardLimits> cards)
{
    /// <summary>What the inbox itself does with something that a reader fills in, or an add-in that it opens.</summary>
    private static readonly HashSet<string> ClientForms = new(StringComparer.Ordinal) { "Action.DisplayMessageForm", "Action.DisplayAppointmentForm", "Action.InvokeAddInCommand" };

    /// <summary>The person's own message, or null.</summary>
    public async Task<MessageState?> FindAsync(Person owner, Guid messageId, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var message = await db.Messages.AsNoTracking().SingleOrDefaultAsync(
            row => row.OrganizationId == owner.OrganizationId && row.Id == messageId && row.PersonId == owner.Id, cancel);
        if (message is null)
            return null;
        var version = await db.CardVersions.AsNoTracking().SingleOrDefaultAsync(
            row => row.OrganizationId == message.OrganizationId && row.MessageId == message.Id && row.Version == message.CardVersion, cancel);
        var attempt = await db.Attempts.AsNoTracking()
            .Where(row => row.OrganizationId == message.OrganizationId && row.MessageId == message.Id && !row.IsAutomatic)
            .OrderByDescending(row => row.ClaimedAt).FirstOrDefaultAsync(cancel);
        var sender = await db.Mails.AsNoTracking().Where(row => row.OrganizationId == message.OrganizationId && row.Id == message.MailId)
            .Select(row => row.Sender).SingleOrDefaultAsync(cancel);
        return Of(message, StandingOf(owner, message), StoredSender.Read(sender), version, attempt);
    }

    /// <summary>Those of a mailbox's messages whose card, as it is now, has something left to do: a call, or a form that the inbox opens. A link alone is not.</summary>
    public async Task<HashSet<Guid>> ActableAsync(SignedInPerson reader, IEnumerable<MessageRow> messages, CancellationToken cancel)
    {
        var active = messages.Where(row => row.CardState == CardState.Active).ToDictionary(row => row.Id, row => row.CardVersion);
        if (active.Count == 0)
            return [];
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var versions = await db.CardVersions.AsNoTracking().Where(row => row.OrganizationId == reader.OrganizationId && active.Keys.Contains(row.MessageId)).ToListAsync(cancel);
        return [.. versions.Where(row => row.Version == active[row.MessageId] && HasSomethingToDo(row.Json)).Select(row => row.MessageId)];
    }

    private bool HasSomethingToDo(string json) => Card.Read(json, cards.Value) is CardReading.Read(var card)
        && card.Actions.Any(action => action.Id != CardAction.AutoInvokeId && (action is CardAction.Http or CardAction.Execute || action is CardAction.Local { Type: var type } && ClientForms.Contains(type)));

    /// <summary>How the card stands now: what was switched off since it arrived takes it from view. Protocol §5.</summary>
    public CardStanding StandingOf(Person owner, MessageRow message) =>
        message.CardState == CardState.Active && RecipientRules.Switches(recipients.Of(owner), message.IsSelfTest ? null : message.ProviderId) is { Outcome: CheckOutcome.Fail } off
            ? new(CardState.Inert, off.Code, off)
            : new(message.CardState, message.Reason, null);

    private MessageState Of(MessageRow message, CardStanding standing, SenderReport? sender, CardVersionRow? version, AttemptRow? attempt)
    {
        var provider = message.ProviderId is { } id ? providers.Find(id) : null;
        return new(
            message.Id, message.Subject, new(message.FromAddress, message.FromName), message.ReceivedAt,
            provider is null ? null : new(provider.Id, provider.Name),
            new(sender?.Spf, sender?.Dkim ?? [], sender?.Dmarc, sender?.Arc, SignedCardWord(message)),
            CardOf(message, standing, version, provider?.Name),
            attempt is null ? null : OutcomeState.Of(attempt));
    }

    private CardView CardOf(MessageRow message, CardStanding standing, CardVersionRow? version, string? providerName)
    {
        var (state, reason) = (standing.State.ToString().ToLowerInvariant(), standing.Reason?.Code());
        if (standing.Off is not null || version is null || Card.Read(version.Json, cards.Value) is not CardReading.Read(var card))
            return new(state, reason, 0, message.IsSelfTest, false, null, false, null);
        return new(
            state, reason, version.Version, message.IsSelfTest, card.HideOriginalBody,
            version.AttemptId is null ? null : providerName, card.AutoInvoke is not null, CardDisplay.Of(card));
    }

    // Of the checks, those of a signature are there only where one was looked at.
    private static string SignedCardWord(MessageRow message) =>
        message.SigningKey is not null ? "pass"
        : StoredChecks.Read(message.Checks).Exists(check => check.Code is >= Reason.SignedInvalidAlg and <= Reason.SignedStale) ? "fail"
        : "none";
}
