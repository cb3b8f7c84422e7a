using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Accounts.Local;

/// <summary>Links with which people take up their accounts: each is for one person, once, within seven days.</summary>
internal sealed class Invitations(IDbContextFactory<ActionMailDb> contexts, AddressBook addresses, TimeProvider time)
{
    public static readonly TimeSpan Life = TimeSpan.FromDays(7);

    /// <summary>Makes one in the transaction of what it is for; those before it end. The token is known to whoever is told now, and to nobody later.</summary>
    public static string Make(ActionMailDb db, Guid organizationId, Guid personId, string invitedBy, DateTimeOffset now)
    {
        EndAll(db, organizationId, personId, now);
        var token = SecretToken.New();
        db.Invitations.Add(new()
        {
            OrganizationId = organizationId,
            TokenHash = SecretToken.HashOf(token),
            PersonId = personId,
            InvitedBy = invitedBy,
            ExpiresAt = now + Life,
        });
        return token;
    }

    public static void EndAll(ActionMailDb db, Guid organizationId, Guid personId, DateTimeOffset now) =>
        db.Invitations.Where(row => row.OrganizationId == organizationId && row.PersonId == personId && row.EndedAt == null)
            .ExecuteUpdate(invitation => invitation.SetProperty(row => row.EndedAt, now));

    /// <summary>Whom a link is for; null where it is not one, was used, or is too old. Looking does not use it: mail scanners look too.</summary>
    public async Task<Person?> FindAsync(string token, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return Running(db.Invitations.AsNoTracking(), token, time.GetUtcNow()) is { } row ? addresses.Find(row.OrganizationId, row.PersonId) : null;
    }

    /// <summary>Uses it, in the transaction of what it allows; false where somebody was faster.</summary>
    public static bool Use(ActionMailDb db, string token, DateTimeOffset now)
    {
        if (Running(db.Invitations, token, now) is not { } row)
            return false;
        row.EndedAt = now;
        return true;
    }

    private static InvitationRow? Running(IQueryable<InvitationRow> invitations, string token, DateTimeOffset now)
    {
        var hash = SecretToken.HashOf(token);
        return invitations.SingleOrDefault(row => row.TokenHash == hash && row.EndedAt == null && row.ExpiresAt > now);
    }
}
