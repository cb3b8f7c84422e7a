using System.Text;
using ActionMail.Mail.Smtp;

namespace ActionMail.Mail.Tests.Smtp;

/// <summary>What a decoder made of some bytes, whatever the pieces they came in. The text counts only without faults.</summary>
internal sealed record Decoded(bool HasEnded, SmtpDataFaults Faults, long Size, int Consumed, string? Text)
{
    public static Decoded InPieces(byte[] bytes, IEnumerable<int> lengths, long maxBytes = 10_000, int maxLine = 1000)
    {
        var decoder = new SmtpDataDecoder(maxBytes, maxLine);
        var text = new MemoryStream();
        var (at, ended) = (0, false);
        foreach (var length in lengths.Append(bytes.Length))
        {
            var piece = bytes.AsSpan(at, Math.Min(length, bytes.Length - at));
            var room = decoder.Faults == SmtpDataFaults.None ? new byte[piece.Length] : [];
            ended = decoder.Decode(piece, room, out var consumed, out var written);
            text.Write(room, 0, written);
            at += consumed;
            if (ended || at == bytes.Length)
                break;
        }
        return Of(ended, decoder.Faults, decoder.Size, at, text.ToArray());
    }

    /// <summary>The same byte by byte, as the RFC says it and with no regard for speed.</summary>
    public static Decoded Naively(byte[] bytes, long maxBytes = 10_000, int maxLine = 1000)
    {
        var faults = SmtpDataFaults.None;
        var text = new List<byte>();
        var (lineStart, line, i) = (true, 0, 0);
        var ended = false;
        while (i < bytes.Length && !ended)
        {
            var next = i + 1 < bytes.Length ? bytes[i + 1] : -1;
            if (lineStart && bytes[i] == '.')
            {
                lineStart = false;
                i++;
                if (next != '\r')
                    continue;
                i++;
                ended = i < bytes.Length && bytes[i] == '\n';
                if (!ended && i < bytes.Length)
                    faults |= SmtpDataFaults.BareCr;
                if (ended)
                    i++;
                continue;
            }
            lineStart = false;
            if (bytes[i] == '\r' && next == '\n')
            {
                text.AddRange("\r\n"u8);
                (lineStart, line, i) = (true, 0, i + 2);
                continue;
            }
            if (bytes[i] == '\r' && next >= 0)
                faults |= SmtpDataFaults.BareCr;
            else if (bytes[i] == '\n')
                faults |= SmtpDataFaults.BareLf;
            else if (bytes[i] == 0)
                faults |= SmtpDataFaults.Nul;
            else if (bytes[i] != '\r' && ++line > maxLine - 2)
                faults |= SmtpDataFaults.LineTooLong;
            text.Add(bytes[i++]);
        }
        if (text.Count > maxBytes)
            faults |= SmtpDataFaults.TooLarge;
        return Of(ended, faults, text.Count, i, text.ToArray());
    }

    private static Decoded Of(bool ended, SmtpDataFaults faults, long size, int consumed, byte[] text) =>
        new(ended, faults, size, consumed, faults == SmtpDataFaults.None ? Encoding.Latin1.GetString(text) : null);
}
