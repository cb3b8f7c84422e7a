using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Providers;
using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers;
using ActionMail.Server.Providers.Consent;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Actions;

/// <summary>All that a page says when a button is pressed; what is called comes from the stored card.</summary>
internal sealed record Click(Guid MessageId, string ActionId, int CardVersion, Guid ClickId, IReadOnlyDictionary<string, string> Inputs)
{
    public bool IsAutomatic { get; init; }
}

/// <summary>What a click came to.</summary>
internal abstract record ClickResult
{
    private ClickResult() { }

    /// <summary>This click's own attempt; its definite word is in the store once <paramref name="Ended"/> has ended.</summary>
    public sealed record Started(AttemptRow Attempt, Task Ended) : ClickResult;

    /// <summary>Another click on the same action came first; <paramref name="Ended"/> ends when its outcome is known.</summary>
    public sealed record Met(AttemptRow Attempt, Task Ended) : ClickResult;

    public sealed record Refused(ClickRefusal Refusal, string Evidence) : ClickResult;

    public sealed record InvalidInputs(ImmutableSortedDictionary<string, string> Errors) : ClickResult;

    /// <summary>No such message of this person's, or no such action on its card.</summary>
    public sealed record NotFound : ClickResult;

    public sealed record TooMany : ClickResult;
}

