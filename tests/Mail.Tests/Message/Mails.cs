using System.Text;
using ActionMail.Mail.Message;

namespace ActionMail.Mail.Tests.Message;

/// <summary>Mails to mutate. Written with \n, read with \r\n, so that a test can put a bare \n in with <c>¶</c>.</summary>
internal static class Mails
{
    public const string Header = """
        From: Contoso <actions@contoso.test>
        To: alice@t1.test
        Subject: Approval
        Date: Thu, 01 Jan 2026 12:00:00 +0000
        Message-ID: <1@contoso.test>
        MIME-Version: 1.0

        """;

    public const string Alternative = Header + """
        Content-Type: multipart/alternative; boundary="b1"

        --b1
        Content-Type: text/plain; charset=utf-8

        the text
        --b1
        Content-Type: text/html; charset=utf-8

        <p>the html</p>
        --b1--

        """;

    public static MailMessage Read(string mail) => MailMessage.Read(Bytes(mail));

    /// <summary>Each character one byte, so that a test can write any byte as \xNN.</summary>
    public static byte[] Bytes(string mail) =>
        Encoding.Latin1.GetBytes(mail.ReplaceLineEndings("\r\n").Replace('¶', '\n'));

    public static byte[] Utf8(string mail) => Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n"));

    /// <summary>The golden header with another From line.</summary>
    public static MailMessage WithFrom(string from) =>
        Read(Header.Replace("From: Contoso <actions@contoso.test>", from, StringComparison.Ordinal) + "\nhello\n");

    /// <summary>The golden header with fields behind it, then a body.</summary>
    public static MailMessage WithFields(string fields, string body = "hello\n") => Read(Header + fields + "\n\n" + body);

    public static MessageFault? Reason(this MailMessage mail) => mail.Faults.Count == 0 ? null : mail.Faults[0].Fault;
}
