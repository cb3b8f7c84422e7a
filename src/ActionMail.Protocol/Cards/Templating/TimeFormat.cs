using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace ActionMail.Protocol.Cards.Templating;

/// <summary>
/// A format of .NET's letters (<c>yyyy-MM-dd</c>) with those of Day.js beside them (<c>YYYY-MM-DD</c>), for the language takes both:
/// Microsoft's library turns the first into the second, and whoever knows the library writes the second.
/// </summary>
internal sealed class TimeFormat
{
    private const string Default = "YYYY-MM-DD'T'HH:mm:ss.SSS'Z'";

    // A run of .NET's letters, and what Day.js calls it. A longer run is the longest here; "" is one that Day.js has not.
    private static readonly Dictionary<char, string[]> FromNet = new()
    {
        ['d'] = ["D", "DD", "ddd", "dddd"],
        ['f'] = ["", "", "SSS"],
        ['F'] = ["", "", "SSS"],
        ['g'] = [""],
        ['h'] = ["h", "hh"],
        ['H'] = ["H", "HH"],
        ['K'] = ["Z"],
        ['m'] = ["m", "mm"],
        ['M'] = ["M", "MM", "MMM", "MMMM"],
        ['s'] = ["s", "ss"],
        ['t'] = ["A", "A"],
        ['y'] = ["YY", "YY", "YYYY", "YYYY"],
        ['z'] = ["ZZ", "ZZ", "Z"],
    };

    // Day.js's own letters. Every time is UTC, so its offset is known.
    private static readonly Dictionary<string, string> FromDay = new(StringComparer.Ordinal)
    {
        ["YYYY"] = "yyyy",
        ["YY"] = "yy",
        ["MMMM"] = "MMMM",
        ["MMM"] = "MMM",
        ["MM"] = "MM",
        ["M"] = "%M",
        ["DD"] = "dd",
        ["D"] = "%d",
        ["dddd"] = "dddd",
        ["ddd"] = "ddd",
        ["HH"] = "HH",
        ["H"] = "%H",
        ["hh"] = "hh",
        ["h"] = "%h",
        ["A"] = "tt",
        ["a"] = "tt",
        ["mm"] = "mm",
        ["m"] = "%m",
        ["ss"] = "ss",
        ["s"] = "%s",
        ["SSS"] = "fff",
        ["ZZ"] = "'+0000'",
        ["Z"] = "'+00:00'",
    };

    private readonly ImmutableArray<Piece> _pieces;

    private TimeFormat(ImmutableArray<Piece> pieces) => _pieces = pieces;

    /// <summary>Reads a format; "" is the default. Null when a quotation mark is open, or when it asks for tenths, hundredths or the era.</summary>
    public static TimeFormat? Read(string format) => Pieces(format switch
    {
        "" => Default,
        "o" or "O" => "YYYY-MM-DD'T'HH:mm:ss.SSS'0000'Z",
        _ => format,
    }) is { } pieces ? new(pieces) : null;

    public string Write(DateTime time)
    {
        var text = new StringBuilder();
        foreach (var (token, isLiteral) in _pieces)
        {
            var written = isLiteral ? token : time.ToString(FromDay[token], CultureInfo.InvariantCulture);
            text.Append(token == "a" && !isLiteral ? written.ToLowerInvariant() : written);
        }
        return text.ToString();
    }

    private static ImmutableArray<Piece>? Pieces(string format)
    {
        var pieces = ImmutableArray.CreateBuilder<Piece>();
        for (var at = 0; at < format.Length;)
        {
            var letter = format[at];
            if (letter is '\'' or '`' or '[')
            {
                var close = format.IndexOf(letter == '[' ? ']' : letter, at + 1);
                if (close < 0)
                    return null;
                pieces.Add(new(format[(at + 1)..close], true));
                at = close + 1;
            }
            else if (letter == '\\')
            {
                if (at + 1 == format.Length)
                    return null;
                pieces.Add(new(format[at + 1].ToString(), true));
                at += 2;
            }
            else if (FromNet.TryGetValue(letter, out var runs))
            {
                var length = RunLength(format, at);
                var token = runs[Math.Min(length, runs.Length) - 1];
                if (token.Length == 0)
                    return null;
                pieces.Add(new(token, false));
                at += length;
            }
            else
            {
                var length = letter == '%' ? 1 : DayTokenLength(format, at);
                if (letter != '%')
                    pieces.Add(new(format.Substring(at, Math.Max(length, 1)), length == 0));
                at += Math.Max(length, 1);
            }
        }
        return pieces.ToImmutable();
    }

    private static int RunLength(string format, int at)
    {
        var end = at;
        while (end < format.Length && format[end] == format[at])
            end++;
        return end - at;
    }

    // The longest token of Day.js here, 0 when there is none.
    private static int DayTokenLength(string format, int at)
    {
        for (var length = Math.Min(4, format.Length - at); length > 0; length--)
        {
            if (FromDay.ContainsKey(format.Substring(at, length)))
                return length;
        }
        return 0;
    }

    private readonly record struct Piece(string Text, bool IsLiteral);
}
