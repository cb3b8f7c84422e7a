using ActionMail.Mail.Feedback;
using ActionMail.Mail.Senders;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Carriage;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Accounts;
using ActionMail.Server.Intake;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Providers.Health;

/// <summary>Whose mail a report is about.</summary>
internal abstract record ReportedMailResult
{
    private ReportedMailResult() { }

    public sealed record Of(ProviderRegistration Provider, string Evidence) : ReportedMailResult;

    public sealed record Unknown(string Why) : ReportedMailResult;
}

/// <summary>
/// Finds the provider of a reported mail: it was delivered here, or its own DKIM signature still shows it. From and originator alone prove nothing: the reporter wrote them.
/// </summary>
internal sealed class ReportedMail(
    IDbContextFactory<ActionMailDb> contexts, ProviderRegistry providers, AddressBook addresses, SenderAuthentication senders, IOptions<CardLimits> limits)
{
    public async Task<ReportedMailResult> FindAsync(FeedbackReport report, DateTimeOffset at, CancellationToken cancel)
    {
        if (report.Original.MessageId is { } id && await DeliveredAsync(id, cancel) is { } known)
            return new ReportedMailResult.Of(known, "the reported mail was delivered here");
        if (!report.IsWhole)
            return new ReportedMailResult.Unknown("the reported mail is not known here, and only its header came along");
        if (ClaimedOriginator.In(MailFacts.CardOf(report.Original), limits.Value) is not { } originator || providers.Find(originator) is not { } claimed)
            return new ReportedMailResult.Unknown("the reported mail is not known here, and carries no card of a registered provider");
        var sender = await senders.VerifyAsync(report.Original, new SpfSource.Unknown(), at, cancel);
        var facts = MailFacts.Of(report.Original, sender?.Facts);
        return facts.Faults.IsEmpty && MailAttribution.Of(claimed, facts.From, facts.Sender, isSigned: false) is { IsAligned: true }
            ? new ReportedMailResult.Of(claimed, "the reported mail is signed by the domain of its sender")
            : new ReportedMailResult.Unknown("the reported mail is not known here, and nothing shows that it is the provider's");
    }

    // By the index of each organization. A Message-ID is no secret, but who knows it has had the mail in hand.
    private async Task<ProviderRegistration?> DeliveredAsync(string messageId, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        foreach (var organization in addresses.Organizations)
        {
            var id = await db.Messages.AsNoTracking()
                .Where(row => row.OrganizationId == organization.Id && row.InternetMessageId == messageId && row.ProviderId != null && !row.IsSelfTest
                    && (row.CardState == CardState.Active || (row.IsSenderVerified && row.Reason != Reason.OriginatorSenderMismatch)))
                .Select(row => row.ProviderId).FirstOrDefaultAsync(cancel);
            if (id is not null && providers.Find(id) is { } provider)
                return provider;
        }
        return null;
    }
}
