using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Accounts.Local;

/// <summary>A passkey in its owner's list.</summary>
internal sealed record PasskeyView(string Id, string Name, bool IsSynced, DateTimeOffset CreatedAt, DateTimeOffset? UsedAt);

/// <summary>Passkeys: what an authenticator is asked, and what its answer changes. The cryptography is ASP.NET Core Identity's.</summary>
internal sealed class Passkeys(
    IPasskeyHandler<LocalAccount> handler, PasskeyCeremony ceremony, IDbContextFactory<ActionMailDb> contexts, StoreWriter writer, TimeProvider time)
{
    private const int LongestName = 60;
    private const int MostPasskeys = 20;

    /// <summary>What the browser is to ask of an authenticator that is to make a passkey.</summary>
    public async Task<string> AskToMakeAsync(HttpContext http, Person person)
    {
        var made = await handler.MakeCreationOptionsAsync(
            new() { Id = new LocalAccount(person).Id, Name = person.PrimaryAddress.ToString(), DisplayName = person.DisplayName }, http);
        ceremony.Begin(http, made.AttestationState);
        return made.CreationOptionsJson;
    }

    /// <summary>Keeps the passkey that was made, in one transaction with what allows it; null, or why not.</summary>
    public async Task<string?> KeepAsync(HttpContext http, Person person, string name, string credential, Func<ActionMailDb, bool> allow, CancellationToken cancel)
    {
        if (ceremony.End(http) is not { } state)
            return "That took too long. Try again.";
        var made = await handler.PerformAttestationAsync(new() { HttpContext = http, CredentialJson = credential, AttestationState = state });
        if (!made.Succeeded || made.UserEntity.Id != new LocalAccount(person).Id)
            return "The passkey could not be verified. Try again.";
        return await writer.WriteAsync(db => Keep(db, person, name.Trim(), made.Passkey, RemoteAddress.Of(http), allow), cancel);
    }

    /// <summary>What the browser is to ask of an authenticator that is to say who is there.</summary>
    public async Task<string> AskWhoAsync(HttpContext http)
    {
        var made = await handler.MakeRequestOptionsAsync(null, http);
        ceremony.Begin(http, made.AssertionState);
        return made.RequestOptionsJson;
    }

    /// <summary>Who is there, or null.</summary>
    public async Task<Person?> CheckAsync(HttpContext http, string credential, CancellationToken cancel)
    {
        if (ceremony.End(http) is not { } state)
            return null;
        var said = await handler.PerformAssertionAsync(new() { HttpContext = http, CredentialJson = credential, AssertionState = state });
        if (!said.Succeeded)
            return null;
        var (person, passkey) = (said.User.Person, said.Passkey);
        await writer.WriteAsync(db =>
        {
            var row = db.Passkeys.Find(person.OrganizationId, passkey.CredentialId)!;
            (row.SignCount, row.IsBackedUp, row.IsUserVerified, row.UsedAt) = (passkey.SignCount, passkey.IsBackedUp, passkey.IsUserVerified, time.GetUtcNow());
            return db.SaveChanges();
        }, cancel);
        return person;
    }

    public async Task<IReadOnlyList<PasskeyView>> ListAsync(Person person, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return (await db.Passkeys.AsNoTracking().Where(row => row.OrganizationId == person.OrganizationId && row.PersonId == person.Id)
            .OrderBy(row => row.CreatedAt).ToListAsync(cancel))
            .ConvertAll(row => new PasskeyView(Convert.ToHexStringLower(row.CredentialId), row.Name, row.IsBackedUp, row.CreatedAt, row.UsedAt));
    }

    public async Task<bool> RemoveAsync(Person person, string id, string from, CancellationToken cancel) => await writer.WriteAsync(db =>
    {
        var mine = db.Passkeys.Where(row => row.OrganizationId == person.OrganizationId && row.PersonId == person.Id).ToList();
        if (mine.Find(row => string.Equals(Convert.ToHexStringLower(row.CredentialId), id, StringComparison.Ordinal)) is not { } row)
            return false;
        db.Passkeys.Remove(row);
        Audit(db, person, "passkey_removed", row.Name, from);
        return true;
    }, cancel);

    private string? Keep(ActionMailDb db, Person person, string name, UserPasskeyInfo made, string from, Func<ActionMailDb, bool> allow)
    {
        if (!allow(db))
            return "This link was used already, or it is too old.";
        if (db.Passkeys.Any(row => row.CredentialId == made.CredentialId))
            return "This passkey is known already.";
        if (db.Passkeys.Count(row => row.OrganizationId == person.OrganizationId && row.PersonId == person.Id) >= MostPasskeys)
            return $"You have {MostPasskeys} passkeys. Remove one first.";
        var shown = name.Length is 0 or > LongestName || name.Any(char.IsControl) ? "Passkey" : name;
        db.Passkeys.Add(new()
        {
            OrganizationId = person.OrganizationId,
            CredentialId = made.CredentialId,
            PersonId = person.Id,
            Name = shown,
            PublicKey = made.PublicKey,
            Transports = string.Join(',', made.Transports ?? []),
            SignCount = made.SignCount,
            IsUserVerified = made.IsUserVerified,
            IsBackupEligible = made.IsBackupEligible,
            IsBackedUp = made.IsBackedUp,
            AttestationObject = made.AttestationObject,
            ClientData = made.ClientDataJson,
            CreatedAt = time.GetUtcNow(),
        });
        Audit(db, person, "passkey_added", shown, from);
        return null;
    }

    private void Audit(ActionMailDb db, Person person, string kind, string name, string from) =>
        AuditLog.Append(db, person.OrganizationId, time.GetUtcNow(), kind, person.PrimaryAddress.ToString(), person.PrimaryAddress.ToString(), new { name, from });
}
