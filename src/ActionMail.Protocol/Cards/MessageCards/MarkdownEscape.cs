using System.Buffers;
using System.Text;

namespace ActionMail.Protocol.Cards.MessageCards;

/// <summary>Text that is to be read as it stands where Markdown is read: each sign that could mean something gets a backslash. CommonMark §2.4.</summary>
internal static class MarkdownEscape
{
    private static readonly SearchValues<char> Signs = SearchValues.Create(@"\`*_~[]#&<>");

    public static string Of(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        var startsLine = true;
        for (var i = 0; i < text.Length; i++)
        {
            if (Signs.Contains(text[i]) || (startsLine && text[i] is '-' or '+') || EndsListNumber(text, i))
                escaped.Append('\\');
            escaped.Append(text[i]);
            startsLine = text[i] is '\n' or '\r' || (startsLine && text[i] is ' ' or '\t');
        }
        return escaped.ToString();
    }

    // "1." and "1)" at the start of a line begin a list of up to nine digits. CommonMark §5.2.
    private static bool EndsListNumber(string text, int index)
    {
        if (text[index] is not ('.' or ')'))
            return false;
        var start = index;
        while (start > 0 && index - start < 9 && char.IsAsciiDigit(text[start - 1]))
            start--;
        var before = text.AsSpan(0, start).TrimEnd(" \t");
        return start < index && (before.IsEmpty || before[^1] is '\n' or '\r');
    }
}
