using ActionMail.Protocol.Carriage;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CsCheck;

namespace ActionMail.Protocol.Tests.Carriage;

/// <summary>What the search finds is what a parser that builds the whole tree, as browsers do, has in the element: page by page.</summary>
public class BrowserPageTests
{
    private const string Card = """{"type":"AdaptiveCard","body":[{"text":"a < b && \"c\" <b> <!-- x --> ü 🙂"}]}""";
    private const string Jws = "eyJhbGciOiJSUzI1NiJ9.eyJhIjoxfQ.AAAA-_09";

    private static readonly HtmlParser Parser = new();

    private static readonly string[] Carriers =
    [
        $"<script type=\"application/adaptivecard+json\">{Card}</script>",
        $"<SCRIPT class=x Type = 'application/AdaptiveCard+JSON' data-a=\">\">\r\n{Card}\r\n</SCRIPT\n>",
        $"<script/type=application/adaptivecard+json async/>{Card}</script x=\"</script>\">",
        $"<script type=\"application/adaptivecard+json\"><!-- <script> {Card} </script> --></script>",
        $"<script type=\"application/adaptivecard+json\">{Card}<!--></script>",
        $"<script type=\"application/adaptivecard+json\">{Card}<!-- <scripty></script>",
        $"<section itemscope itemtype=\"http://schema.org/SignedAdaptiveCard\"><meta itemprop=\"@context\" content=\"http://schema.org/extensions\"><div itemprop=\"signedAdaptiveCard\" style=\"mso-hide:all;display:none\">{Jws}</div></section>",
        $"<DIV itemscope='' ITEMTYPE='https://schema.org/SignedAdaptiveCard'><img src=a><br/><span a itemprop = signedAdaptiveCard >\r\n  {Jws[..20]}<!-- > -->{Jws[20..]}\r\n</span></DIV>",
    ];

    private static readonly string[] Before =
    [
        "", "<!DOCTYPE html>\r\n", "<!doctype html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"http://www.w3.org/a\">", "\uFEFF", "text < 3 & </ > <3 <>", "<?xml version=\"1.0\"?>",
        "<!-- <script type=\"application/adaptivecard+json\">{}</script> -->", "<!-->", "<!--->", "<!-- a --!>", "<!-- a --- b -- > c -->", "<!----!>", "<![CDATA[ a > ]]>", "<!x a=\"<\">", "</3 a>", "<//a>",
        "<style>td > a { content: '</styl <script' }</style>", "<title>a </titl <script> &amp;</title >", "<textarea rows=3></div></textarea>", "<script>if (a<b) '<!--<script>' </script> --></script>",
        "<script>x = \"<!-- -->\"; </SCRIPT\t>", "<table><tr><td style=\"a:b;c:'>'\" title='\"'>a</table>", "<a href=https://a.test/?a=b&c='d'>a</a>", "<p a=b\"c a/b=c / d>", "<p\n\tclass=\n\"a\"\n>",
        "<iframe><p></iframe>", "<xmp></p></xmp>", "<noframes><a></noframes>", "<!--[if mso]><table><![endif]-->", "<o:p>&nbsp;</o:p>", "<p ===a>", "<p a='<script>'>", "<p \"a\"='b'>", "<svg><path d=\"a\"/></svg>",
    ];

    private static readonly string[] Behind =
        ["", "</body></html>", "<p>a", "<!-- ", "<a href=\"", "<textarea>", "<p title='>'>\r\n", "</div></section>", "<script>", "</", "<!", "<?", "<plaintext></plaintext>"];

    [Fact]
    public void In_every_page_that_is_built_of_hard_pieces_the_text_is_the_same()
    {
        var pages = 0;
        foreach (var carrier in Carriers)
        {
            foreach (var before in Before)
            {
                foreach (var behind in Behind)
                {
                    Compare($"<html><head>{before}</head><body><p>a</p>{carrier}{behind}");
                    Compare(before + carrier + behind);
                    pages += 2;
                }
            }
        }
        Assert.Equal(Carriers.Length * Before.Length * Behind.Length * 2, pages);
    }

    [Fact]
    public void In_pages_of_pieces_in_any_order_the_text_is_the_same()
    {
        string[] all = [.. Before, .. Carriers[..6], "<div>", "</div>", "<td>", "</table>", "\r\n", "a", "<b", " c>", "--", "<script>", "</script>"];
        var pieces = Gen.Int[0, all.Length - 1].Array[0, 12].Select(indexes => string.Concat(indexes.Select(index => all[index])));
        var random = PCG.Parse("0000KeyoLfA5");
        for (var i = 0; i < 10_000; i++)
            Compare(pieces.Generate(random, null, out _));
    }

    // The controls: the comparison sees a difference where there is one.
    [Theory]
    [InlineData("a quoted reply", "<blockquote>", "</blockquote>")]
    [InlineData("a template", "<template>", "</template>")]
    [InlineData("foreign content", "<svg>", "</svg>")]
    [InlineData("where scripts run", "<noscript>", "</noscript>")]
    public void Where_no_card_is_looked_for_the_tree_has_one_all_the_same(string why, string open, string close)
    {
        var page = $"<body>{open}{Carriers[0]}{close}";

        Assert.True(InTree(page).Count == (why == "a template" ? 0 : 1), why);
        Assert.IsType<CarriedCard.None>(CardFinder.Find(page, []));
    }

    private static void Compare(string page)
    {
        var (expected, found) = (InTree(page), CardFinder.Find(page, []));
        var isSame = found switch
        {
            CarriedCard.None => expected.Count == 0,
            CarriedCard.Unsigned(_, _, var json) => expected.Count == 1 && expected[0] == Normal(json),
            CarriedCard.Signed(_, _, var jws) => expected.Count == 1 && expected[0] == Normal(jws),
            CarriedCard.Ambiguous => expected.Count > 1,
            // A script without its end, which a browser does not run and the tree has nevertheless.
            CarriedCard.Unreadable => expected.Count == 1,
            _ => false,
        };
        if (!isSame)
            Assert.Fail($"{page}\n\nfound: {found}\nin the tree: {string.Join(" | ", expected)}");
    }

    private static List<string> InTree(string page)
    {
        var tree = Parser.ParseDocument(page);
        var scripts = tree.QuerySelectorAll("script").Where(script => script.GetAttribute("type")?.Trim().ToLowerInvariant() == "application/adaptivecard+json");
        var signed = tree.QuerySelectorAll("[itemscope][itemtype$='SignedAdaptiveCard'] [itemprop='signedAdaptiveCard']");
        return [.. scripts.Concat<IElement>(signed).Select(element => Normal(element.TextContent))];
    }

    // A parser makes one line feed of every line end before it begins.
    private static string Normal(string text) => text.ReplaceLineEndings("\n").Trim();
}
