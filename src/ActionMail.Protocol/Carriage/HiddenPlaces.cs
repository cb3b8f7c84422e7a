using MimeKit.Text;

namespace ActionMail.Protocol.Carriage;

/// <summary>
/// Knows while a page is read whether it stands where no card is looked for: in a quoted reply, in what a browser does
/// not render, in foreign content. Comments and raw text (noscript, textarea, title) the tokenizer keeps from being tags.
/// </summary>
internal sealed class HiddenPlaces
{
    private int _quotes;
    private int _templates;
    private int _foreign;
    private string? _rawText;

    /// <summary>True when the tag, or the place that it stands in, is hidden.</summary>
    public bool OnTag(HtmlTagToken tag)
    {
        if (_rawText is not null)
        {
            if (tag.IsEndTag && tag.Name.Equals(_rawText, StringComparison.OrdinalIgnoreCase))
                _rawText = null;
            return true;
        }
        // HTML knows no self-closing raw text: to a browser what follows "<textarea/>" is inside it.
        if (tag is { IsEndTag: false, IsEmptyElement: true } && IsRawText(tag.Id))
            _rawText = tag.Name;
        Count(tag);
        return _rawText is not null || _quotes > 0 || _templates > 0 || _foreign > 0;
    }

    private void Count(HtmlTagToken tag)
    {
        var step = tag.IsEndTag ? -1 : 1;
        if (tag.Id == HtmlTagId.BlockQuote)
            _quotes = Math.Max(_quotes + step, 0);
        else if (tag.Name.Equals("template", StringComparison.OrdinalIgnoreCase))
            _templates = Math.Max(_templates + step, 0);
        else if (tag.Name.Equals("svg", StringComparison.OrdinalIgnoreCase) || tag.Name.Equals("math", StringComparison.OrdinalIgnoreCase))
            _foreign = Math.Max(_foreign + (tag.IsEmptyElement ? 0 : step), 0);
    }

    private static bool IsRawText(HtmlTagId id) => id is HtmlTagId.Script or HtmlTagId.Style or HtmlTagId.Title or HtmlTagId.TextArea
        or HtmlTagId.NoScript or HtmlTagId.IFrame or HtmlTagId.NoEmbed or HtmlTagId.NoFrames or HtmlTagId.Xmp or HtmlTagId.PlainText;
}
