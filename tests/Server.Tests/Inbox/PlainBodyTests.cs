using ActionMail.Server.Inbox;

namespace ActionMail.Server.Tests.Inbox;

public class PlainBodyTests
{
    [Theory]
    [InlineData("a", "<p>a</p>\n")]
    [InlineData("a\r\nb\r\n\r\n\r\nc\r\n", "<p>a<br>\nb</p>\n<p>c</p>\n")]
    [InlineData("", "")]
    [InlineData(" \r\n", "")]
    [InlineData("<script>alert(\"1\")</script> & 'x'", "<p>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#x27;x&#x27;</p>\n")]
    [InlineData("Grüße", "<p>Grüße</p>\n")]
    [InlineData("no link: ftp://a.test javascript:alert(1) xhttp://a.test http:// mailto:a@b.test", "<p>no link: ftp://a.test javascript:alert(1) xhttp://a.test http:// mailto:a@b.test</p>\n")]
    public void Text_becomes_encoded_paragraphs(string text, string expected) => Assert.Equal(expected, PlainBody.Render(text));

    [Theory]
    [InlineData("see https://a.test/b?c=d&e=f.", "https://a.test/b?c=d&amp;e=f", ".")]
    [InlineData("see (http://a.test/b)", "http://a.test/b", ")")]
    [InlineData("see <HTTPS://a.test/'x>", "HTTPS://a.test/&#x27;x", "&gt;")]
    [InlineData("see https://a.test/\"onclick=x", "https://a.test/", "&quot;onclick=x")]
    public void A_web_address_becomes_a_link(string text, string href, string rest) =>
        Assert.EndsWith($"<a href=\"{href}\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">{href}</a>{rest}</p>\n", PlainBody.Render(text), StringComparison.Ordinal);
}
