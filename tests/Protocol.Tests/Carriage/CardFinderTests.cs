using System.Buffers.Text;
using System.Text;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Carriage;

namespace ActionMail.Protocol.Tests.Carriage;

public class CardFinderTests
{
    private const string Card = """{"type":"AdaptiveCard","version":"1.0"}""";
    private const string Script = $"""<script type="application/adaptivecard+json">{Card}</script>""";
    private const string MessageCard = """{"@context":"https://schema.org/extensions","@type":"MessageCard","text":"a"}""";
    private const string MessageScript = $"""<script type="application/ld+json">{MessageCard}</script>""";
    private const string Property = """<div itemprop="signedAdaptiveCard">h.p.s</div>""";
    private const string Section = $"""<section itemscope itemtype="http://schema.org/SignedAdaptiveCard">{Property}</section>""";
    private const string SignedData = """<script type="application/ld+json">{"@type":"SignedAdaptiveCard","signedAdaptiveCard":"h.p.s"}</script>""";

    private static CarriedCard Find(string? html, params CardPart[] parts) => CardFinder.Find(html, parts);

    [Theory]
    [InlineData("h.p.s")]
    [InlineData("h.AB.s")]
    [InlineData("h.A.s")]
    [InlineData("h..s")]
    public void A_signed_part_whose_payload_cannot_be_decoded_counts_as_an_Adaptive_Card(string jws) =>
        Assert.Equal(new CarriedCard.Signed(CardKind.AdaptiveCard, CarriageForm.MimePart, jws), Find(null, new CardPart(true, jws, null)));

    [Theory]
    [InlineData("in the head", $"<html><head>{Script}</head><body>a</body></html>")]
    [InlineData("in the body", $"<html><body><p>a{Script}</body></html>")]
    [InlineData("in a fragment", Script)]
    [InlineData("type in capitals", "<SCRIPT TYPE=\"Application/AdaptiveCard+JSON\">" + Card + "</SCRIPT>")]
    [InlineData("white space in the type", "<script type=\" application/adaptivecard+json\n\">" + Card + "</script>")]
    [InlineData("single quotes", "<script type='application/adaptivecard+json'>" + Card + "</script >")]
    [InlineData("no quotes", "<script id=x type=application/adaptivecard+json>" + Card + "</script>")]
    [InlineData("white space around the card", "<script type=\"application/adaptivecard+json\">\r\n" + Card + "\r\n</script>")]
    [InlineData("head without its bracket, on the next line", $"<html><head\n{Script}</head><body>a</body></html>")]
    [InlineData("head without its bracket, beside", $"<html>\r\n<!-- <head {Script} -->\r\n<head {Script}</head><body>a</body></html>")]
    [InlineData("head without its bracket, a meta between", $"<html><head\n<meta charset=\"utf-8\">\n{Script}</head><body>a</body></html>")]
    [InlineData("behind a comment that ends", $"<!-- a -->{Script}")]
    [InlineData("behind a script of another type", $"<script>document.write('<b>')</script>{Script}")]
    [InlineData("behind linked data of another kind", "<script type=\"application/ld+json\">{\"@type\":\"EmailMessage\"}</script>" + Script)]
    [InlineData("behind broken linked data of another kind", "<script type=\"application/ld+json\">{oops</script>" + Script)]
    [InlineData("behind a closed quote", $"<blockquote>a</blockquote>{Script}")]
    [InlineData("behind a picture", $"<svg><path d=''/></svg><math/><svg/>{Script}")]
    [InlineData("behind a template", $"<template><p>a</template>{Script}")]
    [InlineData("a slash that ends no script", "<script type=\"application/adaptivecard+json\"/>" + Card + "</script>")]
    [InlineData("behind a style of a picture that closes itself", $"<svg><style/></svg>{Script}")]
    [InlineData("before text that is not closed", $"{Script}<textarea>a")]
    public void A_script_of_the_card_type_is_an_unsigned_card(string why, string html) =>
        Assert.True(Find(html) is CarriedCard.Unsigned(CardKind.AdaptiveCard, CarriageForm.Script, Card), $"{why}: {Find(html)}");

