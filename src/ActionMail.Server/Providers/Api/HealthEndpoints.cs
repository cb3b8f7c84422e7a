using System.ComponentModel;
using System.Text.Json;
using ActionMail.Protocol.Providers.Criteria;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;
using ActionMail.Server.Providers.Health;

namespace ActionMail.Server.Providers.Api;

/// <summary>How a provider does, over a range of time.</summary>
internal sealed record HealthDocument(
    [property: Description("24h, 7d or 30d.")] string Range,
    [property: Description("The oldest first.")] IReadOnlyList<HealthStepDocument> Steps,
    HourCounts Total,
    [property: Description("Cards that did not act, by reason (docs/protocol/reasons.md), the most frequent first.")] IReadOnlyList<NamedCount> Reasons,
    [property: Description("Action requests that failed, by what failed.")] IReadOnlyList<NamedCount> Faults,
    [property: Description("How long the endpoints took; null where nothing was asked.")] LatencyDocument Latency,
    [property: Description("The registration criteria as measured now.")] IReadOnlyList<CriterionDocument> Criteria)
{
    public static HealthDocument Of(HealthReport report, IEnumerable<Criterion> criteria) => new(
        report.Range.Code, [.. report.Steps.Select(step => new HealthStepDocument(step.Begin, step.Counts))], report.Total, report.Reasons, report.Faults,
        new(report.Latency.Percentile(0.5)?.TotalMilliseconds, report.Latency.Percentile(0.95)?.TotalMilliseconds, report.Latency.Percentile(0.99)?.TotalMilliseconds),
        [.. criteria.Select(CriterionDocument.Of)]);
}

/// <summary>One column of the charts.</summary>
internal sealed record HealthStepDocument(DateTimeOffset Begin, HourCounts Counts);

/// <summary>Percentiles in milliseconds.</summary>
internal sealed record LatencyDocument(double? P50, double? P95, double? P99);

/// <summary>A registration criterion as it was measured. dashboard.md "Global scope".</summary>
internal sealed record CriterionDocument(
    string Code,
    string Title,
    [property: Description("met, not_met or not_enough_data.")] string Verdict,
    string Measured,
    string Goal,
    [property: Description("What was seen, in words and numbers.")] string Evidence)
{
    public static CriterionDocument Of(Criterion criterion) => new(
        criterion.Code, criterion.Title, JsonNamingPolicy.SnakeCaseLower.ConvertName(criterion.Verdict.ToString()), criterion.Measured, criterion.Goal, criterion.Evidence);
}

/// <summary>Why a registration does not do what its developers expect, as far as the platform can see.</summary>
internal sealed record DiagnosisDocument(
    [property: Description("Whether it is in force, on every node: approved, not suspended, and taken up.")] bool Effective,
    IReadOnlyList<NodeStanding> Nodes,
    [property: Description("The last messages seen, the newest first: no recipient, no content.")] IReadOnlyList<SeenMessageDocument> Messages,
    [property: Description("What stands in the way, with what would mend it.")] IReadOnlyList<Trouble> Troubles)
{
    public static DiagnosisDocument Of(Diagnosis diagnosis) => new(diagnosis.IsEffective, diagnosis.Nodes, [.. diagnosis.Messages.Select(SeenMessageDocument.Of)], diagnosis.Troubles);
}

/// <summary>A message of a provider.</summary>
internal sealed record SeenMessageDocument(
    DateTimeOffset At,
    [property: Description("active, inert or none.")] string Card,
    [property: Description("A code of docs/protocol/reasons.md, or null.")] string? Reason,
    string RecipientDomain,
    bool SenderVerified)
{
    public static SeenMessageDocument Of(SeenMessage message) =>
        new(message.At, JsonNamingPolicy.SnakeCaseLower.ConvertName(message.State.ToString()), message.Reason?.Code(), message.RecipientDomain, message.IsSenderVerified);
}

/// <summary>Health and diagnosis of a registration, for those who may see it.</summary>
internal static class HealthEndpoints
{
    public static void MapHealthOfProviders(this RouteGroupBuilder personal)
    {
        var api = personal.MapGroup("/providers/{id:guid}").WithTags("Health");
        api.MapGet("/health", HealthAsync)
            .Describe("Read a provider's health", "Deliveries, opens, actions, failures, complaints and latency, counted by the hour, and the registration criteria.")
            .Answers<HealthDocument>().Refuses("invalid_filter", "not_found");
        api.MapGet("/diagnosis", DiagnosisAsync)
            .Describe("Diagnose a registration", "On which nodes it is in force, the last messages with their verdicts, and what stands in the way.")
            .Answers<DiagnosisDocument>().Refuses("not_found");
    }

    private static async Task<IResult> HealthAsync(
        Guid id, Person person, HttpContext http, RegistrationQueries registrations, ProviderHealth health, MeasuredCriteria criteria, TimeProvider time, CancellationToken cancel,
        [Description("24h, 7d or 30d; 24h when left out.")] string? range = null)
    {
        if (await registrations.FindAsync(Actor.Of(person, http), id.ToString("D"), cancel) is not { } view)
            return RegistrationAnswers.NotFound();
        if (HealthRange.Find(range) is not { } found)
            return Problems.Of("invalid_filter", "A range is 24h, 7d or 30d.");
        var report = await health.ReadAsync(view.Row.OrganizationId, view.Row.Id, found, time.GetUtcNow(), cancel);
        return TypedResults.Ok(HealthDocument.Of(report, await criteria.OfAsync(view.Row, view.Newest, cancel)));
    }

    private static async Task<IResult> DiagnosisAsync(Guid id, Person person, HttpContext http, RegistrationQueries registrations, RegistrationDiagnosis diagnosis, CancellationToken cancel) =>
        await registrations.FindAsync(Actor.Of(person, http), id.ToString("D"), cancel) is { } view
            ? TypedResults.Ok(DiagnosisDocument.Of(await diagnosis.OfAsync(view, person, cancel)))
            : RegistrationAnswers.NotFound();
}
