using ActionMail.Protocol.Providers;
using CsCheck;

namespace ActionMail.Protocol.Tests.Providers;

/// <summary>Percentiles from buckets lie in the bucket that the true percentile lies in.</summary>
public sealed class LatencyHistogramTests
{
    [Fact]
    public void Without_calls_there_is_no_percentile() => Assert.Null(LatencyHistogram.Empty.Percentile(0.5));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(25, 0)]
    [InlineData(26, 1)]
    [InlineData(15_000, 16)]
    [InlineData(15_001, 17)]
    [InlineData(1_000_000, 17)]
    public void A_call_lies_in_the_first_bucket_that_holds_it(int milliseconds, int bucket) => Assert.Equal(bucket, LatencyHistogram.BucketOf(TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public void What_took_longer_than_the_last_bound_is_told_as_the_last_bound() =>
        Assert.Equal(TimeSpan.FromSeconds(15), LatencyHistogram.Empty.With(LatencyHistogram.Bounds.Length, 3).Percentile(0.99));

    [Fact]
    public void A_percentile_lies_in_the_bucket_of_the_true_one() =>
        Gen.Select(Gen.Int[1, 14_999].Array[1, 200], Gen.Int[1, 100]).Sample((calls, percent) =>
        {
            var histogram = calls.Aggregate(LatencyHistogram.Empty, (sum, took) => sum.With(LatencyHistogram.BucketOf(TimeSpan.FromMilliseconds(took)), 1));
            var share = percent / 100d;
            var truth = calls.Order().ElementAt(Math.Max(0, (int)Math.Ceiling(share * calls.Length) - 1));

            Assert.Equal(LatencyHistogram.BucketOf(TimeSpan.FromMilliseconds(truth)), LatencyHistogram.BucketOf(histogram.Percentile(share)!.Value));
        }, iter: 2_000, seed: "0000KOIPe036");
}
