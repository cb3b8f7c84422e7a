using System.Collections.Immutable;
using System.Globalization;

namespace ActionMail.Server.Providers.Health;

/// <summary>One of the things that are stacked in a column.</summary>
/// <param name="Name">As the legend says it.</param>
/// <param name="Tone">The suffix of the class that colours it.</param>
/// <param name="Values">A value for each column.</param>
internal sealed record ChartSeries(string Name, string Tone, ImmutableArray<int> Values)
{
    public int Total => Values.Sum();
}

/// <summary>A chart of stacked columns, and the table that says the same.</summary>
/// <param name="Id">Names it within the page.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Labels">What each column stands for, in full.</param>
/// <param name="Ticks">The few of them that the axis has room for, by column.</param>
/// <param name="Series">From the bottom up.</param>
internal sealed record HealthChart(string Id, string Title, ImmutableArray<string> Labels, ImmutableArray<(int Column, string Text)> Ticks, ImmutableArray<ChartSeries> Series)
{
    /// <summary>The whole in one sentence, for who does not see it.</summary>
    public string Summary => IsEmpty
        ? "Nothing was counted."
        : string.Join(", ", Series.Select(series => $"{series.Name}: {series.Total.ToString("N0", CultureInfo.InvariantCulture)}")) + $"; most of it {Labels[Busiest]}.";

    public bool IsEmpty => Series.All(series => series.Total == 0);

    public int Highest => Enumerable.Range(0, Labels.Length).Max(HeightOf);

    /// <summary>The columns in which anything was counted: what a table has rows for.</summary>
    public IEnumerable<int> Counted => Enumerable.Range(0, Labels.Length).Where(column => Series.Any(series => series.Values[column] != 0));

    private int Busiest => Enumerable.Range(0, Labels.Length).MaxBy(HeightOf);

    private int HeightOf(int column) => Series.Sum(series => Math.Max(0, series.Values[column]));
}
