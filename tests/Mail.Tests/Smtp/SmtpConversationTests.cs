using System.Text;
using ActionMail.Mail.Smtp;

namespace ActionMail.Mail.Tests.Smtp;

public class SmtpConversationTests
{
    private static readonly SmtpLimits Limits = new("mx.contoso.test") { MaxMessageBytes = 1000, MaxRecipients = 3 };

    // RFC 5321 §4.1.4. Each row: what was said before, what is said now, how the reply begins.
    [Theory]
    [InlineData("", "MAIL FROM:<a@b.test>", "503 5.5.1")]
    [InlineData("", "RCPT TO:<c@d.test>", "503 5.5.1")]
    [InlineData("", "DATA", "503 5.5.1")]
    [InlineData("", "NOOP", "250 2.0.0")]
    [InlineData("", "RSET", "250 2.0.0")]
    [InlineData("", "QUIT", "221 2.0.0")]
    [InlineData("EHLO x", "RCPT TO:<c@d.test>", "503 5.5.1")]
    [InlineData("EHLO x", "DATA", "503 5.5.1")]
    [InlineData("EHLO x", "MAIL FROM:<a@b.test>", "250 2.1.0")]
    [InlineData("HELO x", "MAIL FROM:<a@b.test>", "250 2.1.0")]
    [InlineData("EHLO x|MAIL FROM:<a@b.test>", "MAIL FROM:<a@b.test>", "503 5.5.1")]
    [InlineData("EHLO x|MAIL FROM:<a@b.test>", "DATA", "503 5.5.1")]
    [InlineData("EHLO x|MAIL FROM:<a@b.test>", "RCPT TO:<c@d.test>", "250 2.1.5")]
    [InlineData("EHLO x|MAIL FROM:<a@b.test>|RCPT TO:<c@d.test>", "DATA", "354 ")]
    [InlineData("EHLO x|MAIL FROM:<a@b.test>|RCPT TO:<c@d.test>", "MAIL FROM:<a@b.test>", "503 5.5.1")]
    [InlineData("EHLO x|MAIL FROM:<a@b.test>|RCPT TO:<c@d.test>|RSET", "DATA", "503 5.5.1")]
    [InlineData("EHLO x|MAIL FROM:<a@b.test>|RCPT TO:<c@d.test>|RSET", "MAIL FROM:<a@b.test>", "250 2.1.0")]
    [InlineData("EHLO x|MAIL FROM:<a@b.test>|RCPT TO:<c@d.test>|EHLO y", "RCPT TO:<c@d.test>", "503 5.5.1")]
    [InlineData("EHLO x|MAIL FROM:<a@b.test>|EHLO", "RCPT TO:<c@d.test>", "250 2.1.5")]
    [InlineData("EHLO x", "STARTTLS", "502 5.5.1")]
    [InlineData("EHLO x", "EXPN staff", "502 5.5.1")]
    [InlineData("EHLO x", "BDAT 5 LAST", "502 5.5.1")]
    [InlineData("EHLO x", "PROXY TCP4 1.2.3.4 1.2.3.5 1 25", "500 5.5.1")]
    [InlineData("EHLO x", "XCLIENT ADDR=1.2.3.4", "500 5.5.1")]
    [InlineData("EHLO x", "MAIL FROM:<a@b.test> SIZE=1000", "250 2.1.0")]
    [InlineData("EHLO x", "MAIL FROM:<a@b.test> SIZE=1001", "552 5.3.4")]
    [InlineData("EHLO x", "MAIL FROM:<a@b.test> SIZE=99999999999999999999", "552 5.3.4")]
    [InlineData("EHLO x|MAIL FROM:<a@b.test>", "RCPT TO:<x%other.test@contoso.test>", "550 5.7.1")]
    [InlineData("EHLO x|MAIL FROM:<a@b.test>", "RCPT TO:<other.test!x@contoso.test>", "550 5.7.1")]
    [InlineData("EHLO x|MAIL FROM:<a@b.test>", "RCPT TO:<dévé@contoso.test>", "553 5.6.7")]
    [InlineData("EHLO x|MAIL FROM:<a@b.test> SMTPUTF8", "RCPT TO:<dévé@contoso.test>", "250 2.1.5")]
    public void Command_may_follow_what_came_before(string before, string line, string reply)
    {
        var conversation = new SmtpConversation(Limits);
        foreach (var earlier in before.Split('|', StringSplitOptions.RemoveEmptyEntries))
            Say(conversation, earlier);

        Assert.StartsWith(reply, Say(conversation, line).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EHLO x", true)]
    [InlineData("HELO x", true)]
    [InlineData("STARTTLS", true)]
    [InlineData("DATA", true)]
    [InlineData("DATA now", true)]
    [InlineData("NOOP", false)]
    [InlineData("RSET", false)]
    [InlineData("MAIL FROM:<a@b.test>", false)]
    public void Nothing_may_be_sent_behind_a_command_that_ends_a_group(string line, bool endsGroup)
    {
        var step = new SmtpConversation(Limits with { OffersTls = true }).Hear(Encoding.UTF8.GetBytes(line), moreBuffered: true);
        Assert.Equal(endsGroup, step is SmtpStep.HangUp { Words.Code: 554 });
    }

    [Fact]
    public void Ehlo_lists_what_is_offered()
    {
        var conversation = new SmtpConversation(Limits);
        Assert.Equal(
            "250-mx.contoso.test\r\n250-SIZE 1000\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-PIPELINING\r\n250 ENHANCEDSTATUSCODES",
            Say(conversation, "EHLO x").ToString());
        Assert.Equal("250 mx.contoso.test", Say(conversation, "HELO x").ToString());
    }

    [Fact]
    public void Tls_is_offered_until_it_runs_and_forgets_what_was_said_before()
    {
        var conversation = new SmtpConversation(Limits with { OffersTls = true });
        Assert.Equal("503", Say(conversation, "STARTTLS").ToString()[..3]);
        Assert.Contains("250-STARTTLS\r\n", Say(conversation, "EHLO x").ToString(), StringComparison.Ordinal);
        Assert.IsType<SmtpStep.StartTls>(conversation.Hear("STARTTLS"u8, moreBuffered: false));
        conversation.TlsStarted();

        Assert.True(conversation.IsTls);
        Assert.Equal("", conversation.ClientName);
        Assert.Equal("503", Say(conversation, "MAIL FROM:<a@b.test>").ToString()[..3]);
        Assert.DoesNotContain("STARTTLS", Say(conversation, "EHLO x").ToString(), StringComparison.Ordinal);
        Assert.Equal("503", Say(conversation, "STARTTLS").ToString()[..3]);
    }

    [Fact]
    public void Bare_postmaster_is_asked_at_the_own_host()
    {
        var conversation = Opened();
        Assert.Equal(new SmtpStep.AskRecipient("postmaster@mx.contoso.test"), conversation.Hear("RCPT TO:<POSTMASTER>"u8, false));
    }

    [Theory]
    [InlineData(RecipientAnswer.Known, "250 2.1.5")]
    [InlineData(RecipientAnswer.Unknown, "550 5.1.1")]
    [InlineData(RecipientAnswer.Refused, "550 5.7.1")]
    [InlineData(RecipientAnswer.TryLater, "451 4.3.0")]
    public void Recipient_is_answered_as_the_house_says(RecipientAnswer answer, string reply) =>
        Assert.StartsWith(reply, Say(Opened(), "RCPT TO:<c@d.test>", answer).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Verify_tells_nothing() =>
        Assert.Equal(Say(Opened(), "VRFY alice").ToString(), Say(Opened(), "VRFY nobody@nowhere.test").ToString());

    [Fact]
    public void Eleventh_unknown_recipient_ends_the_conversation()
    {
        var conversation = Opened();
        for (var i = 0; i < 10; i++)
            Assert.Equal(550, Say(conversation, $"RCPT TO:<n{i}@d.test>", RecipientAnswer.Unknown).Code);
        conversation.Hear("RCPT TO:<n@d.test>"u8, false);
        Assert.Equal(SmtpReplies.TooManyUnknown, Assert.IsType<SmtpStep.HangUp>(conversation.RecipientAnswered(RecipientAnswer.Unknown)).Words);
    }

    [Fact]
    public void Error_after_the_budget_ends_the_conversation()
    {
        var conversation = Opened();
        for (var i = 0; i < 20; i++)
            Assert.Equal(500, Say(conversation, "FOO").Code);
        Assert.Equal(250, Say(conversation, "NOOP").Code);
        Assert.Equal(SmtpReplies.TooManyErrors, Assert.IsType<SmtpStep.HangUp>(conversation.Hear("FOO"u8, false)).Words);
    }

    [Fact]
    public void Recipients_beyond_the_limit_are_for_another_transaction()
    {
        var conversation = Opened();
        for (var i = 0; i < 3; i++)
            Assert.Equal(250, Say(conversation, $"RCPT TO:<r{i}@d.test>").Code);
        Assert.StartsWith("452 4.5.3", Say(conversation, "RCPT TO:<r@d.test>").ToString(), StringComparison.Ordinal);

        conversation.Hear("DATA"u8, false);
        var accept = Assert.IsType<SmtpStep.Accept>(conversation.DataEnded(SmtpDataFaults.None, 10));
        Assert.Equal(["r0@d.test", "r1@d.test", "r2@d.test"], accept.Recipients);
    }

    [Fact]
    public void Recipient_named_twice_gets_one_copy()
    {
        var conversation = Opened();
        Say(conversation, "RCPT TO:<c@d.test>");
        Say(conversation, "RCPT TO:<C@D.test>");
        conversation.Hear("DATA"u8, false);
        Assert.Equal(["c@d.test"], Assert.IsType<SmtpStep.Accept>(conversation.DataEnded(SmtpDataFaults.None, 10)).Recipients);
    }

    [Theory]
    [InlineData(SmtpDataFaults.BareLf, 10, "550 5.5.2", true)]
    [InlineData(SmtpDataFaults.BareCr | SmtpDataFaults.TooLarge, 10, "550 5.5.2", true)]
    [InlineData(SmtpDataFaults.Nul, 10, "550 5.5.2", true)]
    [InlineData(SmtpDataFaults.TooLarge | SmtpDataFaults.LineTooLong, 10, "552 5.3.4", false)]
    [InlineData(SmtpDataFaults.LineTooLong, 10, "554 5.6.0", false)]
    [InlineData(SmtpDataFaults.NoRoom, 10, "452 4.3.1", false)]
    [InlineData(SmtpDataFaults.None, 0, "554 5.6.0", false)]
    public void Faulty_message_gets_one_reply(SmtpDataFaults faults, long size, string reply, bool hangsUp)
    {
        var conversation = Opened();
        Say(conversation, "RCPT TO:<c@d.test>");
        conversation.Hear("DATA"u8, false);
        var step = conversation.DataEnded(faults, size);

        Assert.StartsWith(reply, Words(step).ToString(), StringComparison.Ordinal);
        Assert.Equal(hangsUp, step is SmtpStep.HangUp);
        Assert.Equal(503, Say(conversation, "RCPT TO:<c@d.test>").Code);
    }

    [Fact]
    public void Sender_and_utf8_belong_to_one_transaction()
    {
        var conversation = new SmtpConversation(Limits);
        Say(conversation, "EHLO x");
        Say(conversation, "MAIL FROM:<> SMTPUTF8");
        Say(conversation, "RCPT TO:<c@d.test>");
        conversation.Hear("DATA"u8, false);
        var first = Assert.IsType<SmtpStep.Accept>(conversation.DataEnded(SmtpDataFaults.None, 1));
        Say(conversation, "MAIL FROM:<a@b.test>");
        Say(conversation, "RCPT TO:<c@d.test>");
        conversation.Hear("DATA"u8, false);
        var second = Assert.IsType<SmtpStep.Accept>(conversation.DataEnded(SmtpDataFaults.None, 1));

        Assert.Equal(("", true), (first.Sender, first.Utf8));
        Assert.Equal(("a@b.test", false), (second.Sender, second.Utf8));
    }

    [Fact]
    public void Reply_cannot_be_broken_in_two()
    {
        var reply = new SmtpReply(550, "5.7.1", "no\r\n250 2.0.0 Stored, né");
        Assert.Equal("550 5.7.1 no??250 2.0.0 Stored, n?\r\n", Encoding.ASCII.GetString(reply.Bytes));
    }

    private static SmtpConversation Opened()
    {
        var conversation = new SmtpConversation(Limits);
        Say(conversation, "EHLO x");
        Say(conversation, "MAIL FROM:<a@b.test>");
        return conversation;
    }

    private static SmtpReply Say(SmtpConversation conversation, string line, RecipientAnswer answer = RecipientAnswer.Known)
    {
        var step = conversation.Hear(Encoding.UTF8.GetBytes(line), moreBuffered: false);
        return Words(step is SmtpStep.AskRecipient ? conversation.RecipientAnswered(answer) : step);
    }

    private static SmtpReply Words(SmtpStep step) => step switch
    {
        SmtpStep.Reply(var words) => words,
        SmtpStep.ReceiveData(var words) => words,
        SmtpStep.StartTls(var words) => words,
        SmtpStep.Quit(var words) => words,
        SmtpStep.HangUp(var words) => words,
        _ => throw new InvalidOperationException($"{step} says nothing"),
    };
}
