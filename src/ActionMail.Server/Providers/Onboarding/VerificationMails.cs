using ActionMail.Protocol.Addresses;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Providers.Onboarding;

/// <summary>
/// Verification mails in the store: the same bytes once, and so many of each provider. Those of the registration's own senders, proven by SPF or DKIM, go last: what strangers send
/// makes room only at strangers' cost.
/// </summary>
internal sealed class VerificationMails(StoreWriter writer, IDbContextFactory<ActionMailDb> contexts)
{
    // Anybody can send to the onboarding address: what they send must not fill the disk.
    private const int MostOfOneProvider = 20;

    /// <summary>Keeps a mail about a request; false where it is there already, or has to make room for others itself.</summary>
    public Task<bool> KeepAsync(VerificationMailRow mail, PendingRequest request, CancellationToken cancel) => writer.WriteAsync(db =>
    {
        var ofProvider = db.VerificationMails.Where(row => row.OrganizationId == mail.OrganizationId && row.ProviderId == mail.ProviderId);
        if (ofProvider.Any(row => row.ContentHash == mail.ContentHash))
            return false;
        var kept = ofProvider.Select(row => new KeptMail(row.Id, row.FromAddress, row.IsAligned, row.ReceivedAt)).ToList();
        var leaving = kept.Append(new(mail.Id, mail.FromAddress, mail.IsAligned, mail.ReceivedAt))
            .OrderByDescending(each => IsOwn(each, request)).ThenByDescending(each => each.ReceivedAt).Skip(MostOfOneProvider).Select(each => each.Id).ToList();
        if (leaving.Contains(mail.Id))
            return false;
        ofProvider.Where(row => leaving.Contains(row.Id)).ExecuteDelete();
        db.VerificationMails.Add(mail);
        db.SaveChanges();
        // A stranger's is no event of the registration, and its developers read the log (security D-09).
        if (mail.Outcome != VerificationOutcome.Taken || IsOwn(new(mail.Id, mail.FromAddress, mail.IsAligned, mail.ReceivedAt), request))
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

    private static bool IsOwn(KeptMail mail, PendingRequest request) =>
        mail.IsAligned && EmailAddress.TryParse(mail.FromAddress, out var from) && request.Registration.Senders.Contains(from);

    private sealed record KeptMail(Guid Id, string FromAddress, bool IsAligned, DateTimeOffset ReceivedAt);
}
