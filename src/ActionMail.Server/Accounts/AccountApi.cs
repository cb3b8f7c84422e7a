using ActionMail.Server.Accounts.Devices;
using ActionMail.Server.Operations;
using ActionMail.Server.Providers.Consent;

namespace ActionMail.Server.Accounts;

/// <summary>What the page of one's own account does, for programs; how one signs in is changed on the page alone.</summary>
internal static class AccountApi
{
    public static void MapAccount(this RouteGroupBuilder api)
    {
        var account = api.MapGroup("/account").WithTags("Account");
        account.MapGet("/", (Person me, AddressBook addresses) => TypedResults.Ok(new AccountDocument(
                me.Id, me.DisplayName, me.Title, [.. me.Addresses.Select(address => address.ToString())],
                new(me.OrganizationId, addresses.FindOrganization(me.OrganizationId)?.Name), me.IsAdministrator, me.IsReviewer)))
            .Describe("Read one's account", "Name, addresses, organization and roles.")
            .Answers<AccountDocument>();
        account.MapPut("/cards", async (CardSwitch wish, Person me, CardSwitches switches, CancellationToken cancel) =>
        {
            await switches.TurnAsync(me, wish.On, cancel);
            return TypedResults.NoContent();
        })
            .Describe("Switch one's cards on or off", "For oneself alone, from the next look on.")
            .Answers(StatusCodes.Status204NoContent, "It is so.");
        account.MapGet("/tokens", async (Person me, AccessTokens tokens, CancellationToken cancel) => TypedResults.Ok(await tokens.ListAsync(me, cancel)))
            .Describe("List one's access tokens", "Those that are good: what they are for, and when each was used last. Not the tokens themselves.")
            .Answers<IReadOnlyList<AccessTokenView>>();
        account.MapDelete("/token", SignOutAsync)
            .Describe("Take the access token back", "The one that the request carries: it is worth nothing after. A session has none, and is left as it is.")
            .Answers(StatusCodes.Status204NoContent, "It is taken back.").Refuses("not_found");
        account.MapDelete("/tokens/{id:guid}", async (Guid id, Person me, AccessTokens tokens, HttpContext http, CancellationToken cancel) =>
            await tokens.RevokeAsync(me, id, RemoteAddress.Of(http), cancel)
                ? (IResult)TypedResults.NoContent()
                : TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: "You have no such token."))
            .Describe("Take an access token back", "It is worth nothing after.")
            .Answers(StatusCodes.Status204NoContent, "It is taken back.").Refuses("not_found");
    }

    private static async Task<IResult> SignOutAsync(Person me, HttpContext http, AccessTokens tokens, CancellationToken cancel)
    {
        if (!AccessTokenAuthentication.IsUsedBy(http.User))
            return Problems.Of("not_found", "The request carries no access token.");
        await tokens.RevokeAsync(AccessTokenAuthentication.TokenOf(http.Request), me, RemoteAddress.Of(http), cancel);
        return TypedResults.NoContent();
    }

    internal sealed record CardSwitch(bool On);

    internal sealed record AccountDocument(
        Guid Id, string Name, string Title, IReadOnlyList<string> Addresses, AccountOrganization Organization, bool Administrator, bool Reviewer);

    internal sealed record AccountOrganization(Guid Id, string? Name);
}
