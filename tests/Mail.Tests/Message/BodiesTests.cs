using ActionMail.Mail.Message;

namespace ActionMail.Mail.Tests.Message;

public class BodiesTests
{
    [Theory]
    [InlineData("text alone", "text/plain", null, "1")]
    [InlineData("html alone", "text/html", "1", null)]
    [InlineData("another text", "text/enriched", null, "1")]
    [InlineData("no text", "application/pdf", null, null)]
    public void A_single_part_is_what_its_type_says(string why, string type, string? html, string? text)
    {
        var mail = Mails.WithFields($"Content-Type: {type}", "1");

        Assert.True((html, text) == (mail.HtmlBody, mail.TextBody), why);
        Assert.Empty(mail.Faults);
    }

    [Theory]
    [InlineData("alternative: the last html", "alternative text/plain text/html text/html", "3", "1")]
    [InlineData("alternative in the wrong order", "alternative text/html text/plain", "1", "2")]
    [InlineData("alternative with a calendar", "alternative text/plain text/html text/calendar", "2", "1")]
    [InlineData("mixed: the first html", "mixed text/html text/html", "1", null)]
    [InlineData("mixed: html behind text", "mixed text/plain text/html", "2", "1")]
    [InlineData("mixed: two texts", "mixed text/plain text/plain", null, "1")]
    [InlineData("related: the root", "related text/html image/png", "1", null)]
    [InlineData("related: html that is not the root", "related image/png text/html", null, null)]
    [InlineData("html as attachment", "mixed text/plain text/html;attachment", null, "1")]
    [InlineData("html as named part", "mixed text/plain text/html;name", null, "1")]
    [InlineData("html with an unknown disposition", "mixed text/plain text/html;odd", null, "1")]
    [InlineData("attached html as alternative", "alternative text/plain text/html;attachment", null, "1")]
    [InlineData("inline html", "mixed text/html;inline", "1", null)]
    [InlineData("attached message", "mixed text/plain message/rfc822", null, "1")]
    [InlineData("attached message alone", "mixed message/rfc822", null, null)]
    [InlineData("digest", "digest message/rfc822", null, null)]
    public void The_shown_bodies_are_those_of_the_first_displayable_path(string why, string shape, string? html, string? text)
    {
        var mail = Mails.Read(Multipart(shape));

        Assert.True((html, text) == (mail.HtmlBody, mail.TextBody), $"{why}: {mail.HtmlBody} {mail.TextBody}");
        Assert.Equal(html, mail.CardHtml);
        Assert.Empty(mail.Faults);
    }

    [Fact]
    public void Html_inside_a_signed_multipart_is_shown_and_carries_no_card()
    {
        var mail = Mails.Read(Multipart("signed text/html application/pkcs7-signature"));

        Assert.Equal("1", mail.HtmlBody);
        Assert.Null(mail.CardHtml);
    }

    [Fact]
    public void The_path_goes_through_nested_multiparts()
    {
        var mail = Mails.WithFields("Content-Type: multipart/mixed; boundary=outer", """
            --outer
            Content-Type: multipart/alternative; boundary=middle

            --middle
            Content-Type: text/plain

            the text
            --middle
            Content-Type: application/adaptivecard+json

            {"type":"AdaptiveCard"}
            --middle
            Content-Type: multipart/related; boundary=inner

            --inner
            Content-Type: text/html

            <p>the html</p>
            --inner--
            --middle--
            --outer
            Content-Type: text/html

            <p>a footer</p>
            --outer--

            """);

        Assert.Empty(mail.Faults);
        Assert.Equal(("the text", "<p>the html</p>", "<p>the html</p>"), (mail.TextBody, mail.HtmlBody, mail.CardHtml));
        Assert.Equal([new MailCardPart(false, "{\"type\":\"AdaptiveCard\"}", null)], mail.CardParts);
    }

