using System.Text;
using ActionMail.Protocol.Carriage;
using CsCheck;

namespace ActionMail.Protocol.Tests.Carriage;

public class CardFinderCostTests
{
    private const string Script = """<script type="application/adaptivecard+json">{}</script>""";

    [Theory]
    [InlineData("open scripts", "<script type='application/adaptivecard+json'>")]
    [InlineData("closed scripts", "<script type='application/adaptivecard+json'>{}</script>")]
    [InlineData("comments", "<!--")]
    [InlineData("escapes", "<script type='application/adaptivecard+json'><!--<script>")]
    [InlineData("open tags", "<a ")]
    [InlineData("open sections", "<div itemscope itemtype='http://schema.org/SignedAdaptiveCard'>")]
    [InlineData("open properties", "<p itemprop='signedAdaptiveCard'>")]
    [InlineData("heads without bracket", "<head <script type='application/adaptivecard+json'>")]
    [InlineData("attributes", "<p a a a a a a a a a a>")]
    [InlineData("quotes", "<blockquote>")]
    public void A_page_costs_in_proportion_to_its_size(string why, string piece)
    {
        Cost(piece, 10);
        var (half, full) = (Cost(piece, 5_000), Cost(piece, 10_000));

        Assert.True(full < (2.5 * half) + 100_000, $"{why}: {half} then {full}");
    }

    [Fact]
    public void A_page_without_a_card_form_is_not_tokenized_and_one_with_a_card_in_its_head_no_further()
    {
        var page = "<html><head>CARD</head><body>" + Repeat("<p class='a'>some words &amp; more</p>\r\n", 1_500) + "</body></html>";
        var withCard = page.Replace("CARD", Script, StringComparison.Ordinal);

        Assert.IsType<CarriedCard.Unsigned>(CardFinder.Find(withCard, []));
        Assert.InRange(Allocated(page), 0, 1_000);
        Assert.InRange(Allocated(withCard), 0, 30_000);
    }

    [Fact]
    public void Any_html_gives_an_answer()
    {
        string[] pieces =
        [
            "<script", " type=application/adaptivecard+json", " type='application/ld+json'", ">", "/>", "</script>", "{}", "{\"@type\":\"SignedAdaptiveCard\"", "<!--", "-->",
            "<head ", "<div itemscope itemtype=http://schema.org/SignedAdaptiveCard>", "<p itemprop=signedAdaptiveCard>", "h.p.s", "</div>", "</p>", "<blockquote>", "</blockquote>",
            "<svg>", "</svg>", "<template>", "<textarea", "</textarea>", "<title/>", "&lt;", "\0", "\"", "'", "<", "<![CDATA[", "]]>", "\n", "\r",
        ];
        var html = Gen.Int[0, pieces.Length - 1].Array[0, 30].Select(indexes => string.Concat(indexes.Select(index => pieces[index])));
        var random = PCG.Parse("0000KeyoLfA5");
        for (var i = 0; i < 20_000; i++)
        {
            var page = html.Generate(random, null, out _);

            Assert.NotNull(CardFinder.Find(page, []));
            if (CardFinder.Find($"<!-- x{page.Replace("-", "", StringComparison.Ordinal)}-->", []) is not CarriedCard.None)
                Assert.Fail(page);
        }
    }

    private static long Cost(string piece, int count) => Allocated(Script + Repeat(piece, count) + "<div itemscope itemtype='http://schema.org/SignedAdaptiveCard'>");

    private static long Allocated(string html)
    {
        CardFinder.Find(html, []);
        var before = GC.GetAllocatedBytesForCurrentThread();
        CardFinder.Find(html, []);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();
}
