using System.Globalization;

namespace ActionMail.Server.Providers.Health;

/// <summary>The vertical scale of a chart: from 0 to a round number that the highest value lies under.</summary>
internal sealed record ChartScale(double Top)
{
    // Halves of the top must be whole numbers too, for what is counted is whole.
    private static readonly double[] Round = [2, 4, 10];

    public static ChartScale For(double highest)
    {
        if (highest <= Round[0])
            return new(Round[0]);
        var power = Math.Pow(10, Math.Floor(Math.Log10(highest)));
        return new(Array.Find([1, .. Round], round => round * power >= highest && round * power % 2 == 0) * power);
    }

    public double Middle => Top / 2;

    /// <summary>The height of a value in a chart of the given height.</summary>
    public double HeightOf(double value, double height) => value / Top * height;

    /// <summary>A number as an axis has room for it.</summary>
    public static string Label(double value) => value switch
    {
        >= 1_000_000 => (value / 1_000_000).ToString("0.#", CultureInfo.InvariantCulture) + " M",
        >= 10_000 => (value / 1_000).ToString("0.#", CultureInfo.InvariantCulture) + " k",
        _ => value.ToString("#,0", CultureInfo.InvariantCulture),
    };
}
