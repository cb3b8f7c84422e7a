using System.Collections.Frozen;
using System.Collections.Immutable;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Accounts;

/// <summary>A person with a mailbox.</summary>
internal sealed record Person(Guid OrganizationId, Guid Id, string DisplayName, string Title, ImmutableArray<EmailAddress> Addresses)
{
    public EmailAddress PrimaryAddress => Addresses[0];

    /// <summary>The signed-in person, for a route that asks for one; such routes let nobody else in.</summary>
    public static ValueTask<Person?> BindAsync(HttpContext http) => ValueTask.FromResult(
        SignedInPerson.Of(http.User) is { } reader ? http.RequestServices.GetRequiredService<AddressBook>().Find(reader.OrganizationId, reader.Id) : null);
}

/// <summary>Who has which address, in memory: every RCPT and every click asks. Reloaded when people change.</summary>
internal sealed class AddressBook(IDbContextFactory<ActionMailDb> contexts)
{
    private volatile Snapshot _now = new([], [], FrozenDictionary<string, Person>.Empty, FrozenDictionary<Guid, SenderDemand>.Empty);

    public ImmutableArray<Person> People => _now.People;

    /// <summary>The person with an address, or null.</summary>
    public Person? Find(EmailAddress address) => _now.ByAddress.GetValueOrDefault(address.ToString());

    public Person? Find(Guid organizationId, Guid personId) =>
        _now.People.FirstOrDefault(person => person.Id == personId && person.OrganizationId == organizationId);

    /// <summary>Whether a domain is one that mail is taken for.</summary>
    public bool IsOurs(string domain) => _now.Domains.Any(row => string.Equals(row.Name, domain, StringComparison.OrdinalIgnoreCase));

    public Guid? FindOrganization(string? domain) =>
        _now.Domains.Where(row => string.Equals(row.Name, domain, StringComparison.OrdinalIgnoreCase)).Select(row => (Guid?)row.OrganizationId).FirstOrDefault();

    /// <summary>What the organization demands of who sends unsigned cards to its people.</summary>
    public SenderDemand DemandOf(Guid organizationId) => _now.Demands.GetValueOrDefault(organizationId);

    public string DomainOf(Guid organizationId) => _now.Domains.FirstOrDefault(row => row.OrganizationId == organizationId)?.Name ?? "";

    public async Task ReloadAsync(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var addresses = (await db.Addresses.AsNoTracking().ToListAsync(cancel)).ToLookup(row => (row.OrganizationId, row.PersonId));
        var people = (await db.People.AsNoTracking().OrderBy(row => row.DisplayName).ToListAsync(cancel))
            .Select(row => new Person(row.OrganizationId, row.Id, row.DisplayName, row.Title,
                [.. addresses[(row.OrganizationId, row.Id)].OrderByDescending(address => address.IsPrimary).Select(address => EmailAddress.Parse(address.Address))]))
            .ToImmutableArray();
        _now = new(people, [.. await db.Domains.AsNoTracking().ToListAsync(cancel)],
            people.SelectMany(person => person.Addresses, (person, address) => (address, person))
                .ToFrozenDictionary(pair => pair.address.ToString(), pair => pair.person, StringComparer.Ordinal),
            (await db.Organizations.AsNoTracking().ToListAsync(cancel)).ToFrozenDictionary(row => row.Id, row => row.SenderDemand));
    }

    private sealed record Snapshot(
        ImmutableArray<Person> People, ImmutableArray<DomainRow> Domains, FrozenDictionary<string, Person> ByAddress, FrozenDictionary<Guid, SenderDemand> Demands);
}