    [Theory]
    [InlineData("no html", null)]
    [InlineData("empty", "")]
    [InlineData("no card", "<p>hello</p>")]
    [InlineData("in a comment", $"<!-- {Script} -->")]
    [InlineData("in a comment that does not end", $"<!-- {Script}")]
    [InlineData("in a conditional comment", $"<!--[if mso]>{Script}<![endif]-->")]
    [InlineData("in a CDATA section", $"<![CDATA[{Script}]]>")]
    [InlineData("in noscript", $"<noscript>{Script}</noscript>")]
    [InlineData("in a template", $"<template>{Script}</template>")]
    [InlineData("in a textarea", $"<textarea>{Script}</textarea>")]
    [InlineData("in a textarea that looks closed", $"<textarea/>{Script}</textarea>")]
    [InlineData("in a title", $"<title>{Script}</title>")]
    [InlineData("in a title that looks closed", $"<title/>{Script}")]
    [InlineData("in a style", $"<style>{Script}</style>")]
    [InlineData("in an xmp", $"<xmp>{Script}</xmp>")]
    [InlineData("in an iframe", $"<iframe>{Script}</iframe>")]
    [InlineData("behind plaintext", $"<plaintext>{Script}")]
    [InlineData("in svg", $"<svg>{Script}</svg>")]
    [InlineData("in math", $"<math><mtext>{Script}</mtext></math>")]
    [InlineData("in a quoted reply", $"<blockquote>{Script}</blockquote>")]
    [InlineData("in a quote of a quote", $"<blockquote><blockquote>a</blockquote>{Script}</blockquote>")]
    [InlineData("in an attribute", $"<p title='{Script}'>a</p>")]
    [InlineData("in another script", $"<script>{Card}</script>")]
    [InlineData("two types, ours first", "<script type=\"application/adaptivecard+json\" type=\"x\">" + Card + "</script>")]
    [InlineData("two types, ours last", "<script type=\"x\" TYPE=\"application/adaptivecard+json\">" + Card + "</script>")]
    [InlineData("type with a parameter", "<script type=\"application/adaptivecard+json;x\">" + Card + "</script>")]
    [InlineData("type with a charset", "<script type=\"application/adaptivecard+json; charset=utf-8\">" + Card + "</script>")]
    [InlineData("encoded type", "<script type=\"application&#47;adaptivecard+json\">" + Card + "</script>")]
    [InlineData("another type", "<script type=\"application/json\">" + Card + "</script>")]
    [InlineData("another element", "<div type=\"application/adaptivecard+json\">" + Card + "</div>")]
    [InlineData("escaped text", "&lt;script type=\"application/adaptivecard+json\"&gt;" + Card + "&lt;/script&gt;")]
    public void A_card_where_a_browser_sees_no_script_is_none(string why, string? html) =>
        Assert.True(Find(html) is CarriedCard.None, $"{why}: {Find(html)}");

    [Theory]
    [InlineData("https context", MessageCard)]
    [InlineData("http context", """{"@context":"http://schema.org/extensions","@type":"MessageCard"}""")]
    public void Linked_data_of_type_MessageCard_is_an_unsigned_MessageCard(string why, string json) =>
        Assert.True(Find($"<head><script type='application/ld+json'>{json}</script></head>") == new CarriedCard.Unsigned(CardKind.MessageCard, CarriageForm.Script, json), why);

    [Theory]
    [InlineData("another context", """{"@context":"https://schema.org","@type":"MessageCard"}""")]
    [InlineData("no context", """{"@type":"MessageCard"}""")]
    [InlineData("in an array", """[{"@context":"https://schema.org/extensions","@type":"MessageCard"}]""")]
    [InlineData("type that is no text", """{"@context":"https://schema.org/extensions","@type":["MessageCard"]}""")]
    [InlineData("a word in passing", """{"@type":"EmailMessage","about":"MessageCard"}""")]
    public void Other_linked_data_is_no_card(string why, string json) =>
        Assert.True(Find($"<script type='application/ld+json'>{json}</script>") is CarriedCard.None, why);

