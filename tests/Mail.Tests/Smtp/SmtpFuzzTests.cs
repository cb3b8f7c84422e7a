using System.Buffers;
using System.Text;
using ActionMail.Mail.Smtp;

namespace ActionMail.Mail.Tests.Smtp;

/// <summary>Hostile bytes with a fixed seed: whatever comes, there is an answer and no exception.</summary>
public class SmtpFuzzTests
{
    private static readonly string[] Seeds =
    [
        "EHLO client.test", "MAIL FROM:<a@b.test> SIZE=100 BODY=8BITMIME SMTPUTF8", "MAIL FROM:<>", "RCPT TO:<owner@contoso.test>",
        "RCPT TO:<postmaster>", "DATA", "RSET", "NOOP x", "VRFY a", "QUIT", "STARTTLS", "BDAT 3 LAST", "MAIL FROM:<dé@bü.test> SMTPUTF8",
        "RCPT TO:<\"a>b\"@c.test>", "MAIL FROM:<@r.test:a@b.test>",
    ];

    [Fact]
    public void Every_line_is_answered()
    {
        var random = new Random(20260101);
        for (var round = 0; round < 2_000; round++)
        {
            var conversation = new SmtpConversation(new("mx.contoso.test") { OffersTls = true });
            for (var step = Next(); step is not (SmtpStep.HangUp or SmtpStep.Quit); step = Next())
            {
                if (step is SmtpStep.AskRecipient)
                    step = conversation.RecipientAnswered((RecipientAnswer)random.Next(4));
                if (step is SmtpStep.ReceiveData)
                    step = conversation.DataEnded((SmtpDataFaults)random.Next(64), random.Next(3));
                if (step is SmtpStep.StartTls)
                    conversation.TlsStarted();
                if (step is SmtpStep.Reply(var words))
                    Assert.InRange(words.Code, 200, 599);
            }

            SmtpStep Next() => conversation.Hear(Mutated(random), random.Next(8) == 0);
        }
    }

    [Fact]
    public void Lines_are_the_same_whatever_the_segments()
    {
        var random = new Random(20260102);
        for (var round = 0; round < 5_000; round++)
        {
            var bytes = new byte[random.Next(80)];
            for (var i = 0; i < bytes.Length; i++)
                bytes[i] = "\r\nab"u8[random.Next(4)];
            Assert.Equal(Lines(new(bytes)), Lines(Segmented(bytes, random)));
        }
    }

    private static List<string> Lines(ReadOnlySequence<byte> received)
    {
        var lines = new List<string>();
        while (true)
        {
            var found = SmtpLine.TryTake(ref received, 20, out var line);
            lines.Add(found == SmtpLineFound.Line ? Encoding.Latin1.GetString(line) : found.ToString());
            if (found != SmtpLineFound.Line)
                return lines;
        }
    }

    private static byte[] Mutated(Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]).ToList();
        for (var changes = random.Next(3); changes > 0 && bytes.Count > 0; changes--)
        {
            switch (random.Next(3))
            {
                case 0: bytes[random.Next(bytes.Count)] = (byte)random.Next(256); break;
                case 1: bytes.RemoveAt(random.Next(bytes.Count)); break;
                default: bytes.Insert(random.Next(bytes.Count + 1), " <>@:.=\"\\\0\r\n\xe9"u8[random.Next(12)]); break;
            }
        }
        return [.. bytes];
    }

    private static ReadOnlySequence<byte> Segmented(byte[] bytes, Random random)
    {
        var first = new Segment(default);
        var last = first;
        for (var at = 0; at < bytes.Length;)
        {
            var length = Math.Min(random.Next(1, 6), bytes.Length - at);
            last = last.Append(bytes.AsMemory(at, length));
            at += length;
        }
        return new(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory) => Memory = memory;

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
