using System.Collections.Frozen;
using System.Collections.Immutable;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Accounts;

/// <summary>A person with a mailbox. Every one of them may register a service; the two roles are on top of that.</summary>
internal sealed record Person(Guid OrganizationId, Guid Id, string DisplayName, string Title, ImmutableArray<EmailAddress> Addresses)
{
    public EmailAddress PrimaryAddress => Addresses[0];

    /// <summary>Administers their own organization.</summary>
    public bool IsAdministrator { get; init; }

    /// <summary>Reviews requests of the scope Global.</summary>
    public bool IsReviewer { get; init; }

    /// <summary>Sessions begun before this are over.</summary>
    public DateTimeOffset? SessionsEndedAt { get; init; }

    public bool IsAdministratorOf(Guid organizationId) => IsAdministrator && OrganizationId == organizationId;

    /// <summary>The signed-in person, for a route that asks for one; such routes let nobody else in.</summary>
    public static ValueTask<Person?> BindAsync(HttpContext http) => ValueTask.FromResult(
        SignedInPerson.Of(http.User) is { } reader ? http.RequestServices.GetRequiredService<AddressBook>().Find(reader.OrganizationId, reader.Id) : null);
}

/// <summary>An organization with people here, and the domains whose mail is theirs.</summary>
internal sealed record Organization(Guid Id, string Name, ImmutableArray<string> Domains);

/// <summary>Who has which address, in memory: every RCPT and every click asks. Reloaded when people change.</summary>
internal sealed class AddressBook(IDbContextFactory<ActionMailDb> contexts)
{
    private volatile Snapshot _now = new([], [], [], FrozenDictionary<string, Person>.Empty, FrozenDictionary<(Guid, Guid), Person>.Empty,
        FrozenDictionary<Guid, SenderDemand>.Empty,
        FrozenDictionary<string, ProvenName>.Empty);

    /// <summary>Everybody who is here, by name; those who were deactivated are not.</summary>
    public ImmutableArray<Person> People => _now.People;

    /// <summary>By name.</summary>
    public ImmutableArray<Organization> Organizations => _now.Organizations;

    /// <summary>The person with an address, or null.</summary>
    public Person? Find(EmailAddress address) => _now.ByAddress.GetValueOrDefault(address.ToString());

    public Person? Find(Guid organizationId, Guid personId) => _now.ById.GetValueOrDefault((organizationId, personId));

    /// <summary>Whose a name is proven to be; null where that is proven of no organization. In lower case.</summary>
    public ProvenName? FindProof(string name) => _now.Proven.GetValueOrDefault(name);

    public Organization? FindOrganization(Guid id) => _now.Organizations.FirstOrDefault(organization => organization.Id == id);

    public ImmutableArray<Person> PeopleOf(Guid organizationId) => [.. _now.People.Where(person => person.OrganizationId == organizationId)];

    public ImmutableArray<Person> AdministratorsOf(Guid organizationId) => [.. _now.People.Where(person => person.IsAdministratorOf(organizationId))];

    /// <summary>The global reviewers, whichever organization they are in.</summary>
    public ImmutableArray<Person> Reviewers => [.. _now.People.Where(person => person.IsReviewer)];

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
        var people = (await db.People.AsNoTracking().Where(row => row.DeactivatedAt == null).OrderBy(row => row.DisplayName).ToListAsync(cancel))
            .Select(row => PersonOf(row, addresses[(row.OrganizationId, row.Id)]))
            .ToImmutableArray();
        var domains = await db.Domains.AsNoTracking().ToListAsync(cancel);
        var organizations = await db.Organizations.AsNoTracking().OrderBy(row => row.Name).ToListAsync(cancel);
        _now = new(
            people,
            [.. organizations.Select(row => new Organization(row.Id, row.Name, [.. domains.Where(domain => domain.OrganizationId == row.Id).Select(domain => domain.Name)]))],
            [.. domains],
            people.SelectMany(person => person.Addresses, (person, address) => (address, person))
                .ToFrozenDictionary(pair => pair.address.ToString(), pair => pair.person, StringComparer.Ordinal),
            people.ToFrozenDictionary(person => (person.OrganizationId, person.Id)),
            organizations.ToFrozenDictionary(row => row.Id, row => row.SenderDemand),
            ProvenOf(domains, await db.DomainProofs.AsNoTracking().ToListAsync(cancel)));
    }

    // A domain that nobody had to prove was entered by the operator, who vouches for it.
    private static FrozenDictionary<string, ProvenName> ProvenOf(List<DomainRow> domains, List<DomainProofRow> proofs)
    {
        var asked = proofs.Select(proof => (proof.OrganizationId, proof.Domain)).ToHashSet();
        return proofs.Where(proof => proof is { ProvenAt: not null, LostAt: null })
            .Select(proof => (proof.Domain, Name: new ProvenName(proof.OrganizationId, proof.Way != ProofWay.File)))
            .Concat(domains.Where(domain => !asked.Contains((domain.OrganizationId, domain.Name)))
                .Select(domain => (Domain: domain.Name, Name: new ProvenName(domain.OrganizationId, true))))
            .DistinctBy(proven => proven.Domain, StringComparer.Ordinal)
            .ToFrozenDictionary(proven => proven.Domain, proven => proven.Name, StringComparer.Ordinal);
    }

    private static Person PersonOf(PersonRow row, IEnumerable<AddressRow> addresses) => new(
        row.OrganizationId, row.Id, row.DisplayName, row.Title,
        [.. addresses.OrderByDescending(address => address.IsPrimary).Select(address => EmailAddress.Parse(address.Address))])
    {
        IsAdministrator = row.IsAdministrator,
        IsReviewer = row.IsReviewer,
        SessionsEndedAt = row.SessionsEndedAt,
    };

    private sealed record Snapshot(
        ImmutableArray<Person> People, ImmutableArray<Organization> Organizations, ImmutableArray<DomainRow> Domains, FrozenDictionary<string, Person> ByAddress,
        FrozenDictionary<(Guid Organization, Guid Id), Person> ById, FrozenDictionary<Guid, SenderDemand> Demands,
        FrozenDictionary<string, ProvenName> Proven);
}
