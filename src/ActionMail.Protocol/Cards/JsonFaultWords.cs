using System.Collections.Immutable;

namespace ActionMail.Protocol.Cards;

/// <summary>What the JSON parser finds wrong, as the writer of the text would say it. Where the parser says it well enough, its own first sentence stays.</summary>
internal static class JsonFaultWords
{
    private static readonly ImmutableArray<(string Beginning, string Words)> Table =
    [
        ("Expected depth to be zero", "the text ends before all that was opened is closed: a } or ] is missing at its end"),
        ("Expected end of string", "a string is not closed: its quotation mark is missing"),
        ("The input does not contain any JSON tokens", "there is no JSON in it"),
        ("The JSON object contains a trailing comma", "there is a comma behind the last member"),
        ("The JSON array contains a trailing comma", "there is a comma behind the last entry"),
        ("Expected a value, but instead reached end of data", "the text ends where a value is expected"),
        ("Expected start of a property name or value, but instead reached end of data", "the text ends behind a comma"),
    ];

    public static string Of(string message)
    {
        foreach (var (beginning, words) in Table)
        {
            if (message.StartsWith(beginning, StringComparison.Ordinal))
                return words;
        }
        return message.Split(". ", 2)[0].TrimEnd('.');
    }
}
