using System.Globalization;
using static ActionMail.Protocol.Cards.Templating.TemplateFunction;

namespace ActionMail.Protocol.Cards.Templating;

/// <summary>Times. All of them are UTC, and what time it is now is told by the caller.</summary>
internal static class TimeFunctions
{
    // .NET and Microsoft's language count alike: 100 nanoseconds since the year 1.
    private const double TicksPerMillisecond = TimeSpan.TicksPerMillisecond;

    public static readonly TemplateFunction[] Table =
    [
        Of("utcNow", 0, 2, args => Write(args, args.Scope.Now.UtcDateTime, 0)),
        Of("formatDateTime", 1, 3, args => OfTime(args, time => Write(args, time, 1))),
        Of("formatEpoch", 1, 3, args => args.Number(0) is { } seconds ? Shifted(args, DateTime.UnixEpoch, seconds * TimeSpan.TicksPerSecond, 1) : args.Wrong(0, "a number of seconds")),
        Of("formatTicks", 1, 3, args => Ticks(args[0]) is { } ticks ? Shifted(args, DateTime.MinValue, ticks, 1) : args.Wrong(0, "a number of ticks")),
        Adding("addDays", TimeSpan.TicksPerDay),
        Adding("addHours", TimeSpan.TicksPerHour),
        Adding("addMinutes", TimeSpan.TicksPerMinute),
        Adding("addSeconds", TimeSpan.TicksPerSecond),
        Of("addToTime", 3, 5, args => OfTime(args, time => InUnits(args, time, +1, 1))),
        Of("subtractFromTime", 3, 5, args => OfTime(args, time => InUnits(args, time, -1, 1))),
        Of("getFutureTime", 2, 4, args => InUnits(args, args.Scope.Now.UtcDateTime, +1, 0)),
        Of("getPastTime", 2, 4, args => InUnits(args, args.Scope.Now.UtcDateTime, -1, 0)),
        Of("startOfDay", 1, 3, args => OfTime(args, time => Write(args, time.Date, 1))),
        Of("startOfHour", 1, 3, args => OfTime(args, time => Write(args, time.Date.AddHours(time.Hour), 1))),
        Of("startOfMonth", 1, 3, args => OfTime(args, time => Write(args, new(time.Year, time.Month, 1), 1))),
        Of("date", 1, 1, args => OfTime(args, time => TimeFormat.Read("M/DD/YYYY")!.Write(time))),
        Part("year", time => time.Year),
        Part("month", time => time.Month),
        Part("dayOfMonth", time => time.Day),
        Part("dayOfWeek", time => (int)time.DayOfWeek),
        Part("dayOfYear", time => time.DayOfYear),
        Part("ticks", time => time.Ticks),
        Of("getTimeOfDay", 1, 1, args => OfTime(args, time => TimeOfDay(time.Hour * 100 + time.Minute))),
        Of("dateTimeDiff", 2, 2, Difference),
        Of("ticksToDays", 1, 1, args => Part(args, TimeSpan.TicksPerDay)),
        Of("ticksToHours", 1, 1, args => Part(args, TimeSpan.TicksPerHour)),
        Of("ticksToMinutes", 1, 1, args => Part(args, TimeSpan.TicksPerMinute)),
        Of("isDateTime", 1, 1, args => args[0] is TemplateValue.Text(var text) && TimeText.IsFull(text)),
    ];

    private static TemplateValue OfTime(FunctionArguments args, Func<DateTime, TemplateValue> then) =>
        args[0] is TemplateValue.Text(var text) && TimeText.TryRead(text, out var time) ? then(time) : args.Wrong(0, "a time such as 2026-03-15T13:00:00.000Z");

    private static TemplateFunction Part(string name, Func<DateTime, double> part) => Of(name, 1, 1, args => OfTime(args, time => part(time)));

    private static TemplateValue Part(FunctionArguments args, double unit) => args.Number(0) is { } ticks ? ticks / unit : args.Wrong(0, "a number of ticks");

    private static TemplateFunction Adding(string name, double unit) => Of(name, 2, 4, args =>
        OfTime(args, time => args.Number(1) is { } count ? Shifted(args, time, count * unit, 2) : args.Wrong(1, "a number")));

    private static TemplateValue Shifted(FunctionArguments args, DateTime from, double ticks, int formatAt)
    {
        var milliseconds = Math.Round(ticks / TicksPerMillisecond);
        var (least, most) = ((DateTime.MinValue - from).TotalMilliseconds, (DateTime.MaxValue - from).TotalMilliseconds);
        return milliseconds >= least && milliseconds < most
            ? Write(args, from.AddTicks((long)milliseconds * TimeSpan.TicksPerMillisecond), formatAt)
            : new TemplateValue.Fault("the time lies outside the years 1 to 9999");
    }

    // A count of units, Second to Year, in the two arguments that begin at `at`; months and years go by the calendar.
    private static TemplateValue InUnits(FunctionArguments args, DateTime from, int direction, int at)
    {
        if (args.Whole(at) is not { } count)
            return args.Wrong(at, "a whole number");
        var signed = (double)direction * count;
        switch (args.Text(at + 1))
        {
            case "Second": return Shifted(args, from, signed * TimeSpan.TicksPerSecond, at + 2);
            case "Minute": return Shifted(args, from, signed * TimeSpan.TicksPerMinute, at + 2);
            case "Hour": return Shifted(args, from, signed * TimeSpan.TicksPerHour, at + 2);
            case "Day": return Shifted(args, from, signed * TimeSpan.TicksPerDay, at + 2);
            case "Week": return Shifted(args, from, 7 * signed * TimeSpan.TicksPerDay, at + 2);
            case "Month" when from.Year + signed / 12 is > 2 and < 9998: return Write(args, from.AddMonths((int)signed), at + 2);
            case "Year" when from.Year + signed is > 1 and < 9999: return Write(args, from.AddYears((int)signed), at + 2);
            case "Month" or "Year": return new TemplateValue.Fault("the time lies outside the years 1 to 9999");
            default: return args.Wrong(at + 1, "Second, Minute, Hour, Day, Week, Month or Year");
        }
    }

    private static TemplateValue Write(FunctionArguments args, DateTime time, int formatAt)
    {
        if (args.Text(formatAt) is not { } format)
            return args.Wrong(formatAt, "a format");
        if (args.Text(formatAt + 1) is not { } locale || !(locale.Length == 0 || locale.StartsWith("en", StringComparison.OrdinalIgnoreCase)))
            return args.Wrong(formatAt + 1, "English: months and days have their English names alone");
        return TimeFormat.Read(format) is { } readable ? readable.Write(time) : args.Wrong(formatAt, "a format: a quotation mark or a backslash is open, or it asks for tenths, hundredths or the era");
    }

    private static double? Ticks(TemplateValue value) => value switch
    {
        TemplateValue.Number(var number) => number,
        TemplateValue.Text(var text) when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ticks) => ticks,
        _ => null,
    };

    private static string TimeOfDay(int hoursAndMinutes) => hoursAndMinutes switch
    {
        0 => "midnight",
        < 1200 => "morning",
        1200 => "noon",
        < 1800 => "afternoon",
        <= 2200 => "evening",
        _ => "night",
    };

    private static TemplateValue Difference(FunctionArguments args) => OfTime(args, left =>
        args[1] is TemplateValue.Text(var text) && TimeText.TryRead(text, out var right) ? (left - right).Ticks : args.Wrong(1, "a time such as 2026-03-15T13:00:00.000Z"));
}
