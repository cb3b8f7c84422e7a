using System.Runtime.InteropServices;
using System.Text.Json;

namespace ActionMail.Bench;

/// <summary>The comparisons as a table for people and as JSON for programs.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void Print(Comparison comparison)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{comparison.Title,-64} {comparison.Unit,14}     min     max   ratio"));
        foreach (var series in comparison.Series)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {series.Name,-62} {Short(series.Median),14} {Short(series.Values.Min()),7} {Short(series.Values.Max()),7} {comparison.RatioOf(series),7:0.000}"));
        }
    }

    public static string Write(Settings settings, IReadOnlyList<Comparison> comparisons, DateTimeOffset at)
    {
        var folder = Directory.CreateDirectory(Path.Combine("bench", "results")).FullName;
        var file = Path.Combine(folder, at.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture) + ".json");
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            at,
            machine = new { processors = Environment.ProcessorCount, system = RuntimeInformation.OSDescription, runtime = RuntimeInformation.FrameworkDescription },
            settings,
            comparisons = comparisons.Select(comparison => new
            {
                comparison.Title,
                comparison.Unit,
                series = comparison.Series.Select(series => new { series.Name, series.Median, ratio = comparison.RatioOf(series), series.Values }),
            }),
        }, Json));
        return file;
    }

    private static string Short(double value) => value.ToString(value < 10 ? "0.00" : value < 100 ? "0.0" : "#,0", CultureInfo.InvariantCulture);
}
