using ActionMail.Server.Persistence;

namespace ActionMail.Server.Accounts;

/// <summary>
/// The emulator's organizations: contoso.test with people for every part of a story, a neighbour, and the operator's own. What is missing is added, what is there is left
/// alone.
/// </summary>
internal sealed record SampleOrganization(Guid Id, string Name, string Domain, SamplePerson[] People)
{
    // Fixed ids, so that a service's own records of (tid, oid) survive a new data folder.
    private static readonly SampleOrganization[] All =
    [
        new(Guid.Parse("0c0a1e5c-5f7e-4a6b-8e1d-3b1f6d2a9c01"), "Contoso", "contoso.test",
        [
            new("owner", "7e1b3c52-9f0d-4d7a-a6c8-51e2f4b7d101", "Adele Vance", "Product Director"),
            new("second.owner", "7e1b3c52-9f0d-4d7a-a6c8-51e2f4b7d102", "Alex Wilber", "Marketing Lead"),
            new("elvia", "7e1b3c52-9f0d-4d7a-a6c8-51e2f4b7d103", "Elvia Atkins", "Designer"),
            new("miguel", "7e1b3c52-9f0d-4d7a-a6c8-51e2f4b7d104", "Miguel Garcia", "Program Manager, Oslo-O365"),
            new("daisy", "7e1b3c52-9f0d-4d7a-a6c8-51e2f4b7d105", "Daisy Phillips", "Program Manager II, Oslo-O365"),
            new("admin", "7e1b3c52-9f0d-4d7a-a6c8-51e2f4b7d106", "Nestor Wilke", "Exchange administrator") { IsAdministrator = true },
            new("dev", "7e1b3c52-9f0d-4d7a-a6c8-51e2f4b7d107", "Lynne Robbins", "Software engineer"),
        ]),
        new(Guid.Parse("0c0a1e5c-5f7e-4a6b-8e1d-3b1f6d2a9c02"), "Fabrikam", "fabrikam.test",
        [
            new("carol", "7e1b3c52-9f0d-4d7a-a6c8-51e2f4b7d201", "Carol Poland", "Developer"),
            new("admin", "7e1b3c52-9f0d-4d7a-a6c8-51e2f4b7d202", "Henrietta Mueller", "Administrator") { IsAdministrator = true },
        ]),
        new(Guid.Parse("0c0a1e5c-5f7e-4a6b-8e1d-3b1f6d2a9c03"), "Platform operator", "platform.test",
        [
            new("reviewer", "7e1b3c52-9f0d-4d7a-a6c8-51e2f4b7d301", "Isaiah Langer", "Global reviewer") { IsReviewer = true },
        ]),
    ];

    public static void Seed(ActionMailDb db)
    {
        foreach (var sample in All)
            sample.AddMissing(db);
        db.SaveChanges();
    }

    private void AddMissing(ActionMailDb db)
    {
        if (db.Organizations.Find(Id) is null)
        {
            db.Organizations.Add(new() { Id = Id, Name = Name });
            db.Domains.Add(new() { OrganizationId = Id, Name = Domain });
        }
        foreach (var person in People.Where(person => db.People.Find(Id, person.Id) is null))
        {
            db.People.Add(new()
            {
                OrganizationId = Id,
                Id = person.Id,
                DisplayName = person.Name,
                Title = person.Title,
                IsAdministrator = person.IsAdministrator,
                IsReviewer = person.IsReviewer,
            });
            db.Addresses.Add(new() { OrganizationId = Id, Address = $"{person.Local}@{Domain}", PersonId = person.Id, IsPrimary = true });
        }
    }
}

/// <summary>A person of the emulator.</summary>
internal sealed record SamplePerson(string Local, Guid Id, string Name, string Title)
{
    public SamplePerson(string local, string id, string name, string title) : this(local, Guid.Parse(id), name, title) { }

    public bool IsAdministrator { get; init; }
    public bool IsReviewer { get; init; }
}
