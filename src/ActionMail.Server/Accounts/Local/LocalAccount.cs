using System.Text;

namespace ActionMail.Server.Accounts.Local;

/// <summary>A person, as ASP.NET Core Identity's parts know them: by one text.</summary>
internal sealed record LocalAccount(Person Person)
{
    // Two ids without hyphens are 64 characters, which is as much as a passkey keeps of its user (WebAuthn §5.4.3).
    public string Id => $"{Person.OrganizationId:N}{Person.Id:N}";

    public static LocalAccount? Find(AddressBook addresses, string id) =>
        id.Length == 64 && Guid.TryParseExact(id[..32], "N", out var organization) && Guid.TryParseExact(id[32..], "N", out var person)
        && addresses.Find(organization, person) is { } found
            ? new(found)
            : null;

    /// <summary>The id as a passkey gives it back.</summary>
    public byte[] Handle => Encoding.UTF8.GetBytes(Id);
}
