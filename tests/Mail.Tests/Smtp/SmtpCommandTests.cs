using System.Text;
using ActionMail.Mail.Smtp;

namespace ActionMail.Mail.Tests.Smtp;

public class SmtpCommandTests
{
    [Theory]
    [InlineData("EHLO mail.contoso.test", "mail.contoso.test")]
    [InlineData("helo LAPTOP_7", "LAPTOP_7")]
    [InlineData("EHLO [127.0.0.1]", "[127.0.0.1]")]
    [InlineData("EHLO [IPv6:::1]  ", "[IPv6:::1]")]
    public void Client_names_itself(string line, string name) =>
        Assert.Equal(name, Assert.IsType<SmtpCommand.Hello>(Parse(line)).ClientName);

    [Theory]
    [InlineData("MAIL FROM:<a@b.test>", "a@b.test", null, false)]
    [InlineData("mail from:<A.b+c@B.test>", "A.b+c@B.test", null, false)]
    [InlineData("MAIL FROM:<>", "", null, false)]
    [InlineData("MAIL FROM:<a@b.test> SIZE=100", "a@b.test", 100ul, false)]
    [InlineData("MAIL FROM:<a@b.test> BODY=8BITMIME SIZE=0", "a@b.test", 0ul, false)]
    [InlineData("MAIL FROM:<a@b.test> body=7bit smtputf8", "a@b.test", null, true)]
    [InlineData("MAIL FROM:<dévé@bücher.test> SMTPUTF8", "dévé@bücher.test", null, true)]
    [InlineData("MAIL FROM:<a@b.test> SIZE=99999999999999999999", "a@b.test", ulong.MaxValue, false)]
    public void Sender_is_read(string line, string sender, ulong? size, bool utf8) =>
        Assert.Equal(new SmtpCommand.MailFrom(sender, size, utf8), Parse(line));

    [Theory]
    [InlineData("RCPT TO:<owner@contoso.test>", "owner@contoso.test")]
    [InlineData("rcpt to:<x%other.test@t1.test>", "x%other.test@t1.test")]
    [InlineData("RCPT TO:<Postmaster>", "postmaster")]
    [InlineData("RCPT TO:<postmaster@contoso.test>", "postmaster@contoso.test")]
    public void Recipient_is_read(string line, string recipient) =>
        Assert.Equal(new SmtpCommand.RcptTo(recipient), Parse(line));