/// <summary>
/// One click, from the button to the claimed attempt: load the person's own message and card; ask every rule again; check the inputs; prepare the request; claim the
/// attempt, which only one of all clicks can; carry it out.
/// </summary>
internal sealed class PerformAction(
    ActionStore store, ProviderRegistry providers, Recipients recipients, CarryOut carryOut, RunningAttempts running, IOptions<ServerOptions> server,
    IOptions<ActionLimits> limits, TimeProvider time)
{
    public async Task<ClickResult> RunAsync(Click click, Person actor, CancellationToken cancel)
    {
        if (await store.LoadAsync(actor, click.MessageId, cancel) is not { } stored)
            return new ClickResult.NotFound();
        // A press that comes again, by a proxy or an impatient page, is answered with what became of it, whatever the card looks like now.
        if (await store.FindPressAsync(actor, click.MessageId, click.ClickId, cancel) is { } heardBefore)
            return Meet(heardBefore);
        await providers.EnsureFreshAsync(cancel);
        var provider = ProviderOf(stored);
        switch (ActionRules.Judge(ContextOf(click.CardVersion, stored, provider, actor), time.GetUtcNow()))
        {
            case ClickVerdict.Refused(var refusal, var evidence): return new ClickResult.Refused(refusal, evidence);
            case ClickVerdict.Allowed(var actorAddress): return await PrepareAsync(click, stored, provider!, actor, actorAddress, cancel);
            default: throw new UnreachableException();
        }
    }

    /// <summary>"Ask again": the same click with its stored inputs and the same Action-Request-Id, after its outcome was unknown.</summary>
    public async Task<ClickResult> RetryAsync(Guid messageId, Guid attemptId, Person actor, CancellationToken cancel)
    {
        if (await store.FindAttemptAsync(actor, messageId, attemptId, cancel) is not { } attempt || await store.LoadAsync(actor, messageId, cancel) is not { } stored)
            return new ClickResult.NotFound();
        if (attempt.State != AttemptState.Unknown)
            return Meet(attempt);
        await providers.EnsureFreshAsync(cancel);
        var provider = ProviderOf(stored);
        if (ActionRules.Judge(ContextOf(attempt.CardVersion, stored, provider, actor), time.GetUtcNow()) is ClickVerdict.Refused(var refusal, var evidence))
            return new ClickResult.Refused(refusal, evidence);
        var values = JsonSerializer.Deserialize<Dictionary<string, string>>(attempt.Inputs)!.ToImmutableSortedDictionary(StringComparer.OrdinalIgnoreCase);
        if (stored.Card.FindAction(attempt.ActionId) is not CardAction.Http action)
            return new ClickResult.NotFound();
        return ActionRequestComposer.Compose(action, values, provider!, server.Value.UrlPolicy, limits.Value) is ActionRequestReading.Ready(var request)
            ? await store.ClaimAgainAsync(attempt, cancel) is { } again ? Start(new(again, stored, request, provider!, actor, recipients.Of(actor))) : Meet(attempt)
            : new ClickResult.Refused(ClickRefusal.TargetDenied, "the stored request may no longer be sent");
    }

    private async Task<ClickResult> PrepareAsync(
        Click click, StoredCard stored, ProviderRegistration provider, Person actor, EmailAddress actorAddress, CancellationToken cancel)
    {
        if (stored.Card.FindAction(click.ActionId) is not CardAction.Http action || (click.ActionId == CardAction.AutoInvokeId) != click.IsAutomatic)
            return new ClickResult.NotFound();
        // An automatic call has no inputs: nobody filled anything in.
        var reading = click.IsAutomatic ? new InputReading.Valid(ImmutableSortedDictionary<string, string>.Empty) : InputValidation.Check(stored.Card, action, click.Inputs, limits.Value);
        if (reading is InputReading.Invalid(var errors))
            return new ClickResult.InvalidInputs(errors);
        var values = ((InputReading.Valid)reading).Values;
        switch (ActionRequestComposer.Compose(action, values, provider, server.Value.UrlPolicy, limits.Value))
        {
            case ActionRequestReading.TargetDenied(var why): return new ClickResult.Refused(ClickRefusal.TargetDenied, why);
            case ActionRequestReading.ValueRefused(var id, var why): return new ClickResult.InvalidInputs(OneError(id, why));
            case ActionRequestReading.TooLarge(var why): return new ClickResult.InvalidInputs(OneError("", why));
            case ActionRequestReading.Ready(var request):
                return await store.ClaimAsync(NewAttempt(click, stored, action, actor, actorAddress, values), cancel) switch
                {
                    ClaimResult.Claimed(var attempt) => Start(new(attempt, stored, request, provider, actor, recipients.Of(actor))),
                    ClaimResult.Met(var attempt) => Meet(attempt),
                    ClaimResult.CardChanged => new ClickResult.Refused(ClickRefusal.CardChanged, "the card was replaced a moment ago"),
                    ClaimResult.TooMany => new ClickResult.TooMany(),
                    _ => throw new UnreachableException(),
                };
            default: throw new UnreachableException();
        }
    }

    private ClickResult.Started Start(ClaimedAttempt claimed) => new(claimed.Attempt, running.Start(claimed.Attempt.Id, () => carryOut.RunAsync(claimed)));

    private ClickResult.Met Meet(AttemptRow attempt) => new(attempt, running.WaitAsync(attempt.Id, CancellationToken.None));

    private ProviderRegistration? ProviderOf(StoredCard stored) =>
        stored.Message.IsSelfTest ? SelfTestRegistration.For(stored, server.Value.UrlPolicy) : providers.Find(stored.Message.ProviderId!);

    private ClickContext ContextOf(int clickedVersion, StoredCard stored, ProviderRegistration? provider, Person actor) =>
        new(stored.Card, stored.Message.CardVersion, clickedVersion, EmailAddress.Parse(stored.Message.FromAddress), stored.Message.ReceivedAt, recipients.Of(actor))
        {
            Provider = provider,
            IsSelfTest = stored.Message.IsSelfTest,
            SigningKey = stored.Message.SigningKey,
            UrlPolicy = server.Value.UrlPolicy,
            Lifetime = server.Value.CardLifetime,
        };

    private AttemptRow NewAttempt(Click click, StoredCard stored, CardAction.Http action, Person actor, EmailAddress actorAddress, ImmutableSortedDictionary<string, string> values)
    {
        var inputs = JsonSerializer.SerializeToUtf8Bytes(values);
        return new()
        {
            OrganizationId = actor.OrganizationId,
            Id = Guid.NewGuid(),
            MessageId = stored.Message.Id,
            CardVersion = click.CardVersion,
            ActionId = action.Id,
            Title = action.Title,
            ClickId = click.ClickId,
            PersonId = actor.Id,
            ActorAddress = actorAddress.ToString(),
            ActorName = actor.DisplayName,
            IsAutomatic = click.IsAutomatic,
            Inputs = System.Text.Encoding.UTF8.GetString(inputs),
            InputsHash = SHA256.HashData(inputs),
            State = AttemptState.Claimed,
            ClaimedAt = time.GetUtcNow(),
        };
    }

    private static ImmutableSortedDictionary<string, string> OneError(string id, string why) => ImmutableSortedDictionary<string, string>.Empty.Add(id, why);
}
