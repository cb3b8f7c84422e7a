using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Providers.Health;

/// <summary>
/// "Report as junk": once for each person and message, and taken back as easily. It counts against the provider where the mail is surely the provider's; the provider
/// learns that somebody complained, never who.
/// </summary>
internal sealed class JunkReports(StoreWriter writer, ProviderRegistry providers, TimeProvider time)
{
    /// <summary>False where the message is not the reader's.</summary>
    public Task<bool> ReportAsync(Person reader, Guid messageId, CancellationToken cancel) => writer.WriteAsync(db =>
    {
        if (Find(db, reader, messageId) is not { } message)
            return false;
        if (message.JunkAt is not null)
            return true;
        var now = time.GetUtcNow();
        message.JunkAt = now;
        if (CountsFor(message) is { } provider)
            Complain(db, provider.OrganizationId, provider.Id, message, now);
        AuditLog.Append(db, reader.OrganizationId, now, "junk_reported", messageId.ToString("D"), reader.PrimaryAddress.ToString(), new { provider = message.ProviderId });
        return true;
    }, cancel);

    /// <summary>False where the message is not the reader's.</summary>
    public Task<bool> WithdrawAsync(Person reader, Guid messageId, CancellationToken cancel) => writer.WriteAsync(db =>
    {
        if (Find(db, reader, messageId) is not { } message)
            return false;
        if (message.JunkAt is null)
            return true;
        message.JunkAt = null;
        Forget(db, message);
        AuditLog.Append(db, reader.OrganizationId, time.GetUtcNow(), "junk_report_withdrawn", messageId.ToString("D"), reader.PrimaryAddress.ToString(), new { provider = message.ProviderId });
        return true;
    }, cancel);

    // A mail that only names a provider is nobody's fault but its sender's.
    private Protocol.Providers.ProviderRegistration? CountsFor(MessageRow message) =>
        message is { ProviderId: { } id, IsSelfTest: false } && (message.CardState == CardState.Active || message is { IsSenderVerified: true, Reason: not Reason.OriginatorSenderMismatch })
            ? providers.Find(id)
            : null;

    private static void Complain(ActionMailDb db, Guid organizationId, string providerId, MessageRow message, DateTimeOffset now)
    {
        db.Complaints.Add(new()
        {
            OrganizationId = organizationId,
            Id = Guid.CreateVersion7(now),
            ProviderId = providerId,
            Source = ComplaintSource.Junk,
            Subject = message.Id.ToString("D"),
            At = now,
            IsCounted = true,
            Evidence = "reported as junk by the recipient",
        });
        db.SaveChanges();
        new HourCounter(db, organizationId, providerId, now).Add(new() { Complaints = 1 });
    }

    private void Forget(ActionMailDb db, MessageRow message)
    {
        var subject = message.Id.ToString("D");
        if (CountsFor(message) is not { } provider
            || db.Complaints.SingleOrDefault(row => row.OrganizationId == provider.OrganizationId && row.ProviderId == provider.Id
                && row.Source == ComplaintSource.Junk && row.Subject == subject) is not { } complaint)
            return;
        db.Complaints.Remove(complaint);
        db.SaveChanges();
        new HourCounter(db, complaint.OrganizationId, complaint.ProviderId, complaint.At).Add(new() { Complaints = -1 });
    }

    private static MessageRow? Find(ActionMailDb db, Person reader, Guid messageId) =>
        db.Messages.SingleOrDefault(row => row.OrganizationId == reader.OrganizationId && row.PersonId == reader.Id && row.Id == messageId);
}