    [Theory]
    [InlineData("http", Section)]
    [InlineData("https", """<section itemscope itemtype="https://schema.org/SignedAdaptiveCard"><div itemprop="signedAdaptiveCard">h.p.s</div></section>""")]
    [InlineData("whole, as senders write it", """
        <html><body><p>a</p><section itemscope itemtype="http://schema.org/SignedAdaptiveCard">
        <meta itemprop="@context" content="http://schema.org/extensions"><meta itemprop="@type" content="SignedAdaptiveCard" />
        <div itemprop="signedAdaptiveCard" style="mso-hide:all;display:none;max-height:0px;overflow:hidden;">
        h.p.s
        </div></section></body></html>
        """)]
    [InlineData("on other elements", """<div itemscope="" itemtype="http://schema.org/SignedAdaptiveCard"><div>a</div><span itemprop="signedAdaptiveCard">h.p.s</span></div>""")]
    [InlineData("text in pieces", """<div itemscope itemtype="http://schema.org/SignedAdaptiveCard"><p itemprop="signedAdaptiveCard">h.<b>p.</b><!-- x -->s</p></div>""")]
    [InlineData("elements that do not end", """<div itemscope itemtype="http://schema.org/SignedAdaptiveCard"><p itemprop="signedAdaptiveCard">h.p.s""")]
    [InlineData("an item of another type beside", $"""<div itemscope itemtype="http://schema.org/Event"><p itemprop="name">a</p></div>{Section}""")]
    public void The_signed_section_is_a_signed_card(string why, string html) =>
        Assert.True(Find(html) == new CarriedCard.Signed(CardKind.AdaptiveCard, CarriageForm.Microdata, "h.p.s"), $"{why}: {Find(html)}");

    [Theory]
    [InlineData("no scope", """<div itemtype="http://schema.org/SignedAdaptiveCard"><p itemprop="signedAdaptiveCard">h.p.s</p></div>""")]
    [InlineData("another type", """<div itemscope itemtype="http://schema.org/Event"><p itemprop="signedAdaptiveCard">h.p.s</p></div>""")]
    [InlineData("another host", """<div itemscope itemtype="http://schema.org.attacker.test/SignedAdaptiveCard"><p itemprop="signedAdaptiveCard">h.p.s</p></div>""")]
    [InlineData("property outside the section", """<div itemscope itemtype="http://schema.org/SignedAdaptiveCard"></div><p itemprop="signedAdaptiveCard">h.p.s</p>""")]
    [InlineData("property of an item inside", """<div itemscope itemtype="http://schema.org/SignedAdaptiveCard"><div itemscope><p itemprop="signedAdaptiveCard">h.p.s</p></div></div>""")]
    [InlineData("the other kind's property", """<div itemscope itemtype="http://schema.org/SignedAdaptiveCard"><p itemprop="signedMessageCard">h.p.s</p></div>""")]
    [InlineData("two item types", """<div itemscope itemtype="x" itemtype="http://schema.org/SignedAdaptiveCard"><p itemprop="signedAdaptiveCard">h.p.s</p></div>""")]
    [InlineData("in a quoted reply", $"<blockquote>{Section}</blockquote>")]
    [InlineData("in a template", $"<template>{Section}</template>")]
    [InlineData("in a comment", $"<!--{Section}-->")]
    [InlineData("in noscript", $"<noscript>{Section}</noscript>")]
    public void What_is_not_the_signed_section_is_none(string why, string html) =>
        Assert.True(Find(html) is CarriedCard.None, $"{why}: {Find(html)}");

    [Fact]
    public void A_signed_MessageCard_has_its_own_type_and_property() =>
        Assert.Equal(new CarriedCard.Signed(CardKind.MessageCard, CarriageForm.Microdata, "h.p.s"),
            Find(Section.Replace("AdaptiveCard", "MessageCard", StringComparison.Ordinal)));

