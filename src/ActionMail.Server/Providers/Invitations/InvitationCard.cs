using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers.Platform;

namespace ActionMail.Server.Providers.Invitations;

/// <summary>What somebody is asked whom a developer wants as a test user.</summary>
internal static class InvitationCard
{
    public const string AcceptPath = "/platform/invitations/accept";
    public const string DeclinePath = "/platform/invitations/decline";
    public const string PagePath = "/invitations";

    public static JsonObject Of(InvitationView invitation, PlatformProvider platform)
    {
        var page = CardParts.Open("All invitations", platform.Link(PagePath));
        return CardParts.Card(
            [
                CardParts.Heading($"Will you test {invitation.Provider}?"),
                .. CardParts.Prose(Explanation(invitation)),
                .. Answer(invitation.Row.State) is { } answer ? new JsonNode[] { answer } : [],
            ],
            invitation.Row.State == InvitationState.Waiting
                ? [Call("Accept", AcceptPath, invitation, platform), Call("Decline", DeclinePath, invitation, platform), page]
                : [page]);
    }

    public static PlatformMail MailOf(Guid id, InvitationView invitation, PlatformProvider platform)
    {
        var link = platform.Link(PagePath);
        return new(
            id,
            $"Will you test {invitation.Provider}?",
            $"{Explanation(invitation)}\n\nAccept or decline: {link}\n",
            $"<p>{WebUtility.HtmlEncode(Explanation(invitation))}</p>\n<p><a href=\"{WebUtility.HtmlEncode(link)}\">Accept or decline</a></p>",
            Of(invitation, platform));
    }

    private static string Explanation(InvitationView invitation) =>
        $"{invitation.InvitedBy} develops {invitation.Provider} and would like to send you mails whose cards you can act on. Nobody has reviewed it. "
        + "Its cards act in your mailbox only if you accept, and you can take that back at any time.";

    private static JsonObject? Answer(InvitationState state) => state switch
    {
        InvitationState.Accepted => CardParts.Toned("You have accepted.", "Good"),
        InvitationState.Declined => CardParts.Toned("You have declined.", "Attention"),
        _ => null,
    };

    private static JsonObject Call(string title, string path, InvitationView invitation, PlatformProvider platform) =>
        CardParts.Call(title, platform.Link(path), JsonSerializer.Serialize(new { provider = invitation.Row.ProviderId }));
}
