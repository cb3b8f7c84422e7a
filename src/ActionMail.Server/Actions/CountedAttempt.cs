using ActionMail.Protocol.Providers;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers.Health;

namespace ActionMail.Server.Actions;

/// <summary>Counts an attempt that ends, for its provider's health, in the transaction that records its definite word.</summary>
internal static class CountedAttempt
{
    private const int FirstBroken = 500;

    public static void Count(ActionMailDb db, AttemptRow attempt, AttemptOutcome outcome, ProviderRegistration provider, DateTimeOffset now)
    {
        // What could not be recorded here says nothing about the provider.
        if (outcome is { State: AttemptState.FailedNotSent, Fault: nameof(CallFault.NotRecorded) })
            return;
        var counter = new HourCounter(db, provider.OrganizationId, provider.Id, now);
        counter.Add(CountsOf(outcome) with { Acted = IsFirstSuccess(db, attempt, outcome) ? 1 : 0 });
        if (outcome.State != AttemptState.Done)
            counter.Add(HourDetail.Fault, NameOf(outcome));
        if (outcome is { HttpStatus: not null, Took: { } took })
            counter.Add(HourDetail.Latency, LatencyHistogram.BucketOf(took).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static HourCounts CountsOf(AttemptOutcome outcome) => outcome switch
    {
        { State: AttemptState.Done } => new() { Done = 1 },
        { State: AttemptState.Refused, HttpStatus: >= FirstBroken } => new() { Broken = 1 },
        { State: AttemptState.Refused } => new() { Refused = 1 },
        { State: AttemptState.FailedNotSent } => new() { NotSent = 1 },
        { State: AttemptState.Unknown } => new() { Unanswered = 1 },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string NameOf(AttemptOutcome outcome) => outcome.HttpStatus is { } status
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"HTTP {status}")
        : outcome.Fault ?? outcome.State.ToString();

    // A person acted on the card for the first time: later ones are the same interaction.
    private static bool IsFirstSuccess(ActionMailDb db, AttemptRow attempt, AttemptOutcome outcome) =>
        outcome.State == AttemptState.Done && !attempt.IsAutomatic
        && !db.Attempts.Any(row => row.OrganizationId == attempt.OrganizationId && row.MessageId == attempt.MessageId && row.State == AttemptState.Done && !row.IsAutomatic);
}
