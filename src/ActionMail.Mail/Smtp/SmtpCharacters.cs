using System.Buffers;
using System.Text;

namespace ActionMail.Mail.Smtp;

/// <summary>The alphabets of command lines, as sets that are searched by vector instructions.</summary>
internal static class SmtpCharacters
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>atext with the dot, and bytes of UTF-8. RFC 5321 §4.1.2, RFC 6531 §3.3.</summary>
    public static SearchValues<byte> DotAtom { get; } = Set(Alphanumeric + ".!#$%&'*+-/=?^_`{|}~", utf8: true);

    /// <summary>Letters, digits, hyphen, dot, and bytes of UTF-8.</summary>
    public static SearchValues<byte> Domain { get; } = Set(Alphanumeric + "-.", utf8: true);

    /// <summary>What a client may call itself: a domain, an address literal, and the underscore that many hosts have.</summary>
    public static SearchValues<byte> ClientName { get; } = Set(Alphanumeric + "-._:[]", utf8: false);

    /// <summary>What no command line may hold. The LF that ends it is taken off before.</summary>
    public static SearchValues<byte> Forbidden { get; } = SearchValues.Create("\r\n\0"u8);

    private static SearchValues<byte> Set(string ascii, bool utf8) =>
        SearchValues.Create([.. Encoding.ASCII.GetBytes(ascii), .. Enumerable.Range(0x80, utf8 ? 0x80 : 0).Select(b => (byte)b)]);
}
