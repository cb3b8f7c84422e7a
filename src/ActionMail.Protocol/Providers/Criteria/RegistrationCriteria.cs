using System.Collections.Immutable;
using System.Globalization;

namespace ActionMail.Protocol.Providers.Criteria;

/// <summary>
/// The registration criteria of the scope Global, measured rather than promised: shown beside the request and on the health page. They inform who decides; none decides by
/// itself. docs/dashboard.md "The criteria".
/// </summary>
public static class RegistrationCriteria
{
    private const int FewestMails = 20;
    private const int FewestDeliveries = 100;
    private const int FewestRequests = 20;
    private const int FewestOpens = 20;
    private const double AuthenticatedGoal = 0.99;
    private const double ComplaintGoal = 0.001;
    private const double ComplaintAlarm = 0.003;
    private const double FailureGoal = 0.01;
    private const double InteractionGoal = 0.1;
    private const int Weeks = 3;

    // On the order of a hundred a day: nearer to it than to ten.
    private const int UsualDay = 30;

    private static readonly ImmutableArray<(double Share, string Name, TimeSpan Goal)> SpeedGoals =
    [
        (0.5, "p50", TimeSpan.FromMilliseconds(500)), (0.95, "p95", TimeSpan.FromSeconds(2)), (0.99, "p99", TimeSpan.FromSeconds(5)),
    ];

    // A label that is missing, says nothing, or is there twice; a link that leads nowhere, to a front page, or into an app alone. docs/lint.md.
    private static readonly ImmutableHashSet<string> ActionRules =
        [.. new[] { "0401", "0402", "0404", "0406", "0407", "0410" }.SelectMany(number => new[] { "AC" + number, "MC" + number })];

    /// <summary>Measures them all, in the order of the specification.</summary>
    /// <param name="facts">What was seen.</param>
    /// <param name="now">The moment that "the last 30 days" end at.</param>
    public static ImmutableArray<Criterion> Measure(CriteriaFacts facts, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return
        [
            Authenticated(facts), Aligned(facts), StaticSenders(facts), ConsistentVolume(facts, DateOnly.FromDateTime(now.UtcDateTime)), Complaints(facts), Failures(facts),
            Speed(facts), Transactional(facts), ClearActions(facts),
        ];
    }

    private static Criterion Authenticated(CriteriaFacts facts)
    {
        var share = Share(facts.AlignedMails, facts.Mails);
        var verification = facts.IsVerificationMailAligned switch
        {
            true => "; the verification mail had one",
            false => "; the verification mail had none",
            null => "; no verification mail has come",
        };
        // The verification mail is enough to fail, and not enough to pass.
        var verdict = facts.IsVerificationMailAligned == false ? CriterionVerdict.NotMet : Judge(facts.Mails >= FewestMails, share >= AuthenticatedGoal);
        return new("authenticated", "Mail is authenticated by DKIM or SPF", verdict, Percent(share), "at least 99 % of the mail of 30 days, and the verification mail",
            $"{Count(facts.AlignedMails)} of {Counted(facts.Mails, "mail")} had an aligned pass{verification}");
    }

    private static Criterion Aligned(CriteriaFacts facts)
    {
        var share = Share(facts.AlignedMails, facts.PassedMails);
        return new("aligned", "What passes is of the domain in From", Judge(facts.PassedMails >= FewestMails, share >= AuthenticatedGoal), Percent(share),
            "at least 99 % of the mails that pass at all (RFC 9989, relaxed)",
            $"of {Counted(facts.PassedMails, "mail")} for which SPF or DKIM passed, {Count(facts.AlignedMails)} passed for the organizational domain of From");
    }

    private static Criterion StaticSenders(CriteriaFacts facts) => new(
        "static_senders", "Static sender addresses",
        facts.OtherSenderMails > 0 ? CriterionVerdict.NotMet : Judge(facts.Mails >= FewestMails, holds: true),
        facts.Mails == 0 ? "–" : Count(facts.OtherSenderMails), "no mail from another address",
        $"{Count(facts.OtherSenderMails)} of {Counted(facts.Mails, "mail")} came from an address that is not registered");

