using System.Text;
using MimeKit.Text;

namespace ActionMail.Mail.Message;

/// <summary>The first words of a mail, for a list. Reads no further than it needs to.</summary>
internal static class PreviewText
{
    private const int Length = 140;
    private const int HtmlRead = 100_000;

    public static string OfText(string text)
    {
        var preview = new StringBuilder(Length);
        Append(text, preview);
        return preview.ToString().TrimEnd();
    }

    public static string OfHtml(string html)
    {
        var preview = new StringBuilder(Length);
        var tokenizer = new HtmlTokenizer(new StringReader(html.Length > HtmlRead ? html[..HtmlRead] : html));
        string? skipped = null;
        while (preview.Length < Length && tokenizer.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken tag)
                skipped = Skips(tag, skipped);
            else if (token is HtmlDataToken { Kind: HtmlTokenKind.Data } data && skipped is null)
                Append(data.Data, preview);
            if (preview.Length > 0 && preview[^1] != ' ' && token.Kind == HtmlTokenKind.Tag)
                preview.Append(' ');
        }
        return preview.ToString().TrimEnd();
    }

    /// <summary>The element whose text is not shown, while it is open.</summary>
    private static string? Skips(HtmlTagToken tag, string? open) =>
        open is not null ? (tag.IsEndTag && tag.Name.Equals(open, StringComparison.OrdinalIgnoreCase) ? null : open)
        : !tag.IsEndTag && tag.Id is HtmlTagId.Style or HtmlTagId.Title or HtmlTagId.Script or HtmlTagId.NoScript ? tag.Name
        : null;

    private static void Append(string text, StringBuilder preview)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (preview.Length >= Length)
                return;
            if (!Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune))
                preview.Append(rune.ToString());
            else if (preview.Length > 0 && preview[^1] != ' ')
                preview.Append(' ');
        }
    }
}
