using System.Text;
using ActionMail.Mail.Feedback;
using ActionMail.Mail.Message;

namespace ActionMail.Mail.Tests.Feedback;

/// <summary>RFC 5965: what is a feedback report, what it says, and what is not as it must be.</summary>
public sealed class FeedbackTests
{
    // After the example of RFC 5965 Appendix B.2, with names of our own.
    private const string Golden = """
        From: <fbl@reporter.test>
        Date: Thu, 8 Mar 2026 17:40:36 +0000
        Subject: FW: A request
        To: <complaints@platform.test>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report;
         boundary="part1_13d.2e68ed54_boundary"

        --part1_13d.2e68ed54_boundary
        Content-Type: text/plain; charset="US-ASCII"
        Content-Transfer-Encoding: 7bit

        This is an email abuse report.

        --part1_13d.2e68ed54_boundary
        Content-Type: message/feedback-report

        Feedback-Type: abuse
        User-Agent: SomeGenerator/1.0
        Version: 1
        Original-Mail-From: <bounce@service.test>
        Original-Rcpt-To: <somebody@reporter.test>
        Original-Rcpt-To: <else@reporter.test>
        Arrival-Date: Thu, 8 Mar 2026 14:00:00 +0000
        Source-IP: 192.0.2.1
        Reported-Domain: Service.test
        X-Extension: whatever

        --part1_13d.2e68ed54_boundary
        Content-Type: message/rfc822
        Content-Disposition: inline

        From: <service@service.test>
        To: <somebody@reporter.test>
        Subject: A request
        Message-ID: <8787KJKJ3K4J3K4J3K4J3.mail@service.test>
        Date: Thu, 8 Mar 2026 14:00:00 +0000

        Please approve
        --part1_13d.2e68ed54_boundary--

        """;

    [Fact]
    public void The_golden_report_says_what_it_is_about()
    {
        var report = Assert.IsType<FeedbackReading.Read>(Read(Golden)).Report;

        Assert.Equal(("abuse", "SomeGenerator/1.0", true, true), (report.Type, report.UserAgent, report.IsComplaint, report.IsWhole));
        Assert.Equal("bounce@service.test", report.OriginalMailFrom);
        Assert.Equal(["somebody@reporter.test", "else@reporter.test"], report.OriginalRecipients);
        Assert.Equal(new DateTimeOffset(2026, 3, 8, 14, 0, 0, TimeSpan.Zero), report.ArrivedAt);
        Assert.Equal("192.0.2.1", report.Source?.ToString());
        Assert.Equal(["service.test"], report.ReportedDomains);
        Assert.Equal(("<8787KJKJ3K4J3K4J3K4J3.mail@service.test>", "service@service.test"), (report.Original.MessageId, report.Original.From.Address));
    }

    [Theory]
    [InlineData("no type", "Feedback-Type: abuse\n", "", "Feedback-Type")]
    [InlineData("no program", "User-Agent: SomeGenerator/1.0\n", "", "User-Agent")]
    [InlineData("no version", "Version: 1\n", "", "Version")]
    [InlineData("another version", "Version: 1\n", "Version: 2\n", "version")]
    [InlineData("two types", "Version: 1\n", "Version: 1\nFeedback-Type: not-spam\n", "Feedback-Type")]
    [InlineData("two senders", "Version: 1\n", "Version: 1\nOriginal-Mail-From: <a@b.test>\n", "Original-Mail-From")]
    [InlineData("no original", "message/rfc822", "image/png", "third part")]
    [InlineData("other fields", "message/feedback-report", "message/delivery-status", "three parts")]
    public void What_is_not_as_it_must_be_is_told(string why, string from, string to, string word)
    {
        var fault = Assert.IsType<FeedbackReading.Malformed>(Read(Golden.Replace(from, to, StringComparison.Ordinal))).Why;

        Assert.True(fault.Contains(word, StringComparison.Ordinal), $"{why}: {fault}");
    }

    [Theory]
    [InlineData("a delivery report", "report-type=feedback-report", "report-type=delivery-status")]
    [InlineData("no report at all", "multipart/report; report-type=feedback-report", "multipart/mixed")]
    public void Another_mail_is_none(string why, string from, string to) =>
        Assert.True(Read(Golden.Replace(from, to, StringComparison.Ordinal)) is FeedbackReading.None, why);

    [Theory]
    [InlineData("a mail that is no spam", "Feedback-Type: abuse", "Feedback-Type: not-spam", false)]
    [InlineData("a failed authentication", "Feedback-Type: abuse", "Feedback-Type: auth-failure", false)]
    [InlineData("fraud, in capitals", "Feedback-Type: abuse", "feedback-type: FRAUD", true)]
    [InlineData("the version of the drafts", "Version: 1", "Version: 0.1", true)]
    public void Not_every_report_is_a_complaint(string why, string from, string to, bool isComplaint) =>
        Assert.True(Assert.IsType<FeedbackReading.Read>(Read(Golden.Replace(from, to, StringComparison.Ordinal))).Report.IsComplaint == isComplaint, why);

    [Fact]
    public void The_headers_alone_will_do()
    {
        var report = Assert.IsType<FeedbackReading.Read>(Read(Golden.Replace("message/rfc822", "text/rfc822-headers", StringComparison.Ordinal))).Report;

        Assert.Equal((false, "<8787KJKJ3K4J3K4J3K4J3.mail@service.test>"), (report.IsWhole, report.Original.MessageId));
    }

    [Fact]
    public void An_encoded_part_is_decoded()
    {
        var fields = Convert.ToBase64String("Feedback-Type: abuse\r\nUser-Agent: x\r\nVersion: 1\r\n"u8);
        var from = Golden.IndexOf("\n\nFeedback-Type", StringComparison.Ordinal);
        var to = Golden.IndexOf("\n\n--part1", from, StringComparison.Ordinal);

        Assert.IsType<FeedbackReading.Read>(Read(Golden[..from] + "\nContent-Transfer-Encoding: base64\n\n" + fields + Golden[to..]));
    }

    [Fact]
    public void Any_bytes_give_one_of_the_readings()
    {
        var random = new Random(5965);
        var golden = Bytes(Golden);
        for (var round = 0; round < 2_000; round++)
        {
            var bytes = golden.ToArray();
            for (var change = random.Next(1, 12); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var cut = bytes[..random.Next(bytes.Length / 2, bytes.Length)];

            Assert.NotNull(FeedbackReader.Read(MailMessage.Read(round % 2 == 0 ? bytes : cut)));
        }
    }

    [Fact]
    public void A_part_with_endless_fields_is_none_of_ours()
    {
        var many = string.Concat(Enumerable.Repeat("Original-Rcpt-To: <a@b.test>\n", 10_000));

        Assert.Contains("too", Assert.IsType<FeedbackReading.Malformed>(Read(Golden.Replace("Version: 1\n", "Version: 1\n" + many, StringComparison.Ordinal))).Why, StringComparison.Ordinal);
    }

    private static FeedbackReading Read(string text) => FeedbackReader.Read(MailMessage.Read(Bytes(text)));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));
}