    [Theory]
    [InlineData("no space may follow the colon", "MAIL FROM: <a@b.test>", "501 5.1.7")]
    [InlineData("no brackets", "MAIL FROM:a@b.test", "501 5.1.7")]
    [InlineData("bracket never closed", "MAIL FROM:<a@b.test", "501 5.1.7")]
    [InlineData("something glued to the bracket", "MAIL FROM:<a@b.test>SIZE=1", "501 5.1.7")]
    [InlineData("no domain", "MAIL FROM:<a>", "501 5.1.7")]
    [InlineData("no local part", "MAIL FROM:<@b.test>", "501 5.1.7")]
    [InlineData("source route", "MAIL FROM:<@r.test:a@b.test>", "501 5.1.7")]
    [InlineData("two at signs", "MAIL FROM:<a@b@c.test>", "501 5.1.7")]
    [InlineData("white space inside", "MAIL FROM:<a b@c.test>", "501 5.1.7")]
    [InlineData("quoted local part", "MAIL FROM:<\"a b\"@c.test>", "553 5.1.7")]
    [InlineData("quoted bracket", "MAIL FROM:<\"a>b\"@c.test>", "553 5.1.7")]
    [InlineData("not UTF-8 asked", "MAIL FROM:<аctions@contoso.test>", "553 5.6.7")]
    [InlineData("invisible character", "MAIL FROM:<a\u200bb@contoso.test> SMTPUTF8", "501 5.1.7")]
    [InlineData("C1 control", "MAIL FROM:<a\u0085b@contoso.test> SMTPUTF8", "501 5.1.7")]
    [InlineData("size is no number", "MAIL FROM:<a@b.test> SIZE=-1", "501 5.5.4")]
    [InlineData("size of 21 digits", "MAIL FROM:<a@b.test> SIZE=999999999999999999999", "501 5.5.4")]
    [InlineData("size twice", "MAIL FROM:<a@b.test> SIZE=1 SIZE=2", "501 5.5.4")]
    [InlineData("body unknown", "MAIL FROM:<a@b.test> BODY=BINARYMIME", "501 5.5.4")]
    [InlineData("SMTPUTF8 with a value", "MAIL FROM:<a@b.test> SMTPUTF8=1", "501 5.5.4")]
    [InlineData("parameter not offered", "MAIL FROM:<a@b.test> RET=HDRS", "555 5.5.4")]
    [InlineData("null path is no recipient", "RCPT TO:<>", "501 5.1.3")]
    [InlineData("source route", "RCPT TO:<@t1.test:x@other.test>", "501 5.1.3")]
    [InlineData("address literal", "RCPT TO:<x@[127.0.0.1]>", "501 5.1.3")]
    [InlineData("trailing dot", "RCPT TO:<x@t1.test.>", "501 5.1.3")]
    [InlineData("empty label", "RCPT TO:<x@t1..test>", "501 5.1.3")]
    [InlineData("hyphen at the edge of a label", "RCPT TO:<x@-t1.test>", "501 5.1.3")]
    [InlineData("dots in the local part", "RCPT TO:<a..b@t1.test>", "501 5.1.3")]
    [InlineData("quoted local part", "RCPT TO:<\"x@other.test\"@t1.test>", "553 5.1.3")]
    [InlineData("parameter of DSN", "RCPT TO:<x@t1.test> NOTIFY=NEVER", "555 5.5.4")]
    [InlineData("no name", "EHLO", "501 5.5.4")]
    [InlineData("terminal control in the name", "EHLO a\x1b[2J", "501 5.5.4")]
    [InlineData("two names", "EHLO a b", "501 5.5.4")]
    [InlineData("argument to DATA", "DATA now", "501 5.5.4")]
    [InlineData("argument to QUIT", "QUIT now", "501 5.5.4")]
    [InlineData("argument to STARTTLS", "STARTTLS now", "501 5.5.4")]
    [InlineData("bare CR", "MAIL FROM:<a@b.test>\rRCPT TO:<c@d.test>", "500 5.5.2")]
    [InlineData("NUL", "NOOP\0", "500 5.5.2")]
    public void Malformed_line_carries_its_reply(string why, string line, string reply) =>
        Assert.True(Assert.IsType<SmtpCommand.Malformed>(Parse(line)).Reply.ToString().StartsWith(reply, StringComparison.Ordinal), why);

    [Fact]
    public void Local_part_has_64_bytes_and_a_path_254()
    {
        var local = new string('l', 64);
        Assert.IsType<SmtpCommand.RcptTo>(Parse($"RCPT TO:<{local}@t1.test>"));
        Assert.IsType<SmtpCommand.Malformed>(Parse($"RCPT TO:<l{local}@t1.test>"));

        var domain = "d" + string.Join('.', Enumerable.Repeat(new string('d', 37), 5));
        Assert.IsType<SmtpCommand.RcptTo>(Parse($"RCPT TO:<{local[1..]}@{domain}>"));
        Assert.IsType<SmtpCommand.Malformed>(Parse($"RCPT TO:<{local}@{domain}>"));
    }

    [Fact]
    public void Invalid_utf8_is_no_address() =>
        Assert.IsType<SmtpCommand.Malformed>(SmtpCommand.Parse([.. "MAIL FROM:<a"u8, 0xc3, 0x28, .. "@b.test> SMTPUTF8"u8]));

    [Theory]
    [InlineData("PROXY TCP4 44.128.0.10 44.128.0.1 1 25", SmtpVerb.Unknown)]
    [InlineData("XCLIENT ADDR=44.128.0.10", SmtpVerb.Unknown)]
    [InlineData("GET / HTTP/1.1", SmtpVerb.Unknown)]
    [InlineData("MAILFROM:<a@b.test>", SmtpVerb.Unknown)]
    [InlineData("", SmtpVerb.Unknown)]
    [InlineData("EXPN staff", SmtpVerb.Unimplemented)]
    [InlineData("AUTH PLAIN AAA=", SmtpVerb.Unimplemented)]
    [InlineData("BDAT 100 LAST", SmtpVerb.Bdat)]
    [InlineData("noop whatever", SmtpVerb.Noop)]
    [InlineData("Vrfy alice", SmtpVerb.Vrfy)]
    [InlineData("data", SmtpVerb.Data)]
    [InlineData("RSET ", SmtpVerb.Rset)]
    public void Other_lines_are_their_verb(string line, SmtpVerb verb) =>
        Assert.Equal(new SmtpCommand.Bare(verb), Parse(line));

    private static SmtpCommand Parse(string line) => SmtpCommand.Parse(Encoding.UTF8.GetBytes(line));
}
