using System.Text;
using ActionMail.Mail.Message;
using ActionMail.Protocol.Carriage;
using ActionMail.Server.Intake;
using MimeKit;

namespace ActionMail.Server.Tests.Intake;

/// <summary>What leaves the platform carries no card, however it came. Protocol §1, security B-11 to B-13.</summary>
public sealed class CardlessMailTests
{
    private const string Card = """{"type":"AdaptiveCard","version":"1.0"}""";
    private const string Script = $"""<script type="application/adaptivecard+json">{Card}</script>""";
    private const string Section = """<section itemscope itemtype="http://schema.org/SignedAdaptiveCard"><div itemprop="signedAdaptiveCard">h.p.s</div></section>""";

    private static readonly string[] Pages =
    [
        $"<html><head>{Script}</head><body>a</body></html>",
        $"<p>\u00E4</p>{Section}<p>b</p>",
        $"<html><head {Script}</head><body>{Section}</body></html>",
        "<script type='application/ld+json'>{\"@context\":\"https://schema.org/extensions\",\"@type\":\"MessageCard\",\"text\":\"a\"}</script>",
        "<script type='application/ld+json'>{\"@type\":\"SignedMessageCard\",\"signedMessageCard\":\"h.p.s\"}</script>",
        $"<script type=application/adaptivecard+json>{Card}",
        $"<blockquote>{Script}</blockquote>{Script}{Script}",
        $"<{Script}script type=\"application/adaptivecard+json\">{Card}</script>",
    ];

    private static readonly string[] Charsets = ["utf-8", "us-ascii", "iso-8859-1", "windows-1252", "utf-16", "utf-16be", "utf-32", "iso-2022-jp", "utf-7", "ibm037", "nothing-known"];

    public static TheoryData<string, string> Carriages() =>
        [.. from charset in Charsets from encoding in (string[])["8bit", "base64", "quoted-printable"] select (charset, encoding)];

    [Theory]
    [MemberData(nameof(Carriages))]
    public void No_card_is_left_whatever_the_page_and_its_encoding(string charset, string encoding)
    {
        foreach (var page in Pages)
        {
            var bytes = EncodingOf(charset).GetBytes(page);
            var alternative = new MultipartAlternative
            {
                Part("text/plain", "text", encoding, "utf-8"),
                Part("application/adaptivecard+json", Card, encoding, "utf-8"),
                Part("text/html", bytes, encoding, charset),
                Part("application/adaptivecard+jws", "h.p.s", encoding, "utf-8"),
            };

            Assert.True(AssertCardless(Raw(alternative)), page);
            AssertCardless(Raw(Part("text/html", bytes, encoding, charset)));
            AssertCardless(Raw(new Multipart("mixed") { new MultipartRelated { Part("text/html", bytes, encoding, charset) }, Part("text/html", bytes, encoding, charset) }));
        }
    }

    [Fact]
    public void No_card_is_left_in_any_mail()
    {
        string[] pieces =
        [
            "Content-Type: multipart/alternative; boundary=b1\r\n", "Content-Type: multipart/mixed; boundary=b2\r\n", "Content-Type: text/html\r\n", "Content-Type: text/html; charset=utf-16\r\n",
            "Content-Type: application/adaptivecard+json\r\n", "Content-Type: application/adaptivecard+jws\r\n", "Content-Type: message/rfc822\r\n", "Content-Disposition: attachment\r\n", "Content-Disposition: inline\r\n",
            "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: quoted-printable\r\n", "From: a@b.test\r\n", "\r\n", "\r\n", "\r\n", "--b1\r\n", "--b2\r\n", "--b1--\r\n", "--b2--\r\n", "--b1", "=\r\n", "=3D", "\n", "\r", "\0",
            Script, Section, Card, "h.p.s", "<script type=application/adaptivecard+json>", "</script>", "PHNjcmlwdCB0eXBlPWFwcGxpY2F0aW9uL2FkYXB0aXZlY2FyZCtqc29uPnt9PC9zY3JpcHQ+", "<blockquote>", "</blockquote>", "<", "\u00FF",
        ];
        var random = new Random(20260301);
        var carried = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var mail = new StringBuilder(round % 2 == 0 ? "Content-Type: multipart/alternative; boundary=b1\r\n\r\n--b1\r\n" : "").Append(round % 4 < 2 ? "Content-Type: text/html\r\n\r\n" : "");
            for (var count = random.Next(20); count > 0; count--)
                mail.Append(pieces[random.Next(pieces.Length)]);
            carried += AssertCardless(Encoding.Latin1.GetBytes(mail.ToString())) ? 1 : 0;
        }

        Assert.True(carried > 200, $"only {carried} mails carried a card");
    }

    [Fact]
    public void A_mail_that_shows_its_parts_one_after_the_other_is_refused_or_cardless()
    {
        var mail = new StringBuilder("Content-Type: multipart/mixed; boundary=b1\r\n\r\n");
        for (var part = 0; part < 3000; part++)
            mail.Append("--b1\r\nContent-Type: application/adaptivecard+json\r\n\r\n{}\r\n");
        mail.Append($"--b1\r\nContent-Type: text/html\r\n\r\n{Script}\r\n--b1--\r\n");

        AssertCardless(Encoding.Latin1.GetBytes(mail.ToString()));
    }

    /// <summary>True where the mail carried a card.</summary>
    private static bool AssertCardless(byte[] raw)
    {
        if (CardlessMail.Of(raw) is not { } without)
            return true;
        Assert.True(MailFacts.CardOf(MailMessage.Read(without)) is CarriedCard.None, Encoding.Latin1.GetString(raw));
        Assert.True(CardlessMail.Of(without) is { } again && again.Equals(without), Encoding.Latin1.GetString(raw));
        return MailFacts.CardOf(MailMessage.Read(raw)) is not CarriedCard.None;
    }

    private static Encoding EncodingOf(string charset) => charset switch
    {
        "utf-16" => Encoding.Unicode,
        "utf-16be" => Encoding.BigEndianUnicode,
        "utf-32" => Encoding.UTF32,
        _ => CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.UTF8,
    };

    private static MimePart Part(string type, string text, string encoding, string charset) => Part(type, Encoding.UTF8.GetBytes(text), encoding, charset);

    private static MimePart Part(string type, byte[] bytes, string encoding, string charset)
    {
        var part = new MimePart(ContentType.Parse(type)) { Content = new MimeContent(new MemoryStream(bytes)), ContentTransferEncoding = MimeKit.Utils.MimeUtils.TryParse(encoding, out ContentEncoding known) ? known : ContentEncoding.Default };
        part.ContentType.Parameters["charset"] = charset;
        return part;
    }

    private static byte[] Raw(MimeEntity body)
    {
        var message = new MimeMessage { Body = body, Subject = "s" };
        message.From.Add(MailboxAddress.Parse("a@b.test"));
        message.To.Add(MailboxAddress.Parse("c@d.test"));
        using var raw = new MemoryStream();
        message.WriteTo(FormatOptions.Default, raw);
        return raw.ToArray();
    }
}
