namespace ActionMail.Protocol.Carriage;

/// <summary>
/// Knows while a page is read whether it stands where no card is looked for: in a quoted reply, in what a browser does
/// not render, in foreign content. Comments and raw text (noscript, textarea, title) the reader keeps from being tags.
/// </summary>
internal sealed class HiddenPlaces
{
    private int _quotes;
    private int _templates;
    private int _foreign;

    /// <summary>Whether the place is in svg or math.</summary>
    public bool IsForeign => _foreign > 0;

    /// <summary>True when the tag, or the place that it stands in, is hidden.</summary>
    public bool OnTag(in HtmlReader tag)
    {
        var step = tag.Kind == HtmlTokenKind.EndTag ? -1 : 1;
        switch (tag.Text.Length)
        {
            case 10 when tag.IsNamed("blockquote"): _quotes = Math.Max(_quotes + step, 0); break;
            case 8 when tag.IsNamed("template"): _templates = Math.Max(_templates + step, 0); break;
            case 3 when tag.IsNamed("svg"):
            case 4 when tag.IsNamed("math"): _foreign = Math.Max(_foreign + (tag.IsSelfClosing ? 0 : step), 0); break;
        }
        return _quotes > 0 || _templates > 0 || _foreign > 0;
    }
}
