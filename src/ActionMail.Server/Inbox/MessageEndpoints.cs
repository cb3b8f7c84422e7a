using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;

namespace ActionMail.Server.Inbox;

/// <summary>A person's messages for the page's script and for tools.</summary>
internal static class MessageEndpoints
{
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(20);

    public static void MapMessages(this RouteGroupBuilder api)
    {
        api = api.MapGroup("").WithTags("Messages");
        api.MapGet("/messages/{id:guid}", async (Guid id, Person person, MessageStates states, CancellationToken cancel) =>
            await states.FindAsync(person, id, cancel) is { } state ? TypedResults.Ok(state) : Actions.ActionAnswers.NotFound())
            .Describe("Read a message", "With its card as it stands, who sent it, and the outcome of the last press.")
            .Answers<MessageState>().Refuses("not_found");
        api.MapGet("/messages/{id:guid}/events", async (Guid id, Person person, MessageStates states, LiveViews views, HttpContext http, CancellationToken cancel) =>
            await states.FindAsync(person, id, cancel) is null
                ? Actions.ActionAnswers.NotFound()
                : TypedResults.ServerSentEvents(EventsAsync(views.Open(person, id), http, cancel)))
            .Describe("Follow a message", "Server-sent events: card, peer and ping (docs/api.md).")
            .Answers<string>("text/event-stream").Refuses("not_found");
        api.MapGet("/events", (Person person, LiveViews views, HttpContext http, CancellationToken cancel) =>
                TypedResults.ServerSentEvents(EventsAsync(views.Open(person, null), http, cancel)))
            .Describe("Follow the list", "Server-sent events: arrived, changed and ping (docs/api.md).")
            .Answers<string>("text/event-stream");
    }

    private static async IAsyncEnumerable<SseItem<string>> EventsAsync(
        LiveViews.Subscription subscription, HttpContext http, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var _ = subscription;
        var (time, host, sessions) = (Service<TimeProvider>(http), Service<IHostApplicationLifetime>(http), Service<Sessions>(http));
        // An open stream must not hold up a stopping server.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, host.ApplicationStopping);
        yield return new("{}", "ping");
        while (!stop.IsCancellationRequested)
        {
            // The stream is no longer than the session: signing out anywhere ends it with the next event or ping.
            if (await NextAsync(subscription, time, stop.Token) is not { } happened || !await sessions.IsRunningAsync(http.User, cancel))
                yield break;
            yield return happened;
        }
    }

    private static T Service<T>(HttpContext http) where T : notnull => http.RequestServices.GetRequiredService<T>();

    // A line from time to time keeps proxies from closing the stream, and finds out whether anybody listens.
    private static async Task<SseItem<string>?> NextAsync(LiveViews.Subscription subscription, TimeProvider time, CancellationToken stop)
    {
        try
        {
            using var pause = new CancellationTokenSource(PingEvery, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(pause.Token, stop);
            var happened = await subscription.Events.ReadAsync(either.Token);
            return new(JsonSerializer.Serialize(happened.Data ?? new { id = happened.MessageId }, MessageState.Json), happened.Name);
        }
        catch (OperationCanceledException)
        {
            return stop.IsCancellationRequested ? null : new SseItem<string>("{}", "ping");
        }
    }
}
