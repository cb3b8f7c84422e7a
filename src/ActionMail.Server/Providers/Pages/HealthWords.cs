using System.Globalization;

namespace ActionMail.Server.Providers.Pages;

/// <summary>Figures as the health pages write them.</summary>
internal static class HealthWords
{
    public static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A share in per cent; a dash where there is no whole.</summary>
    public static string Share(int part, int whole, int digits = 1) =>
        whole <= 0 ? "–" : ((double)part / whole * 100).ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + " %";

    /// <summary>Whole milliseconds, rounded up; a dash where nothing was measured.</summary>
    public static string Took(TimeSpan? time) => time is { } took ? Number((long)Math.Ceiling(took.TotalMilliseconds)) + " ms" : "–";
}
