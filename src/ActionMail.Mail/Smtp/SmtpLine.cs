using System.Buffers;

namespace ActionMail.Mail.Smtp;

/// <summary>Whether the bytes received hold a command line.</summary>
public enum SmtpLineFound
{
    /// <summary>Not yet.</summary>
    Incomplete,

    /// <summary>A line that ends with CRLF.</summary>
    Line,

    /// <summary>A line that ends with a bare LF: not a line, and the conversation cannot go on.</summary>
    BareLf,

    /// <summary>More bytes than a line may have.</summary>
    TooLong,
}

/// <summary>Takes command lines from the bytes received.</summary>
public static class SmtpLine
{
    /// <summary>Takes the first line off <paramref name="received"/>, when there is one.</summary>
    /// <param name="received">The bytes; shorter by the line and its CRLF when there is one.</param>
    /// <param name="limit">Longest line in bytes with its CRLF.</param>
    /// <param name="line">The line without its CRLF.</param>
    public static SmtpLineFound TryTake(ref ReadOnlySequence<byte> received, int limit, out ReadOnlySequence<byte> line)
    {
        line = default;
        var head = received.Length > limit ? received.Slice(0, limit) : received;
        if (head.PositionOf((byte)'\n') is not { } lf)
            return received.Length >= limit ? SmtpLineFound.TooLong : SmtpLineFound.Incomplete;
        var whole = received.Slice(0, lf);
        if (whole.IsEmpty || whole.Slice(whole.Length - 1).FirstSpan[0] != '\r')
            return SmtpLineFound.BareLf;
        line = whole.Slice(0, whole.Length - 1);
        received = received.Slice(whole.Length + 1);
        return SmtpLineFound.Line;
    }
}
