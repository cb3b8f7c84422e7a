using System.Diagnostics;
using ActionMail.Protocol.Carriage;
using ActionMail.Tests;
using CsCheck;

namespace ActionMail.Protocol.Tests.Carriage;

/// <summary>What is replied to or forwarded carries no card. Protocol §1, security B-11.</summary>
public class CarriageRemovalTests
{
    private const string Card = """{"type":"AdaptiveCard","version":"1.0"}""";
    private const string Script = $"""<script type="application/adaptivecard+json">{Card}</script>""";
    private const string MessageScript = """<script type="application/ld+json">{"@context":"https://schema.org/extensions","@type":"MessageCard","text":"a"}</script>""";
    private const string SignedData = """<script type='application/ld+json'>{"@type":"SignedAdaptiveCard","signedAdaptiveCard":"h.p.s"}</script>""";
    private const string Section = """<section itemscope itemtype="http://schema.org/SignedAdaptiveCard"><meta itemprop="@type" content="x"><div itemprop="signedAdaptiveCard">h.p.s</div></section>""";

    [Theory]
    [InlineData("a script", $"<html><head><title>t</title>{Script}</head><body>a</body></html>", "<html><head><title>t</title> </head><body>a</body></html>")]
    [InlineData("a MessageCard", $"<head>{MessageScript}</head>a", "<head> </head>a")]
    [InlineData("signed linked data", $"<p>a</p>{SignedData}<p>b</p>", "<p>a</p> <p>b</p>")]
    [InlineData("microdata", $"<p>a</p>\r\n{Section}\r\n<p>b</p>", "<p>a</p>\r\n \r\n<p>b</p>")]
    [InlineData("all at once", $"{Script}{MessageScript}{SignedData}{Section}", "    ")]
    [InlineData("two of one form", $"a{Script}b{Script}c", "a b c")]
    [InlineData("in a quoted reply", $"<blockquote>{Script}a{Section}</blockquote>", "<blockquote> a </blockquote>")]
    [InlineData("a script inside the section", $"<section itemscope itemtype=\"https://schema.org/SignedMessageCard\">{Script}<p itemprop=signedMessageCard>h.p.s</p></section>b", " b")]
    [InlineData("elements of the section's name in it", "<div itemscope itemtype='http://schema.org/SignedAdaptiveCard'><div><div itemprop='signedAdaptiveCard'>h.p.s</div></div></div><div>b</div>", " <div>b</div>")]
    [InlineData("a head without its bracket", $"<html><head {Script}<meta charset=\"utf-8\"></head><body>a</body></html>", "<html><head ><meta charset=\"utf-8\"></head><body>a</body></html>")]
    [InlineData("a script that does not end", $"<p>a</p><script type=application/adaptivecard+json>{Card}", "<p>a</p> ")]
    [InlineData("a section that does not end", "<p>a</p><p itemscope itemtype='http://schema.org/SignedAdaptiveCard'><b itemprop='signedAdaptiveCard'>h.p.s</b><i>c</i>", "<p>a</p> <i>c</i>")]
    [InlineData("a card in a section that does not end", "<p>a</p><p itemscope itemtype='http://schema.org/SignedAdaptiveCard'><b itemprop='signedAdaptiveCard'>h.p.s", "<p>a</p> ")]
    [InlineData("text that would become a tag", $"<{Script}script type=\"application/adaptivecard+json\">{Card}</script>", "< script type=\"application/adaptivecard+json\">" + Card + "</script>")]
    [InlineData("broken JSON with a card's words", "a<script type='application/ld+json'>{MessageCard</script>b", "a b")]
    [InlineData("an empty card", "a<script type='application/adaptivecard+json'> </script>b", "a b")]
    public void Each_form_is_cut_and_the_rest_stays_as_it_is(string why, string html, string expected) =>
        Assert.True(expected == CarriageRemoval.FromHtml(html), $"{why}: {CarriageRemoval.FromHtml(html)}");

