using System.Text;
using ActionMail.Mail.Message;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Carriage;
using ActionMail.Server.Accounts;
using ActionMail.Server.Intake;
using ActionMail.Server.Outbound;
using MimeKit;

namespace ActionMail.Server.Tests.Outbound;

/// <summary>What an answer is made of, as a function of the answered mail. Protocol §1, security B-11.</summary>
public sealed class LetterTests
{
    private const string Card = """{"type":"AdaptiveCard","version":"1.0"}""";
    private const string Script = $"""<script type="application/adaptivecard+json">{Card}</script>""";
    private const string Section = """<section itemscope itemtype="http://schema.org/SignedAdaptiveCard"><div itemprop="signedAdaptiveCard">h.p.s</div></section>""";
    private const string Escaped = "&lt;script type=\"application/adaptivecard+json\"&gt;{}&lt;/script&gt;";

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Person Adele = new(Guid.NewGuid(), Guid.NewGuid(), "Adele Vance", "", [EmailAddress.Parse("adele@contoso.test"), EmailAddress.Parse("a@contoso.test")]);

    [Theory]
    [InlineData("the body", $"Content-Type: text/html\r\n\r\n<html><head>{Script}</head><body>{Section}said</body></html>")]
    [InlineData("a quoted reply", $"Content-Type: text/html\r\n\r\nsaid<blockquote>{Script}{Section}</blockquote>")]
    [InlineData("text that looks like one", $"Content-Type: text/html\r\n\r\nsaid {Escaped}")]
    [InlineData("plain text", $"Content-Type: text/plain\r\n\r\nsaid {Script}")]
    [InlineData("a page without a type", $"Content-Type: text/html; charset=utf-16\r\n\r\nsaid {Script}")]
    [InlineData("a card part", $"Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: application/adaptivecard+json\r\n\r\n{Card}\r\n--b\r\nContent-Type: text/html\r\n\r\nsaid\r\n--b--\r\n")]
    [InlineData("a card alone", $"Content-Type: application/adaptivecard+json\r\n\r\n{Card}")]
    [InlineData("an attached page", $"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsaid\r\n--b\r\nContent-Type: text/html\r\nContent-Disposition: attachment\r\n\r\n{Section}\r\n--b--\r\n")]
    [InlineData("an attached message", $"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsaid\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: a@b.test\r\nContent-Type: text/html\r\n\r\n{Section}\r\n--b--\r\n")]
    [InlineData("one in another", $"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsaid\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nContent-Type: message/rfc822\r\n\r\nContent-Type: text/html\r\n\r\n{Script}\r\n--b--\r\n")]
    [InlineData("one that is encoded", "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsaid\r\n--b\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\nQ29udGVudC1UeXBlOiB0ZXh0L2h0bWwNCg0KPHNjcmlwdCB0eXBlPSJhcHBsaWNhdGlvbi9hZGFwdGl2ZWNhcmQranNvbiI+e308L3NjcmlwdD4=\r\n--b--\r\n")]
    [InlineData("a digest", $"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsaid\r\n--b\r\nContent-Type: multipart/digest; boundary=d\r\n\r\n--d\r\n\r\nContent-Type: text/html\r\n\r\n{Section}\r\n--d--\r\n--b--\r\n")]
    public void No_card_leaves_wherever_it_is(string why, string mail)
    {
        foreach (var kind in Enum.GetValues<AnswerKind>())
        {
            var sent = Write(kind, Encoding.Latin1.GetBytes("From: Somebody <s@fabrikam.test>\r\n" + mail));
            Assert.True(sent is not null, why);
            AssertCardless(sent.Value, why);
        }
    }

    [Fact]
    public void No_card_leaves_whatever_the_mail()
    {
        string[] pieces =
        [
            "Content-Type: multipart/alternative; boundary=b1\r\n", "Content-Type: multipart/mixed; boundary=b2\r\n", "Content-Type: text/html\r\n", "Content-Type: text/html; charset=utf-16\r\n",
            "Content-Type: application/adaptivecard+json\r\n", "Content-Type: message/rfc822\r\n", "Content-Type: multipart/digest; boundary=b1\r\n", "Content-Disposition: attachment\r\n",
            "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: quoted-printable\r\n", "From: a@b.test\r\n", "\r\n", "\r\n", "\r\n", "--b1\r\n", "--b2\r\n", "--b1--\r\n", "--b2--\r\n", "=\r\n", "\n", "\0",
            Script, Section, Card, Escaped, "<script type=application/adaptivecard+json>", "</script>", "PHNjcmlwdCB0eXBlPWFwcGxpY2F0aW9uL2FkYXB0aXZlY2FyZCtqc29uPnt9PC9zY3JpcHQ+", "<blockquote>", "<textarea>", "<svg>", "<", "\u00FF",
        ];
        var random = new Random(20260302);
        var carried = 0;
        for (var round = 0; round < 3_000; round++)
        {
            var mail = new StringBuilder(round % 2 == 0 ? "Content-Type: multipart/mixed; boundary=b1\r\n\r\n--b1\r\n" : "").Append(round % 4 < 2 ? "Content-Type: text/html\r\n\r\n" : "");
            for (var count = random.Next(20); count > 0; count--)
                mail.Append(pieces[random.Next(pieces.Length)]);
            var raw = Encoding.Latin1.GetBytes(mail.ToString());
            carried += MailFacts.CardOf(MailMessage.Read(raw)) is CarriedCard.None ? 0 : 1;
            if (Write(round % 3 == 0 ? AnswerKind.Reply : AnswerKind.Forward, raw) is { } sent)
                AssertCardless(sent, mail.ToString());
        }

        Assert.True(carried > 50, $"only {carried} mails carried a card");
    }

