using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActionMail.Protocol.Actions;
using ActionMail.Server.Accounts;
using ActionMail.Server.Actions;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers.Approval;
using ActionMail.Server.Providers.Invitations;

namespace ActionMail.Server.Providers.Platform;

/// <summary>
/// The service behind the platform's own cards. It is called in this process: its public address may be one that the guard lets nobody call, and the guard has no exceptions
/// (decision 0023). Otherwise it is as any service: it believes the token, answers with a word and a card, and knows of the caller nothing else.
/// </summary>
internal sealed class PlatformService(ActionCaller callers, DecideRegistration decide, ApprovalRequests requests, TestInvitations invitations, PlatformProvider platform)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    public async Task<ProviderAnswer> AnswerAsync(ActionRequest request, CallHeaders headers, CancellationToken cancel)
    {
        if (await callers.FindAsync(headers.Token) is not { } person)
            return Refuse(StatusCodes.Status401Unauthorized, "It is not proven who acts.");
        try
        {
            return await AnswerAsync(request, new Actor(person, $"card, action {headers.ActionRequestId:D}"), person, cancel);
        }
        catch (Exception error) when (StoreFault.IsIn(error))
        {
            // Not a word of it was written.
            return Refuse(StatusCodes.Status503ServiceUnavailable, "This cannot be recorded at the moment, so nothing was done. Try again shortly.");
        }
    }

    private Task<ProviderAnswer> AnswerAsync(ActionRequest request, Actor actor, Person person, CancellationToken cancel) =>
        (request.Url.Uri.AbsolutePath, request.Body) switch
        {
            (RequestCard.ApprovePath, { } body) when Read<RequestBody>(body) is { } asked => DecideAsync(actor, asked, approves: true, cancel),
            (RequestCard.RejectPath, { } body) when Read<RequestBody>(body) is { } asked => DecideAsync(actor, asked, approves: false, cancel),
            (RequestCard.RefreshPath, { } body) when Read<RequestBody>(body) is { } asked => ShowAsync(actor, asked, "Up to date.", cancel),
            (InvitationCard.AcceptPath, { } body) when Read<InvitationBody>(body) is { } asked => AnswerInvitationAsync(person, asked, accepts: true, cancel),
            (InvitationCard.DeclinePath, { } body) when Read<InvitationBody>(body) is { } asked => AnswerInvitationAsync(person, asked, accepts: false, cancel),
            _ => Task.FromResult<ProviderAnswer>(Refuse(StatusCodes.Status404NotFound, "There is nothing here.")),
        };

    private async Task<ProviderAnswer> DecideAsync(Actor actor, RequestBody asked, bool approves, CancellationToken cancel)
    {
        // A card proves nobody anew, so nothing that needs that is approved by one.
        var decision = new Decision(asked.Revision, Convert.FromHexString(asked.ContentHash), approves, asked.Reason ?? "", ReauthenticatedAt: null, TypedName: "");
        return await decide.DecideAsync(actor, asked.Provider, decision, cancel) switch
        {
            RegistrationResult.Done => await ShowAsync(actor, asked, approves ? "Approved." : "Rejected.", cancel),
            // Somebody was faster, or it was replaced: the card as it is now says so.
            RegistrationResult.Conflict("already_decided" or "revision_changed", var words) => await ShowAsync(actor, asked, words, cancel),
            RegistrationResult.Conflict(_, var words) => Refuse(StatusCodes.Status409Conflict, words),
            RegistrationResult.Forbidden(_, var words) => Refuse(StatusCodes.Status403Forbidden, words),
            RegistrationResult.NotFound => NoSuchRequest(),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private async Task<ProviderAnswer> ShowAsync(Actor actor, RequestBody asked, string words, CancellationToken cancel) =>
        await requests.FindAsync(actor, asked.Provider, asked.Revision, cancel) is { } request ? Card(words, RequestCard.Of(request, platform)) : NoSuchRequest();

    private async Task<ProviderAnswer> AnswerInvitationAsync(Person person, InvitationBody asked, bool accepts, CancellationToken cancel) =>
        await invitations.AnswerAsync(person, asked.Provider, accepts, cancel) is { } invitation
            ? Card(accepts ? "You test it now." : "You do not test it.", InvitationCard.Of(invitation, platform))
            : Refuse(StatusCodes.Status404NotFound, "There is no such invitation any more.");

    private static ProviderAnswer.Answered NoSuchRequest() => Refuse(StatusCodes.Status404NotFound, "There is no such request.");

    private static ProviderAnswer.Answered Card(string words, JsonObject card)
    {
        card["originator"] = PlatformProvider.Id;
        return new(StatusCodes.Status200OK, words, Encoding.UTF8.GetBytes(card.ToJsonString()));
    }

    private static ProviderAnswer.Answered Refuse(int status, string words) => new(status, words, null);

    // Our own cards hold nothing else; whatever else comes is not from one.
    private static T? Read<T>(string body) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record RequestBody
    {
        public required string Provider { get; init; }
        public required int Revision { get; init; }
        public required string ContentHash { get; init => field = value.Length == 64 && value.All(char.IsAsciiHexDigit) ? value : throw new JsonException("no hash"); }
        public string? Reason { get; init; }
    }

    private sealed record InvitationBody
    {
        public required string Provider { get; init; }
    }
}
