using System.Text;
using ActionMail.Mail.Message;

namespace ActionMail.Mail.Tests.Message;

/// <summary>The traces of the usual mail programs, and mails that have none.</summary>
public sealed class ForwardedMailTests
{
    [Theory]
    [InlineData("a mail of its own", "Subject: A request", "Please approve", false)]
    [InlineData("Gmail's subject", "Subject: Fwd: A request", "Please approve", true)]
    [InlineData("Outlook's subject", "Subject: FW: A request", "Please approve", true)]
    [InlineData("Outlook's subject in German", "Subject: WG: A request", "Please approve", true)]
    [InlineData("a subject that only begins alike", "Subject: Fwding rules", "Please approve", false)]
    [InlineData("Gmail's heading", "Subject: A request", "See below\n\n---------- Forwarded message ---------\nFrom: x", true)]
    [InlineData("Apple's heading", "Subject: A request", "Begin forwarded message:\n\nFrom: x", true)]
    [InlineData("Outlook's heading", "Subject: A request", "-----Original Message-----\nFrom: x", true)]
    [InlineData("a thread", "Subject: A request\nReferences: <1@service.test>", "Please approve", true)]
    [InlineData("resent", "Subject: A request\nResent-From: dev@contoso.test", "Please approve", true)]
    [InlineData("as an attachment", "Subject: A request\nMIME-Version: 1.0\nContent-Type: message/rfc822", "Subject: x\n\ny", true)]
    public void A_forward_leaves_traces(string why, string header, string body, bool isForwarded)
    {
        var mail = MailMessage.Read(Encoding.UTF8.GetBytes($"From: dev@contoso.test\n{header}\n\n{body}\n".ReplaceLineEndings("\r\n")));

        Assert.True(ForwardedMail.TraceIn(mail) is not null == isForwarded, why);
    }
}