    [Theory]
    [InlineData("nothing", "")]
    [InlineData("a page", "<html><body><p>a &amp; b<br>c</p></body></html>")]
    [InlineData("a page about cards", "<p>Adaptive Cards are objects of type AdaptiveCard; a MessageCard is older.</p>")]
    [InlineData("other scripts", "<script>AdaptiveCard</script><script type='application/ld+json'>{\"@type\":\"EmailMessage\"}</script>")]
    [InlineData("other microdata", "<div itemscope itemtype='http://schema.org/Event'><p itemprop='about'>AdaptiveCard</p></div>")]
    [InlineData("a card in a comment", $"<!-- {Script} -->")]
    [InlineData("a card shown as text", $"<textarea>{Script}</textarea>")]
    public void A_page_without_a_card_is_the_same_text(string why, string html) => Assert.True(ReferenceEquals(html, CarriageRemoval.FromHtml(html)), why);

    [Fact]
    public void In_text_that_must_not_be_read_the_words_of_a_card_are_broken()
    {
        var html = CarriageRemoval.FromHtml("+ADw-script type=application/adaptivecard+-json", "the character set 'utf-7'");

        Assert.Equal(new CarriedCard.None(), CardFinder.Find(html, [], "the character set 'utf-7'"));
        Assert.Equal("+ADw-script type=application/Adaptive Card+-json", html);
    }

    [Fact]
    public void In_any_page_nothing_is_found_afterwards_and_nothing_more_is_removed()
    {
        string[] pieces =
        [
            Script, MessageScript, SignedData, Section, "<script type=\"application/adaptivecard+json\">", "<script type='application/ld+json'>", "</script>", "</script", "<script", "<head ", "<head>", "</head>",
            "<section itemscope itemtype=\"http://schema.org/SignedAdaptiveCard\">", "</section>", "<div itemprop=\"signedAdaptiveCard\">", "</div>", "<div>", "<div itemscope>", "<blockquote>", "</blockquote>",
            "<template>", "</template>", "<svg>", "</svg>", "<svg/>", "<textarea>", "<textarea/>", "</textarea>", "<title>", "</title>", "<noscript>", "</noscript>", "<plaintext>", "<!--", "-->", "<![CDATA[", "]]>", "<!", "<?",
            Card, "{\"@type\":\"SignedAdaptiveCard\",\"signedAdaptiveCard\":\"a.b.c\"}", "h.p.s", "<", ">", "/", "\"", "'", "=", " ", "\r\n", "\0", "type=\"application/adaptivecard+json\"", "\u00A0", "\u212A",
        ];
        var page = Gen.Int[0, pieces.Length - 1].Select(index => pieces[index]).Array[0, 25].Select(string.Concat);
        var removed = 0;

        page.SampleFixed(html =>
        {
            var without = CarriageRemoval.FromHtml(html);
            Assert.Equal(new CarriedCard.None(), CardFinder.Find(without, []));
            Assert.True(ReferenceEquals(without, CarriageRemoval.FromHtml(without)), $"{html}\n-> {without}\n-> {CarriageRemoval.FromHtml(without)}");
            removed += CardFinder.Find(html, []) is CarriedCard.None ? 0 : 1;
        }, seed: "0000KeyoLfA5", iter: 10_000);

        Assert.True(removed > 500, $"only {removed} pages carried a card");
    }

    [Theory]
    [InlineData(Script)]
    [InlineData(Section)]
    [InlineData("<section itemscope itemtype=\"http://schema.org/SignedAdaptiveCard\">")]
    [InlineData("<script type=\"application/ld+json\">")]
    public void Ten_thousand_forms_cost_no_more_than_their_length(string form)
    {
        var page = string.Concat(Enumerable.Repeat(form, 10_000));
        var clock = Stopwatch.StartNew();

        CarriageRemoval.FromHtml(page);

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), clock.Elapsed.ToString());
    }
}
