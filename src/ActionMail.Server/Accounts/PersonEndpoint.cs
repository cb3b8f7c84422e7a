using System.ComponentModel;
using ActionMail.Server.Accounts.Devices;
using ActionMail.Server.Operations;

namespace ActionMail.Server.Accounts;

/// <summary>Who one is here.</summary>
internal sealed record PersonDocument(
    string Address,
    string Name,
    string Organization,
    [property: Description("developer, and besides it administrator (of the organization) and reviewer (of Global requests) where they are.")] IReadOnlyList<string> Roles);

/// <summary>Whom a session or an access token stands for.</summary>
internal static class PersonEndpoint
{
    public static void MapPerson(this RouteGroupBuilder personal)
    {
        var api = personal.MapGroup("/me").WithTags("Account");
        api.MapGet("", (Person person, AddressBook addresses) => TypedResults.Ok(new PersonDocument(
                person.PrimaryAddress.ToString(), person.DisplayName, addresses.FindOrganization(person.OrganizationId)?.Name ?? "", [.. RolesOf(person)])))
            .Describe("Read who one is", "The person of the session or the access token, and their roles.")
            .Answers<PersonDocument>();
        api.MapDelete("/token", RevokeAsync)
            .Describe("Take the access token back", "The one that the request carries: it is worth nothing after. A session has none, and is left as it is.")
            .Answers(StatusCodes.Status204NoContent, "It is taken back.").Refuses("not_found");
    }

    private static async Task<IResult> RevokeAsync(Person person, HttpContext http, AccessTokens tokens, CancellationToken cancel)
    {
        if (!AccessTokenAuthentication.IsUsedBy(http.User))
            return Problems.Of("not_found", "The request carries no access token.");
        await tokens.RevokeAsync(AccessTokenAuthentication.TokenOf(http.Request), person, RemoteAddress.Of(http), cancel);
        return TypedResults.NoContent();
    }

    private static IEnumerable<string> RolesOf(Person person)
    {
        yield return "developer";
        if (person.IsAdministrator)
            yield return "administrator";
        if (person.IsReviewer)
            yield return "reviewer";
    }
}
