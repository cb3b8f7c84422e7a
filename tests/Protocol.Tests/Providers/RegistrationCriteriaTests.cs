using System.Collections.Immutable;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Criteria;

namespace ActionMail.Protocol.Tests.Providers;

/// <summary>Each criterion of dashboard.md "Global scope": met by the golden provider, and by one change no longer.</summary>
public sealed class RegistrationCriteriaTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);

    private static readonly CriteriaFacts Golden = new()
    {
        Mails = 2_200,
        PassedMails = 2_200,
        AlignedMails = 2_200,
        Deliveries = 3_000,
        Complaints = 1,
        Opens = 1_500,
        Acted = 900,
        Requests = 500,
        FailedRequests = 2,
        Latency = LatencyHistogram.Empty.With(3, 480).With(9, 19).With(12, 1),
        MailsByDay = Days(22, 100),
        IsVerificationMailAligned = true,
        LintedCards = 3,
        LintCodes = ["AC0403"],
    };

    [Fact]
    public void The_golden_provider_meets_them_all()
    {
        var measured = RegistrationCriteria.Measure(Golden, Now);

        Assert.Equal(
            ["authenticated", "aligned", "static_senders", "consistent_volume", "low_complaints", "low_failures", "fast_responses", "transactional", "clear_actions"],
            measured.Select(criterion => criterion.Code));
        Assert.All(measured, criterion => Assert.Equal((criterion.Code, CriterionVerdict.Met), (criterion.Code, criterion.Verdict)));
    }

    [Fact]
    public void Of_who_was_never_seen_nothing_is_known()
    {
        var measured = RegistrationCriteria.Measure(new(), Now);

        Assert.All(measured, criterion => Assert.Equal((criterion.Code, CriterionVerdict.NotEnoughData), (criterion.Code, criterion.Verdict)));
        Assert.All(measured, criterion => Assert.Equal("–", criterion.Measured));
    }

    public static TheoryData<string, string, string> Changes() => new()
    {
        { "2 % without an aligned pass", "authenticated", "98.0 %" },
        { "the verification mail without one", "authenticated", "100.0 %" },
        { "a tenth passes for another domain", "aligned", "90.0 %" },
        { "one mail from another address", "static_senders", "1" },
        { "ten mails a day", "consistent_volume", "10 a day" },
        { "mail on ten days of four weeks", "consistent_volume", "100 a day" },
        { "3 complaints of 3,000", "low_complaints", "0.10 %" },
        { "9 complaints of 3,000", "low_complaints", "0.30 %" },
        { "6 failures of 500", "low_failures", "1.2 %" },
        { "a slow half", "fast_responses", "p50 1,256 ms, p95 1,485 ms, p99 2,500 ms" },
        { "a slow hundredth", "fast_responses", "p50 177 ms, p95 200 ms, p99 7,500 ms" },
        { "few act", "transactional", "5.0 %" },
        { "a vague label", "clear_actions", "1 finding" },
        { "a link to a front page, in a MessageCard", "clear_actions", "1 finding" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void One_change_and_the_criterion_is_not_met(string what, string code, string measured)
    {
        var facts = what switch
        {
            "2 % without an aligned pass" => Golden with { AlignedMails = 2_156, PassedMails = 2_156 },
            "the verification mail without one" => Golden with { IsVerificationMailAligned = false },
            "a tenth passes for another domain" => Golden with { AlignedMails = 1_980 },
            "one mail from another address" => Golden with { OtherSenderMails = 1 },
            "ten mails a day" => Golden with { MailsByDay = Days(25, 10) },
            "mail on ten days of four weeks" => Golden with { MailsByDay = Days(28, 100).Where(day => day.Key.Day % 3 == 0).ToImmutableDictionary() },
            "3 complaints of 3,000" => Golden with { Complaints = 3 },
            "9 complaints of 3,000" => Golden with { Complaints = 9 },
            "6 failures of 500" => Golden with { FailedRequests = 6 },
            "a slow half" => Golden with { Latency = LatencyHistogram.Empty.With(10, 98).With(12, 2) },
            "a slow hundredth" => Golden with { Latency = LatencyHistogram.Empty.With(4, 96).With(14, 3) },
            "few act" => Golden with { Acted = 75 },
            "a vague label" => Golden with { LintCodes = ["AC0402"] },
            _ => Golden with { LintCodes = ["MC0407"] },
        };

        var criterion = Assert.Single(RegistrationCriteria.Measure(facts, Now), criterion => criterion.Code == code);

        Assert.Equal((what, CriterionVerdict.NotMet, measured), (what, criterion.Verdict, criterion.Measured));
    }

    [Theory]
    [InlineData("19 mails", "authenticated")]
    [InlineData("a fortnight", "consistent_volume")]
    [InlineData("99 messages", "low_complaints")]
    [InlineData("19 requests", "low_failures")]
    [InlineData("19 answers", "fast_responses")]
    [InlineData("19 opened", "transactional")]
    [InlineData("no card", "clear_actions")]
    public void Little_is_not_enough_to_say(string what, string code)
    {
        var facts = what switch
        {
            "19 mails" => Golden with { Mails = 19, PassedMails = 19, AlignedMails = 10 },
            "a fortnight" => Golden with { MailsByDay = Days(14, 1) },
            "99 messages" => Golden with { Deliveries = 99, Complaints = 5 },
            "19 requests" => Golden with { Requests = 19, FailedRequests = 19 },
            "19 answers" => Golden with { Latency = LatencyHistogram.Empty.With(16, 19) },
            "19 opened" => Golden with { Opens = 19, Acted = 0 },
            _ => Golden with { LintedCards = 0 },
        };

        Assert.Equal((what, CriterionVerdict.NotEnoughData), (what, Assert.Single(RegistrationCriteria.Measure(facts, Now), criterion => criterion.Code == code).Verdict));
    }

    [Fact]
    public void The_rate_of_an_alarm_is_called_one() =>
        Assert.Contains("alarm", Assert.Single(RegistrationCriteria.Measure(Golden with { Complaints = 9 }, Now), criterion => criterion.Code == "low_complaints").Evidence, StringComparison.Ordinal);

    private static ImmutableDictionary<DateOnly, long> Days(int days, long mails) =>
        Enumerable.Range(0, days).ToImmutableDictionary(day => DateOnly.FromDateTime(Now.UtcDateTime).AddDays(-day), _ => mails);
}
