using System.ComponentModel;
using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers.Invitations;

namespace ActionMail.Server.Providers.Api;

/// <summary>An invitation to test a provider.</summary>
internal sealed record InvitationDocument(
    [property: Description("The provider's id.")] string ProviderId,
    [property: Description("The provider's name.")] string Provider,
    [property: Description("Who listed one as a test user.")] string InvitedBy,
    DateTimeOffset InvitedAt,
    InvitationState State,
    DateTimeOffset? AnsweredAt)
{
    public static InvitationDocument Of(InvitationView view) => new(view.Row.ProviderId, view.Provider, view.InvitedBy, view.Row.InvitedAt, view.Row.State, view.Row.AnsweredAt);
}

/// <summary>All of a person's invitations.</summary>
internal sealed record InvitationList([property: Description("Those that wait first.")] IReadOnlyList<InvitationDocument> Invitations);

/// <summary>The answer to an invitation.</summary>
internal sealed record InvitationAnswer([property: Description("True to accept, false to decline.")] bool? Accepts);

/// <summary>What one has been asked to test.</summary>
internal static class InvitationEndpoints
{
    public static void MapInvitations(this RouteGroupBuilder personal)
    {
        var api = personal.MapGroup("/invitations").WithTags("Registrations");
        api.MapGet("", async (Person person, TestInvitations invitations, CancellationToken cancel) =>
                TypedResults.Ok(new InvitationList([.. (await invitations.OfAsync(person, cancel)).Select(InvitationDocument.Of)])))
            .Describe("List one's invitations to test", "Those of providers that list one as a test user; empty where the platform asks nobody.")
            .Answers<InvitationList>();
        api.MapPut("/{providerId:guid}", async (Guid providerId, InvitationAnswer answer, Person person, TestInvitations invitations, CancellationToken cancel) =>
                answer.Accepts is not { } accepts ? Problems.Of("bad_request", "Say \"accepts\": true or false.")
                    : await invitations.AnswerAsync(person, providerId.ToString("D"), accepts, cancel) is { } view
                        ? (IResult)TypedResults.Ok(InvitationDocument.Of(view))
                        : Problems.Of("not_found", "You have no such invitation."))
            .Describe("Answer an invitation to test", "Also one that was answered before: the last answer counts, at once.")
            .Answers<InvitationDocument>().Refuses("bad_request", "not_found");
    }
}
