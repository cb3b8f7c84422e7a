using System.Diagnostics;
using System.Text.Json;
using ActionMail.Protocol.Actions;
using ActionMail.Server.Accounts;
using ActionMail.Server.Inbox;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Actions;

/// <summary>What the page sends; a member that is not here is refused, above all one that would say what to call (security F-01).</summary>
internal sealed record ActionBody(int CardVersion, Guid ClickId, Dictionary<string, string>? Inputs);

internal sealed record AutoInvokeBody(int CardVersion);

/// <summary>A message's outcome and card as they stand after a press.</summary>
internal sealed record ActionState(OutcomeState? Outcome, CardView? Card);

/// <summary>A message's card as it stands after a refresh.</summary>
internal sealed record RefreshedCard(CardView Card);

/// <summary>Clicks over HTTP: each ends with one definite word and the card as it then stands.</summary>
internal static class ActionEndpoints
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(100);

    public static void MapActions(this RouteGroupBuilder personal, ActionOptions options)
    {
        var api = personal.MapGroup("").WithTags("Actions").WithMetadata(new RequestSizeLimitAttribute(options.MaxRequestBytes));
        api.MapPost("/messages/{id:guid}/actions/{actionId}", PressAsync)
            .Describe("Press a button", "Answers when the attempt has its definite word. What is called comes from the stored card.")
            .Answers<ActionState>().Refuses("invalid_inputs", "not_found", "not_expected_actor", "click_refused", "too_many_clicks");
        api.MapPost("/messages/{id:guid}/attempts/{attemptId:guid}/retry", AskAgainAsync)
            .Describe("Ask again", "Of an attempt with an unknown outcome: sends the stored inputs with the same Action-Request-Id.")
            .Answers<ActionState>().Refuses("not_found", "not_expected_actor", "click_refused", "too_many_clicks");
        api.MapPost("/messages/{id:guid}/auto-invoke", AutoInvokeAsync)
            .Describe("Refresh a card", "Carries out the card's autoInvokeAction when it is due, and waits at most two seconds.")
            .Answers<RefreshedCard>().Answers(StatusCodes.Status204NoContent, "There is nothing to do.").Refuses("not_found");
    }

    private static async Task<IResult> PressAsync(
        Guid id, string actionId, ActionBody body, Person person, PerformAction perform, ActionAnswers answers, CancellationToken cancel)
    {
        var click = new Click(id, actionId, body.CardVersion, body.ClickId, body.Inputs ?? []);
        return await answers.ForAsync(await perform.RunAsync(click, person, cancel), id, body.ClickId, person, cancel);
    }

    private static async Task<IResult> AskAgainAsync(Guid id, Guid attemptId, Person person, PerformAction perform, ActionAnswers answers, CancellationToken cancel) =>
        await answers.ForAsync(await perform.RetryAsync(id, attemptId, person, cancel), id, null, person, cancel);

    private static async Task<IResult> AutoInvokeAsync(
        Guid id, AutoInvokeBody body, Person person, AutoInvoke autoInvoke, MessageStates states, IOptions<ActionOptions> options, TimeProvider time, CancellationToken cancel)
    {
        if (await states.FindAsync(person, id, cancel) is null)
            return ActionAnswers.NotFound();
        if (await autoInvoke.RunAsync(id, body.CardVersion, person, cancel) is not { } ended)
            return TypedResults.NoContent();
        // The view waits two seconds; what comes later is stored all the same and reaches it as an event.
        await Task.WhenAny(ended, Task.Delay(options.Value.AutoInvokeWait, time, cancel));
        return TypedResults.Ok(new RefreshedCard((await states.FindAsync(person, id, cancel))!.Card));
    }

    /// <summary>Waits until the attempt has its definite word, also when another process carries it out.</summary>
    internal static async Task<AttemptRow> EndedAsync(AttemptRow attempt, Task ended, ActionStore store, Person person, ActionOptions options, TimeProvider time, CancellationToken cancel)
    {
        var patience = options.CallDeadline + options.ConnectDeadline;
        var giveUpAt = time.GetUtcNow() + patience;
        // Not longer than a call can take: a store that takes no writes must not keep the page waiting too.
        await Task.WhenAny(ended, Task.Delay(patience, time, cancel));
        while (true)
        {
            var now = await store.FindAttemptAsync(person, attempt.MessageId, attempt.Id, cancel) ?? attempt;
            if (!AttemptStates.IsRunning(now.State) || time.GetUtcNow() > giveUpAt)
                return now;
            await Task.Delay(PollEvery, time, cancel);
        }
    }
}

