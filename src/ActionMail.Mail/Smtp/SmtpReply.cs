using System.Globalization;
using System.Text;

namespace ActionMail.Mail.Smtp;

/// <summary>One reply of the receiver: a code, an enhanced status where one belongs, and text. RFC 5321 §4.2, RFC 2034.</summary>
public sealed class SmtpReply
{
    private readonly byte[] _bytes;

    /// <summary>A reply of one line.</summary>
    /// <param name="code">Three digits, 200 to 599.</param>
    /// <param name="status">The enhanced status as <c>5.1.1</c>; null where RFC 2034 §4 has none (greeting, EHLO, 354).</param>
    /// <param name="text">Words for the remote side; a character outside printable ASCII becomes a question mark.</param>
    public SmtpReply(int code, string? status, string text)
        : this(code, status, [text])
    {
    }

    internal SmtpReply(int code, string? status, IReadOnlyList<string> lines)
    {
        Code = code;
        Status = status;
        _bytes = Encoding.ASCII.GetBytes(Written(lines));
    }

    /// <summary>The reply code.</summary>
    public int Code { get; }

    /// <summary>The enhanced status, or null.</summary>
    public string? Status { get; }

    /// <summary>True for 4xx and 5xx.</summary>
    public bool IsRefusal => Code >= 400;

    /// <summary>What goes on the wire, with the closing CRLF.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The reply as it is written, without the closing CRLF.</summary>
    public override string ToString() => Encoding.ASCII.GetString(_bytes.AsSpan(..^2));

    private string Written(IReadOnlyList<string> lines)
    {
        var text = new StringBuilder();
        for (var i = 0; i < lines.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Code}{(i == lines.Count - 1 ? ' ' : '-')}");
            if (Status is not null)
                text.Append(Status).Append(' ');
            // A line break in a text would be a second reply, which the client would take for the next command's.
            foreach (var c in lines[i])
                text.Append(c is >= ' ' and <= '~' ? c : '?');
            text.Append("\r\n");
        }
        return text.ToString();
    }
}
