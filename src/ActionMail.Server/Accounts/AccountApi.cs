using ActionMail.Server.Accounts.Devices;
using ActionMail.Server.Providers.Consent;

namespace ActionMail.Server.Accounts;

/// <summary>What the page of one's own account does, for programs; how one signs in is changed on the page alone.</summary>
internal static class AccountApi
{
    public static void MapAccount(this RouteGroupBuilder api)
    {
        var account = api.MapGroup("/account");
        account.MapGet("/", (Person me, AddressBook addresses) => TypedResults.Ok(new
        {
            me.Id,
            name = me.DisplayName,
            me.Title,
            addresses = me.Addresses.Select(address => address.ToString()),
            organization = new { id = me.OrganizationId, addresses.FindOrganization(me.OrganizationId)?.Name },
            administrator = me.IsAdministrator,
            reviewer = me.IsReviewer,
        }));
        account.MapPut("/cards", async (CardSwitch wish, Person me, CardSwitches switches, CancellationToken cancel) =>
        {
            await switches.TurnAsync(me, wish.On, cancel);
            return TypedResults.NoContent();
        });
        account.MapGet("/tokens", async (Person me, AccessTokens tokens, CancellationToken cancel) => TypedResults.Ok(await tokens.ListAsync(me, cancel)));
        account.MapDelete("/tokens/{id:guid}", async (Guid id, Person me, AccessTokens tokens, HttpContext http, CancellationToken cancel) =>
            await tokens.RevokeAsync(me, id, RemoteAddress.Of(http), cancel)
                ? (IResult)TypedResults.NoContent()
                : TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: "You have no such token."));
    }

    internal sealed record CardSwitch(bool On);
}
