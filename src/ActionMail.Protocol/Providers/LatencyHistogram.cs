using System.Collections.Immutable;

namespace ActionMail.Protocol.Providers;

/// <summary>
/// How long a provider's endpoints took to answer, counted in fixed buckets: hours of it add up, and no single call is kept. A percentile is exact to the width of its bucket.
/// </summary>
/// <param name="Counts">One for each of <see cref="Bounds"/>, and the last one for all that took longer.</param>
public sealed record LatencyHistogram(ImmutableArray<long> Counts)
{
    /// <summary>The upper bounds of the buckets in milliseconds, each within its bucket; the deadline of a call is 15 seconds (security G-16).</summary>
    public static ImmutableArray<int> Bounds { get; } = [25, 50, 100, 150, 200, 300, 400, 500, 750, 1_000, 1_500, 2_000, 3_000, 5_000, 7_500, 10_000, 15_000];

    /// <summary>Without any call.</summary>
    public static LatencyHistogram Empty { get; } = new([.. Enumerable.Repeat(0L, Bounds.Length + 1)]);

    /// <summary>How many calls were counted.</summary>
    public long Total => Counts.Sum();

    /// <summary>The bucket of a call, from 0 to the number of <see cref="Bounds"/>.</summary>
    public static int BucketOf(TimeSpan took)
    {
        var bucket = 0;
        while (bucket < Bounds.Length && took.TotalMilliseconds > Bounds[bucket])
            bucket++;
        return bucket;
    }

    /// <summary>With more calls in one bucket; a bucket that does not exist counts as the last.</summary>
    public LatencyHistogram With(int bucket, long count)
    {
        var at = Math.Clamp(bucket, 0, Bounds.Length);
        return new(Counts.SetItem(at, Counts[at] + count));
    }

    /// <summary>The time within which a share of the calls was answered, or null without calls. Between the bounds of a bucket the calls are taken as evenly spread.</summary>
    /// <param name="share">More than 0, at most 1: 0.95 for the 95th percentile.</param>
    public TimeSpan? Percentile(double share)
    {
        var total = Total;
        if (total == 0)
            return null;
        // The rank of a call that there was: 0.14 of 50 is the seventh, though the product is a trifle more.
        var wanted = Math.Max(1, Math.Ceiling((share * total) - 1e-9));
        var below = 0L;
        for (var bucket = 0; bucket < Bounds.Length; bucket++)
        {
            if (below + Counts[bucket] >= wanted)
                return TimeSpan.FromMilliseconds(Between(bucket, (wanted - below) / Counts[bucket]));
            below += Counts[bucket];
        }
        return TimeSpan.FromMilliseconds(Bounds[^1]);
    }

    private static double Between(int bucket, double part)
    {
        var from = bucket == 0 ? 0 : Bounds[bucket - 1];
        return from + ((Bounds[bucket] - from) * part);
    }
}
