using System.Globalization;

namespace ActionMail.Server.Inbox;

/// <summary>A point in time on a page. The server does not know the reader's clock: it writes UTC, and the script the reader's own time.</summary>
internal sealed record TimeView(DateTimeOffset At, TimeDetail Detail)
{
    /// <summary>A time in words wherever the server writes one: on pages, in mails and cards, in refusals.</summary>
    public static string Words(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture) + " UTC";
}

/// <summary>How much of a time is shown; the name is what the script goes by.</summary>
internal enum TimeDetail
{
    /// <summary>The time today, the day within a week, else the date.</summary>
    List,

    /// <summary>The time today, else date and time.</summary>
    Line,

    /// <summary>Day, date and time.</summary>
    Full,
}
