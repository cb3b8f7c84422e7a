using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Providers.Onboarding;

/// <summary>Verification mails in the store: the last ones of each provider, the same bytes once.</summary>
internal sealed class VerificationMails(StoreWriter writer, IDbContextFactory<ActionMailDb> contexts)
{
    // Anybody can send to the onboarding address: what they send must not fill the disk.
    private const int MostOfOneProvider = 20;

    public Task<bool> KeepAsync(VerificationMailRow mail, CancellationToken cancel) => writer.WriteAsync(db =>
    {
        var ofProvider = db.VerificationMails.Where(row => row.OrganizationId == mail.OrganizationId && row.ProviderId == mail.ProviderId);
        if (ofProvider.Any(row => row.ContentHash == mail.ContentHash))
            return false;
        var oldest = ofProvider.OrderByDescending(row => row.ReceivedAt).Skip(MostOfOneProvider - 1).Select(row => row.Id).ToList();
        ofProvider.Where(row => oldest.Contains(row.Id)).ExecuteDelete();
        db.VerificationMails.Add(mail);
        AuditLog.Append(db, mail.OrganizationId, mail.ReceivedAt, "verification_mail", mail.ProviderId, mail.FromAddress,
            new { outcome = mail.Outcome.ToString(), mail.Revision, mail.IsAligned });
        return true;
    }, cancel);

    /// <summary>Those of a provider, the newest first. The reader has been let in to the registration before.</summary>
    public async Task<List<VerificationMailRow>> OfAsync(Guid organizationId, string providerId, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.VerificationMails.AsNoTracking().Where(row => row.OrganizationId == organizationId && row.ProviderId == providerId)
            .OrderByDescending(row => row.ReceivedAt).ToListAsync(cancel);
    }
}
