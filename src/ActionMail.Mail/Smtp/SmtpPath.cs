using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace ActionMail.Mail.Smtp;

/// <summary>What became of a mailbox between angle brackets.</summary>
internal enum SmtpPathFault
{
    None,
    Malformed,
    Quoted,
}

/// <summary>
/// The mailbox of a path: dot-atom, @, labels. RFC 5321 §4.1.2 without source routes, address literals and quoted local
/// parts: two receivers read them differently, and nobody here has such an address. Bytes beyond ASCII must be UTF-8 of
/// visible characters (RFC 6531 §3.3); whether they are allowed is the transaction's matter.
/// </summary>
internal static class SmtpPath
{
    private const int MaxLocalBytes = 64;   // RFC 5321 §4.5.3.1.1
    private const int MaxPathBytes = 254;   // RFC 5321 §4.5.3.1.3 without the brackets
    private const int MaxLabelBytes = 63;

    public static SmtpPathFault Read(ReadOnlySpan<byte> mailbox, out string address)
    {
        address = "";
        if (mailbox.StartsWith((byte)'"'))
            return SmtpPathFault.Quoted;
        var at = mailbox.IndexOf((byte)'@');
        if (at is < 1 or > MaxLocalBytes || mailbox.Length > MaxPathBytes
            || !IsDotAtom(mailbox[..at]) || !IsDomain(mailbox[(at + 1)..]))
            return SmtpPathFault.Malformed;
        if (!Ascii.IsValid(mailbox) && !IsVisibleUtf8(mailbox))
            return SmtpPathFault.Malformed;
        address = Encoding.UTF8.GetString(mailbox);
        return SmtpPathFault.None;
    }

    private static bool IsDotAtom(ReadOnlySpan<byte> local) =>
        local[0] != '.' && local[^1] != '.' && local.IndexOf(".."u8) < 0
        && !local.ContainsAnyExcept(SmtpCharacters.DotAtom);

    private static bool IsDomain(ReadOnlySpan<byte> domain)
    {
        if (domain.ContainsAnyExcept(SmtpCharacters.Domain))
            return false;
        foreach (var range in domain.Split((byte)'.'))
        {
            var label = domain[range];
            if (label.Length is 0 or > MaxLabelBytes || label[0] == '-' || label[^1] == '-')
                return false;
        }
        return true;
    }

    private static bool IsVisibleUtf8(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text))
            return false;
        while (Rune.DecodeFromUtf8(text, out var rune, out var length) == System.Buffers.OperationStatus.Done)
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
                return false;
            text = text[length..];
        }
        return text.IsEmpty;
    }
}
