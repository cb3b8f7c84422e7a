using System.Collections.Immutable;
using System.Text;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Cards.Lint;
using ActionMail.Protocol.Providers.Criteria;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers.Onboarding;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Providers.Health;

/// <summary>
/// The registration criteria of a provider as they stand now: from the counted hours, the last verification mail, and the lint of the sample card and of the last live ones.
/// Who may read them is asked before.
/// </summary>
internal sealed class MeasuredCriteria(ProviderHealth health, IDbContextFactory<ActionMailDb> contexts, IOptions<CardLimits> limits, TimeProvider time)
{
    private const int LiveCards = 5;

    /// <summary>For the revision that is in question, whose sample card counts.</summary>
    public async Task<ImmutableArray<Criterion>> OfAsync(ProviderRow provider, ProviderRevisionRow revision, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var aWeekAgo = HealthRange.Week.Begin(now);
        var month = await health.HoursAsync(provider.OrganizationId, provider.Id, HealthRange.Month.Begin(now), cancel);
        var latency = await health.LatencyAsync(provider.OrganizationId, provider.Id, aWeekAgo, cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var verification = await db.VerificationMails.AsNoTracking()
            .Where(row => row.OrganizationId == provider.OrganizationId && row.ProviderId == provider.Id && row.Outcome == VerificationOutcome.Taken)
            .OrderByDescending(row => row.ReceivedAt).FirstOrDefaultAsync(cancel);
        var live = await LiveCardsAsync(db, provider.Id, cancel);
        var content = RegisteredContent.FromJson(revision.Content);
        var sample = content.Scenario?.SampleCard;
        var findings = verification is null ? [] : VerificationRecord.FindingsOf(verification);
        return RegistrationCriteria.Measure(FactsOf(month, aWeekAgo) with
        {
            Latency = latency,
            IsVerificationMailAligned = verification is null ? null : verification.IsAligned && content.Senders.Contains(verification.FromAddress),
            LintedCards = live.Count + (sample is null ? 0 : 1) + (verification?.Card is null ? 0 : 1),
            LintCodes = [.. live.Append(sample).OfType<string>().SelectMany(CodesOf), .. findings.Select(finding => finding.Code)],
        }, now);
    }

    private static CriteriaFacts FactsOf(List<HealthStep> month, DateTimeOffset aWeekAgo)
    {
        var total = HourCounts.Sum(month.Select(hour => hour.Counts));
        var week = HourCounts.Sum(month.Where(hour => hour.Begin >= aWeekAgo).Select(hour => hour.Counts));
        return new()
        {
            Mails = total.Mails,
            PassedMails = total.Passed,
            AlignedMails = total.Aligned,
            OtherSenderMails = total.OtherSenders,
            Deliveries = total.Deliveries,
            Complaints = total.Complaints,
            Opens = total.Opens,
            Acted = total.Acted,
            Requests = week.Requests,
            FailedRequests = week.Failed,
            MailsByDay = month.GroupBy(hour => DateOnly.FromDateTime(hour.Begin.UtcDateTime))
                .ToImmutableDictionary(day => day.Key, day => day.Sum(hour => (long)hour.Counts.Mails)),
        };
    }

    private static Task<List<string>> LiveCardsAsync(ActionMailDb db, string providerId, CancellationToken cancel) =>
        db.Messages.AsNoTracking().Where(row => row.ProviderId == providerId && row.CardState == CardState.Active && !row.IsSelfTest)
            .OrderByDescending(row => row.ReceivedAt).Take(LiveCards)
            .Join(db.CardVersions.Where(card => card.Version == 1),
                row => new { row.OrganizationId, row.Id }, card => new { card.OrganizationId, Id = card.MessageId }, (_, card) => card.Json)
            .ToListAsync(cancel);

    private IEnumerable<string> CodesOf(string card) => CardLint.Check(Encoding.UTF8.GetBytes(card), limits.Value).Findings.Select(finding => finding.Rule.Code);
}
