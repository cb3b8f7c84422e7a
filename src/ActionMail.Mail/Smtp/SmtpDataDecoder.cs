namespace ActionMail.Mail.Smtp;

/// <summary>
/// Reads the bytes behind DATA, in pieces of any size: finds the one true end (CRLF.CRLF, RFC 5321 §4.1.1.4), takes off the
/// dots of §4.5.2, and remembers what is wrong. A message with a fault is read to its end and not kept.
/// </summary>
public sealed class SmtpDataDecoder(long maxMessageBytes, int maxTextLineBytes)
{
    private const byte Cr = (byte)'\r', Lf = (byte)'\n', Nul = 0, Dot = (byte)'.';

    private enum At { LineStart, InLine, AfterCr, AfterDot, AfterDotCr }

    private At _at = At.LineStart;   // the CRLF of the DATA command begins the first line
    private int _lineBytes;

    /// <summary>What is wrong so far.</summary>
    public SmtpDataFaults Faults { get; private set; }

    /// <summary>The size of the message so far, in bytes, without the dots that were taken off.</summary>
    public long Size { get; private set; }

    /// <summary>Begins with the next message.</summary>
    public void Reset()
    {
        (_at, _lineBytes, Size) = (At.LineStart, 0, 0);
        Faults = SmtpDataFaults.None;
    }

    /// <summary>The receiver cannot keep the message: it is read to its end and no more is written.</summary>
    public void GiveUp() => Faults |= SmtpDataFaults.NoRoom;

    /// <summary>Reads one piece. True when the message has ended; what lies behind <paramref name="consumed"/> is no part of it.</summary>
    /// <param name="piece">The bytes received.</param>
    /// <param name="text">Where the message goes: as long as the piece, or empty once there are faults.</param>
    /// <param name="consumed">How many bytes of the piece were read: all of them unless the message has ended.</param>
    /// <param name="written">How many bytes of the text were written; 0 when there are faults.</param>
    public bool Decode(ReadOnlySpan<byte> piece, Span<byte> text, out int consumed, out int written)
    {
        written = 0;
        var run = 0;   // where the bytes begin that are not copied yet
        var i = 0;
        var ended = false;
        while (i < piece.Length && !ended)
        {
            switch (_at)
            {
                case At.InLine:
                    i = ToEndOfLine(piece, i);
                    break;
                case At.LineStart when piece[i] == Dot:
                    Copy(piece[run..i], text, ref written);
                    run = ++i;
                    _at = At.AfterDot;
                    break;
                case At.AfterDot when piece[i] == Cr:   // kept by neither outcome: the end, or a fault
                    run = ++i;
                    _at = At.AfterDotCr;
                    break;
                case At.AfterDotCr when piece[i] == Lf:
                    run = ++i;
                    ended = true;
                    break;
                case At.AfterCr when piece[i] == Lf:
                    i++;
                    EndLine();
                    break;
                case At.AfterCr or At.AfterDotCr:
                    Faults |= SmtpDataFaults.BareCr;
                    _at = At.InLine;
                    break;
                default:
                    _at = At.InLine;
                    break;
            }
        }
        Copy(piece[run..i], text, ref written);
        Measure();
        consumed = i;
        if (Faults != SmtpDataFaults.None)
            written = 0;
        return ended;
    }

    // The hot path: whole lines, one vector search each.
    private int ToEndOfLine(ReadOnlySpan<byte> piece, int i)
    {
        while (i < piece.Length)
        {
            var length = piece[i..].IndexOfAny(Cr, Lf, Nul);
            if (length < 0)
            {
                _lineBytes += piece.Length - i;
                return piece.Length;
            }
            _lineBytes += length;
            i += length + 1;
            if (piece[i - 1] != Cr)
                Faults |= piece[i - 1] == Lf ? SmtpDataFaults.BareLf : SmtpDataFaults.Nul;
            else if (i == piece.Length)
                _at = At.AfterCr;
            else if (piece[i] != Lf)
                Faults |= SmtpDataFaults.BareCr;
            else
            {
                i++;
                EndLine();
                if (i < piece.Length && piece[i] != Dot)
                    _at = At.InLine;
                else
                    return i;
            }
        }
        return i;
    }

    private void EndLine()
    {
        Measure();
        _lineBytes = 0;
        _at = At.LineStart;
    }

    private void Measure()
    {
        if (_lineBytes > maxTextLineBytes - 2)
            Faults |= SmtpDataFaults.LineTooLong;
        if (Size > maxMessageBytes)
            Faults |= SmtpDataFaults.TooLarge;
    }

    private void Copy(ReadOnlySpan<byte> run, Span<byte> text, ref int written)
    {
        Size += run.Length;
        if (Faults != SmtpDataFaults.None)
            return;
        run.CopyTo(text[written..]);
        written += run.Length;
    }
}