/// <summary>The HTTP answer to what a click came to.</summary>
internal sealed class ActionAnswers(ActionStore store, MessageStates states, IOptions<ActionOptions> options, TimeProvider time)
{
    public async Task<IResult> ForAsync(ClickResult result, Guid messageId, Guid? clickId, Person person, CancellationToken cancel)
    {
        switch (result)
        {
            case ClickResult.NotFound: return NotFound();
            case ClickResult.InvalidInputs(var errors):
                return TypedResults.ValidationProblem(errors.Select(error => KeyValuePair.Create(error.Key, new[] { error.Value })),
                    title: "Some of what was entered cannot be sent.", extensions: Code("invalid_inputs"));
            case ClickResult.TooMany: return TooMany(person);
            case ClickResult.Refused(var refusal, var evidence): return await RefusedAsync(refusal, evidence, messageId, person, cancel);
            case ClickResult.Started(var attempt, var ended):
                await ActionEndpoints.EndedAsync(attempt, ended, store, person, options.Value, time, cancel);
                return TypedResults.Ok(await StateAsync(messageId, person, cancel));
            case ClickResult.Met(var attempt, var ended):
                return await MetAsync(await ActionEndpoints.EndedAsync(attempt, ended, store, person, options.Value, time, cancel), messageId, clickId, person, cancel);
            default: throw new UnreachableException();
        }
    }

    public static IResult NotFound() => Problem(StatusCodes.Status404NotFound, "not_found", "There is no such message or action.");

    // The same press heard again gets the same answer, and so does one that met an attempt which failed; another press learns that it came second, and with what outcome.
    private async Task<IResult> MetAsync(AttemptRow attempt, Guid messageId, Guid? clickId, Person person, CancellationToken cancel)
    {
        var (outcome, card) = await StateAsync(messageId, person, cancel);
        if (attempt.ClickId == clickId || clickId is null || attempt.State is AttemptState.Refused or AttemptState.FailedNotSent)
            return TypedResults.Ok(new ActionState(OutcomeState.Of(attempt), card));
        var (code, title) = attempt.State switch
        {
            AttemptState.Unknown => ("outcome_unknown", "It is not known yet whether this was done. Ask again."),
            AttemptState.Claimed or AttemptState.Sending => ("already_running", "This is being done at the moment."),
            _ => ("already_done", "This was done a moment ago."),
        };
        return Problem(StatusCodes.Status409Conflict, code, title, new() { ["outcome"] = outcome ?? OutcomeState.Of(attempt), ["card"] = card });
    }

    private async Task<IResult> RefusedAsync(ClickRefusal refusal, string evidence, Guid messageId, Person person, CancellationToken cancel)
    {
        var (outcome, card) = await StateAsync(messageId, person, cancel);
        var code = JsonNamingPolicy.SnakeCaseLower.ConvertName(refusal.ToString());
        var status = refusal == ClickRefusal.NotExpectedActor ? StatusCodes.Status403Forbidden : StatusCodes.Status409Conflict;
        await store.AuditRefusalAsync(person, messageId, code, evidence, cancel);
        return Problem(status, code, Words(refusal), new() { ["outcome"] = outcome, ["card"] = card });
    }

    private async Task<ActionState> StateAsync(Guid messageId, Person person, CancellationToken cancel)
    {
        var state = await states.FindAsync(person, messageId, cancel);
        return new(state?.Outcome, state?.Card);
    }

    private static IResult TooMany(Person person) =>
        new TooManyClicks(Problem(StatusCodes.Status429TooManyRequests, "too_many_clicks", $"That was a lot of clicks, {person.DisplayName}. Wait a minute and go on."));

    private static string Words(ClickRefusal refusal) => refusal switch
    {
        ClickRefusal.CardChanged => "The card was updated meanwhile. Look at it again before you decide.",
        ClickRefusal.CardExpired => "The time to act on this card is over.",
        ClickRefusal.NotExpectedActor => "This card is for somebody else to act on.",
        ClickRefusal.CardsOffOrganization => "Your organization has switched actionable messages off.",
        ClickRefusal.CardsOffRecipient => "You have switched cards off.",
        ClickRefusal.SenderStopped => "You have stopped this service's cards.",
        ClickRefusal.ProviderSuspended => "The service's registration is not in force at the moment.",
        ClickRefusal.ProviderKeyRevoked => "The service has withdrawn the key that this card was signed with.",
        ClickRefusal.ScopeDenied => "The service is no longer approved for you.",
        ClickRefusal.OriginatorSenderMismatch => "The service no longer sends from this address.",
        ClickRefusal.TargetDenied => "The card wants to call an address that is not registered for the service.",
        _ => throw new UnreachableException(),
    };

    public static IResult Problem(int status, string code, string title, Dictionary<string, object?>? extensions = null)
    {
        extensions ??= [];
        extensions["code"] = code;
        return TypedResults.Problem(statusCode: status, title: title, detail: title, extensions: extensions);
    }

    private static Dictionary<string, object?> Code(string code) => new() { ["code"] = code };

    private sealed class TooManyClicks(IResult problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.RetryAfter = "60";
            return problem.ExecuteAsync(httpContext);
        }
    }
}
