using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace ActionMail.Server.Providers.Health;

/// <summary>
/// Draws a chart as SVG, on the server: it is there without script, and colours and letters come from the style sheet (security E-05: no inline style). Whoever does not
/// see it is told the whole in a sentence, and has the table.
/// </summary>
internal static class ColumnChart
{
    private const double Width = 320;
    private const double Height = 132;
    private const double Left = 34;
    private const double Top = 8;
    private const double Bottom = 20;
    private const double Right = 6;
    private const double Parting = 1;
    private const double PlotWidth = Width - Left - Right;
    private const double PlotHeight = Height - Top - Bottom;

    public static IHtmlContent Draw(HealthChart chart)
    {
        var svg = new StringBuilder();
        var scale = ChartScale.For(chart.Highest);
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"chart\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-labelledby=\"{chart.Id}-title {chart.Id}-summary\">");
        svg.Append(CultureInfo.InvariantCulture, $"<title id=\"{chart.Id}-title\">{Text(chart.Title)}</title><desc id=\"{chart.Id}-summary\">{Text(chart.Summary)}</desc>");
        foreach (var value in new[] { scale.Top, scale.Middle, 0 })
            Rule(svg, value, scale);
        var width = PlotWidth / chart.Labels.Length;
        for (var column = 0; column < chart.Labels.Length; column++)
            Column(svg, chart, column, width, scale);
        foreach (var (column, text) in chart.Ticks)
            Tick(svg, text, column, width, chart.Labels.Length);
        return new HtmlString(svg.Append("</svg>").ToString());
    }

    private static void Rule(StringBuilder svg, double value, ChartScale scale)
    {
        var y = Top + PlotHeight - scale.HeightOf(value, PlotHeight);
        svg.Append(CultureInfo.InvariantCulture, $"<line class=\"chart-rule\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.##}\" y2=\"{y:0.##}\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"chart-label is-end\" x=\"{Left - 4}\" y=\"{y + 3.5:0.##}\">{ChartScale.Label(value)}</text>");
    }

    private static void Column(StringBuilder svg, HealthChart chart, int column, double width, ChartScale scale)
    {
        if (chart.Series.All(series => series.Values[column] <= 0))
            return;
        svg.Append(CultureInfo.InvariantCulture, $"<g class=\"chart-column\"><title>{Text(WordsOf(chart, column))}</title>");
        var gap = Math.Min(2, width / 5);
        var y = Top + PlotHeight;
        foreach (var series in chart.Series.Where(series => series.Values[column] > 0))
        {
            // What was counted is seen, were it one among thousands.
            var height = Math.Max(1, scale.HeightOf(series.Values[column], PlotHeight));
            y -= height;
            // Colours that touch are hard to tell apart: a line of the panel parts them.
            var parted = y + height < Top + PlotHeight && height > Parting * 2 ? height - Parting : height;
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"chart-{series.Tone}\" ");
            svg.Append(CultureInfo.InvariantCulture, $"x=\"{Left + (column * width) + (gap / 2):0.##}\" y=\"{y:0.##}\" width=\"{width - gap:0.##}\" height=\"{parted:0.##}\"/>");
        }
        svg.Append("</g>");
    }

    private static void Tick(StringBuilder svg, string text, int column, double width, int columns)
    {
        var (anchor, at) = column == 0 ? ("start", 0) : column == columns - 1 ? ("end", PlotWidth) : ("middle", (column + 0.5) * width);
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"chart-label is-{anchor}\" x=\"{Left + at:0.##}\" y=\"{Height - 6}\">{Text(text)}</text>");
    }

    private static string WordsOf(HealthChart chart, int column) =>
        $"{chart.Labels[column]}: {string.Join(", ", chart.Series.Where(series => series.Values[column] != 0).Select(series => $"{series.Values[column]} {series.Name}"))}";

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
