using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ganss.Xss;

namespace ActionMail.Server.Inbox;

internal sealed record HtmlBodyResult(string Html, int BlockedImages);

/// <summary>
/// The HTML of a mail made harmless for the sandboxed frame, by allow-list alone (security E-01). Nothing in the result
/// loads from anywhere, runs, submits or names anything, and the card's own carriage is taken out.
/// </summary>
internal static class HtmlBody
{
    private static readonly HtmlSanitizer Sanitizer = new(HtmlPolicy.Options)
    {
        KeepChildNodes = true,      // of an unknown element the text is shown; what must go with its content goes first
    };

    public static HtmlBodyResult Sanitize(string html)
    {
        if (!PageBounds.Holds(html))
            return new(PlainBody.Render(PageBounds.TextOf(html)), 0);

        var page = Sanitizer.HtmlParserFactory().ParseDocument(html);
        RemoveWithContent(page);
        var blocked = BlockImages(page);
        // Taken out before the sanitizer, whose own reading of a style costs a hundred times the rest.
        var styles = TakeStyles(page);
        Sanitizer.SanitizeDom(page, page.Body);
        foreach (var (element, style) in styles)
            element.SetAttribute("style", style);
        foreach (var link in page.QuerySelectorAll<IHtmlAnchorElement>("a"))
            SendElsewhere(link);
        return new(page.Body?.ChildNodes.ToHtml(Sanitizer.OutputFormatter) ?? "", blocked);
    }

    private static void RemoveWithContent(IHtmlDocument page)
    {
        foreach (var element in page.QuerySelectorAll(HtmlPolicy.RemovedWithContent))
            element.Remove();
    }

    private static List<(IElement Element, string Style)> TakeStyles(IHtmlDocument page)
    {
        var styles = new List<(IElement, string)>();
        foreach (var element in page.QuerySelectorAll("[style]"))
        {
            if (InlineStyle.Filter(element.GetAttribute("style")!) is { } style)
                styles.Add((element, style));
            element.RemoveAttribute("style");
        }
        return styles;
    }

    /// <summary>Counts what would have loaded a picture; the attributes themselves are on no list and go with the rest.</summary>
    private static int BlockImages(IHtmlDocument page) =>
        page.QuerySelectorAll("img, [background]").Count(element =>
            IsRemote(element.GetAttribute("src")) || IsRemote(element.GetAttribute("srcset")) || IsRemote(element.GetAttribute("background")));

    private static bool IsRemote(string? address) =>
        address?.Trim() is { Length: > 0 } written
        && !written.StartsWith("cid:", StringComparison.OrdinalIgnoreCase)
        && !written.StartsWith("data:", StringComparison.OrdinalIgnoreCase);

    private static void SendElsewhere(IHtmlAnchorElement link)
    {
        if (!SafeLink.IsSafe(link.GetAttribute("href")))
        {
            link.RemoveAttribute("href");
            return;
        }
        link.SetAttribute("rel", SafeLink.Rel);
        link.SetAttribute("target", SafeLink.Target);
    }
}
