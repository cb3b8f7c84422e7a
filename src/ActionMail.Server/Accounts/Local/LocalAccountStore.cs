using System.Diagnostics;
using ActionMail.Server.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Accounts.Local;

/// <summary>
/// What ASP.NET Core Identity's passkey handler may see: people by id, and their passkeys. People and secrets are changed elsewhere, in transactions with their lines in
/// the audit log, so what the handler has no need of is not here.
/// </summary>
internal sealed class LocalAccountStore(AddressBook addresses, IDbContextFactory<ActionMailDb> contexts) : IUserPasskeyStore<LocalAccount>
{
    public Task<LocalAccount?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Task.FromResult(LocalAccount.Find(addresses, userId));

    public Task<LocalAccount?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => Task.FromResult<LocalAccount?>(null);

    public Task<string> GetUserIdAsync(LocalAccount user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(LocalAccount user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Person.PrimaryAddress.ToString());

    public Task<string?> GetNormalizedUserNameAsync(LocalAccount user, CancellationToken cancellationToken) => GetUserNameAsync(user, cancellationToken);

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(LocalAccount user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (organization, person) = (user.Person.OrganizationId, user.Person.Id);
        return (await db.Passkeys.AsNoTracking().Where(row => row.OrganizationId == organization && row.PersonId == person).ToListAsync(cancellationToken)).ConvertAll(InfoOf);
    }

    public async Task<LocalAccount?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Passkeys.AsNoTracking().FirstOrDefaultAsync(row => row.CredentialId == credentialId, cancellationToken) is { } row
            && addresses.Find(row.OrganizationId, row.PersonId) is { } person
            ? new(person)
            : null;
    }

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(LocalAccount user, byte[] credentialId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (organization, person) = (user.Person.OrganizationId, user.Person.Id);
        return await db.Passkeys.AsNoTracking()
            .SingleOrDefaultAsync(row => row.OrganizationId == organization && row.CredentialId == credentialId && row.PersonId == person, cancellationToken) is { } row
            ? InfoOf(row)
            : null;
    }

    public Task AddOrUpdatePasskeyAsync(LocalAccount user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw Elsewhere();

    public Task RemovePasskeyAsync(LocalAccount user, byte[] credentialId, CancellationToken cancellationToken) => throw Elsewhere();

    public Task SetUserNameAsync(LocalAccount user, string? userName, CancellationToken cancellationToken) => throw Elsewhere();

    public Task SetNormalizedUserNameAsync(LocalAccount user, string? normalizedName, CancellationToken cancellationToken) => throw Elsewhere();

    public Task<IdentityResult> CreateAsync(LocalAccount user, CancellationToken cancellationToken) => throw Elsewhere();

    public Task<IdentityResult> UpdateAsync(LocalAccount user, CancellationToken cancellationToken) => throw Elsewhere();

    public Task<IdentityResult> DeleteAsync(LocalAccount user, CancellationToken cancellationToken) => throw Elsewhere();

    public void Dispose()
    {
        // Each query has its own context.
    }

    private static UnreachableException Elsewhere() => new("People and passkeys are changed by LocalAccounts and OrganizationPeople.");

    private static UserPasskeyInfo InfoOf(PasskeyRow row) => new(
        row.CredentialId, row.PublicKey, row.CreatedAt, (uint)row.SignCount, row.Transports.Split(',', StringSplitOptions.RemoveEmptyEntries),
        row.IsUserVerified, row.IsBackupEligible, row.IsBackedUp,
        row.AttestationObject, row.ClientData)
    { Name = row.Name };
}
