using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;
using MimeKit.Encodings;

namespace ActionMail.Mail.Message;

/// <summary>
/// The decoded text of a part. <paramref name="Fault"/> says why no card may be read from it, or is null: a card is read
/// from UTF-8, US-ASCII, ISO-8859-1 and windows-1252 alone (security B-13). The text is there to be shown in any case.
/// </summary>
internal sealed record PartText(string Text, string? Fault)
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private static readonly SearchValues<byte> Base64Text =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/ \t\r\n"u8);

    public static PartText Decode(MessagePart part)
    {
        var bytes = DecodeTransfer(part);
        var charset = part.ContentType.Parameter("charset")?.ToLowerInvariant() ?? "us-ascii";
        return charset switch
        {
            "utf-8" or "utf8" => DecodeUtf8(bytes),
            "us-ascii" or "ascii" => DecodeAscii(bytes),
            "iso-8859-1" or "latin1" => new(Encoding.Latin1.GetString(bytes), null),
            "windows-1252" or "cp1252" => new(Windows1252.GetString(bytes), null),
            _ => DecodeOther(bytes, charset),
        };
    }

    /// <summary>
    /// The text of a part as its markup is looked at and written again: one character for each byte; in a character set that is not read, as it decodes.
    /// </summary>
    public static (string Text, Encoding Encoding) DecodeMarkup(MessagePart part)
    {
        var charset = part.ContentType.Parameter("charset")?.ToLowerInvariant() ?? "us-ascii";
        var encoding = IsRead(charset) ? Encoding.Latin1 : OtherEncoding(charset);
        return (encoding.GetString(DecodeTransfer(part)), encoding);
    }

    /// <summary>What makes the transfer encoding of a part readable in two ways, or null. RFC 2045 §6.7, §6.8.</summary>
    public static string? TransferFault(MessagePart part) => part.Encoding switch
    {
        "base64" => IsCleanBase64(part.Content.Span) ? null : "base64 with bytes outside its alphabet or behind its padding",
        "quoted-printable" => IsCleanQuotedPrintable(part.Content.Span) ? null : "quoted-printable with an escape that is none",
        _ => null,
    };

    /// <summary>The bytes of a part without its transfer encoding.</summary>
    public static ReadOnlyMemory<byte> DecodeBytes(MessagePart part) =>
        part.Encoding is "base64" or "quoted-printable" ? DecodeTransfer(part).ToArray() : part.Content;

    private static ReadOnlySpan<byte> DecodeTransfer(MessagePart part) => part.Encoding switch
    {
        "base64" => DecodeBase64(part.Content.Span),
        "quoted-printable" => DecodeWith(new QuotedPrintableDecoder(), part.Content.Span),
        _ => part.Content.Span,
    };

    private static ReadOnlySpan<byte> DecodeBase64(ReadOnlySpan<byte> encoded)
    {
        var decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(encoded.Length)];
        return Base64.DecodeFromUtf8(encoded, decoded, out _, out var length) == OperationStatus.Done
            ? decoded.AsSpan(0, length)
            : DecodeWith(new Base64Decoder(), encoded);
    }

    private static ReadOnlySpan<byte> DecodeWith(IMimeDecoder decoder, ReadOnlySpan<byte> encoded)
    {
        var decoded = new byte[decoder.EstimateOutputLength(encoded.Length)];
        return decoded.AsSpan(0, decoder.Decode(encoded.ToArray(), 0, encoded.Length, decoded));
    }

    private static PartText DecodeUtf8(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        return new(Encoding.UTF8.GetString(bytes), Utf8.IsValid(bytes) ? null : "bytes that are not UTF-8");
    }

    private static PartText DecodeAscii(ReadOnlySpan<byte> bytes) =>
        Ascii.IsValid(bytes)
            ? new(Encoding.ASCII.GetString(bytes), null)
            : DecodeUtf8(bytes) with { Fault = "bytes over 127 in a part that is declared or taken as US-ASCII" };

    private static PartText DecodeOther(ReadOnlySpan<byte> bytes, string charset) =>
        new(OtherEncoding(charset).GetString(bytes), $"the character set '{FieldText.Clean(charset)}'");

    private static bool IsRead(string charset) =>
        charset is "utf-8" or "utf8" or "us-ascii" or "ascii" or "iso-8859-1" or "latin1" or "windows-1252" or "cp1252";

    private static Encoding OtherEncoding(string charset) => charset switch
    {
        "utf-16" or "utf-16le" => Encoding.Unicode,
        "utf-16be" => Encoding.BigEndianUnicode,
        "utf-32" or "utf-32le" => Encoding.UTF32,
        _ => CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.Latin1,
    };

    private static bool IsCleanBase64(ReadOnlySpan<byte> encoded)
    {
        var end = encoded.IndexOfAnyExcept(Base64Text);
        return end < 0 || !encoded[end..].ContainsAnyExcept("= \t\r\n"u8);
    }

    private static bool IsCleanQuotedPrintable(ReadOnlySpan<byte> encoded)
    {
        for (var at = encoded.IndexOf((byte)'='); at >= 0; at = encoded.IndexOf((byte)'='))
        {
            encoded = encoded[(at + 1)..];
            var softBreak = encoded.TrimStart(" \t"u8);
            var isHex = encoded.Length > 1 && char.IsAsciiHexDigit((char)encoded[0]) && char.IsAsciiHexDigit((char)encoded[1]);
            if (!isHex && !softBreak.IsEmpty && !softBreak.StartsWith("\r\n"u8))
                return false;
        }
        return true;
    }
}
