using System.Net;
using ActionMail.Protocol.Cards;

namespace ActionMail.Sdk;

/// <summary>Puts a card into an HTML body in one of the forms of protocol §1.</summary>
internal static class CardMarkup
{
    private const string Hidden = "mso-hide:all;display:none;max-height:0px;overflow:hidden;";

    /// <summary>The microdata of a signed card, as the last thing in the body.</summary>
    public static string WithSigned(string html, string title, SignedCard card)
    {
        var (type, member) = card.Kind is CardKind.AdaptiveCard
            ? ("SignedAdaptiveCard", "signedAdaptiveCard")
            : ("SignedMessageCard", "signedMessageCard");
        var block = $"""
            <section itemscope itemtype="http://schema.org/{type}">
            <meta itemprop="@context" content="http://schema.org/extensions">
            <meta itemprop="@type" content="{type}">
            <div itemprop="{member}" style="{Hidden}">{card.Jws}</div>
            </section>

            """;
        return InsertBefore(AsDocument(html, title), "</body>", block);
    }

    /// <summary>The script of an unsigned card, in the head.</summary>
    public static string WithUnsigned(string html, string title, string cardJson, CardKind kind)
    {
        var type = kind is CardKind.AdaptiveCard ? "application/adaptivecard+json" : "application/ld+json";
        // In JSON a '<' stands in strings only, and there its escape means the same: no text can end the script.
        var safe = cardJson.Replace("<", "\\u003c", StringComparison.Ordinal);
        return InsertBefore(AsDocument(html, title), "</head>", $"<script type=\"{type}\">{safe}</script>\n");
    }

    private static string AsDocument(string html, string title)
    {
        if (html.Contains("<body", StringComparison.OrdinalIgnoreCase))
            return html;
        return $"""
            <!DOCTYPE html>
            <html>
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>{WebUtility.HtmlEncode(title)}</title>
            </head>
            <body>
            {html}
            </body>
            </html>
            """;
    }

    private static string InsertBefore(string document, string endTag, string block)
    {
        var at = document.LastIndexOf(endTag, StringComparison.OrdinalIgnoreCase);
        return at >= 0
            ? document.Insert(at, block)
            : throw new ArgumentException($"The HTML body is a document without {endTag}, where the card belongs. Give a whole document, or only what stands inside <body>.");
    }
}
