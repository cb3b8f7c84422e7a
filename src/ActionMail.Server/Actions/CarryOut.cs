using System.Diagnostics;
using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Providers;
using ActionMail.Server.Accounts;
using ActionMail.Server.Inbox;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers.Platform;
using ActionMail.Server.Tokens;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Actions;

/// <summary>A claimed attempt with all that is needed to send it.</summary>
internal sealed record ClaimedAttempt(AttemptRow Attempt, StoredCard Stored, ActionRequest Request, ProviderRegistration Provider, Person Actor, Recipient Recipient);

/// <summary>
/// Carries a claimed attempt out, in this order: make the token; record "sending"; call; judge the answer and the card in it; record the definite word; tell
/// the open views. Each record is durable before the next step begins.
/// </summary>
internal sealed class CarryOut(
    ActionStore store, ActionTokenIssuer tokens, ProviderClient providers, PlatformService platform, LiveViews views, MessageStates states, IOptions<ServerOptions> server,
    IOptions<CardLimits> cards, TimeProvider time, ILogger<CarryOut> log)
{
    private static readonly TimeSpan RecordAgainAfter = TimeSpan.FromSeconds(1);

    public async Task RunAsync(ClaimedAttempt claimed)
    {
        // The attempt outlives the request that asked for it, and ends by its own deadline.
        var cancel = CancellationToken.None;
        var finished = await EndAsync(claimed, cancel);
        try
        {
            await TellAsync(finished, claimed, cancel);
        }
        catch (Exception error)
        {
            // The word is given and stored; a view that was not told reads it when it looks again.
            log.NotTold(claimed.Attempt.Id, error);
        }
    }

    private async Task<FinishedAttempt> EndAsync(ClaimedAttempt claimed, CancellationToken cancel)
    {
        var attempt = claimed.Attempt;
        try
        {
            var finished = await RecordAsync(claimed, await CallAsync(claimed, cancel), cancel);
            log.Ended(attempt.Id, AttemptStates.Code(finished.Attempt.State), finished.Attempt.HttpStatus, finished.Attempt.Fault);
            return finished;
        }
        catch (Exception error)
        {
            // The store failed: what is recorded stays, and AttemptRecovery gives it its definite word.
            log.Abandoned(attempt.Id, error);
            throw;
        }
    }

    private async Task<AttemptOutcome> CallAsync(ClaimedAttempt claimed, CancellationToken cancel)
    {
        var token = tokens.Issue(TokenFor(claimed));
        try
        {
            await store.MarkSendingAsync(claimed.Attempt, Called(claimed.Request), cancel);
        }
        catch (Exception error) when (StoreFault.IsIn(error))
        {
            log.NotRecorded(claimed.Attempt.Id, error);
            return OutcomeOf(new ProviderAnswer.NotSent(CallFault.NotRecorded), claimed);
        }
        var headers = HeadersFor(claimed, token);
        var began = time.GetTimestamp();
        var answer = IsOurs(claimed) ? await platform.AnswerAsync(claimed.Request, headers, cancel) : await providers.SendAsync(claimed.Request, headers, cancel);
        return OutcomeOf(answer, claimed) with { Took = time.GetElapsedTime(began) };
    }

    // By the key that it was signed with: a card that merely names the platform, as a test of one's own or without a signature, is sent out like any other.
    private static bool IsOurs(ClaimedAttempt claimed) =>
        claimed.Provider.Id == PlatformProvider.Id && claimed.Stored.Message is { IsSelfTest: false, SigningKey: not null };

    // The word is known; while the store takes no writes it is kept here, and written as soon as it does.
    private async Task<FinishedAttempt> RecordAsync(ClaimedAttempt claimed, AttemptOutcome outcome, CancellationToken cancel)
    {
        var attempt = claimed.Attempt;
        while (true)
        {
            try
            {
                return await store.FinishAsync(attempt, outcome, claimed.Provider, cancel);
            }
            catch (Exception error) when (StoreFault.IsIn(error))
            {
                log.NotRecorded(attempt.Id, error);
                await Task.Delay(RecordAgainAfter, time, cancel);
            }
        }
    }

    private static ActionTokenRequest TokenFor(ClaimedAttempt claimed) => new(
        claimed.Actor,
        Protocol.Addresses.EmailAddress.Parse(claimed.Attempt.ActorAddress),
        claimed.Stored.Message.FromAddress,
        claimed.Provider.Id,
        claimed.Provider.TokenProfile,
        claimed.Provider.TokenProfile == TokenProfile.Entra ? claimed.Provider.TokenAudience! : claimed.Request.Url.Origin);

    private static CallHeaders HeadersFor(ClaimedAttempt claimed, string token) =>
        new(token, claimed.Attempt.Id, claimed.Stored.Card.CorrelationId, claimed.Stored.Message.InternetMessageId, claimed.Provider.Id);

    private static string Called(ActionRequest request) =>
        $"{(request.Method == HttpVerb.Get ? "GET" : "POST")} {request.Url.Uri.GetLeftPart(UriPartial.Path)}";

    private AttemptOutcome OutcomeOf(ProviderAnswer answer, ClaimedAttempt claimed)
    {
        var (name, incident) = (claimed.Provider.Name, OutcomeText.Incident(claimed.Attempt.Id));
        return answer switch
        {
            ProviderAnswer.NotSent(var fault) => new(AttemptState.FailedNotSent, OutcomeText.NotSent(fault, name, incident)) { Fault = fault.ToString() },
            ProviderAnswer.Unanswered(var fault) => new(AttemptState.Unknown, OutcomeText.Unanswered(name, incident)) { Fault = fault.ToString() },
            ProviderAnswer.Answered { Status: >= 200 and <= 299 } done => Done(done, claimed),
            ProviderAnswer.Answered refused => new(AttemptState.Refused, RefusalText(refused, name, incident)) { HttpStatus = refused.Status, Fault = $"HTTP {refused.Status}" },
            _ => throw new UnreachableException(),
        };
    }

    // The provider's own words count where it speaks to the actor: in 4xx, not in a redirect or a breakdown.
    private static string RefusalText(ProviderAnswer.Answered refused, string name, string incident) =>
        refused is { Status: >= 400 and < 500, StatusText: { } text } ? text : OutcomeText.Answered(refused.Status, name, incident);

    private AttemptOutcome Done(ProviderAnswer.Answered answer, ClaimedAttempt claimed)
    {
        var outcome = new AttemptOutcome(AttemptState.Done, answer.StatusText ?? (answer.Status == StatusCodes.Status202Accepted ? OutcomeText.Accepted(claimed.Provider.Name) : OutcomeText.Done)) { HttpStatus = answer.Status, Fault = answer.ReplacementFault };
        if (answer.Replacement is not { } body)
            return outcome;
        return ReplacementCard.Judge(body, claimed.Provider, claimed.Recipient, server.Value.UrlPolicy, cards.Value) switch
        {
            ReplacementReading.Accepted(var card) => outcome with { Replacement = card },
            ReplacementReading.Denied(var why) => outcome with { Fault = $"refresh_denied: {why}" },
            _ => throw new UnreachableException(),
        };
    }

    private async Task TellAsync(FinishedAttempt finished, ClaimedAttempt claimed, CancellationToken cancel)
    {
        var message = finished.Message;
        if (await states.FindAsync(claimed.Actor, message.Id, cancel) is { } state)
            views.TellMessage(message.PersonId, new("card", message.Id, new { state.Card, state.Outcome }));
        views.TellList(message.PersonId, new("changed", message.Id));
        // Another recipient's decision may have changed what the others should see; an automatic call decides nothing.
        if (finished.Attempt is { IsAutomatic: false, State: AttemptState.Done })
        {
            foreach (var (personId, messageId) in finished.Peers)
                views.TellMessage(personId, new("peer", messageId));
        }
    }
}

internal static partial class ActionLog // 3000–3099
{
    [LoggerMessage(3001, LogLevel.Information, "Attempt {AttemptId} ended: {State}, HTTP {Status}, {Fault}")]
    public static partial void Ended(this ILogger logger, Guid attemptId, string state, int? status, string? fault);

    [LoggerMessage(3002, LogLevel.Error, "Attempt {AttemptId} could not be recorded to its end")]
    public static partial void Abandoned(this ILogger logger, Guid attemptId, Exception error);

    [LoggerMessage(3006, LogLevel.Error, "A step of attempt {AttemptId} could not be recorded")]
    public static partial void NotRecorded(this ILogger logger, Guid attemptId, Exception error);

    [LoggerMessage(3003, LogLevel.Warning, "{Count} attempts that were cut off were given their definite word")]
    public static partial void Settled(this ILogger logger, int count);

    [LoggerMessage(3005, LogLevel.Warning, "The open views were not told of attempt {AttemptId}")]
    public static partial void NotTold(this ILogger logger, Guid attemptId, Exception error);

    [LoggerMessage(3004, LogLevel.Error, "Attempts that were cut off could not be given their definite word; they are tried again")]
    public static partial void NotSettled(this ILogger logger, Exception error);
}
