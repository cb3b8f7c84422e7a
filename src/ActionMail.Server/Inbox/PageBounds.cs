using System.Text;
using MimeKit.Text;

namespace ActionMail.Server.Inbox;

/// <summary>
/// Which pages are worth building a tree of. By the rules of HTML an open element costs again with each tag that follows,
/// and an open formatting element is repeated in each paragraph: what no sender writes would cost minutes. Security N-05.
/// </summary>
internal static class PageBounds
{
    private const int MaxCharacters = 1_000_000;
    private const int MaxTags = 20_000;
    private const int MaxAttributes = 100;
    private const int MaxOpen = 256;
    private const int MaxOpenFormatting = 32;

    // HTML Living Standard §13.2.4.3.
    private static readonly HashSet<string> Formatting = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
    };

    // Their end tags may be left out, and the next one of them ends the last.
    private static readonly HashSet<string> EndedByTheNext = new(StringComparer.OrdinalIgnoreCase)
    {
        "p", "li", "dd", "dt", "td", "th", "tr", "tbody", "thead", "tfoot", "html", "head", "body",
    };

    public static bool Holds(string html)
    {
        if (html.Length > MaxCharacters)
            return false;
        var open = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var (tags, total, formatting) = (0, 0, 0);
        var tokenizer = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = false };
        while (tokenizer.ReadNextToken(out var token))
        {
            if (token is not HtmlTagToken tag)
                continue;
            var step = StepOf(tag, open);
            total += step;
            formatting += Formatting.Contains(tag.Name) ? step : 0;
            if (++tags > MaxTags || tag.Attributes.Count > MaxAttributes || total > MaxOpen || formatting > MaxOpenFormatting)
                return false;
        }
        return true;
    }

    /// <summary>The words of a page that is not shown as HTML.</summary>
    public static string TextOf(string html)
    {
        var text = new StringBuilder();
        var tokenizer = new HtmlTokenizer(new StringReader(html.Length > MaxCharacters ? html[..MaxCharacters] : html));
        var skip = false;
        while (tokenizer.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken tag)
            {
                skip = !tag.IsEndTag && tag.Id is HtmlTagId.Style or HtmlTagId.Title or HtmlTagId.NoScript or HtmlTagId.TextArea;
                if (tag.Id is HtmlTagId.Br or HtmlTagId.P or HtmlTagId.Div or HtmlTagId.TR && text.Length > 0 && text[^1] != '\n')
                    text.Append('\n');
            }
            else if (token is HtmlDataToken { Kind: HtmlTokenKind.Data } data && !skip)
            {
                text.Append(data.Data);
            }
        }
        return text.ToString();
    }

    /// <summary>How many more elements are open behind the tag: an end tag counts only where its element is open.</summary>
    private static int StepOf(HtmlTagToken tag, Dictionary<string, int> open)
    {
        if (tag.Id.IsEmptyElement() || EndedByTheNext.Contains(tag.Name))
            return 0;
        var count = open.GetValueOrDefault(tag.Name);
        var step = !tag.IsEndTag ? 1 : count > 0 ? -1 : 0;
        open[tag.Name] = count + step;
        return step;
    }
}
