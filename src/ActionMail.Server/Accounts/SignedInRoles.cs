namespace ActionMail.Server.Accounts;

/// <summary>The roles of whoever is signed in, for what a page offers. As they are now, not as they were when the session began.</summary>
internal static class SignedInRoles
{
    public static bool IsAdministrator(HttpContext http) => Me(http) is { IsAdministrator: true };

    public static bool IsReviewer(HttpContext http) => Me(http) is { IsReviewer: true };

    private static Person? Me(HttpContext http) =>
        SignedInPerson.Of(http.User) is { } reader ? http.RequestServices.GetRequiredService<AddressBook>().Find(reader.OrganizationId, reader.Id) : null;
}
