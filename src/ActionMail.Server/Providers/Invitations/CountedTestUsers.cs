using ActionMail.Protocol.Providers;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Providers.Invitations;

/// <summary>Which of the listed test users count: those who accepted, and the owners, by all addresses of theirs.</summary>
internal sealed class CountedTestUsers
{
    private readonly ILookup<string, string> _byProvider;

    private CountedTestUsers(IEnumerable<(string Provider, string Address)> counted) =>
        _byProvider = counted.ToLookup(each => each.Provider, each => each.Address, StringComparer.Ordinal);

    public static async Task<CountedTestUsers> ReadAsync(ActionMailDb db, IReadOnlyCollection<string> providers, CancellationToken cancel)
    {
        if (providers.Count == 0)
            return new([]);
        var accepted = db.TestInvitations.Where(row => row.State == InvitationState.Accepted && providers.Contains(row.ProviderId))
            .Select(row => new { row.OrganizationId, row.ProviderId, row.PersonId });
        var owners = db.ProviderOwners.Where(row => providers.Contains(row.ProviderId)).Select(row => new { row.OrganizationId, row.ProviderId, row.PersonId });
        var counted = await accepted.Union(owners)
            .Join(db.Addresses, row => new { row.OrganizationId, row.PersonId }, address => new { address.OrganizationId, address.PersonId },
                (row, address) => new { row.ProviderId, address.Address })
            .ToListAsync(cancel);
        return new(counted.Select(row => (row.ProviderId, row.Address)));
    }

    public ProviderRegistration Of(ProviderRegistration registration) =>
        registration with { TestUsers = [.. registration.TestUsers.Where(user => _byProvider[registration.Id].Contains(user.ToString(), StringComparer.Ordinal))] };
}
