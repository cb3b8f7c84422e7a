using System.ComponentModel;
using System.Text.Json;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Accounts;
using ActionMail.Server.Inbox;
using ActionMail.Server.Operations;

namespace ActionMail.Server.Providers.Api;

/// <summary>A test message to oneself, and what its checks say of anybody else.</summary>
internal sealed record TestMessageDocument(
    [property: Description("The message in one's own inbox: /inbox/ and this id.")] Guid MessageId,
    [property: Description("active, inert or none.")] string Card,
    [property: Description("A code of docs/protocol/reasons.md, or null.")] string? Reason,
    [property: Description("Every check; those that failed would stop the card at anybody else.")] IReadOnlyList<MessageCheckDocument> Checks);

/// <summary>One check of a message.</summary>
internal sealed record MessageCheckDocument(string Code, [property: Description("pass, fail, or skipped.")] string Outcome, [property: Description("What was seen.")] string Evidence);

/// <summary>"Send yourself a test message".</summary>
internal static class TestMessageEndpoint
{
    public static void MapTestMessage(this RouteGroupBuilder personal) => personal.MapPost("/providers/{id:guid}/test-message", SendAsync)
        .WithTags("Health")
        .Describe("Send oneself a test message", "A mail with a small card of the provider, by the way of every self-test, and the checks that would stop it at anybody else.")
        .Answers<TestMessageDocument>().Refuses("not_found");

    private static async Task<IResult> SendAsync(
        Guid id, Person person, HttpContext http, RegistrationQueries registrations, SendTestMessage send, InboxQueries inbox, CancellationToken cancel)
    {
        if (await registrations.FindAsync(Actor.Of(person, http), id.ToString("D"), cancel) is not { } view)
            return RegistrationAnswers.NotFound();
        var message = await send.SendAsync(person, view, cancel);
        var why = await inbox.WhyAsync(SignedInPerson.Of(person), message, cancel);
        var checks = (why?.Checks ?? []).Concat(why?.Change is { } change ? [change.Check] : Array.Empty<CheckView>());
        return TypedResults.Ok(new TestMessageDocument(
            message, Word(why?.Card ?? CardState.None), why?.Reason?.Code(), [.. checks.Select(check => new MessageCheckDocument(check.Code.Code(), Word(check.Outcome), check.Evidence))]));
    }

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
