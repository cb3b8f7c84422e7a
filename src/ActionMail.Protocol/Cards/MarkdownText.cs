using System.Text;

namespace ActionMail.Protocol.Cards;

/// <summary>A card's text for one line of a list: the marks of emphasis are gone, and of a link its words are left. Protocol §4.</summary>
internal static class MarkdownText
{
    private static readonly string[] Marks = ["**", "__", "~~"];

    /// <summary>The text in one pass: each character is looked at once, and a link's address is skipped.</summary>
    public static string Plain(string markdown)
    {
        var text = new StringBuilder(markdown.Length);
        var rest = markdown.AsSpan().TrimStart("# ");
        var (labelEnd, lastClose) = (-1, rest.LastIndexOf(')'));
        for (var at = 0; at < rest.Length;)
        {
            if (at == labelEnd)
                at = rest[at..].IndexOf(')') + at + 1;
            else if (rest[at] == '[' && LabelEnd(rest, at) is > 0 and var end && end < lastClose)
                (labelEnd, at) = (end, at + 1);
            else if (Mark(rest[at..]) is > 0 and var length)
                at += length;
            else
                text.Append(rest[at++]);
        }
        return text.ToString();
    }

    // The place of the "](" that makes a link of the words before it; a bracket between them makes none.
    private static int LabelEnd(ReadOnlySpan<char> text, int open)
    {
        var next = text[(open + 1)..].IndexOfAny('[', ']');
        var close = open + 1 + next;
        return next >= 0 && text[close..].StartsWith("](", StringComparison.Ordinal) ? close : -1;
    }

    private static int Mark(ReadOnlySpan<char> text)
    {
        foreach (var mark in Marks)
        {
            if (text.StartsWith(mark, StringComparison.Ordinal))
                return mark.Length;
        }
        return 0;
    }
}
