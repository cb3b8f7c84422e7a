using ActionMail.Server.Inbox;
using ActionMail.Tests;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace ActionMail.Server.Tests.Inbox;

public class HtmlBodyTests
{
    [Theory]
    [InlineData("text and structure", "<div><h1>A</h1><p>b<br><b>c</b></p><ul><li>d</li></ul></div>", "<div><h1>A</h1><p>b<br><b>c</b></p><ul><li>d</li></ul></div>")]
    [InlineData("table of a newsletter", "<table width=\"600\" cellpadding=\"0\" bgcolor=\"#fff\"><tbody><tr><td align=\"center\">a</td></tr></tbody></table>", "<table width=\"600\" cellpadding=\"0\" bgcolor=\"#fff\"><tbody><tr><td align=\"center\">a</td></tr></tbody></table>")]
    [InlineData("only the body", "<html><head><title>t</title><style>p{color:red}</style></head><body><p>a</p></body></html>", "<p>a</p>")]
    [InlineData("comment", "<p>a<!-- b --></p>", "<p>a</p>")]
    [InlineData("names", "<p id=\"a\" class=\"b\" name=\"c\" data-x=\"d\">a</p>", "<p>a</p>")]
    [InlineData("unknown element", "<p><o:p>a</o:p><x-y>b</x-y></p>", "<p>ab</p>")]
    [InlineData("form", "<form action=\"https://x.test\"><label>a</label><input name=\"b\"><button>c</button></form>", "ac")]
    [InlineData("script", "<p>a<script>b</script></p>", "<p>a</p>")]
    [InlineData("handler", "<p onclick=\"x()\">a</p>", "<p>a</p>")]
    [InlineData("card script", "<head><script type=\"application/adaptivecard+json\">{}</script></head><p>a</p>", "<p>a</p>")]
    [InlineData("signed section", "<p>a</p><section itemscope itemtype=\"http://schema.org/SignedAdaptiveCard\"><meta itemprop=\"@type\" content=\"SignedAdaptiveCard\"><div itemprop=\"signedAdaptiveCard\">h.p.s</div></section>", "<p>a</p>")]
    [InlineData("signed section over https", "<div itemscope itemtype=\"https://SCHEMA.org/SignedMessageCard\"><p itemprop=\"signedMessageCard\">h.p.s</p></div><p>a</p>", "<p>a</p>")]
    [InlineData("encoded text", "<p>&lt;b&gt; &amp; \"</p>", "<p>&lt;b&gt; &amp; \"</p>")]
    [InlineData("nothing", "", "")]
    public void Only_what_is_on_the_lists_is_left(string why, string html, string expected) =>
        Assert.True(HtmlBody.Sanitize(html).Html == expected, $"{why}: {HtmlBody.Sanitize(html).Html}");

