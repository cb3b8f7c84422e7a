using System.Text;
using ActionMail.Mail.Smtp;
using ActionMail.Tests;
using CsCheck;

namespace ActionMail.Mail.Tests.Smtp;

public class SmtpDataDecoderTests
{
    [Theory]
    [InlineData("plain", "a\r\nb\r\n.\r\n", "a\r\nb\r\n")]
    [InlineData("empty", ".\r\n", "")]
    [InlineData("one empty line", "\r\n.\r\n", "\r\n")]
    [InlineData("stuffed dot", "..a\r\n...\r\n.\r\n", ".a\r\n..\r\n")]
    [InlineData("a dot that a sloppy client did not stuff", ".a\r\n.\r\n", "a\r\n")]
    [InlineData("dot inside a line", "a.\r\n.b.\r\n.\r\n", "a.\r\nb.\r\n")]
    [InlineData("8 bits", "n\u00e9\r\n.\r\n", "n\u00e9\r\n")]
    public void Message_ends_at_its_dot(string why, string wire, string text)
    {
        var decoded = Whole(wire);
        Assert.True(decoded == new Decoded(true, SmtpDataFaults.None, text.Length, wire.Length, text), why);
    }

    [Fact]
    public void What_lies_behind_the_end_is_left_alone()
    {
        var decoded = Whole("a\r\n.\r\nMAIL FROM:<b@c.test>\r\n");
        Assert.Equal("a\r\n.\r\n".Length, decoded.Consumed);
        Assert.Equal("a\r\n", decoded.Text);
    }

    // Security A-01. Whatever another receiver takes for the end, the forged second message stays inside the first.
    [Theory]
    [InlineData("\n.\n", SmtpDataFaults.BareLf)]
    [InlineData("\n.\r\n", SmtpDataFaults.BareLf)]
    [InlineData("\r\n.\n", SmtpDataFaults.BareLf)]
    [InlineData("\r.\r", SmtpDataFaults.BareCr)]
    [InlineData("\r.\r\n", SmtpDataFaults.BareCr)]
    [InlineData("\r\n.\r", SmtpDataFaults.BareCr)]
    [InlineData("\n.\r", SmtpDataFaults.BareLf | SmtpDataFaults.BareCr)]
    [InlineData("\r\n\0.\r\n", SmtpDataFaults.Nul)]
    [InlineData("\r\n.\0\r\n", SmtpDataFaults.Nul)]
    [InlineData("\r\n.\r\r\n", SmtpDataFaults.BareCr)]
    public void Nothing_but_the_true_end_ends_a_message(string smuggled, SmtpDataFaults faults)
    {
        const string forged = "MAIL FROM:<ceo@contoso.test>\r\nRCPT TO:<alice@t1.test>\r\nDATA\r\nFrom: ceo\r\n\r\npay\r\n.\r\n";
        var wire = "From: a@b.test\r\n\r\nhello" + smuggled + forged;
        var decoded = Whole(wire);

        Assert.Equal((true, faults, wire.Length), (decoded.HasEnded, decoded.Faults, decoded.Consumed));

        var control = "From: a@b.test\r\n\r\nhello\r\n.\r\n";
        Assert.Equal((true, SmtpDataFaults.None, control.Length), (Whole(control + forged).HasEnded, Whole(control + forged).Faults, Whole(control + forged).Consumed));
    }

    [Theory]
    [InlineData(998, SmtpDataFaults.None)]
    [InlineData(999, SmtpDataFaults.LineTooLong)]
    public void Line_has_a_limit(int length, SmtpDataFaults faults)
    {
        Assert.Equal(faults, Whole(new string('x', length) + "\r\n.\r\n").Faults);
        Assert.Equal(faults, Whole("." + new string('.', length) + "\r\n.\r\n").Faults);
    }

    [Fact]
    public void Size_is_counted_as_received_and_without_the_dots_taken_off()
    {
        var above = string.Concat(Enumerable.Repeat("..234567\r\n", 1111)) + "\r\n";   // 9 bytes a line without the dot
        Assert.Equal((10_001L, SmtpDataFaults.TooLarge), (Whole(above + ".\r\n").Size, Whole(above + ".\r\n").Faults));
        var atLimit = above[..^5] + "\r\n\r\n";
        Assert.Equal((10_000L, SmtpDataFaults.None), (Whole(atLimit + ".\r\n").Size, Whole(atLimit + ".\r\n").Faults));
    }

    [Fact]
    public void Given_up_message_is_read_to_its_end()
    {
        var decoder = new SmtpDataDecoder(100, 100);
        decoder.GiveUp();
        Assert.True(decoder.Decode("a\r\n.\r\n"u8, [], out var consumed, out var written));
        Assert.Equal((6, 0, SmtpDataFaults.NoRoom), (consumed, written, decoder.Faults));
        decoder.Reset();
        Assert.Equal((SmtpDataFaults.None, 0L), (decoder.Faults, decoder.Size));
    }

    [Fact]
    public void Pieces_make_no_difference()
    {
        var alphabet = Gen.OneOf((byte)'\r', (byte)'\n', (byte)'.', (byte)'a', (byte)0);
        var fragment = Gen.OneOf(
            alphabet.Array[0, 6],
            Gen.OneOf("\r\n.\r\n", "\r\n..", "\r\n", "hello", "\r\n.\r", new string('x', 700)).Select(Encoding.Latin1.GetBytes));
        Gen.Select(fragment.Array[0, 12], Gen.Int[1, 9].Array[0, 200])
            .SampleFixed((fragments, lengths) =>
            {
                var bytes = fragments.SelectMany(f => f).ToArray();
                var expected = Decoded.Naively(bytes, maxBytes: 1500);
                Assert.Equal(expected, Decoded.InPieces(bytes, [], maxBytes: 1500));
                Assert.Equal(expected, Decoded.InPieces(bytes, lengths, maxBytes: 1500));
                Assert.Equal(expected, Decoded.InPieces(bytes, Enumerable.Repeat(1, bytes.Length), maxBytes: 1500));
            }, seed: "0000KeyoLfA5", iter: 20_000);
    }

    [Fact]
    public void Every_short_string_means_what_the_rfc_says()
    {
        byte[] alphabet = [(byte)'\r', (byte)'\n', (byte)'.', (byte)'a', 0];
        for (var length = 0; length <= 6; length++)
        {
            var bytes = new byte[length];
            for (var n = 0; n < (int)Math.Pow(alphabet.Length, length); n++)
            {
                for (var (i, rest) = (0, n); i < length; i++, rest /= alphabet.Length)
                    bytes[i] = alphabet[rest % alphabet.Length];
                var expected = Decoded.Naively(bytes);
                Assert.Equal(expected, Decoded.InPieces(bytes, []));
                Assert.Equal(expected, Decoded.InPieces(bytes, Enumerable.Repeat(1, length)));
            }
        }
    }

    private static Decoded Whole(string wire) => Decoded.InPieces(Encoding.Latin1.GetBytes(wire), []);
}
