using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using static ActionMail.Protocol.Cards.Templating.LogicFunctions;
using static ActionMail.Protocol.Cards.Templating.TemplateFunction;

namespace ActionMail.Protocol.Cards.Templating;

/// <summary>Texts. Letter case follows no language, so a locale is taken and changes nothing.</summary>
internal static partial class TextFunctions
{
    private static readonly char[] WordBreaks = [' ', '\t', '\r', '\n', '\f', '\v', '\u00a0', '\u2028', '\u2029', '\ufeff'];

    public static readonly TemplateFunction[] Table =
    [
        .. Named(["concat", "&"], name => Of(name, 1, AnyNumber, Concat)),
        OfText("length", 1, text => text.Length),
        OfText("toLower", 2, text => text.ToLowerInvariant()),
        OfText("toUpper", 2, text => text.ToUpperInvariant()),
        OfText("trim", 1, text => text.Trim()),
        OfText("sentenceCase", 2, text => text.Length == 0 ? "" : Capitalised(text)),
        OfText("titleCase", 2, text => Word().Replace(text, word => Capitalised(word.Value))),
        OfText("countWord", 1, text => Math.Max(1, text.Split(WordBreaks, StringSplitOptions.RemoveEmptyEntries).Length)),
        OfTwoTexts("startsWith", (text, start) => text.StartsWith(start, StringComparison.Ordinal)),
        OfTwoTexts("endsWith", (text, end) => text.EndsWith(end, StringComparison.Ordinal)),
        Of("replace", 3, 3, args => Replace(args, StringComparison.Ordinal)),
        Of("replaceIgnoreCase", 3, 3, args => Replace(args, StringComparison.OrdinalIgnoreCase)),
        Of("split", 1, 2, Split),
        Of("substring", 2, 3, Substring),
        Of("addOrdinal", 1, 1, args => args.Number(0) is { } number && number == Math.Floor(number) ? NumberText.Of(number) + Ordinal(number) : args.Wrong(0, "a whole number")),
        Of("EOL", 0, 0, _ => "\n"),
    ];

    private static TemplateFunction OfText(string name, int max, Func<string, TemplateValue> function) =>
        Of(name, 1, max, args => args.Text(0) is { } text ? function(text) : args.Wrong(0, "a text"));

    private static TemplateFunction OfTwoTexts(string name, Func<string, string, TemplateValue> function) => Of(name, 2, 2, args =>
        args.Text(0) is not { } first ? args.Wrong(0, "a text") : args.Text(1) is not { } second ? args.Wrong(1, "a text") : function(first, second));

    // Lists are joined to one list; anything else is joined as text, a list or an object as its JSON.
    private static TemplateValue Concat(FunctionArguments args)
    {
        if (args.All.All(value => value is TemplateValue.List || value.IsNothing) && args.All.Any(value => value is TemplateValue.List))
            return TemplateValue.Of(args.All.OfType<TemplateValue.List>().SelectMany(list => list.Items));
        var text = new StringBuilder();
        foreach (var value in args.All)
        {
            if (!args.CanSpellOut(value))
                return FunctionArguments.TooMuch;
            text.Append(value is TemplateValue.List ? ValueText.Json(value) : ValueText.Of(value));
        }
        return text.ToString();
    }

    private static TemplateValue Replace(FunctionArguments args, StringComparison comparison)
    {
        if (args.Text(0) is not { } text)
            return args.Wrong(0, "a text");
        if (args.Text(1) is not { Length: > 0 } old)
            return args.Wrong(1, "a text of at least one character");
        if (args.Text(2) is not { } replacement)
            return args.Wrong(2, "a text");
        // A long text of short matches can grow far beyond what was paid for.
        var most = (long)text.Length / old.Length * replacement.Length;
        return args.Scope.Budget.Spend(Math.Max(0, most)) ? text.Replace(old, replacement, comparison) : FunctionArguments.TooMuch;
    }

    private static TemplateValue Split(FunctionArguments args)
    {
        if (args.Text(0) is not { } text)
            return args.Wrong(0, "a text");
        if (args.Text(1) is not { } separator)
            return args.Wrong(1, "a text");
        return TemplateValue.Of(separator.Length > 0
            ? text.Split(separator, StringSplitOptions.None).Select(part => (TemplateValue)part)
            : text.Select(letter => (TemplateValue)letter.ToString()));
    }

    private static TemplateValue Substring(FunctionArguments args)
    {
        if (args.Text(0) is not { } text)
            return args.Wrong(0, "a text");
        if (args.Whole(1) is not { } start || start < 0 || start > text.Length)
            return args.Wrong(1, "a place in the text");
        var length = args.Count > 2 ? args.Whole(2) : text.Length - start;
        return length is >= 0 && length <= text.Length - start ? text.Substring(start, length.Value) : args.Wrong(2, "a length that the text has");
    }

    private static string Ordinal(double number) => number <= 0 ? "" : (number % 100, number % 10) switch
    {
        (11 or 12 or 13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };

    private static string Capitalised(string word) => char.ToUpperInvariant(word[0]).ToString(CultureInfo.InvariantCulture) + word[1..].ToLowerInvariant();

    [GeneratedRegex(@"[A-Za-z0-9_]\S*", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
