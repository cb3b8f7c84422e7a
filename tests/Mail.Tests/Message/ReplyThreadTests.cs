using System.Text;
using ActionMail.Mail.Message;

namespace ActionMail.Mail.Tests.Message;

/// <summary>RFC 5322 §3.6.4.</summary>
public sealed class ReplyThreadTests
{
    [Theory]
    [InlineData("the first answer", "Message-ID: <a@x>", "<a@x>", "<a@x>")]
    [InlineData("a later one", "Message-ID: <c@x>\r\nReferences: <a@x> <b@x>", "<c@x>", "<a@x> <b@x> <c@x>")]
    [InlineData("folded and with comments", "Message-ID: <c@x>\r\nREFERENCES: <a@x>\r\n (b) <b@x>", "<c@x>", "<a@x> <b@x> <c@x>")]
    [InlineData("one id in In-Reply-To instead", "Message-ID: <b@x>\r\nIn-Reply-To: <a@x>", "<b@x>", "<a@x> <b@x>")]
    [InlineData("several there, which name no thread", "Message-ID: <c@x>\r\nIn-Reply-To: <a@x> <b@x>", "<c@x>", "<c@x>")]
    [InlineData("References before In-Reply-To", "Message-ID: <c@x>\r\nIn-Reply-To: <b@x>\r\nReferences: <a@x>", "<c@x>", "<a@x> <c@x>")]
    [InlineData("no Message-ID", "References: <a@x>", null, "")]
    [InlineData("one that is none", "Message-ID: a@x\r\nReferences: <b@x>", null, "")]
    [InlineData("ids that are broken", "Message-ID: <c@x>\r\nReferences: <> <a <b@x> > <d", "<c@x>", "<b@x> <c@x>")]
    public void A_reply_names_what_it_answers_and_what_came_before(string why, string header, string? inReplyTo, string references)
    {
        var thread = ReplyThread.To(Read(header));

        Assert.Equal((why, inReplyTo, references), (why, thread.InReplyTo, string.Join(' ', thread.References)));
    }

    [Fact]
    public void Of_a_long_thread_the_beginning_and_the_end_are_kept()
    {
        var thread = ReplyThread.To(Read($"Message-ID: <end@x>\r\nReferences: {string.Join(' ', Enumerable.Range(0, 100).Select(number => $"<{number}@x>"))}"));

        Assert.Equal(20, thread.References.Length);
        Assert.Equal(("<0@x>", "<82@x>", "<99@x>", "<end@x>"), (thread.References[0], thread.References[1], thread.References[^2], thread.References[^1]));
    }

    [Theory]
    [InlineData("<", 1)]
    [InlineData("<a", 1)]
    [InlineData("<a@x>", 20)]
    public void A_hostile_field_is_read_in_one_pass(string piece, int count)
    {
        var thread = ReplyThread.To(Read($"Message-ID: <end@x>\r\nReferences: {string.Concat(Enumerable.Repeat(piece, 90_000 / piece.Length))}"));

        Assert.Equal(count, thread.References.Length);
    }

    [Theory]
    [InlineData("Reply-To: Desk <Desk@x.test>, b@x.test", "desk@x.test b@x.test")]
    [InlineData("Reply-To: \"open", "")]
    [InlineData("X: y", "")]
    public void Where_replies_go_is_read_as_recipients_are_and_is_no_fault(string header, string expected)
    {
        var mail = Read($"From: a@x.test\r\n{header}");

        Assert.Equal(expected, string.Join(' ', mail.ReplyTo));
        Assert.Empty(mail.Faults);
    }

    private static MailMessage Read(string header) => MailMessage.Read(Encoding.ASCII.GetBytes(header + "\r\n\r\ntext\r\n"));
}
