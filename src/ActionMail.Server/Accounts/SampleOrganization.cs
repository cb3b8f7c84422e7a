using ActionMail.Server.Persistence;

namespace ActionMail.Server.Accounts;

/// <summary>The emulator's organization, contoso.test: made at the first start, left alone ever after.</summary>
internal static class SampleOrganization
{
    public const string Domain = "contoso.test";

    // Fixed ids, so that a service's own records of (tid, oid) survive a new data folder.
    private static readonly Guid Id = Guid.Parse("0c0a1e5c-5f7e-4a6b-8e1d-3b1f6d2a9c01");

    private static readonly (string Local, string Id, string Name, string Title)[] People =
    [
        ("owner", "7e1b3c52-9f0d-4d7a-a6c8-51e2f4b7d101", "Adele Vance", "Product Director"),
        ("second.owner", "7e1b3c52-9f0d-4d7a-a6c8-51e2f4b7d102", "Alex Wilber", "Marketing Lead"),
        ("elvia", "7e1b3c52-9f0d-4d7a-a6c8-51e2f4b7d103", "Elvia Atkins", "Designer"),
        ("miguel", "7e1b3c52-9f0d-4d7a-a6c8-51e2f4b7d104", "Miguel Garcia", "Program Manager, Oslo-O365"),
        ("daisy", "7e1b3c52-9f0d-4d7a-a6c8-51e2f4b7d105", "Daisy Phillips", "Program Manager II, Oslo-O365"),
    ];

    public static bool Seed(ActionMailDb db)
    {
        if (db.Organizations.Any(row => row.Id == Id))
            return false;
        db.Organizations.Add(new() { Id = Id, Name = "Contoso" });
        db.Domains.Add(new() { OrganizationId = Id, Name = Domain });
        foreach (var (local, id, name, title) in People)
        {
            db.People.Add(new() { OrganizationId = Id, Id = Guid.Parse(id), DisplayName = name, Title = title });
            db.Addresses.Add(new() { OrganizationId = Id, Address = $"{local}@{Domain}", PersonId = Guid.Parse(id), IsPrimary = true });
        }
        db.SaveChanges();
        return true;
    }
}
