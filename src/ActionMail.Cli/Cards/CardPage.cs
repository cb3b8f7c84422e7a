using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ActionMail.Protocol.Cards;

namespace ActionMail.Cli.Cards;

/// <summary>The colours of a page.</summary>
internal enum CardTheme
{
    Light,
    Dark,
}

/// <summary>
/// A card as a page that needs nothing else: the inbox's own element and styles, built from src/web, and the card as the inbox would get it. The
/// policy of the page lets only these run and loads nothing.
/// </summary>
internal static class CardPage
{
    private static readonly string Script = Asset("inbox.js");
    private static readonly string Styles = Asset("inbox.css");

    public static string Of(Card card, CardTheme theme, int width) => Of(
        card.Summary, theme, width,
        // The serializer writes "<" as an escape, so that no text of a card ends the element that it is in.
        $"""<actionable-card preview><script type="application/json">{JsonSerializer.Serialize(CardDisplay.Of(card))}</script></actionable-card>""");

    /// <summary>The page of a client that shows the text of the mail and no card.</summary>
    public static string WithoutCard(string client, string why, CardTheme theme, int width) => Of(
        client, theme, width,
        $"""<h1 class="subject" data-drawn-height="{HeightOf(why, width)}">{WebUtility.HtmlEncode(client)}</h1><p>No card: {WebUtility.HtmlEncode(why)}. The reader sees the text of the mail.</p>""");

    // For the picture. No element is there that would measure itself: a letter is some eight pixels wide, a line twenty-four high.
    private static int HeightOf(string why, int width) => 160 + (24 * ((why.Length + 60) / ((width - 32) / 8)));

    private static string Of(string title, CardTheme theme, int width, string content)
    {
        var frame = string.Create(CultureInfo.InvariantCulture, $"body {{ display: block; inline-size: {width}px; min-height: 0; padding: 16px; }}");
        return $"""
            <!DOCTYPE html>
            <html lang="en" data-theme="{theme.ToString().ToLowerInvariant()}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="{Policy(frame)}">
            <title>{WebUtility.HtmlEncode(title.Length > 0 ? title : "Card")}</title>
            <link rel="icon" href="data:,">
            <style>{Styles}</style>
            <style>{frame}</style>
            </head>
            <body>
            <main id="card-page">{content}</main>
            <script type="module">{Script}</script>
            </body>
            </html>

            """;
    }

    // As the inbox's own, but for what may be loaded: nothing.
    private static string Policy(string frame) =>
        $"default-src 'none'; script-src '{HashOf(Script)}'; style-src '{HashOf(Styles)}' '{HashOf(frame)}'; img-src data:; form-action 'none'; base-uri 'none'; "
        + "require-trusted-types-for 'script'; trusted-types default dompurify adaptivecards#markdownPassthroughPolicy adaptivecards#restoreContentsPolicy "
        + "adaptivecards#deprecatedExportedFunctionPolicy";

    private static string HashOf(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // A parser of HTML turns CRLF into LF before it hashes.
    private static string Asset(string name)
    {
        using var asset = new StreamReader(typeof(CardPage).Assembly.GetManifestResourceStream(name)!);
        return asset.ReadToEnd().ReplaceLineEndings("\n");
    }
}
