using AngleSharp.Css.Dom;
using Ganss.Xss;

namespace ActionMail.Server.Inbox;

/// <summary>What of a mail's HTML is shown. What is on no list here is not.</summary>
internal static class HtmlPolicy
{
    private const string Tags = """
        a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em
        figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q s samp section small
        span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr
        """;

    // No id, class or name: they could shadow what a script looks up by name (DOM clobbering).
    private const string Attributes = """
        abbr align alt bgcolor border cellpadding cellspacing clear color colspan compact datetime dir face height href hspace
        lang noshade nowrap reversed role rowspan rules scope size span start summary title type valign value vspace width
        """;

    // Nothing that loads, leaves its place or lies over something else.
    private const string Properties = """
        background background-color border border-collapse border-color border-spacing border-style border-width
        border-top border-top-color border-top-style border-top-width border-right border-right-color border-right-style
        border-right-width border-bottom border-bottom-color border-bottom-style border-bottom-width border-left
        border-left-color border-left-style border-left-width border-radius border-top-left-radius border-top-right-radius
        border-bottom-left-radius border-bottom-right-radius box-sizing caption-side clear color direction display empty-cells
        float font font-family font-size font-style font-variant font-weight height letter-spacing line-height list-style list-style-position
        list-style-type margin margin-top margin-right margin-bottom margin-left max-height max-width min-height min-width opacity
        overflow overflow-wrap overflow-x overflow-y padding padding-top padding-right padding-bottom padding-left table-layout
        text-align text-decoration text-decoration-color text-decoration-line text-decoration-style text-indent text-transform
        vertical-align visibility white-space width word-break word-spacing word-wrap
        """;

    /// <summary>Elements whose content is no text of the mail, and the places of a card (protocol §1).</summary>
    public const string RemovedWithContent =
        "script, style, template, noscript, svg, math, object, embed, applet, iframe, frame, frameset, noframes, noembed, "
        + "textarea, select, datalist, title, link, meta, base, audio, video, source, track, canvas, map, area, input, xml, "
        + "[itemtype*='schema.org/signed' i], [itemprop='signedAdaptiveCard' i], [itemprop='signedMessageCard' i]";

    public static ISet<string> AllowedTags { get; } = Words(Tags);

    public static ISet<string> AllowedAttributes { get; } = Words(Attributes);

    public static ISet<string> AllowedProperties { get; } = Words(Properties);

    public static HtmlSanitizerOptions Options => new()
    {
        AllowedTags = AllowedTags,
        AllowedAttributes = AllowedAttributes,
        AllowedCssProperties = new HashSet<string>(),      // style goes by way of InlineStyle
        AllowedSchemes = Words("http https mailto tel"),
        AllowedAtRules = new HashSet<CssRuleType>(),
        UriAttributes = Words("href"),
    };

    private static HashSet<string> Words(string text) =>
        new(text.Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);
}
