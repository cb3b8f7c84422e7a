using ActionMail.Mail.Message;
using static ActionMail.Mail.Message.MessageFault;

namespace ActionMail.Mail.Tests.Message;

public class StructureTests
{
    private const string TypeLine = "Content-Type: multipart/alternative; boundary=\"b1\"";
    private const string HtmlType = "Content-Type: text/html; charset=utf-8";

    [Fact]
    public void The_unmutated_message_is_plain_to_every_reader()
    {
        var mail = Mails.Read(Mails.Alternative);

        Assert.Empty(mail.Faults);
        Assert.Equal("the text", mail.TextBody);
        Assert.Equal("<p>the html</p>", mail.HtmlBody);
    }

    [Theory]
    [InlineData("duplicate Content-Type", TypeLine, TypeLine + "\nContent-Type: text/html")]
    [InlineData("two boundary parameters", TypeLine, TypeLine + "; boundary=\"b2\"")]
    [InlineData("the same boundary twice", TypeLine, TypeLine + "; Boundary=\"b1\"")]
    [InlineData("empty boundary", TypeLine, "Content-Type: multipart/alternative; boundary=\"\"")]
    [InlineData("no boundary", TypeLine, "Content-Type: multipart/alternative")]
    [InlineData("blank boundary", TypeLine, "Content-Type: multipart/alternative; boundary=\" \"")]
    [InlineData("boundary in pieces", TypeLine, "Content-Type: multipart/alternative; boundary*0=\"b\"; boundary*1=\"1\"")]
    [InlineData("encoded boundary", TypeLine, "Content-Type: multipart/alternative; boundary*=utf-8''b1")]
    [InlineData("comment before the parameter", TypeLine, "Content-Type: multipart/alternative (x); boundary=\"b1\"")]
    [InlineData("comment in the type", TypeLine, "Content-Type: multipart(x)/alternative; boundary=\"b1\"")]
    [InlineData("comment behind the parameter", TypeLine, TypeLine + " (x)")]
    [InlineData("unquoted special", TypeLine, "Content-Type: multipart/alternative; boundary=b1=")]
    [InlineData("unclosed quote", TypeLine, "Content-Type: multipart/alternative; boundary=\"b1")]
    [InlineData("no subtype", TypeLine, "Content-Type: multipart; boundary=\"b1\"")]
    [InlineData("text between", TypeLine, "Content-Type: multipart/alternative boundary=\"b1\"")]
    [InlineData("two semicolons", TypeLine, "Content-Type: multipart/alternative;; boundary=\"b1\"")]
    [InlineData("8-bit in the type", TypeLine, "Content-Type: multipart/alternative; boundary=\"b1\xC3\xA4\"")]
    [InlineData("no closing boundary", "--b1--\n", "")]
    [InlineData("LF-only boundary line", "the text\n--b1\n", "the text¶--b1¶")]
    [InlineData("LF-only line anywhere", "the text\n", "the¶text\n")]
    [InlineData("NUL in the body", "the text\n", "the\0text\n")]
    [InlineData("boundary with something behind it", "the text\n", "the text\n--b1x\n")]
    [InlineData("boundary behind the closing one", "--b1--\n", "--b1--\n--b1\n\nmore\n--b1--\n")]
    [InlineData("duplicate Content-Type in a part", HtmlType, HtmlType + "\nContent-Type: text/plain")]
    [InlineData("duplicate charset", HtmlType, HtmlType + "; charset=utf-7")]
    [InlineData("charset in pieces", HtmlType, "Content-Type: text/html; charset*0=utf-8")]
    [InlineData("comment in a part's type", HtmlType, "Content-Type: text/html (c); charset=utf-8")]
    [InlineData("duplicate encoding", HtmlType, HtmlType + "\nContent-Transfer-Encoding: 7bit\nContent-Transfer-Encoding: base64")]
    [InlineData("uuencode", HtmlType, HtmlType + "\nContent-Transfer-Encoding: x-uuencode")]
    [InlineData("two encodings in one", HtmlType, HtmlType + "\nContent-Transfer-Encoding: 7bit, base64")]
    [InlineData("comment in the encoding", HtmlType, HtmlType + "\nContent-Transfer-Encoding: 7bit (c)")]
    [InlineData("encoded multipart", TypeLine, TypeLine + "\nContent-Transfer-Encoding: base64")]
    [InlineData("space line for the separator", HtmlType + "\n\n", HtmlType + "\n \n\n")]
    [InlineData("two dispositions", HtmlType, HtmlType + "\nContent-Disposition: inline\nContent-Disposition: attachment")]
    public void What_readers_disagree_about_is_ambiguous(string why, string part, string mutated)
    {
        Assert.Contains(part, Mails.Alternative.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        var mail = Mails.Read(Mails.Alternative.ReplaceLineEndings("\n").Replace(part, mutated, StringComparison.Ordinal));

        Assert.True(mail.Reason() == MessageAmbiguous, $"{why}: {string.Join("; ", mail.Faults)}");
        Assert.Equal("actions@contoso.test", mail.From.Address);
    }

    [Theory]
    [InlineData("trailing semicolon", TypeLine, TypeLine + ";")]
    [InlineData("token boundary", TypeLine, "Content-Type: multipart/alternative; boundary=b1")]
    [InlineData("folded parameter", TypeLine, "Content-Type: multipart/alternative;\n\tboundary=\"b1\"")]
    [InlineData("upper case", TypeLine, "CONTENT-TYPE: Multipart/ALTERNATIVE; BOUNDARY=b1")]
    [InlineData("other parameters", TypeLine, TypeLine + "; type=\"text/html\"")]
    [InlineData("padding behind the boundary", "--b1\nContent-Type: text/plain", "--b1 \t\nContent-Type: text/plain")]
    [InlineData("preamble and epilogue", "--b1--\n", "--b1--\nan epilogue -- b1\n")]
    [InlineData("encoding in capitals", HtmlType, HtmlType + "\nContent-Transfer-Encoding: 8BIT")]
    public void What_they_agree_about_is_not(string why, string part, string mutated)
    {
        var mail = Mails.Read(Mails.Alternative.ReplaceLineEndings("\n").Replace(part, mutated, StringComparison.Ordinal));

        Assert.True(mail.Faults.Count == 0, $"{why}: {string.Join("; ", mail.Faults)}");
        Assert.Equal("<p>the html</p>", mail.HtmlBody);
    }

    [Theory]
    [InlineData("b1", "b2", null)]
    [InlineData("b1", "b1", MessageAmbiguous)]
    [InlineData("b1", "b12", MessageAmbiguous)]
    [InlineData("b12", "b1", MessageAmbiguous)]
    public void A_boundary_must_not_begin_another_one(string outer, string inner, MessageFault? expected)
    {
        var mail = Mails.WithFields($"Content-Type: multipart/mixed; boundary={outer}", $"""
            --{outer}
            Content-Type: multipart/alternative; boundary={inner}

            --{inner}
            Content-Type: text/html

            <p>the html</p>
            --{inner}--
            --{outer}--

            """);

        Assert.Equal(expected, mail.Reason());
    }

    [Fact]
    public void A_part_that_its_parent_cuts_off_is_ambiguous()
    {
        var mail = Mails.WithFields("Content-Type: multipart/mixed; boundary=outer", """
            --outer
            Content-Type: multipart/alternative; boundary=inner

            --inner
            Content-Type: text/html

            <p>the html</p>
            --outer--

            """);

        Assert.Equal(MessageAmbiguous, mail.Reason());
        Assert.Equal("<p>the html</p>", mail.HtmlBody);
    }

    [Theory]
    [InlineData("clean", "PHA+dGhlIGh0bWw8L3A+", null)]
    [InlineData("clean, on lines", "PHA+dGhl\nIGh0bWw8\nL3A+", null)]
    [InlineData("clean, padded", "PHA+dGhlIGh0bWw8L3A+Cg==", null)]
    [InlineData("data behind the padding", "PHA+dGhlIGh0bWw8L3A+Cg==PHA+", MessageAmbiguous)]
    [InlineData("padding in the middle", "PHA+dA==\nIGh0bWw8L3A+", MessageAmbiguous)]
    [InlineData("byte outside the alphabet", "PHA+dGhl!IGh0bWw8L3A+", MessageAmbiguous)]
    [InlineData("base64url", "PHA-dGhlIGh0bWw8L3A-", MessageAmbiguous)]
    public void Base64_of_a_body_must_be_clean(string why, string encoded, MessageFault? expected)
    {
        var mail = Mails.WithFields("Content-Type: text/html\nContent-Transfer-Encoding: base64", encoded + "\n");

        Assert.True(mail.Reason() == expected, why);
        Assert.StartsWith("<p", mail.HtmlBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clean", "<p style=3D'x'>the html</p>=20", null)]
    [InlineData("soft line break", "<p>the =\nhtml</p>", null)]
    [InlineData("lower case", "<p style=3d'x'>", null)]
    [InlineData("soft break with spaces", "<p>the = \nhtml</p>", null)]
    [InlineData("no hex", "<p style=zz'x'>", MessageAmbiguous)]
    [InlineData("half a byte", "<p>=3</p>", MessageAmbiguous)]
    public void Quoted_printable_of_a_body_must_be_clean(string why, string encoded, MessageFault? expected) =>
        Assert.True(Mails.WithFields("Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable", encoded + "\n").Reason() == expected, why);

    [Theory]
    [InlineData("Content-Type: application/pdf; name=my file.pdf")]
    [InlineData("Content-Type: image/png; name=\"a\"; name=\"b\"")]
    [InlineData("Content-Type: application/pdf; name*0=a; name*1=b; filename*=utf-8''c")]
    public void A_sloppy_type_of_an_attachment_changes_nothing(string type) =>
        Assert.Empty(Mails.WithFields("Content-Type: multipart/mixed; boundary=b1",
            $"--b1\n\nhello\n--b1\n{type}\nContent-Disposition: attachment\n\nx\n--b1--\n").Faults);

    [Theory]
    [InlineData("; start=\"<html@x>\"", null)]
    [InlineData("", null)]
    [InlineData("; start=\"<picture@x>\"", MessageAmbiguous)]
    public void A_related_multipart_starts_with_its_first_part(string start, MessageFault? expected) =>
        Assert.Equal(expected, Mails.WithFields($"Content-Type: multipart/related; boundary=b1{start}",
            "--b1\nContent-Type: text/html\nContent-ID: <html@x>\n\n<p>a</p>\n--b1\nContent-Type: image/png\nContent-ID: <picture@x>\n\nx\n--b1--\n").Reason());
}
