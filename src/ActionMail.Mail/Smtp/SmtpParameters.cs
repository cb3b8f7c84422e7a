using System.Buffers.Text;
using System.Text;

namespace ActionMail.Mail.Smtp;

/// <summary>The parameters of MAIL: SIZE (RFC 1870), BODY (RFC 6152), SMTPUTF8 (RFC 6531). Each at most once.</summary>
internal static class SmtpParameters
{
    private const int MaxSizeDigits = 20;   // RFC 1870 §6

    /// <summary>Null when every parameter was read; otherwise the reply to the first that was not.</summary>
    public static SmtpReply? Read(ReadOnlySpan<byte> text, out ulong? size, out bool utf8)
    {
        size = null;
        utf8 = false;
        var body = false;
        foreach (var range in text.Split((byte)' '))
        {
            var parameter = text[range];
            if (parameter.IsEmpty)
                continue;
            if (StartsWith(parameter, "SIZE="u8) && size is null && TryReadSize(parameter[5..], out var announced))
                size = announced;
            else if (StartsWith(parameter, "BODY="u8) && !body && IsBody(parameter[5..]))
                body = true;
            else if (Ascii.EqualsIgnoreCase(parameter, "SMTPUTF8"u8) && !utf8)
                utf8 = true;
            else
                return IsOurs(parameter) ? SmtpReplies.BadArguments : SmtpReplies.UnknownParameter;
        }
        return null;
    }

    // Twenty digits may not fit into 64 bits; such a size is too large for everybody, which is all that matters.
    private static bool TryReadSize(ReadOnlySpan<byte> digits, out ulong size)
    {
        size = ulong.MaxValue;
        if (digits.Length is 0 or > MaxSizeDigits || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;
        if (Utf8Parser.TryParse(digits, out ulong value, out var read) && read == digits.Length)
            size = value;
        return true;
    }

    private static bool IsBody(ReadOnlySpan<byte> value) =>
        Ascii.EqualsIgnoreCase(value, "7BIT"u8) || Ascii.EqualsIgnoreCase(value, "8BITMIME"u8);

    private static bool IsOurs(ReadOnlySpan<byte> parameter) =>
        StartsWith(parameter, "SIZE"u8) || StartsWith(parameter, "BODY"u8) || StartsWith(parameter, "SMTPUTF8"u8);

    private static bool StartsWith(ReadOnlySpan<byte> parameter, ReadOnlySpan<byte> keyword) =>
        parameter.Length >= keyword.Length && Ascii.EqualsIgnoreCase(parameter[..keyword.Length], keyword);
}
