using System.Security.Claims;

namespace ActionMail.Server.Accounts;

/// <summary>Who sits at the keyboard, as the session's cookie says.</summary>
internal sealed record SignedInPerson(Guid OrganizationId, Guid Id, string Name, string Address, string Title)
{
    private const string OrganizationClaim = "tid";
    private const string PersonClaim = "oid";
    private const string AddressClaim = "email";
    private const string TitleClaim = "title";

    public static SignedInPerson Of(Person person) =>
        new(person.OrganizationId, person.Id, person.DisplayName, person.PrimaryAddress.ToString(), person.Title);

    /// <summary>The person of a principal that <see cref="ToPrincipal"/> made; null for nobody.</summary>
    public static SignedInPerson? Of(ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue(OrganizationClaim), out var organization) && Guid.TryParse(user.FindFirstValue(PersonClaim), out var person)
            ? new(organization, person, Text(user, ClaimTypes.Name), Text(user, AddressClaim), Text(user, TitleClaim))
            : null;

    public ClaimsPrincipal ToPrincipal(string scheme) => new(new ClaimsIdentity(
        [
            new(OrganizationClaim, OrganizationId.ToString()), new(PersonClaim, Id.ToString()),
            new(ClaimTypes.Name, Name), new(AddressClaim, Address), new(TitleClaim, Title),
        ],
        scheme));

    private static string Text(ClaimsPrincipal user, string claim) => user.FindFirstValue(claim) ?? "";
}
