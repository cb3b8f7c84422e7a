using System.Text;
using MimeKit.Text;

namespace ActionMail.Cli.Messages;

/// <summary>HTML as the plain text of the other alternative: the words, and a line for each block.</summary>
internal static class PlainText
{
    public static string Of(string html)
    {
        var text = new StringBuilder();
        var tokenizer = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = true };
        var hidden = HtmlTagId.Unknown;
        while (tokenizer.ReadNextToken(out var token))
        {
            switch (token)
            {
                case HtmlTagToken tag when IsHidden(tag.Id) && !tag.IsEmptyElement:
                    hidden = tag.IsEndTag ? HtmlTagId.Unknown : tag.Id;
                    break;
                case HtmlTagToken { Id: var id } when IsBlock(id):
                    text.Append('\n');
                    break;
                case HtmlDataToken data when hidden == HtmlTagId.Unknown:
                    text.Append(data.Data.ReplaceLineEndings(" "));
                    break;
            }
        }
        var lines = text.ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return string.Join('\n', lines) + "\n";
    }

    private static bool IsHidden(HtmlTagId tag) => tag is HtmlTagId.Script or HtmlTagId.Style or HtmlTagId.Title;

    private static bool IsBlock(HtmlTagId tag) => tag is HtmlTagId.P or HtmlTagId.Br or HtmlTagId.Div or HtmlTagId.TR or HtmlTagId.LI
        or HtmlTagId.H1 or HtmlTagId.H2 or HtmlTagId.H3 or HtmlTagId.H4 or HtmlTagId.H5 or HtmlTagId.H6 or HtmlTagId.Body;
}