    [Theory]
    [InlineData("""{"@type":"SignedAdaptiveCard","signedAdaptiveCard":" h.p.s "}""", CardKind.AdaptiveCard)]
    [InlineData("""{"@context":"http://schema.org/extensions","@type":"signedadaptivecard","signedAdaptiveCard":"h.p.s"}""", CardKind.AdaptiveCard)]
    [InlineData("""{"type":"SIGNEDADAPTIVECARD","signedAdaptiveCard":"h.p.s"}""", CardKind.AdaptiveCard)]
    [InlineData("""{"@type":"SignedMessageCard","signedMessageCard":"h.p.s"}""", CardKind.MessageCard)]
    public void Linked_data_may_carry_a_signed_card(string json, CardKind kind) =>
        Assert.Equal(new CarriedCard.Signed(kind, CarriageForm.LinkedData, "h.p.s"), Find($"<script type='application/ld+json'>{json}</script>"));

    [Theory]
    [InlineData("empty script", "<script type='application/adaptivecard+json'> </script>")]
    [InlineData("script that does not end", "<script type='application/adaptivecard+json'>" + Card)]
    [InlineData("script whose end is text", "<script type='application/adaptivecard+json'>\"<!-- <script> \"</script>")]
    [InlineData("empty property", """<div itemscope itemtype="http://schema.org/SignedAdaptiveCard"><p itemprop="signedAdaptiveCard"></p></div>""")]
    [InlineData("linked data that is no JSON", """<script type='application/ld+json'>{"@type":"SignedAdaptiveCard",</script>""")]
    [InlineData("member twice", """<script type='application/ld+json'>{"@type":"SignedAdaptiveCard","signedAdaptiveCard":"a","signedAdaptiveCard":"b"}</script>""")]
    [InlineData("member missing", """<script type='application/ld+json'>{"@type":"SignedAdaptiveCard"}</script>""")]
    [InlineData("member of another type", """<script type='application/ld+json'>{"@type":"SignedAdaptiveCard","signedAdaptiveCard":{}}</script>""")]
    public void A_form_without_a_card_in_it_is_unreadable(string why, string html) =>
        Assert.True(Find(html) is CarriedCard.Unreadable, $"{why}: {Find(html)}");

    [Theory]
    [InlineData("two scripts", Script + Script)]
    [InlineData("head and body", $"<head>{Script}</head><body>{Script}</body>")]
    [InlineData("both kinds", Script + MessageScript)]
    [InlineData("two sections", Section + Section)]
    [InlineData("property twice", $"""<section itemscope itemtype="http://schema.org/SignedAdaptiveCard">{Property}{Property}</section>""")]
    [InlineData("property in itself", """<section itemscope itemtype="http://schema.org/SignedAdaptiveCard"><div itemprop="signedAdaptiveCard"><div itemprop="signedAdaptiveCard">h.p.s</div></div></section>""")]
    [InlineData("two signed forms that differ", Section + """<script type="application/ld+json">{"@type":"SignedAdaptiveCard","signedAdaptiveCard":"x.p.s"}</script>""")]
    [InlineData("signed beside an unsigned of the other kind", MessageScript + Section)]
    [InlineData("signed beside two unsigned", Script + Script + Section)]
    [InlineData("one that cannot be read beside one that can", "<script type='application/adaptivecard+json'></script>" + Section)]
    public void Two_cards_are_none(string why, string html) =>
        Assert.True(Find(html) is CarriedCard.Ambiguous, $"{why}: {Find(html)}");

    [Theory]
    [InlineData("script before", Script + Section)]
    [InlineData("script behind", Section + Script)]
    public void A_signed_card_wins_and_keeps_the_unsigned_copy(string why, string html) =>
        Assert.True(Find(html) == new CarriedCard.Signed(CardKind.AdaptiveCard, CarriageForm.Microdata, "h.p.s") { UnsignedCopy = Card }, why);

    [Fact]
    public void Both_signed_forms_with_one_card_are_one_card() =>
        Assert.Equal(new CarriedCard.Signed(CardKind.AdaptiveCard, CarriageForm.LinkedData, "h.p.s"), Find(SignedData + Section));

