using System.Security.Cryptography;
using System.Text;
using ActionMail.Mail.Feedback;
using ActionMail.Protocol.Providers;
using ActionMail.Server.Intake;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Providers.Health;

/// <summary>
/// A mail to the complaints address: (1) read it as a feedback report; (2) who reports must be proven; (3) the reported mail must be the provider's. What fails any of these
/// is kept and counts for nothing: with a report that anybody could invent, anybody could have a provider suspended. RFC 5965 §6.
/// </summary>
internal sealed class TakeComplaint(StoreWriter writer, ReportedMail reported, ILogger<TakeComplaint> log)
{
    private const int MostUnattributed = 1_000;

    public async Task<string> TakeAsync(MailToPlatform mail, CancellationToken cancel)
    {
        switch (FeedbackReader.Read(mail.Mail))                                                                                 // 1
        {
            case FeedbackReading.None:
                log.NoReport();
                return "nothing was done with it: it is no feedback report (RFC 5965)";
            case FeedbackReading.Malformed(var why):
                await KeepAsync(Unattributed(mail, $"the report cannot be read: {why}"), cancel);
                return "the feedback report cannot be read";
            case FeedbackReading.Read({ IsComplaint: false, Type: var type }):
                log.NoComplaint(type);
                return "nothing was done with it: the report is of a kind that is no complaint";
            case FeedbackReading.Read(var report):
                await KeepAsync(await JudgeAsync(mail, report, cancel), cancel);
                return "the feedback report is kept";
            default: throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task<ComplaintRow> JudgeAsync(MailToPlatform mail, FeedbackReport report, CancellationToken cancel)
    {
        if (!mail.IsAligned || mail.Facts.From is not { } reporter)                                                             // 2
            return Unattributed(mail, "it is not proven who reports");
        return await reported.FindAsync(report, mail.ArrivedAt, cancel) switch                                                  // 3
        {
            ReportedMailResult.Unknown(var why) => Unattributed(mail, $"{report.Type}, reported by {reporter.Domain}: {why}"),
            ReportedMailResult.Of(var provider, var evidence) => Attributed(mail, report, provider, reporter.Domain, evidence),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static ComplaintRow Attributed(MailToPlatform mail, FeedbackReport report, ProviderRegistration provider, string reporter, string evidence) => new()
    {
        OrganizationId = provider.OrganizationId,
        Id = Guid.CreateVersion7(mail.ArrivedAt),
        ProviderId = provider.Id,
        Source = ComplaintSource.Arf,
        // One reporter counts once for each mail, however often they write.
        Subject = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{reporter} {report.Original.MessageId ?? Digest(report.Original.Raw)}"))),
        At = mail.ArrivedAt,
        IsCounted = true,
        Evidence = $"{report.Type}, reported by {reporter}: {evidence}",
    };

    private static ComplaintRow Unattributed(MailToPlatform mail, string why) => new()
    {
        OrganizationId = Guid.Empty,
        Id = Guid.CreateVersion7(mail.ArrivedAt),
        ProviderId = "",
        Source = ComplaintSource.Arf,
        Subject = Digest(mail.Mail.Raw),
        At = mail.ArrivedAt,
        IsCounted = false,
        Evidence = why,
    };

    private async Task KeepAsync(ComplaintRow row, CancellationToken cancel)
    {
        if (await writer.WriteAsync(db => Keep(db, row), cancel))
            log.Kept(row.IsCounted, row.Evidence);
    }

    private static bool Keep(ActionMailDb db, ComplaintRow row)
    {
        if (db.Complaints.Any(other =>
            other.OrganizationId == row.OrganizationId && other.ProviderId == row.ProviderId && other.Source == row.Source && other.Subject == row.Subject))
            return false;
        db.Complaints.Add(row);
        db.SaveChanges();
        if (row.IsCounted)
            new HourCounter(db, row.OrganizationId, row.ProviderId, row.At).Add(new() { Complaints = 1 });
        else
            ForgetOldest(db);
        return true;
    }

    // Anybody can send what counts for nothing; it must not fill the disk.
    private static void ForgetOldest(ActionMailDb db)
    {
        var unattributed = db.Complaints.Where(row => row.OrganizationId == Guid.Empty);
        var oldest = unattributed.OrderByDescending(row => row.At).Skip(MostUnattributed).Select(row => row.Id).ToList();
        unattributed.Where(row => oldest.Contains(row.Id)).ExecuteDelete();
    }

    private static string Digest(ReadOnlyMemory<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
}

internal static partial class ComplaintLog // 1820–1829
{
    [LoggerMessage(1820, LogLevel.Information, "A feedback report was kept; counted: {IsCounted}. {Evidence}")]
    public static partial void Kept(this ILogger logger, bool isCounted, string evidence);

    [LoggerMessage(1821, LogLevel.Information, "A mail to the complaints address is no feedback report")]
    public static partial void NoReport(this ILogger logger);

    [LoggerMessage(1822, LogLevel.Information, "A feedback report of the type {Type} is no complaint")]
    public static partial void NoComplaint(this ILogger logger, string type);
}
