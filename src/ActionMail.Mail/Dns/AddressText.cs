using System.Net;

namespace ActionMail.Mail.Dns;

/// <summary>Addresses as the RFCs write them. The platform's own parser also reads <c>1.2.3</c>, octal numbers, ports and zones.</summary>
internal static class AddressText
{
    /// <summary>Four numbers from 0 to 255 without leading zeros. RFC 7208 §5.6, <c>ip4-network</c>.</summary>
    public static IPAddress? ReadIPv4(ReadOnlySpan<char> text)
    {
        Span<byte> octets = stackalloc byte[4];
        var count = 0;
        foreach (var part in text.Split('.'))
        {
            if (count == 4 || ReadNumber(text[part], 255) is not { } number)
                return null;
            octets[count++] = (byte)number;
        }
        return count == 4 ? new IPAddress(octets) : null;
    }

    /// <summary>RFC 4291 §2.2, in all three forms.</summary>
    public static IPAddress? ReadIPv6(ReadOnlySpan<char> text) =>
        !text.ContainsAnyExcept("0123456789abcdefABCDEF:.") && text.Contains(':') && HasPlainTail(text) && IPAddress.TryParse(text, out var address) ? address : null;

    /// <summary>A decimal number without sign or leading zeros; null for anything else and for more than <paramref name="most"/>.</summary>
    public static int? ReadNumber(ReadOnlySpan<char> digits, int most)
    {
        if (digits.Length is 0 or > 5 || digits.ContainsAnyExceptInRange('0', '9') || digits is ['0', _, ..])
            return null;
        var number = 0;
        foreach (var digit in digits)
            number = number * 10 + (digit - '0');
        return number <= most ? number : null;
    }

    private static bool HasPlainTail(ReadOnlySpan<char> text) => !text.Contains('.') || ReadIPv4(text[(text.LastIndexOf(':') + 1)..]) is not null;
}