    [Theory]
    [InlineData("https://contoso.test/a?b=c&amp;d", true)]
    [InlineData("HTTP://contoso.test", true)]
    [InlineData("mailto:a@contoso.test", true)]
    [InlineData("tel:+4712345678", true)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("JaVaScRiPt:alert(1)", false)]
    [InlineData(" javascript:alert(1)", false)]
    [InlineData("java\tscript:alert(1)", false)]
    [InlineData("java&#10;script:alert(1)", false)]
    [InlineData("&#1;javascript:alert(1)", false)]
    [InlineData("javascript&colon;alert(1)", false)]
    [InlineData("ht\ntps://contoso.test", false)]
    [InlineData("vbscript:x", false)]
    [InlineData("data:text/html,x", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("/inbox/sign-out", false)]
    [InlineData("//contoso.test/x", false)]
    [InlineData("#top", false)]
    [InlineData("blob:https://contoso.test/x", false)]
    public void A_link_goes_to_the_web_mail_or_telephone_in_a_page_of_its_own(string href, bool kept)
    {
        var link = Assert.Single(Parse(HtmlBody.Sanitize($"<a href=\"{href}\" ping=\"https://x.test\" download target=\"_top\" rel=\"opener\">a</a>").Html).QuerySelectorAll("a"));

        Assert.Equal(kept, link.HasAttribute("href"));
        Assert.Equal(kept ? ["href", "rel", "target"] : [], link.Attributes.Select(attribute => attribute.Name).Order().ToArray());
        Assert.Equal(kept ? ("noopener noreferrer nofollow", "_blank") : (null, null), (link.GetAttribute("rel"), link.GetAttribute("target")));
    }

    [Theory]
    [InlineData("<img src=\"https://x.test/a.png\" alt=\"a picture\" width=\"10\">", "<img alt=\"a picture\" width=\"10\">", 1)]
    [InlineData("<img src=\"//x.test/a.png\"><img srcset=\"https://x.test/a.png 2x\">", "<img><img>", 2)]
    [InlineData("<img src=\"cid:logo@x\" alt=\"logo\"><img src=\"data:image/png;base64,AA==\">", "<img alt=\"logo\"><img>", 0)]
    [InlineData("<table background=\"https://x.test/a.png\"><tbody><tr><td>a</td></tr></tbody></table>", "<table><tbody><tr><td>a</td></tr></tbody></table>", 1)]
    [InlineData("<p>a</p>", "<p>a</p>", 0)]
    public void Remote_pictures_are_blocked_and_counted(string html, string expected, int blocked) =>
        Assert.Equal(new HtmlBodyResult(expected, blocked), HtmlBody.Sanitize(html));

    [Theory]
    [InlineData("color:red", "color:red")]
    [InlineData(" COLOR : #fff ; ; background : rgba(0, 0, 0, .5)", "color:#fff;background:rgba(0, 0, 0, .5)")]
    [InlineData("margin:0 auto;padding:-1px !important", "margin:0 auto;padding:-1px !important")]
    [InlineData("font:bold 12px/1.5 &quot;Segoe UI&quot;,'M\u00FCller (a)',sans-serif", "font:bold 12px/1.5 \"Segoe UI\",'M\u00FCller (a)',sans-serif")]
    [InlineData("display:none;max-height:0px;overflow:hidden;mso-hide:all", "display:none;max-height:0px;overflow:hidden")]
    [InlineData("width:10px;position:fixed;top:0;height:20px", "width:10px;height:20px")]
    public void Plain_style_is_kept(string style, string expected) =>
        Assert.Equal(expected, Parse(HtmlBody.Sanitize($"<p style=\"{style}\">a</p>").Html).QuerySelector("p")!.GetAttribute("style"));

    [Theory]
    [InlineData("position:absolute")]
    [InlineData("z-index:9")]
    [InlineData("background:url(https://x.test/a)")]
    [InlineData("background:red url(https://x.test/a)")]
    [InlineData("background:url (x)")]
    [InlineData("background:URL('a')")]
    [InlineData("background-image:url(https://x.test/a)")]
    [InlineData("background:image-set('a' 1x)")]
    [InlineData("list-style:url(a)")]
    [InlineData("cursor:url(a),auto")]
    [InlineData("content:url(a)")]
    [InlineData("border-image:url(a) 1")]
    [InlineData("background:u\\72l(a)")]
    [InlineData("b\\61 ckground:red")]
    [InlineData("background:u/**/rl(a)")]
    [InlineData("background:/*")]
    [InlineData("behavior:url(#default#time2)")]
    [InlineData("-moz-binding:url(a)")]
    [InlineData("width:expression(alert(1))")]
    [InlineData("width:calc(100% + 1px)")]
    [InlineData("--x:red")]
    [InlineData("color:var(--x)")]
    [InlineData("color:rgb(1,url(a))")]
    [InlineData("color:rgb(1")]
    [InlineData("color:rgb 1)")]
    [InlineData("font-family:'a")]
    [InlineData("font-family:'a;'b")]
    [InlineData("font-family:&quot;a'")]
    [InlineData("color:red}p{x")]
    [InlineData("color:red\nx")]
    [InlineData("@import 'a'")]
    [InlineData("transform:scale(99)")]
    [InlineData("animation:a 1s")]
    [InlineData("color")]
    [InlineData("color:")]
    [InlineData("")]
    public void Style_that_could_be_read_in_another_way_is_dropped(string style) =>
        Assert.Equal("<p>a</p>", HtmlBody.Sanitize($"<p style=\"{style}\">a</p>").Html);

    [Fact]
    public void A_style_of_unusual_length_is_dropped() =>
        Assert.Equal("<p>a</p>", HtmlBody.Sanitize($"<p style=\"{string.Concat(Enumerable.Repeat("color:red;", 1_000))}\">a</p>").Html);

    public static TheoryData<string> Mutations => new(
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<math><xmp><img src=x onerror=alert(1)></xmp></math>",
        "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\"></xmp>",
        "<template><script>alert(1)</script><img src=x onerror=alert(1)></template>",
        "<select><template><style><!--</style><a rel=\"--></style></template></select><img src=x onerror=alert(1)>\">",
        "<textarea><p title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>",
        "<title><p title=\"</title><img src=x onerror=alert(1)>\"></title>",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
        "<noembed><img title=\"</noembed><img src=x onerror=alert(1)>\"></noembed>",
        "<plaintext><img src=x onerror=alert(1)>",
        "<svg><foreignObject><iframe srcdoc=x></foreignObject></svg>",
        "<svg><a xlink:href=\"javascript:alert(1)\"><text>a</text></a></svg>",
        "<math href=\"javascript:alert(1)\">a</math>",
        "<p title=\"<style><img src=x onerror=alert(1)>\">a",
        "<a title=\"</a><img src=x onerror=alert(1)>\" href=\"https://x.test\">a</a>",
        "<img alt=\"`><script>alert(1)</script>\" src=x>",
        "<table><td><form><table><img src=x onerror=alert(1)>",
        "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
        "<![CDATA[<img src=x onerror=alert(1)>]]>",
        "<?xml <img src=x onerror=alert(1)>?>",
        "<b><p><a><b><i><table><a>x</table></i>y",
        "<meta http-equiv=refresh content=\"0;url=https://x.test\"><base href=\"https://x.test\"><link rel=stylesheet href=\"https://x.test\">");

    [Theory]
    [MemberData(nameof(Mutations))]
    public void A_page_that_mutates_when_read_again_is_harmless_each_time(string html) => AssertHarmless(html);

    [Fact]
    public void The_h5sc_vectors_are_harmless_each_and_all_together()
    {
        var all = File.ReadAllText(TestData.Path("html/h5sc-vectors.txt"));
        var vectors = all.Split("<div id=\"").Select(vector => "<div id=\"" + vector).Skip(1).ToList();

        Assert.InRange(vectors.Count, 130, 400);
        foreach (var vector in vectors)
            AssertHarmless(vector);
        AssertHarmless(all);
    }

    [Theory]
    [InlineData("deep", "<div>", 20_000)]
    [InlineData("deep with wrong ends", "<div></span>", 20_000)]
    [InlineData("formatting", "<b><p>", 10_000)]
    [InlineData("attributes", "a", 0)]
    [InlineData("long", "<p>some words</p>", 80_000)]
    public void A_page_that_would_cost_minutes_is_shown_as_its_text(string why, string piece, int count)
    {
        var html = count == 0
            ? "<p " + string.Concat(Enumerable.Range(0, 5_000).Select(i => $"a{i} ")) + ">the end"
            : string.Concat(Enumerable.Repeat(piece, count)) + "the end";

        var body = HtmlBody.Sanitize(html).Html;

        Assert.StartsWith("<p>", body, StringComparison.Ordinal);
        Assert.True(body.Contains(count == 80_000 ? "some words" : "the end", StringComparison.Ordinal), why);
        Assert.DoesNotContain("<div", body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_of_ordinary_size_and_depth_is_shown_as_it_is()
    {
        var row = "<tr><td><p style=\"margin:0\"><font color=\"red\"><b>some</b> words</font></td>";
        var html = string.Concat(Enumerable.Repeat("<div>", 100)) + "<table>" + string.Concat(Enumerable.Repeat(row, 1_000)) + "</table>";

        Assert.Equal(1_000, Parse(HtmlBody.Sanitize(html).Html).QuerySelectorAll("td font b").Length);
    }

    private static void AssertHarmless(string html)
    {
        var page = Parse(HtmlBody.Sanitize(html).Html);
        foreach (var element in page.Body!.QuerySelectorAll("*"))
            AssertHarmless(element, html);
        foreach (var element in Parse(page.Body!.InnerHtml).Body!.QuerySelectorAll("*"))
            AssertHarmless(element, html);
    }

    private static void AssertHarmless(IElement element, string html)
    {
        Assert.True(element.NamespaceUri == "http://www.w3.org/1999/xhtml" && HtmlPolicy.AllowedTags.Contains(element.LocalName), $"{element.LocalName}: {html}");
        foreach (var attribute in element.Attributes)
        {
            var allowed = HtmlPolicy.AllowedAttributes.Contains(attribute.Name) || attribute.Name is "rel" or "target" or "style";
            Assert.True(allowed, $"{attribute.Name}: {html}");
            Assert.False(attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase), html);
            Assert.False(attribute.Name == "style" && attribute.Value.Contains("url", StringComparison.OrdinalIgnoreCase), html);
            Assert.False(attribute.Name is "src" or "srcset" or "background" or "poster" or "data" or "xlink:href" or "action" or "formaction" or "id" or "name", html);
        }
        if (element.GetAttribute("href") is { } href)
            Assert.Contains(new Uri(href).Scheme, new[] { "http", "https", "mailto", "tel" });
    }

    private static IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument("<!doctype html><body>" + html);
}
