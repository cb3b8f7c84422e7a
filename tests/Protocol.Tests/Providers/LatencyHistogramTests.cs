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

    // In binary 0.14 × 50 is more than 7.
    [Fact]
    public void A_share_that_is_whole_is_no_more_than_that() =>
        Assert.Equal(TimeSpan.FromMilliseconds(25), LatencyHistogram.Empty.With(0, 7).With(5, 43).Percentile(0.14));

    [Fact]
    public void A_percentile_lies_in_the_bucket_of_the_true_one() =>
        Gen.Select(Gen.Int[1, 14_999].Array[1, 200], Gen.Int[1, 100]).Sample((calls, percent) =>
        {
            var histogram = calls.Aggregate(LatencyHistogram.Empty, (sum, took) => sum.With(LatencyHistogram.BucketOf(TimeSpan.FromMilliseconds(took)), 1));
            var truth = calls.Order().ElementAt((((percent * calls.Length) + 99) / 100) - 1);

            Assert.Equal(LatencyHistogram.BucketOf(TimeSpan.FromMilliseconds(truth)), LatencyHistogram.BucketOf(histogram.Percentile(percent / 100d)!.Value));
        }, iter: 2_000, seed: "0000KOIPe036");
}
