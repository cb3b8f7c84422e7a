using ActionMail.Server.Accounts;
using ActionMail.Server.Actions;
using ActionMail.Server.Operations;

namespace ActionMail.Server.Inbox;

/// <summary>What the page asks when a card's action is the inbox's own to do: the pane of an add-in, the message that an id names. Protocol §4.</summary>
internal static class ClientActionEndpoints
{
    public static void MapClientActions(this RouteGroupBuilder api)
    {
        api = api.MapGroup("").WithTags("Messages");
        api.MapGet("/add-ins", (string id, AddIns addIns) => addIns.Find(id) is { } addIn
            ? TypedResults.Ok(addIn)
            : ActionAnswers.Problem(StatusCodes.Status404NotFound, "not_installed", "There is no such add-in on this platform."))
            .Describe("Find an add-in", "The page that a card's action opens beside the card.")
            .Answers<AddIn>().Refuses("not_installed");
        api.MapGet("/items", async (string id, Person person, MailboxItems items, CancellationToken cancel) =>
            await items.FindAsync(person, id, cancel) is { } item ? TypedResults.Ok(item) : ActionAnswers.NotFound())
            .Describe("Find a message", "The person's own message that an id names: ours, or a Message-ID.")
            .Answers<MailboxItem>().Refuses("not_found");
    }
}