    [Theory]
    [InlineData("before the html", "alternative text/plain application/adaptivecard+json text/html", "json 2")]
    [InlineData("signed", "alternative text/plain application/adaptivecard+jws text/html", "jws 2")]
    [InlineData("both", "alternative application/adaptivecard+jws application/adaptivecard+json text/html", "jws 1, json 2")]
    [InlineData("in capitals", "alternative text/plain Application/AdaptiveCard+JSON text/html", "json 2")]
    [InlineData("behind the html", "alternative text/plain text/html application/adaptivecard+json", "")]
    [InlineData("without html", "alternative text/plain application/adaptivecard+json", "")]
    [InlineData("as attachment", "alternative text/plain application/adaptivecard+json;attachment text/html", "")]
    [InlineData("in a mixed", "mixed text/plain application/adaptivecard+json text/html", "")]
    [InlineData("as another type", "alternative text/plain application/json text/html", "")]
    [InlineData("alone", "application/adaptivecard+json", "")]
    public void Card_parts_are_alternatives_before_the_html(string why, string shape, string expected)
    {
        var mail = shape.Contains(' ', StringComparison.Ordinal)
            ? Mails.Read(Multipart(shape))
            : Mails.WithFields($"Content-Type: {shape}");

        Assert.Empty(mail.Faults);
        Assert.True(expected == string.Join(", ", mail.CardParts.Select(part => $"{(part.IsSigned ? "jws" : "json")} {part.Text}")), why);
    }

    [Theory]
    [InlineData("utf-8", "\xC3\xA4", "ä", true)]
    [InlineData("UTF-8", "\xC3\xA4", "ä", true)]
    [InlineData("utf-8", "\xEF\xBB\xBF\xC3\xA4", "ä", true)]
    [InlineData("us-ascii", "a", "a", true)]
    [InlineData("iso-8859-1", "\xE4", "ä", true)]
    [InlineData("windows-1252", "\x80", "€", true)]
    [InlineData("us-ascii", "\xC3\xA4", "ä", false)]
    [InlineData("utf-8", "\xE4", "\uFFFD", false)]
    [InlineData("utf-8", "\xC0\xBC", "\uFFFD\uFFFD", false)]
    [InlineData("iso-8859-15", "\xA4", "€", false)]
    [InlineData("utf-16le", "\x3C\0", "<", false)]
    [InlineData("utf-16be", "\0\x3C", "<", false)]
    [InlineData("iso-2022-jp", "\x1B$B$\"\x1B(B", "あ", false)]
    [InlineData("utf-7", "+ADw-", "+ADw-", false)]
    [InlineData("no-such-set", "\xE4", "ä", false)]
    public void A_card_is_read_from_four_character_sets_alone_and_text_is_shown_from_more(string charset, string bytes, string text, bool cardMayBeRead)
    {
        var encoded = Convert.ToBase64String(System.Text.Encoding.Latin1.GetBytes(bytes));
        var mail = Mails.WithFields($"Content-Type: text/html; charset={charset}\nContent-Transfer-Encoding: base64", encoded);

        Assert.Equal(text, mail.HtmlBody);
        Assert.True(cardMayBeRead == (mail.CardHtmlFault is null), mail.CardHtmlFault);
        Assert.Empty(mail.Faults);
    }

    [Theory]
    [InlineData("text/plain", "two\n\n  words\n", "two words")]
    [InlineData("text/html", "<head><title>no</title><style>p{}</style><script>no</script></head><p>two</p><p>words &amp; more</p>", "two words & more")]
    [InlineData("application/pdf", "x", "")]
    public void Preview_is_the_first_words_on_one_line(string type, string body, string expected) =>
        Assert.Equal(expected, Mails.WithFields($"Content-Type: {type}", body).Preview);

    [Fact]
    public void Preview_is_short() =>
        Assert.InRange(Mails.WithFields("", string.Concat(Enumerable.Repeat("word ", 1000))).Preview.Length, 135, 141);

    /// <summary>"kind type type…": each part's content is its number; behind a semicolon its disposition.</summary>
    private static string Multipart(string shape)
    {
        var words = shape.Split(' ');
        var parts = words.Skip(1).Select((word, index) => $"--b1\nContent-Type: {Fields(word)}\n\n{index + 1}\n");
        return Mails.Header + $"Content-Type: multipart/{words[0]}; boundary=b1\n\n" + string.Concat(parts) + "--b1--\n";
    }

    private static string Fields(string word) => word.Split(';') switch
    {
        [var type, "name"] => type + "; name=\"page.html\"",
        [var type, "odd"] => type + "\nContent-Disposition: x-odd",
        [var type, var disposition] => type + "\nContent-Disposition: " + disposition,
        [var type, ..] => type,
        [] => "",
    };
}
