namespace Groups;

/// <summary>Somebody in Contoso. <paramref name="Id"/> is short and stable: it names the person's checkbox in a card.</summary>
public sealed record Person(string Id, string Address, string Name, string Title, string Office = "")
{
    public bool OwnsGroup => Id is "adele" or "alex";

    public string FirstName => Name.Split(' ')[0];
}

/// <summary>The directory that the sample asks who is who. A real service would ask its organization's.</summary>
public static class People
{
    public static readonly Person Adele = new("adele", "owner@contoso.test", "Adele Vance", "Product Director");
    public static readonly Person Alex = new("alex", "second.owner@contoso.test", "Alex Wilber", "Marketing Lead");
    public static readonly Person Elvia = new("elvia", "elvia@contoso.test", "Elvia Atkins", "Designer");
    public static readonly Person Miguel = new("miguel", "miguel@contoso.test", "Miguel Garcia", "Program Manager", "Oslo-O365");
    public static readonly Person Daisy = new("daisy", "daisy@contoso.test", "Daisy Phillips", "Program Manager II", "Oslo-O365");

    public static readonly IReadOnlyList<Person> All = [Adele, Alex, Elvia, Miguel, Daisy];
    public static readonly IReadOnlyList<Person> Owners = [Adele, Alex];

    public static Person? WithId(string? id) => All.FirstOrDefault(person => person.Id == id);

    public static Person? WithAddress(string address) =>
        All.FirstOrDefault(person => person.Address.Equals(address, StringComparison.OrdinalIgnoreCase));
}
