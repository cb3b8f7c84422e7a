using System.Text;
using ActionMail.Mail.Message;
using static ActionMail.Mail.Message.MessageFault;

namespace ActionMail.Mail.Tests.Message;

public class LimitsTests
{
    private static readonly MessageLimits Small = new()
    {
        MaxHeaderBytes = 400,
        MaxFields = 10,
        MaxFieldBytes = 300,
        MaxAddresses = 5,
        MaxDepth = 3,
        MaxParts = 6,
        MaxBoundary = 10,
    };

    [Theory]
    [InlineData("header bytes", 300, 400)]
    [InlineData("fields", 9, 10)]
    [InlineData("one field", 290, 310)]
    [InlineData("entries in To", 5, 6)]
    [InlineData("depth", 3, 4)]
    [InlineData("parts", 5, 6)]
    [InlineData("boundary", 10, 11)]
    public void A_mail_within_a_limit_is_read_and_one_beyond_is_malformed(string limit, int within, int beyond)
    {
        Assert.Empty(MailMessage.Read(Mails.Bytes(Of(limit, within)), Small).Faults);
        Assert.Equal(MessageMalformed, MailMessage.Read(Mails.Bytes(Of(limit, beyond)), Small).Reason());
    }

    private static string Of(string limit, int n) => limit switch
    {
        "header bytes" => $"From: a@b.test\nX: {new string('x', n / 2)}\nX: {new string('x', n / 2)}\n\nhello\n",
        "fields" => "From: a@b.test\n" + Repeat("X: y\n", n) + "\nhello\n",
        "one field" => $"From: a@b.test\nX: {new string('x', n)}\n\nhello\n",
        "entries in To" => $"From: a@b.test\nTo: {string.Join(',', Enumerable.Repeat("c@d.test", n))}\n\nhello\n",
        "depth" => "From: a@b.test\n" + Nested(n, 0),
        "parts" => "From: a@b.test\nContent-Type: multipart/mixed; boundary=b\n\n" + Repeat("--b\n\nhello\n", n) + "--b--\n",
        "boundary" => $"From: a@b.test\nContent-Type: multipart/mixed; boundary={new string('b', n)}\n\n--{new string('b', n)}\n\nhello\n--{new string('b', n)}--\n",
        _ => throw new ArgumentException(limit),
    };

    private static string Nested(int depth, int level) => level == depth
        ? "\nhello"
        : $"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n{Nested(depth, level + 1)}\n--b{level}--\n";

    public static TheoryData<string, int> Bombs => new()
    {
        { "a field of many folds", 200_000 }, { "many fields", 200_000 }, { "a long To", 200_000 }, { "open comments", 100_000 },
        { "groups in groups", 100_000 }, { "encoded words", 60_000 }, { "type parameters", 100_000 }, { "type pieces in a part", 100_000 },
        { "fields of a part", 200_000 }, { "nested multiparts", 20_000 }, { "empty parts", 1_000_000 }, { "nested messages", 10_000 },
        { "lines like boundaries", 200_000 },
    };

    // Counted in bytes allocated: twice the mail may cost twice, and a mail beyond a limit next to nothing more.
    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_bomb_is_read_in_proportion_to_its_size(string bomb, int size)
    {
        _ = Cost(bomb, 100);
        var (half, full) = (Cost(bomb, size / 2), Cost(bomb, size));

        Assert.InRange(full, 0, (2.5 * half) + 200_000);
        Assert.InRange(full, 0, 64 * 1024 * 1024);
    }

    private static long Cost(string bomb, int size)
    {
        var raw = Encoding.ASCII.GetBytes(("From: a@b.test\n" + Bomb(bomb, size)).ReplaceLineEndings("\r\n"));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var mail = MailMessage.Read(raw);
        _ = (mail.Subject, mail.HtmlBody, mail.TextBody, mail.Preview, mail.CardParts, mail.Date);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string Bomb(string bomb, int size) => bomb switch
    {
        "a field of many folds" => "X: y\n" + Repeat(" z\n", size) + "\nhello",
        "many fields" => Repeat("X: y\n", size) + "\nhello",
        "a long To" => "To: " + Repeat("a@b.test, ", size) + "\n\nhello",
        "open comments" => "To: " + Repeat("(", size) + "\n\nhello",
        "groups in groups" => "To: " + Repeat("g:", size) + "\n\nhello",
        "encoded words" => "Subject: " + Repeat("=?utf-8?q?a?= ", size) + "\n\nhello",
        "type parameters" => "Content-Type: multipart/mixed" + Repeat("; a*0=b", size) + "\n\nhello",
        "type pieces in a part" => "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain" + Repeat("; a*0=b", size) + "\n\nhello\n--b--\n",
        "fields of a part" => "Content-Type: multipart/mixed; boundary=b\n\n--b\n" + Repeat("X: y\n", size) + "\nhello\n--b--\n",
        "nested multiparts" => string.Concat(Enumerable.Range(0, size).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}x\n\n--b{i}x\n")),
        "empty parts" => "Content-Type: multipart/mixed; boundary=b\n\n" + Repeat("--b\n", size),
        "nested messages" => Repeat("Content-Type: message/rfc822\n\n", size),
        "lines like boundaries" => "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n" + Repeat("--c\n", size) + "--b--\n",
        _ => throw new ArgumentException(bomb),
    };

    private static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();
}