    [Fact]
    public void A_part_of_its_own_is_a_card() =>
        Assert.Equal(new CarriedCard.Unsigned(CardKind.AdaptiveCard, CarriageForm.MimePart, Card), Find("<p>a</p>", new CardPart(false, Card + "\r\n")));

    [Theory]
    [InlineData(MessageCard, CardKind.MessageCard)]
    [InlineData("""{"type":"AdaptiveCard","@type":"MessageCard"}""", CardKind.AdaptiveCard)]
    [InlineData("{oops", CardKind.AdaptiveCard)]
    public void The_kind_of_a_part_is_told_by_its_text(string json, CardKind kind) =>
        Assert.Equal(kind, Assert.IsType<CarriedCard.Unsigned>(Find(null, new CardPart(false, json))).Kind);

    [Theory]
    [InlineData("""{"messageCardSerialized":"{}"}""", CardKind.MessageCard)]
    [InlineData("""{"adaptiveCardSerialized":"{}"}""", CardKind.AdaptiveCard)]
    [InlineData("""{"adaptiveCardSerialized":"{}","messageCardSerialized":"{}"}""", CardKind.AdaptiveCard)]
    [InlineData("oops", CardKind.AdaptiveCard)]
    public void The_kind_of_a_signed_part_is_told_by_its_claims(string payload, CardKind kind)
    {
        var jws = $"h.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}.s";

        Assert.Equal(new CarriedCard.Signed(kind, CarriageForm.MimePart, jws), Find(null, new CardPart(true, jws)));
    }

    [Theory]
    [InlineData("not.base64!.s")]
    [InlineData("h.p")]
    [InlineData("")]
    public void A_broken_signed_part_is_left_to_the_verification(string jws) =>
        Assert.True(Find(null, new CardPart(true, jws)) is CarriedCard.Signed { Kind: CardKind.AdaptiveCard } or CarriedCard.Unreadable);

    [Theory]
    [InlineData("the same text", Card)]
    [InlineData("other white space and order", """{ "version": "1.0", "type": "AdaptiveCard" }""")]
    public void A_part_and_a_script_with_one_card_are_one_card(string why, string part) =>
        Assert.True(Find(Script, new CardPart(false, part)) is CarriedCard.Unsigned(CardKind.AdaptiveCard, CarriageForm.Script, Card), why);

    [Theory]
    [InlineData("another value", """{"type":"AdaptiveCard","version":"1.1"}""")]
    [InlineData("no JSON", "{oops")]
    [InlineData("a member twice", """{"type":"AdaptiveCard","version":"1.0","version":"1.0"}""")]
    public void A_part_and_a_script_with_different_cards_are_none(string why, string part) =>
        Assert.True(Find(Script, new CardPart(false, part)) is CarriedCard.Ambiguous, why);

    [Fact]
    public void Two_parts_of_one_type_are_none_and_a_signed_one_with_its_copy_is_one()
    {
        Assert.IsType<CarriedCard.Ambiguous>(Find(null, new CardPart(false, Card), new CardPart(false, Card)));
        Assert.Equal(new CarriedCard.Signed(CardKind.AdaptiveCard, CarriageForm.MimePart, "h.p.s") { UnsignedCopy = Card },
            Find(Script, new CardPart(true, "h.p.s"), new CardPart(false, Card)));
    }

    [Theory]
    [InlineData(Script, true)]
    [InlineData(Section, true)]
    [InlineData("+ADw-script type=application/adaptivecard+-json+AD4-", true)]
    [InlineData("<p>hello</p>", false)]
    public void In_html_that_must_not_be_read_a_card_is_unreadable(string html, bool isCard)
    {
        var found = CardFinder.Find(html, [], "the character set 'utf-7'");

        Assert.Equal(isCard ? new CarriedCard.Unreadable("the character set 'utf-7'") : new CarriedCard.None(), found);
        Assert.IsType<CarriedCard.Unreadable>(CardFinder.Find(null, [new CardPart(false, Card, "the character set 'utf-7'")]));
    }
}
