using ActionMail.Protocol.Addresses;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Accounts;

/// <summary>People as rows, inside a transaction.</summary>
internal static class PersonRows
{
    /// <summary>A person who was not here before, with their one address.</summary>
    public static PersonRow Add(ActionMailDb db, Guid organizationId, EmailAddress address, string name, string title)
    {
        var person = new PersonRow { OrganizationId = organizationId, Id = Guid.NewGuid(), DisplayName = name, Title = title };
        db.People.Add(person);
        db.Addresses.Add(new() { OrganizationId = organizationId, Address = address.ToString(), PersonId = person.Id, IsPrimary = true });
        return person;
    }

    public static string AddressOf(ActionMailDb db, PersonRow person) => db.Addresses
        .Where(row => row.OrganizationId == person.OrganizationId && row.PersonId == person.Id)
        .OrderByDescending(row => row.IsPrimary).Select(row => row.Address).FirstOrDefault() ?? "";
}
