using System.Globalization;

namespace ActionMail.Protocol.Cards.Templating;

/// <summary>Times as data have them: ISO 8601, the form of an HTTP date, and the month first with slashes. Without an offset they are UTC.</summary>
internal static class TimeText
{
    private const string Full = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static readonly string[] Formats =
    [
        Full,
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd",
        "yyyy-MM-dd HH:mm:ssK",
        "yyyy-MM-dd HH:mm",
        "M/d/yyyy",
        "M/d/yyyy H:mm",
        "M/d/yyyy H:mm:ss",
        "M/d/yyyy h:mm tt",
        "M/d/yyyy h:mm:ss tt",
        "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
    ];

    public static bool TryRead(string text, out DateTime utc) =>
        DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out utc);

    /// <summary>Whether it is just what <c>utcNow()</c> writes.</summary>
    public static bool IsFull(string text) => DateTime.TryParseExact(text, Full, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
