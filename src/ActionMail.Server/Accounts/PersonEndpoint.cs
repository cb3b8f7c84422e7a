using System.ComponentModel;
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
    public static void MapPerson(this RouteGroupBuilder personal) => personal.MapGet("/me", (Person person, AddressBook addresses) => TypedResults.Ok(new PersonDocument(
            person.PrimaryAddress.ToString(), person.DisplayName, addresses.FindOrganization(person.OrganizationId)?.Name ?? "", [.. RolesOf(person)])))
        .WithTags("Account")
        .Describe("Read who one is", "The person of the session or the access token, and their roles.")
        .Answers<PersonDocument>();

    private static IEnumerable<string> RolesOf(Person person)
    {
        yield return "developer";
        if (person.IsAdministrator)
            yield return "administrator";
        if (person.IsReviewer)
            yield return "reviewer";
    }
}
