using ActionMail.Mail.Message;
using static ActionMail.Mail.Message.MessageFault;

namespace ActionMail.Mail.Tests.Message;

public class HeaderBlockTests
{
    [Theory]
    [InlineData("nothing wrong", "X-Any: thing", null)]
    [InlineData("folded", "X-Any: thing\n of two\n\tlines", null)]
    [InlineData("empty value", "X-Any:", null)]
    [InlineData("raw UTF-8", "X-Any: \xC3\xA4", null)]
    [InlineData("Received is often there", "Received: a\nReceived: b", null)]
    [InlineData("MIME-Version with a comment, as Apple writes it", "X-Any: thing (a comment)", null)]
    [InlineData("NUL in a value", "X-Any: a\0b", MessageMalformed)]
    [InlineData("escape in a value", "X-Any: a\x1B[2Jb", MessageMalformed)]
    [InlineData("DEL in a value", "X-Any: a\x7F", MessageMalformed)]
    [InlineData("bytes that are no UTF-8", "X-Any: \xE4", MessageMalformed)]
    [InlineData("bare LF", "X-Any: a¶Y: b", MessageMalformed)]
    [InlineData("bare LF before a fold", "X-Any: a¶ b", MessageMalformed)]
    [InlineData("8-bit name", "X-\xC3\xA4: a", MessageMalformed)]
    [InlineData("control in a name", "X\x01Y: a", MessageMalformed)]
    [InlineData("space in a name", "X Any: a", MessageMalformed)]
    [InlineData("space before the colon", "Subject : other", MessageMalformed)]
    [InlineData("tab before the colon", "X-Any\t: a", MessageMalformed)]
    [InlineData("no colon", "no field at all", MessageMalformed)]
    [InlineData("no name", ": a", MessageMalformed)]
    [InlineData("mbox line", "From actions@contoso.test Thu Jan  1 12:00:00 2026", MessageMalformed)]
    [InlineData("line of white space", "X-Any: a\n \t ", MessageAmbiguous)]
    [InlineData("two To", "To: bob@t1.test", MessageAmbiguous)]
    [InlineData("two Cc", "Cc: bob@t1.test\ncc: carol@t1.test", MessageAmbiguous)]
    [InlineData("two Subject", "SUBJECT: Other", MessageAmbiguous)]
    [InlineData("two Date", "Date: Thu, 01 Jan 2026 12:00:00 +0000", MessageAmbiguous)]
    [InlineData("two Message-ID", "Message-Id: <2@contoso.test>", MessageAmbiguous)]
    [InlineData("two MIME-Version", "Mime-Version: 1.0", MessageAmbiguous)]
    [InlineData("two Content-Type", "Content-Type: text/plain\nContent-type: text/html", MessageAmbiguous)]
    [InlineData("two Content-Transfer-Encoding", "Content-Transfer-Encoding: 7bit\nContent-Transfer-Encoding: base64", MessageAmbiguous)]
    [InlineData("two Reply-To", "Reply-To: a@b.test\nReply-To: c@d.test", MessageAmbiguous)]
    public void A_header_that_two_parsers_read_differently_is_refused(string why, string fields, MessageFault? expected)
    {
        var mail = Mails.WithFields(fields);

        Assert.True(mail.Reason() == expected, $"{why}: {string.Join("; ", mail.Faults)}");
        Assert.Equal("Contoso", mail.From.Shown);
        Assert.Equal("Approval", mail.Subject);
    }

    [Theory]
    [InlineData("From: a@b.test\rTo: c@d.test\r\n\r\nhello\r\n")]
    [InlineData("From: a@b.test\r\r\nTo: c@d.test\r\n\r\nhello\r\n")]
    [InlineData("From: a@b.test\nTo: c@d.test\n\nhello\n")]
    public void A_bare_CR_or_LF_in_the_header_is_malformed(string raw) =>
        Assert.Equal(MessageMalformed, MailMessage.Read(System.Text.Encoding.ASCII.GetBytes(raw)).Reason());

    [Fact]
    public void A_NUL_in_From_makes_the_message_malformed_whatever_else_From_is()
    {
        var mail = Mails.WithFrom("From: <actions@contoso.test\0@attacker.test>");

        Assert.Equal([MessageMalformed, FromMalformed], mail.Faults.Select(finding => finding.Fault));
        Assert.Null(mail.From.Address);
    }

    [Theory]
    [InlineData("Subject: plain words", "plain words")]
    [InlineData("Subject: two\n  lines", "two lines")]
    [InlineData("Subject: =?iso-8859-1?Q?Gr=FC=DFe?=", "Grüße")]
    [InlineData("Subject: =?utf-8?Q?a=0D=0A{\"level\":\"Info\"}=1B?=", "a {\"level\":\"Info\"}")]
    [InlineData("Subject: =?utf-8?B?8J+OiA==?= =?utf-8?B?8J+OiA==?=", "🎈🎈")]
    [InlineData("Subject:", "")]
    [InlineData("X-Any: none", "")]
    public void Subject_is_one_line_of_decoded_text(string field, string expected) =>
        Assert.Equal(expected, Mails.Read($"From: a@b.test\n{field}\n\nhello\n").Subject);

    [Theory]
    [InlineData("Message-ID: <1@contoso.test>", "<1@contoso.test>")]
    [InlineData("Message-ID:\n <1.a$b@contoso.test>", "<1.a$b@contoso.test>")]
    [InlineData("Message-ID: 1@contoso.test", null)]
    [InlineData("Message-ID: <1@contoso.test> <2@contoso.test>", null)]
    [InlineData("Message-ID: <>", null)]
    [InlineData("Message-ID: <\xC3\xA4@contoso.test>", null)]
    [InlineData("X-Any: none", null)]
    public void Message_ID_is_taken_in_its_own_form_alone(string field, string? expected) =>
        Assert.Equal(expected, Mails.Read($"From: a@b.test\n{field}\n\nhello\n").MessageId);

    [Fact]
    public void Date_is_read_where_it_is_one()
    {
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.FromHours(-8)), Mails.Read("From: a@b.test\nDate: Thu, 1 Jan 2026 12:00:00 -0800 (PST)\n\n").Date);
        Assert.Null(Mails.Read("From: a@b.test\nDate: yesterday\n\n").Date);
        Assert.Null(Mails.Read("From: a@b.test\n\n").Date);
    }
}
