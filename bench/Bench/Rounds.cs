namespace ActionMail.Bench;

/// <summary>One of several ways to do the same work. A measurement gives one figure.</summary>
internal sealed record Contender(string Name, Func<CancellationToken, Task<double>> MeasureAsync);

/// <summary>All figures of one contender, one a round.</summary>
internal sealed record Series(string Name, IReadOnlyList<double> Values)
{
    public double Median => Rounds.MedianOf(Values);
}

/// <summary>What was measured side by side. The first series is what the others are held against.</summary>
internal sealed record Comparison(string Title, string Unit, IReadOnlyList<Series> Series)
{
    /// <summary>The median of the rounds' own ratios: what slows a whole round down leaves it alone.</summary>
    public double RatioOf(Series series) => Rounds.MedianOf([.. series.Values.Zip(Series[0].Values, (own, first) => own / first)]);
}

/// <summary>
/// Interleaved rounds: every contender once in each, beginning with another one each time, so that a machine that warms up, cools down or is busy with
/// something else treats them alike. The first round of all warms up and does not count.
/// </summary>
internal static class Rounds
{
    public static async Task<Comparison> RunAsync(string title, string unit, Settings settings, IEnumerable<Contender> all, CancellationToken cancel)
    {
        var rounds = settings.Rounds;
        var contenders = all.Where(contender => settings.Only is null || contender.Name.Contains(settings.Only, StringComparison.Ordinal)).ToList();
        var values = contenders.Select(_ => new List<double>()).ToList();
        for (var round = 0; round <= rounds; round++)
        {
            Console.Error.Write($"\r{title}: round {round} of {rounds} ");
            for (var turn = 0; turn < contenders.Count; turn++)
            {
                var next = (round + turn) % contenders.Count;
                var value = await contenders[next].MeasureAsync(cancel);
                if (round > 0)
                    values[next].Add(value);
            }
        }
        Console.Error.Write("\r");
        return new(title, unit, [.. contenders.Select((contender, i) => new Series(contender.Name, values[i]))]);
    }

    public static double MedianOf(IReadOnlyCollection<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
