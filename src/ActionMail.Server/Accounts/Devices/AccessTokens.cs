using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Accounts.Devices;

/// <summary>A token in its owner's list.</summary>
internal sealed record AccessTokenView(Guid Id, string Name, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, DateTimeOffset? UsedAt);

/// <summary>What programs send instead of a session: 256 random bits, good for thirty days, or until their owner takes them back or is deactivated.</summary>
internal sealed class AccessTokens(StoreWriter writer, IDbContextFactory<ActionMailDb> contexts, AddressBook addresses, TimeProvider time)
{
    /// <summary>What a token begins with, so that people and scanners of leaked secrets know it.</summary>
    public const string Prefix = "amt_";

    public static readonly TimeSpan Life = TimeSpan.FromDays(30);

    // One write an hour tells its owner enough.
    private static readonly TimeSpan NoteUseAfter = TimeSpan.FromHours(1);

    /// <summary>Makes one, in the transaction of what allows it.</summary>
    public static string Issue(ActionMailDb db, Person person, string name, string from, DateTimeOffset now)
    {
        var token = SecretToken.New(Prefix);
        db.AccessTokens.Add(new()
        {
            OrganizationId = person.OrganizationId,
            Id = Guid.NewGuid(),
            PersonId = person.Id,
            TokenHash = SecretToken.HashOf(token),
            Name = name,
            IssuedAt = now,
            ExpiresAt = now + Life,
        });
        AuditLog.Append(db, person.OrganizationId, now, "token_issued", person.PrimaryAddress.ToString(), person.PrimaryAddress.ToString(), new { name, from });
        return token;
    }

    /// <summary>Takes all of a person's tokens back.</summary>
    public static void RevokeAll(ActionMailDb db, Guid organizationId, Guid personId, DateTimeOffset now) =>
        db.AccessTokens.Where(row => row.OrganizationId == organizationId && row.PersonId == personId && row.RevokedAt == null)
            .ExecuteUpdate(token => token.SetProperty(row => row.RevokedAt, now));

    /// <summary>Whose a token is; null where it is not one, is too old or was taken back, or where its owner is not here any more.</summary>
    public async Task<Person?> FindAsync(string token, CancellationToken cancel)
    {
        var (hash, now) = (SecretToken.HashOf(token), time.GetUtcNow());
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (await db.AccessTokens.AsNoTracking().SingleOrDefaultAsync(row => row.TokenHash == hash && row.RevokedAt == null && row.ExpiresAt > now, cancel) is not { } found)
            return null;
        if (!(found.UsedAt > now - NoteUseAfter))
            await NoteUseAsync(found, now, cancel);
        return addresses.Find(found.OrganizationId, found.PersonId);
    }

    public async Task<IReadOnlyList<AccessTokenView>> ListAsync(Person person, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.AccessTokens.AsNoTracking()
            .Where(row => row.OrganizationId == person.OrganizationId && row.PersonId == person.Id && row.RevokedAt == null && row.ExpiresAt > now)
            .OrderByDescending(row => row.IssuedAt).Select(row => new AccessTokenView(row.Id, row.Name, row.IssuedAt, row.ExpiresAt, row.UsedAt)).ToListAsync(cancel);
    }

    /// <summary>False where the person has no such token.</summary>
    public Task<bool> RevokeAsync(Person person, Guid id, string from, CancellationToken cancel) => writer.WriteAsync(db =>
    {
        if (db.AccessTokens.Find(person.OrganizationId, id) is not { RevokedAt: null } row || row.PersonId != person.Id)
            return false;
        row.RevokedAt = time.GetUtcNow();
        AuditLog.Append(db, person.OrganizationId, row.RevokedAt.Value, "token_revoked", person.PrimaryAddress.ToString(), person.PrimaryAddress.ToString(), new { row.Name, from });
        return true;
    }, cancel);

    /// <summary>Takes back the token itself, by whoever has it. Nothing where it is none.</summary>
    public async Task RevokeAsync(string token, Person person, string from, CancellationToken cancel)
    {
        var hash = SecretToken.HashOf(token);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (await db.AccessTokens.AsNoTracking().SingleOrDefaultAsync(row => row.TokenHash == hash, cancel) is { } found)
            await RevokeAsync(person, found.Id, from, cancel);
    }

    private Task<int> NoteUseAsync(AccessTokenRow token, DateTimeOffset now, CancellationToken cancel) => writer.WriteAsync(db => db.AccessTokens
        .Where(row => row.OrganizationId == token.OrganizationId && row.Id == token.Id).ExecuteUpdate(change => change.SetProperty(row => row.UsedAt, now)), cancel);
}