    private static Criterion ConsistentVolume(CriteriaFacts facts, DateOnly today)
    {
        var days = facts.MailsByDay.Where(day => day.Value > 0).OrderBy(day => day.Value).ToList();
        var median = days.Count == 0 ? 0 : days[days.Count / 2].Value;
        var since = days.Count == 0 ? today : days.Min(day => day.Key);
        var isLongEnough = today.DayNumber - since.DayNumber >= Weeks * 7;
        // Five days of a week will do: a service of working days rests at the weekend.
        var isConsistent = days.Count >= Weeks * 5 && median >= UsualDay;
        return new("consistent_volume", "Consistent volume", Judge(isLongEnough, isConsistent), days.Count == 0 ? "–" : $"{Count(median)} a day",
            "mail on working days for three weeks, on the order of a hundred a day",
            days.Count == 0
                ? "no mail in 30 days"
                : $"mail on {Counted(days.Count, "day")} since {since.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}; half of them had {Count(median)} or fewer");
    }

    private static Criterion Complaints(CriteriaFacts facts)
    {
        var rate = Share(facts.Complaints, facts.Deliveries);
        var alarm = rate >= ComplaintAlarm && facts.Deliveries >= FewestDeliveries ? "; this is the rate of an alarm" : "";
        return new("low_complaints", "Very low rate of spam complaints", Judge(facts.Deliveries >= FewestDeliveries, rate < ComplaintGoal), Percent(rate, digits: 2),
            "under 0.1 % of the messages of 30 days; alarm at 0.3 %",
            $"{Counted(facts.Complaints, "complaint")} about {Counted(facts.Deliveries, "message")}{alarm}");
    }

    private static Criterion Failures(CriteriaFacts facts)
    {
        var rate = Share(facts.FailedRequests, facts.Requests);
        return new("low_failures", "Low action failure rate", Judge(facts.Requests >= FewestRequests, rate <= FailureGoal), Percent(rate),
            "at most 1 % of the action requests of 7 days",
            $"{Count(facts.FailedRequests)} of {Counted(facts.Requests, "action request")} failed");
    }

    private static Criterion Speed(CriteriaFacts facts)
    {
        var measured = SpeedGoals.Select(goal => (goal.Name, goal.Goal, Took: facts.Latency.Percentile(goal.Share))).ToList();
        return new("fast_responses", "Fast responses", Judge(facts.Latency.Total >= FewestRequests, measured.TrueForAll(each => each.Took <= each.Goal)),
            facts.Latency.Total == 0 ? "–" : string.Join(", ", measured.Select(each => $"{each.Name} {Milliseconds(each.Took!.Value)}")),
            string.Join(", ", SpeedGoals.Select(goal => $"{goal.Name} {Milliseconds(goal.Goal)}")), $"{Counted(facts.Latency.Total, "answer")} of 7 days");
    }

    private static Criterion Transactional(CriteriaFacts facts)
    {
        var rate = Share(facts.Acted, facts.Opens);
        return new("transactional", "Transactional rather than bulk", Judge(facts.Opens >= FewestOpens, rate >= InteractionGoal), Percent(rate),
            "at least 10 % of the opened cards are acted on", $"{Counted(facts.Acted, "card")} acted on and {Counted(facts.Opens, "card")} opened in 30 days");
    }

    private static Criterion ClearActions(CriteriaFacts facts)
    {
        var found = facts.LintCodes.Where(ActionRules.Contains).Order(StringComparer.Ordinal).ToList();
        return new("clear_actions", "Labels say the action, links lead to the thing itself", Judge(facts.LintedCards > 0, found.Count == 0),
            facts.LintedCards == 0 ? "–" : Counted(found.Count, "finding"), "no finding of the lint about labels and links",
            found.Count == 0
                ? facts.LintedCards == 1 ? "1 card was looked at" : $"{Count(facts.LintedCards)} cards were looked at"
                : $"in {Counted(facts.LintedCards, "card")}: {string.Join(", ", found.GroupBy(code => code).Select(code => $"{code.Key} ×{code.Count()}"))}");
    }

    private static CriterionVerdict Judge(bool isEnough, bool holds) => !isEnough ? CriterionVerdict.NotEnoughData : holds ? CriterionVerdict.Met : CriterionVerdict.NotMet;

    private static double? Share(long part, long whole) => whole <= 0 ? null : (double)part / whole;

    private static string Percent(double? share, int digits = 1) => share is { } value
        ? (value * 100).ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + " %"
        : "–";

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Counted(long count, string one) => $"{Count(count)} {one}{(count == 1 ? "" : "s")}";

    private static string Milliseconds(TimeSpan time) => Count((long)Math.Ceiling(time.TotalMilliseconds)) + " ms";
}
