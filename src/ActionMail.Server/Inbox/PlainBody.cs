using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace ActionMail.Server.Inbox;

/// <summary>The plain text of a mail as HTML: paragraphs at empty lines, web addresses as links, all else encoded.</summary>
internal static class PlainBody
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Render(string text)
    {
        var html = new StringBuilder(text.Length + (text.Length / 4));
        var inParagraph = false;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.IsWhiteSpace())
            {
                html.Append(inParagraph ? "</p>\n" : "");
                inParagraph = false;
                continue;
            }
            html.Append(inParagraph ? "<br>\n" : "<p>");
            inParagraph = true;
            AppendLine(line.TrimEnd(), html);
        }
        return html.Append(inParagraph ? "</p>\n" : "").ToString();
    }

    private static void AppendLine(ReadOnlySpan<char> line, StringBuilder html)
    {
        while (!line.IsEmpty)
        {
            var begin = AddressStart(line);
            html.Append(Encoder.Encode(line[..begin].ToString()));
            line = line[begin..];
            if (line.IsEmpty)
                return;
            var length = AddressLength(line);
            AppendAddress(line[..length].ToString(), html);
            line = line[length..];
        }
    }

    private static int AddressStart(ReadOnlySpan<char> line)
    {
        for (var at = 0; at < line.Length; at++)
        {
            var begins = line[at] is 'h' or 'H' && (at == 0 || !char.IsLetterOrDigit(line[at - 1]));
            if (begins && (line[at..].StartsWith("http://", StringComparison.OrdinalIgnoreCase) || line[at..].StartsWith("https://", StringComparison.OrdinalIgnoreCase)))
                return at;
        }
        return line.Length;
    }

    private static int AddressLength(ReadOnlySpan<char> line)
    {
        var end = 0;
        while (end < line.Length && !char.IsWhiteSpace(line[end]) && !char.IsControl(line[end]) && !"<>\"".Contains(line[end], StringComparison.Ordinal))
            end++;
        // What ends a sentence or closes a bracket around the address is hardly a part of it.
        return line[..end].TrimEnd(".,;:!?'*_)]}").Length;
    }

    private static void AppendAddress(string address, StringBuilder html)
    {
        var encoded = Encoder.Encode(address);
        if (SafeLink.IsSafe(address))
            html.Append($"<a href=\"{encoded}\" rel=\"{SafeLink.Rel}\" target=\"{SafeLink.Target}\">{encoded}</a>");
        else
            html.Append(encoded);
    }
}
