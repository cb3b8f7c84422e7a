using System.Buffers.Text;
using System.Globalization;
using System.Text;
using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Dkim;

/// <summary>The forms that values of tags have. RFC 6376 §2 and §3.5.</summary>
internal static class TagValue
{
    /// <summary>At least one byte in base64; white space in it is passed over.</summary>
    public static bool TryBase64(ReadOnlySpan<byte> value, out byte[] bytes)
    {
        bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(value.Length)];
        if (Base64.DecodeFromUtf8(value, bytes, out _, out var written) != System.Buffers.OperationStatus.Done || written == 0)
            return false;
        Array.Resize(ref bytes, written);
        return true;
    }

    /// <summary>A decimal number of at most so many digits; what is beyond 64 bits is taken as the largest.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> value, int maxDigits, out long number)
    {
        number = 0;
        if (value.Length == 0 || value.Length > maxDigits || value.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;
        if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out number))
            number = long.MaxValue;
        return true;
    }

    /// <summary>The domain of a signer: labels of letters, digits and inner hyphens (RFC 5321 §4.1.2), at least two. Security C-10.</summary>
    public static bool TryDomain(ReadOnlySpan<byte> value, out DomainName domain)
    {
        domain = default;
        return IsLabels(value, others: "-"u8) && value.Contains((byte)'.') && DomainName.TryParse(Encoding.ASCII.GetString(value), out domain);
    }

    /// <summary>A selector: such labels too. Beyond the letter of RFC 6376 §3.1 an underscore may be in it, which real signers have.</summary>
    public static bool TrySelector(ReadOnlySpan<byte> value, out string selector)
    {
        selector = IsLabels(value, others: "-_"u8) ? Encoding.ASCII.GetString(value) : "";
        return selector.Length > 0;
    }

    /// <summary>Whether one of the entries between colons is this word.</summary>
    public static bool Lists(ReadOnlySpan<byte> value, ReadOnlySpan<byte> word)
    {
        foreach (var entry in value.Split((byte)':'))
        {
            if (value[entry].Trim(" \t\r\n"u8).SequenceEqual(word))
                return true;
        }
        return false;
    }

    private static bool IsLabels(ReadOnlySpan<byte> value, ReadOnlySpan<byte> others)
    {
        foreach (var range in value.Split((byte)'.'))
        {
            var label = value[range];
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-')
                return false;
            foreach (var letter in label)
            {
                if (!char.IsAsciiLetterOrDigit((char)letter) && !others.Contains(letter))
                    return false;
            }
        }
        return true;
    }
}
