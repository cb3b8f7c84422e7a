using ActionMail.Server.Persistence;

namespace ActionMail.Server.Providers.Health;

/// <summary>
/// Counts, in the transaction that makes it true: what is rolled back is not counted, and what is committed is counted once, whatever the process dies of. In plain SQL,
/// since every delivery does it.
/// </summary>
internal readonly struct HourCounter(ActionMailDb db, Guid organizationId, string providerId, DateTimeOffset at)
{
    private const string Counts = """
        INSERT INTO provider_hours (organization_id, provider_id, hour, mails, passed, aligned, other_senders, deliveries, active, opens, acted,
            done, refused, broken, not_sent, unanswered, complaints)
        VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16)
        ON CONFLICT (organization_id, provider_id, hour) DO UPDATE SET
            mails = provider_hours.mails + excluded.mails, passed = provider_hours.passed + excluded.passed,
            aligned = provider_hours.aligned + excluded.aligned, other_senders = provider_hours.other_senders + excluded.other_senders,
            deliveries = provider_hours.deliveries + excluded.deliveries, active = provider_hours.active + excluded.active,
            opens = provider_hours.opens + excluded.opens, acted = provider_hours.acted + excluded.acted,
            done = provider_hours.done + excluded.done, refused = provider_hours.refused + excluded.refused,
            broken = provider_hours.broken + excluded.broken, not_sent = provider_hours.not_sent + excluded.not_sent,
            unanswered = provider_hours.unanswered + excluded.unanswered, complaints = provider_hours.complaints + excluded.complaints
        """;

    private const string Detail = """
        INSERT INTO provider_hour_details (organization_id, provider_id, hour, kind, name, count) VALUES (@p0, @p1, @p2, @p3, @p4, @p5)
        ON CONFLICT (organization_id, provider_id, hour, kind, name) DO UPDATE SET count = provider_hour_details.count + excluded.count
        """;

    private readonly DateTimeOffset _hour = HourOf(at);

    /// <summary>The beginning of the hour that a moment lies in.</summary>
    public static DateTimeOffset HourOf(DateTimeOffset moment) => new(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    public void Add(HourCounts counts) => PreparedSql.On(db).Execute(Counts,
        organizationId, providerId, _hour, counts.Mails, counts.Passed, counts.Aligned, counts.OtherSenders, counts.Deliveries, counts.Active, counts.Opens, counts.Acted,
        counts.Done, counts.Refused, counts.Broken, counts.NotSent, counts.Unanswered, counts.Complaints);

    public void Add(HourDetail kind, string name, int count = 1) => PreparedSql.On(db).Execute(Detail, organizationId, providerId, _hour, kind, name, count);
}
