using System.Text;
using ActionMail.Mail.Message;

namespace ActionMail.Mail.Tests.Message;

public class CardRemovalTests
{
    private const string CardPart = """
        Content-Type: application/adaptivecard+json

        {"type":"AdaptiveCard"}
        """;

    private const string Html = """
        Content-Type: text/html; charset=utf-8

        <p>CARD the html</p>
        """;

    private const string Text = """
        Content-Type: text/plain

        the text CARD
        """;

    [Theory]
    [InlineData("before the HTML", "alternative", new[] { Text, CardPart, Html }, new[] { Text, "HTML" })]
    [InlineData("first", "alternative", new[] { CardPart, Html }, new[] { "HTML" })]
    [InlineData("two of them", "alternative", new[] { CardPart, CardPart, Html }, new[] { "HTML" })]
    [InlineData("last", "alternative", new[] { Text, Html, CardPart }, new[] { Text, "HTML" })]
    [InlineData("on both sides", "alternative", new[] { CardPart, Html, CardPart, CardPart }, new[] { "HTML" })]
    [InlineData("alone", "alternative", new[] { CardPart }, new[] { "\n" })]
    [InlineData("alone, twice", "alternative", new[] { CardPart, CardPart }, new[] { "\n" })]
    [InlineData("in another multipart", "mixed", new[] { Html, CardPart }, new[] { "HTML" })]
    [InlineData("an attachment stays", "mixed", new[] { Html, "Content-Disposition: attachment\n" + CardPart }, new[] { "HTML", "Content-Disposition: attachment\n" + CardPart })]
    [InlineData("an attached page stays", "mixed", new[] { Text, "Content-Disposition: attachment\n" + Html }, new[] { Text, "Content-Disposition: attachment\n" + Html })]
    [InlineData("a mail in the mail stays", "mixed", new[] { Html, "Content-Type: message/rfc822\n\nSubject: x\n" + Html }, new[] { "HTML", "Content-Type: message/rfc822\n\nSubject: x\n" + Html })]
    public void A_card_part_goes_with_one_boundary_line(string why, string kind, string[] parts, string[] expected)
    {
        var without = Without(Multipart(kind, parts));

        Assert.Equal((why, Multipart(kind, [.. expected.Select(part => part == "HTML" ? Html.Replace("CARD ", "", StringComparison.Ordinal) : part)])), (why, without));
        Assert.Empty(Mails.Read(without).CardParts);
    }

    [Theory]
    [InlineData("7bit", "Content-Type: text/html\n\na CARD b\n", "Content-Type: text/html\n\na b\n")]
    [InlineData("8bit, and bytes that are not UTF-8", "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n\u00E4\u00FF CARD b\n", "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n\u00E4\u00FF b\n")]
    [InlineData("base64", "Content-Type: text/html\nContent-Transfer-Encoding: base64\n\nYSBDQVJEIGI=\n", "Content-Type: text/html\nContent-Transfer-Encoding: base64\n\nYSBi\n")]
    [InlineData("quoted-printable", "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\na=20CARD =C3=A4\n", "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\na =C3=A4\n")]
    [InlineData("UTF-16", "Content-Type: text/html; charset=utf-16le\nContent-Transfer-Encoding: base64\n\nYQAgAEMAQQBSAEQAIABiAA==\n", "Content-Type: text/html; charset=utf-16le\nContent-Transfer-Encoding: base64\n\nYQAgAGIA\n")]
    public void The_HTML_is_written_again_as_it_was_encoded(string why, string mail, string expected) =>
        Assert.Equal((why, Mails.Header + expected), (why, Without(Mails.Header + mail)));

    [Theory]
    [InlineData("plain text", "Content-Type: text/plain\n\na CARD b\n")]
    [InlineData("an HTML part without a card, however it is written", "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n=41=42=\n=43\n")]
    [InlineData("no MIME", "\na CARD b")]
    public void Where_nothing_is_to_be_removed_the_bytes_are_the_same(string why, string mail)
    {
        var raw = Mails.Bytes(Mails.Header + mail);

        Assert.True(MailMessage.Read(raw).WithoutCards(Markup).Equals(raw), why);
    }

    [Fact]
    public void A_line_of_dashes_does_not_become_a_boundary()
    {
        var mail = Multipart("alternative", ["Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\nCARD " + string.Concat(Enumerable.Repeat("=2D-b1--", 40)) + "\n"]);

        var without = Mails.Read(Without(mail));

        Assert.Empty(without.Faults);
        Assert.Equal(string.Concat(Enumerable.Repeat("--b1--", 40)), without.HtmlBody?.Trim());
    }

    [Fact]
    public void The_remover_is_told_why_a_text_must_not_be_read()
    {
        string? told = null;
        Mails.Read(Mails.Header + "Content-Type: text/html; charset=utf-7\n\na\n").WithoutCards((text, fault) =>
        {
            told = fault;
            return text;
        });

        Assert.Equal("the character set 'utf-7'", told);
    }

    private static string Without(string mail) =>
        Encoding.Latin1.GetString(Mails.Read(mail).WithoutCards(Markup).Span).Replace("\r\n", "\n", StringComparison.Ordinal);

    private static string Markup(string text, string? fault) => text.Contains("CARD ", StringComparison.Ordinal) ? text.Replace("CARD ", "", StringComparison.Ordinal) : text;

    private static string Multipart(string kind, string[] parts) =>
        $"{Mails.Header}Content-Type: multipart/{kind}; boundary=b1\n\n" + string.Concat(parts.Select(part => $"--b1\n{part}\n")) + "--b1--\n";
}
