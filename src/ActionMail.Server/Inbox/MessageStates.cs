using System.Text.Json;
using System.Text.Json.Serialization;
using ActionMail.Protocol.Addresses;
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

/// <summary>How a message's card stands now.</summary>
/// <param name="State">What may be done with it.</param>
/// <param name="Reason">Why it may not act.</param>
/// <param name="Change">What has kept it from acting since it arrived: a switch, or how the registration stands; null where what was decided then still holds.</param>
/// <param name="IsShown">Whether it is drawn: one that the service's registration alone keeps from acting still is, with its actions off.</param>
internal sealed record CardStanding(CardState State, Reason? Reason, Check? Change, bool IsShown);

internal sealed record AddressState(string Address, string Name);

internal sealed record ProviderName(string Id, string Name);

internal sealed record CardView(
    string State, string? Reason, string? ActionsOff, int Version, bool SelfTest, bool HideOriginalBody, string? UpdatedBy, bool AutoInvoke, JsonElement? Display);

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
internal sealed class MessageStates(
    IDbContextFactory<ActionMailDb> contexts, ProviderRegistry providers, Recipients recipients, StandingWords words, IOptions<CardLimits> cards)
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
        var standing = StandingOf(owner, message);
        var actionsOff = standing is { IsShown: true, Change: { } change } ? await words.OfAsync(message.ProviderId, change, cancel) : null;
        return Of(message, standing, actionsOff, StoredSender.Read(sender), version, attempt);
    }

    /// <summary>Those of a mailbox's messages whose card, as it is now, has something left to do: a call, or a form that the inbox opens. A link alone is not.</summary>
    public async Task<HashSet<Guid>> ActableAsync(Person owner, IEnumerable<MessageRow> messages, CancellationToken cancel)
    {
        var active = messages.Where(row => StandingOf(owner, row).State == CardState.Active).Select(row => row.Id).ToList();
        if (active.Count == 0)
            return [];
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var cards = await db.Messages.Where(row => row.OrganizationId == owner.OrganizationId && active.Contains(row.Id))
            .Join(db.CardVersions, row => new { row.OrganizationId, MessageId = row.Id, Version = row.CardVersion },
                version => new { version.OrganizationId, version.MessageId, version.Version }, (row, version) => new { row.Id, version.Json })
            .ToListAsync(cancel);
        return [.. cards.Where(card => HasSomethingToDo(card.Json)).Select(card => card.Id)];
    }

    private bool HasSomethingToDo(string json) => Card.Read(json, cards.Value) is CardReading.Read(var card)
        && card.Actions.Any(action => action.Id != CardAction.AutoInvokeId && (action is CardAction.Http or CardAction.Execute || action is CardAction.Local { Type: var type } && ClientForms.Contains(type)));

    /// <summary>How the card stands now: what was switched off since it arrived takes it from view, and a registration that is out of force takes its actions. Protocol §5.</summary>
    public CardStanding StandingOf(Person owner, MessageRow message)
    {
        if (message.CardState != CardState.Active)
            return new(message.CardState, message.Reason, Change: null, IsShown: false);
        var recipient = recipients.Of(owner);
        if (RecipientRules.Switches(recipient, message.IsSelfTest ? null : message.ProviderId) is { Outcome: CheckOutcome.Fail } off)
            return new(CardState.Inert, off.Code, off, IsShown: false);
        return !message.IsSelfTest && RegistrationFault(recipient, message) is { } fault
            ? new(CardState.Inert, fault.Code, fault, IsShown: true)
            : new(CardState.Active, message.Reason, Change: null, IsShown: true);
    }

    // The rules of a click, as far as they do not depend on what is pressed.
    private Check? RegistrationFault(Recipient recipient, MessageRow message)
    {
        if (message.ProviderId is not { } id || providers.Find(id) is not { } provider)
            return new(Reason.ProviderSuspended, CheckOutcome.Fail, "the provider is no longer registered");
        Check[] checks =
        [
            ProviderRules.State(provider),
            .. EmailAddress.TryParse(message.FromAddress, out var from) ? [ProviderRules.Sender(provider, from)] : Array.Empty<Check>(),
            ProviderRules.Scope(provider, recipient),
            .. message.SigningKey is { } key ? [ProviderRules.SigningKey(provider, key)] : Array.Empty<Check>(),
        ];
        return Array.Find(checks, check => check.Outcome == CheckOutcome.Fail);
    }

    private MessageState Of(MessageRow message, CardStanding standing, string? actionsOff, SenderReport? sender, CardVersionRow? version, AttemptRow? attempt)
    {
        var provider = message.ProviderId is { } id ? providers.Find(id) : null;
        return new(
            message.Id, message.Subject, new(message.FromAddress, message.FromName), message.ReceivedAt,
            provider is null ? null : new(provider.Id, provider.Name),
            new(sender?.Spf, sender?.Dkim ?? [], sender?.Dmarc, sender?.Arc, SignedCardWord(message)),
            CardOf(message, standing, actionsOff, version, provider?.Name),
            attempt is null ? null : OutcomeState.Of(attempt));
    }

    private CardView CardOf(MessageRow message, CardStanding standing, string? actionsOff, CardVersionRow? version, string? providerName)
    {
        var (state, reason) = (standing.State.ToString().ToLowerInvariant(), standing.Reason?.Code());
        if (standing is { Change: not null, IsShown: false } || version is null || Card.Read(version.Json, cards.Value) is not CardReading.Read(var card))
            return new(state, reason, ActionsOff: null, version?.Version ?? 0, message.IsSelfTest, false, null, false, null);
        return new(
            state, reason, actionsOff, version.Version, message.IsSelfTest, card.HideOriginalBody,
            version.AttemptId is null ? null : providerName, card.AutoInvoke is not null && standing.State == CardState.Active, CardDisplay.Of(card));
    }

    // Of the checks, those of a signature are there only where one was looked at.
    private static string SignedCardWord(MessageRow message) =>
        message.SigningKey is not null ? "pass"
        : StoredChecks.Read(message.Checks).Exists(check => check.Code is >= Reason.SignedInvalidAlg and <= Reason.SignedStale) ? "fail"
        : "none";
}
