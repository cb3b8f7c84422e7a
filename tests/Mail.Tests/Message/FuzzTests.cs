using System.Text;
using ActionMail.Mail.Message;
using CsCheck;
using MimeKit;

namespace ActionMail.Mail.Tests.Message;

public class FuzzTests
{
    private const string Seed = "0000KeyoLfA5";
    private const int Rounds = 20_000;

    // What is between the pieces decides: fields, folds, boundaries and bodies in any order, some damaged.
    private static readonly string[] Pieces =
    [
        "From: a@b.test\r\n", "From: A <a@b.test>\r\n", "From: a@b.test, c@d.test\r\n", "From : a@b.test\r\n", "To: c@d.test\r\n",
        "To: \"x", "Subject: =?utf-8?q?a?=\r\n", "Content-Type: multipart/mixed; boundary=b1\r\n",
        "Content-Type: multipart/alternative; boundary=\"b2\"\r\n", "Content-Type: text/html; charset=utf-8\r\n",
        "Content-Type: message/rfc822\r\n", "Content-Type: application/adaptivecard+json\r\n", "Content-Transfer-Encoding: base64\r\n",
        "Content-Transfer-Encoding: quoted-printable\r\n", "Content-Disposition: attachment\r\n", "Date: Thu, 1 Jan 2026 12:00:00 +0000\r\n",
        "Message-ID: <1@b.test>\r\n", "\r\n", "\r\n", "\r\n", "--b1\r\n", "--b2\r\n", "--b1--\r\n", "--b2--\r\n", "--b1", "PHA+\r\n", "<p>text</p>\r\n",
        "<script type=\"application/adaptivecard+json\">{}</script>\r\n", " ", "\t", "\r", "\n", "\0", "(", ")", "<", ">", "\"", "\\", ";", ":", ",", "@",
        "=", "=?", "?=", "boundary=", "charset=utf-16", "\u00E4", "--", "From ",
    ];

    private static readonly Gen<string> Piece = Gen.Int[0, Pieces.Length - 1].Select(index => Pieces[index]);

    private static readonly string[] GoodLines = Mails.Alternative.ReplaceLineEndings("\n").Split('\n');

    // A good mail with pieces put in between two of its lines.
    private static readonly Gen<string> Mutated = Gen.Select(Gen.Int[0, GoodLines.Length - 1], Piece.Array[1, 3], (at, pieces) =>
        string.Join("\r\n", [.. GoodLines.Take(at), string.Concat(pieces) + GoodLines[at], .. GoodLines.Skip(at + 1)]));

    private static readonly Gen<byte[]> Mail = Gen.Frequency(
        (1, Gen.Byte.Array[0, 400]),
        (4, Piece.Array[0, 40].Select(pieces => Encoding.Latin1.GetBytes(string.Concat(pieces)))),
        (4, Mutated.Select(Encoding.Latin1.GetBytes)));

    [Fact]
    public void Any_bytes_give_a_message_that_can_be_shown()
    {
        foreach (var raw in Samples(Mail))
        {
            var mail = MailMessage.Read(raw);
            _ = (mail.Subject, mail.MessageId, mail.Date, mail.HtmlBody, mail.TextBody, mail.CardHtml, mail.CardHtmlFault, mail.CardParts, mail.Preview);

            Assert.NotNull(mail.From.Shown);
            Assert.True(mail.From.Address is not null || mail.Faults.Count > 0);
        }
    }

    [Fact]
    public void A_mail_without_faults_is_from_whom_another_parser_says_and_shows_the_same_html()
    {
        var faultless = 0;
        foreach (var raw in Samples(Mail))
        {
            var mail = MailMessage.Read(raw);
            if (mail.Faults.Count > 0)
                continue;
            faultless++;
            var other = MimeMessage.Load(new MemoryStream(raw));

            Assert.Equal(mail.From.Address, Assert.IsType<MailboxAddress>(Assert.Single(other.From)).Address);
            Assert.Subset(other.To.Mailboxes.Select(to => to.Address).ToHashSet(), mail.To.ToHashSet());
            if (mail is { CardHtml: { } html, CardHtmlFault: null })
                Assert.Contains(other.BodyParts.OfType<TextPart>(), part => part.IsHtml && part.GetText(Encoding.UTF8).ReplaceLineEndings() == html.ReplaceLineEndings());
        }
        Assert.InRange(faultless, 200, Rounds);
    }

    [Fact]
    public void One_byte_changed_in_a_good_mail_never_changes_who_it_is_from_unnoticed()
    {
        var good = Mails.Bytes(Mails.Alternative);
        foreach (var (at, b) in Samples(Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte)))
        {
            var raw = good.ToArray();
            raw[at] = b;
            var mail = MailMessage.Read(raw);
            if (mail.Faults.Count == 0)
                Assert.Equal(((MailboxAddress)MimeMessage.Load(new MemoryStream(raw)).From.Single()).Address, mail.From.Address);
        }
    }

    // The same samples on every machine: what one run finds, the next one finds again.
    private static IEnumerable<T> Samples<T>(Gen<T> gen)
    {
        var random = PCG.Parse(Seed);
        for (var i = 0; i < Rounds; i++)
            yield return gen.Generate(random, null, out _);
    }
}