    [Theory]
    [InlineData("Hello", "Re: Hello", "Fwd: Hello")]
    [InlineData("Re: Hello", "Re: Hello", "Fwd: Re: Hello")]
    [InlineData("RE: re:Hello", "Re: Hello", "Fwd: RE: re:Hello")]
    [InlineData("Fwd: Hello", "Re: Fwd: Hello", "Fwd: Hello")]
    [InlineData("FW: fwd: Hello", "Re: FW: fwd: Hello", "Fwd: Hello")]
    [InlineData("", "Re: ", "Fwd: ")]
    [InlineData("Reply", "Re: Reply", "Fwd: Reply")]
    public void A_prefix_is_there_once(string subject, string reply, string forward)
    {
        Assert.Equal(reply, Plan(AnswerKind.Reply, $"Subject: {subject}").Subject);
        Assert.Equal(forward, Plan(AnswerKind.Forward, $"Subject: {subject}").Subject);
    }

    [Theory]
    [InlineData("to the sender", "From: s@fabrikam.test\r\nTo: adele@contoso.test", "s@fabrikam.test", "", "adele@contoso.test")]
    [InlineData("from the address that it was sent to", "From: s@fabrikam.test\r\nTo: A@contoso.test", "s@fabrikam.test", "", "a@contoso.test")]
    [InlineData("to all others", "From: s@fabrikam.test\r\nTo: adele@contoso.test, b@x.test\r\nCc: c@x.test, b@x.test", "s@fabrikam.test, b@x.test", "c@x.test", "adele@contoso.test")]
    [InlineData("where it asks for", "From: s@fabrikam.test\r\nTo: adele@contoso.test\r\nReply-To: r@x.test, q@x.test", "r@x.test, q@x.test", "", "adele@contoso.test")]
    [InlineData("to whom the own mail went", "From: adele@contoso.test\r\nTo: b@x.test\r\nCc: c@x.test", "b@x.test", "c@x.test", "adele@contoso.test")]
    [InlineData("to oneself where there is nobody else", "From: adele@contoso.test\r\nTo: adele@contoso.test", "adele@contoso.test", "", "adele@contoso.test")]
    [InlineData("to nobody known", "From: \"a b\"@x.test\r\nTo: adele@contoso.test", "adele@contoso.test", "", "adele@contoso.test")]
    public void A_reply_to_all_goes(string why, string header, string to, string cc, string from)
    {
        var plan = Plan(AnswerKind.ReplyAll, header);

        Assert.Equal((why, to, cc, from), (why, string.Join(", ", plan.To), string.Join(", ", plan.Cc), plan.From.ToString()));
    }

    private static AnswerPlan Plan(AnswerKind kind, string header) => AnswerPlan.For(MailMessage.Read(Encoding.UTF8.GetBytes(header + "\r\n\r\ntext\r\n")), kind, Adele);

    private static ReadOnlyMemory<byte>? Write(AnswerKind kind, byte[] raw)
    {
        var draft = new Draft(Guid.NewGuid(), kind, "x@fabrikam.test", "", "A subject", $"My words {Script}");
        return LetterWriter.Write(new(draft, DraftReading.Of(draft, 10), Adele.PrimaryAddress, Adele.DisplayName, MailMessage.Read(raw), Now, Now));
    }

    // As an inbox reads it, and as one would read each attached message and page if it came by itself.
    private static void AssertCardless(ReadOnlyMemory<byte> sent, string why)
    {
        Assert.True(MailFacts.CardOf(MailMessage.Read(sent)) is CarriedCard.None, why);
        using var message = MimeMessage.Load(new MemoryStream(sent.ToArray()));
        AssertCardless(message.Body, why);
    }

    private static void AssertCardless(MimeEntity? part, string why)
    {
        switch (part)
        {
            case Multipart parts:
                foreach (var each in parts)
                    AssertCardless(each, why);
                break;
            case MessagePart { Message: { } attached }:
                using (var bytes = new MemoryStream())
                {
                    attached.WriteTo(bytes);
                    Assert.True(MailFacts.CardOf(MailMessage.Read(bytes.ToArray())) is CarriedCard.None, why);
                }
                AssertCardless(attached.Body, why);
                break;
            case TextPart { IsHtml: true } page:
                Assert.True(CardFinder.Find(page.Text, []) is CarriedCard.None, why);
                break;
            case MimePart other:
                Assert.False(other.ContentType.MimeType.StartsWith("application/adaptivecard", StringComparison.OrdinalIgnoreCase) || other.ContentType.MimeType == "message/rfc822", why);
                break;
        }
    }
}
