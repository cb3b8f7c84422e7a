using System.Text;
using System.Xml.Linq;
using ActionMail.Mail.Message;
using ActionMail.Tests;

namespace ActionMail.Mail.Tests.Message;

public class CorpusTests
{
    [Fact]
    public void Each_mime4j_message_is_read_to_its_expected_text_or_has_a_fault()
    {
        var read = 0;
        foreach (var file in Directory.EnumerateFiles(TestData.Path("mime/mime4j"), "*.msg", SearchOption.AllDirectories))
        {
            var mail = MailMessage.Read(WithCrlf(File.ReadAllBytes(file)));
            if (StructureOf(mail) is not null || mail.TextBody is not { } text)
                continue;
            read++;
            Assert.True(ExpectedTexts(file).Contains(Normal(text)), Path.GetFileName(file));
        }
        Assert.InRange(read, 30, 80);
    }

    [Theory]
    [InlineData("testmsgs/boundary-name-clash", MessageFault.MessageAmbiguous)]
    [InlineData("testmsgs/missing-boundary", MessageFault.MessageAmbiguous)]
    [InlineData("testmsgs/missing-inner-boundary", MessageFault.MessageAmbiguous)]
    [InlineData("testmsgs/misplaced-boundary", null)]
    [InlineData("testmsgs/malformedHeaderStartsBody-noheader", MessageFault.MessageMalformed)]
    [InlineData("testmsgs/very-very-long-boundary", MessageFault.MessageMalformed)]
    [InlineData("mimetools-testmsgs/multi-bad", MessageFault.MessageAmbiguous)]
    [InlineData("mimetools-testmsgs/badbound", MessageFault.MessageAmbiguous)]
    [InlineData("mimetools-testmsgs/uu-junk", MessageFault.MessageMalformed)]
    [InlineData("mimetools-testmsgs/multi-simple", null)]
    [InlineData("mimetools-testmsgs/multi-nested", null)]
    [InlineData("testmsgs/simple-attachment", null)]
    public void The_known_traps_of_mime4j_have_their_fault(string name, MessageFault? expected)
    {
        var mail = MailMessage.Read(WithCrlf(File.ReadAllBytes(TestData.Path($"mime/mime4j/{name}.msg"))));

        Assert.Equal(expected, StructureOf(mail));
    }

    [Fact]
    public void The_examples_of_the_MIME_RFCs_are_read()
    {
        foreach (var file in Directory.EnumerateFiles(TestData.Path("mime/stalwart-rfc"), "*.eml"))
        {
            var mail = MailMessage.Read(WithCrlf(File.ReadAllBytes(file)));
            var oracle = MimeKit.MimeMessage.Load(file);

            Assert.Equal(oracle.Subject ?? "", mail.Subject);
            if (mail.Faults.Count == 0)
                Assert.Equal(oracle.From.Mailboxes.Single().Address, mail.From.Address);
        }
    }

    // Many of these messages are examples without a From.
    private static MessageFault? StructureOf(MailMessage mail) =>
        mail.Faults.Select(finding => (MessageFault?)finding.Fault)
            .FirstOrDefault(fault => fault is MessageFault.MessageMalformed or MessageFault.MessageAmbiguous);

    // The expected texts are stored in the character set of their part.
    private static HashSet<string> ExpectedTexts(string file)
    {
        var structure = XDocument.Load(Path.ChangeExtension(file, null) + "_decoded.xml");
        var texts = structure.Descendants("text-body").Select(body =>
            File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(file)!, (string)body.Attribute("name")!)));
        Encoding[] sets = [Encoding.UTF8, Encoding.Latin1, CodePagesEncodingProvider.Instance.GetEncoding("iso-8859-15")!];
        return [.. texts.SelectMany(text => sets.Select(set => Normal(set.GetString(text))))];
    }

    private static string Normal(string text) => text.ReplaceLineEndings("\n").Trim();

    // Half of the files are stored with LF alone; on the wire they had CRLF.
    private static byte[] WithCrlf(byte[] raw) =>
        raw.AsSpan().IndexOf("\r\n"u8) >= 0 ? raw : Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(raw).Replace("\n", "\r\n", StringComparison.Ordinal));
}
