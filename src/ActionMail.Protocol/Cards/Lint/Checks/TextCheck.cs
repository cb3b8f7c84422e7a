using System.Buffers;
using System.Collections.Frozen;
using System.Text.RegularExpressions;
using ActionMail.Protocol.Cards.Lint.Rules;

namespace ActionMail.Protocol.Cards.Lint.Checks;

/// <summary>The Markdown texts of one card, in the order of its text. Most say nothing special, and that is seen without decoding them.</summary>
internal sealed partial class TextCheck(TextRules rules, Findings findings)
{
    private const int LongestWord = 40;
    private const int LongestCard = 4_000;

    // What any of the rules but those of length begins with; C2 is the first byte of a blank that does not break.
    private static readonly SearchValues<byte> Special = SearchValues.Create([.. "<[`&>#|{\t"u8, 0xC2]);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> HtmlTags = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "a", "b", "big", "blockquote", "br", "center", "code", "div", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "li", "ol", "p", "pre", "s",
        "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul")
        .GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> VagueLinks = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "here", "click here", "click", "this", "this link", "link", "more", "press here", "tap here")
        .GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly List<(string Id, JsonNode At)> _linkedActions = [];
    private int _heading;
    private int _letters;
    private JsonNode _first;

    /// <summary>The ids of actions that texts link to, with the text.</summary>
    public IReadOnlyList<(string Id, JsonNode At)> LinkedActions => _linkedActions;

    /// <summary>Whether any text was there that says something.</summary>
    public bool AnyText { get; private set; }

    public void Markdown(JsonNode node)
    {
        if (!node.IsString || node.Bytes.IsEmpty)
            return;
        Count(node);
        var bytes = node.Bytes;
        if (!node.IsPlain || bytes.ContainsAny(Special) || bytes.IndexOf("  "u8) >= 0 || bytes is [(byte)' '])
            Look(node, node.Text!);
        if (node.Bytes.Length > LongestWord)
            FindLongWord(node);
    }

    /// <summary>A text without Markdown: of it only that it was made by a template matters.</summary>
    public void Plain(JsonNode node)
    {
        if (node.IsString && node.Bytes.IndexOf("${"u8) >= 0)
            FindTemplate(node, node.Text!);
    }

    public void Conclude()
    {
        if (_letters > LongestCard)
            findings.Add(rules.TooLong, _first, $"the texts that follow have {_letters} bytes together");
    }

    private void Count(JsonNode node)
    {
        if (_letters == 0)
            _first = node;
        _letters += node.Bytes.Length;
        AnyText = true;
    }

    private void Look(JsonNode node, string text)
    {
        FindTemplate(node, text);
        FindHtml(node, text);
        FindSpacing(node, text);
        FindLinks(node, text);
        FindLines(node, text);
        FindDateFunction(node, text);
    }

    private void FindTemplate(JsonNode node, string text)
    {
        var open = text.IndexOf("${", StringComparison.Ordinal);
        var close = open < 0 ? -1 : text.IndexOf('}', open);
        if (close > open + 2)
            findings.Add(rules.TemplateLeft, node, $"the text has {Findings.Quoted(text[open..(close + 1)])}");
    }

    private void FindHtml(JsonNode node, string text)
    {
        var lastClose = text.LastIndexOf('>');
        for (var open = text.IndexOf('<', StringComparison.Ordinal); open >= 0 && open < lastClose; open = text.IndexOf('<', open + 1))
        {
            var rest = text.AsSpan(text[open + 1] == '/' ? open + 2 : open + 1);
            var end = rest.IndexOfAnyExcept(LettersAndDigits);
            if (end <= 0 || rest[end] is not ('>' or ' ' or '/') || !HtmlTags.Contains(rest[..end]))
                continue;
            findings.Add(rules.Html, node, $"the text has <{rest[..end]}>");
            return;
        }
    }

    // Three blanks within a line make a width; two at its end are a line break, and some at its beginning a list in a list.
    private void FindSpacing(JsonNode node, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            findings.Add(rules.Spacing, node, "the text is nothing but blanks");
        else if (text.Contains("&nbsp;", StringComparison.OrdinalIgnoreCase))
            findings.Add(rules.Spacing, node, "the text has &nbsp;");
        else if ((text.AsSpan().ContainsAny('\t', '\u00A0') || text.Contains("   ", StringComparison.Ordinal)) && Blanks().IsMatch(text))
            findings.Add(rules.Spacing, node, "the text has several blanks in a row");
    }

    private void FindLinks(JsonNode node, string text)
    {
        var (from, close) = (0, 0);
        for (var middle = text.IndexOf("](", StringComparison.Ordinal); middle >= 0; middle = text.IndexOf("](", close, StringComparison.Ordinal))
        {
            close = text.IndexOf(')', middle);
            if (close < 0)
                return;
            if (text.AsSpan(from, middle - from).LastIndexOf('[') is var open and >= 0)
                Bracketed(node, text, from + open, middle, close);
            from = close;
        }
    }

    private void Bracketed(JsonNode node, string text, int open, int middle, int close)
    {
        if (open > 0 && text[open - 1] == '!')
            findings.Add(rules.MarkdownBeyond, node, "the text has a picture, ![…](…)");
        else
            Link(node, text.AsSpan(open + 1, middle - open - 1), TargetOf(text.AsSpan(middle + 2, close - middle - 2).Trim()));
    }

    // A title may follow the target, in quotation marks.
    private static ReadOnlySpan<char> TargetOf(ReadOnlySpan<char> inside)
    {
        var blank = inside.IndexOf(' ');
        return blank > 0 && inside[(blank + 1)..].TrimStart() is ['"' or '\'', ..] ? inside[..blank] : inside;
    }

    private void Link(JsonNode node, ReadOnlySpan<char> words, ReadOnlySpan<char> target)
    {
        const string action = "action:";
        if (target.StartsWith(action, StringComparison.OrdinalIgnoreCase))
            _linkedActions.Add((target[action.Length..].ToString(), node));
        else if (!LinkCheck.IsOpened(target) && !target.Contains("{{", StringComparison.Ordinal) && !target.Contains("${", StringComparison.Ordinal))
            findings.Add(rules.LinkScheme, node, $"the link leads to {Findings.Quoted(target.ToString())}");
        if (VagueLinks.Contains(words.Trim(" *_.!")))
            findings.Add(rules.LinkVague, node, $"the words of the link are {Findings.Quoted(words.ToString())}");
        if (UrlSecrets.NameIn(target.ToString()) is { } name)
            findings.Add(rules.LinkSecret, node, $"the query of a link has a literal {name}");
    }

    private void FindLines(JsonNode node, string text)
    {
        foreach (var range in text.AsSpan().SplitAny('\n', '\r'))
        {
            var line = text.AsSpan(range).TrimStart(' ');
            if (line.StartsWith("```", StringComparison.Ordinal))
                findings.Add(rules.MarkdownBeyond, node, "the text has a block of code, ```");
            else if (line is ['|', .., '|'] && line.Contains("--", StringComparison.Ordinal))
                findings.Add(rules.MarkdownBeyond, node, "the text has a table");
            else if (line.StartsWith("> ", StringComparison.Ordinal))
                findings.Add(rules.MarkdownBeyond, node, "the text has a quotation, >");
            else if (line is ['#', ..])
                Heading(node, line);
        }
    }

    private void Heading(JsonNode node, ReadOnlySpan<char> line)
    {
        var level = line.IndexOfAnyExcept('#');
        if (level is < 1 or > 6 || line[level] != ' ')
            return;
        if (_heading > 0 && level > _heading + 1)
            findings.Add(rules.HeadingSkipped, node, $"a heading of level {level} follows one of level {_heading}");
        _heading = level;
    }

    private void FindDateFunction(JsonNode node, string text)
    {
        for (var open = text.IndexOf("{{", StringComparison.Ordinal); open >= 0; open = text.IndexOf("{{", open + 2, StringComparison.Ordinal))
        {
            var function = text.AsSpan(open + 2);
            if (!function.StartsWith("DATE(", StringComparison.Ordinal) && !function.StartsWith("TIME(", StringComparison.Ordinal))
                continue;
            if (DateFunction().IsMatch(text, open))
                continue;
            findings.Add(rules.DateFunction, node, $"{Findings.Quoted(text[open..Math.Min(text.Length, open + 50)])} cannot be read");
            return;
        }
    }

    private void FindLongWord(JsonNode node)
    {
        for (var bytes = node.Bytes; bytes.Length > LongestWord;)
        {
            var end = bytes.IndexOfAny(WordEnds);
            if ((end < 0 ? bytes.Length : end) > LongestWord && !IsOfScriptWithoutBlanks(bytes[..LongestWord]))
            {
                if (LongestWordIn(node.Text!) is var length and > LongestWord)
                    findings.Add(rules.LongWord, node, $"a word has {length} characters");
                return;
            }
            bytes = end < 0 ? default : bytes[(end + 1)..];
        }
    }

    // The target of a link and a function are not seen, and a word may be broken at a hyphen.
    private static int LongestWordIn(ReadOnlySpan<char> text)
    {
        var (longest, length) = (0, 0);
        var lastClose = text.LastIndexOfAny(')', '}');
        for (var i = 0; i < text.Length; i++)
        {
            length = Breaks.Contains(text[i]) ? 0 : length + 1;
            longest = Math.Max(longest, length);
            if (i < lastClose && (text[i] == '{' || (text[i] == '(' && i > 0 && text[i - 1] == ']')))
                (i, length) = (i + text[i..].IndexOfAny(')', '}'), 0);
        }
        return longest;
    }

    private static bool IsOfScriptWithoutBlanks(ReadOnlySpan<byte> utf8) => utf8.ContainsAnyInRange((byte)0xE0, (byte)0xF4);

    private static readonly SearchValues<char> LettersAndDigits = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
    private static readonly SearchValues<char> Breaks = SearchValues.Create(" \t\r\n-/[]\u00AD\u200B");
    private static readonly SearchValues<byte> WordEnds = SearchValues.Create(" \t\\-/()[]"u8);

    [GeneratedRegex(@"\S([ \t]{3,}|[ \t]?\u00A0[ \t\u00A0]+)\S", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\G\{\{(DATE\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)(, ?(COMPACT|SHORT|LONG))?|TIME\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d))\)\}\}",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex DateFunction();
}
