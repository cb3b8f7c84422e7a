using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActionMail.Cli.Terminal;

/// <summary>How results are printed.</summary>
internal static class Printing
{
    /// <summary>camelCase, indented, enums as words. Relaxed escaping: the reader is a terminal or a program, never HTML.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private static readonly JsonSerializerOptions Line = new(Json) { WriteIndented = false, DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    /// <summary>The option that every command with a result has.</summary>
    public static Option<bool> JsonOption() => new("--json") { Description = "Print the result as JSON." };

    extension(ParseResult parse)
    {
        /// <summary>Standard output.</summary>
        public TextWriter Output => parse.InvocationConfiguration.Output;

        /// <summary>Prints a value as JSON.</summary>
        public void PrintJson<T>(T value) => parse.Output.WriteLine(JsonSerializer.Serialize(value, Json));

        /// <summary>Prints a value as JSON on one line, every member of it.</summary>
        public void PrintJsonLine<T>(T value) => parse.Output.WriteLine(JsonSerializer.Serialize(value, Line));
    }

    extension(string text)
    {
        /// <summary>The text without control characters: what came in a mail must not steer the reader's terminal.</summary>
        public string Printable => string.Concat(text.Select(c => char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format ? '\uFFFD' : c));
    }

    extension(JsonException unreadable)
    {
        /// <summary>What is wrong and where, with lines and columns counted from 1, as editors count them; the reader counts from 0.</summary>
        public string Sentence
        {
            get
            {
                if (unreadable is not { LineNumber: { } line, BytePositionInLine: { } column })
                    return unreadable.Message;
                var words = unreadable.Message.Split(" Path: ", 2)[0].Split(" LineNumber: ", 2)[0];
                var member = unreadable.Path is { Length: > 1 } path ? $" ({path})" : "";
                return string.Create(CultureInfo.InvariantCulture, $"{words} Line {line + 1}, column {column + 1}{member}.");
            }
        }
    }

    extension(ArgumentException refusal)
    {
        /// <summary>What the SDK says of its input, without the name of a parameter that the caller of a program never sees.</summary>
        public string Sentence => refusal.Message.Split(" (Parameter", 2)[0];
    }
}
