using System.Text;

namespace ActionMail.Mail.Message;

/// <summary>
/// One mailbox in the only two forms that every parser reads alike: <c>local@domain</c> and
/// <c>display name &lt;local@domain&gt;</c>. RFC 5322 §3.4 without comments, routes, groups, quoted local parts,
/// literals and white space inside the address; encoded-words are never decoded in an address (RFC 2047 §5).
/// </summary>
internal readonly ref struct Mailbox
{
    private const int MaxLocalPart = 64;    // RFC 5321 §4.5.3.1.1
    private const int MaxAddress = 254;     // RFC 5321 §4.5.3.1.3

    private Mailbox(ReadOnlySpan<byte> name, ReadOnlySpan<byte> address)
    {
        Name = name;
        Address = address;
    }

    /// <summary>The phrase before the angle bracket as written; empty when there is none.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>The addr-spec as written.</summary>
    public ReadOnlySpan<byte> Address { get; }

    public string AddressText => Encoding.ASCII.GetString(Address);

    /// <summary>Reads one mailbox from the front of <paramref name="text"/> and leaves what is behind it, white space skipped.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> text, out Mailbox mailbox)
    {
        mailbox = default;
        text = text.TrimStart(" \t\r\n"u8);
        var bare = text[..AtomLength(text, plus: (byte)'@')];
        if (IsAddress(bare))
            return Took(ref text, bare.Length, new Mailbox([], bare), out mailbox);

        var open = PhraseLength(text);
        if (open < 0 || open == text.Length || text[open] != '<')
            return false;
        var length = text[(open + 1)..].IndexOf((byte)'>');
        if (length < 0 || !IsAddress(text.Slice(open + 1, length)))
            return false;
        var found = new Mailbox(text[..open].Trim(" \t\r\n"u8), text.Slice(open + 1, length));
        return Took(ref text, open + length + 2, found, out mailbox);
    }

    private static bool Took(ref ReadOnlySpan<byte> text, int length, Mailbox found, out Mailbox mailbox)
    {
        text = text[length..].TrimStart(" \t\r\n"u8);
        mailbox = found;
        return true;
    }

    /// <summary>Length of the words before an angle bracket, or -1 where something else stands among them.</summary>
    private static int PhraseLength(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length && text[at] != '<')
        {
            var length = text[at] switch
            {
                (byte)'"' => QuotedLength(text[at..]),
                (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' => 1,
                _ => AtomLength(text[at..], plus: (byte)'.'),
            };
            if (length == 0)
                return -1;
            at += length;
        }
        return at;
    }

    private static int QuotedLength(ReadOnlySpan<byte> text)
    {
        for (var at = 1; at < text.Length; at++)
        {
            if (text[at] == '"')
                return at + 1;
            if (text[at] == '\\')
                at++;
        }
        return 0;
    }

    private static int AtomLength(ReadOnlySpan<byte> text, byte plus)
    {
        var at = 0;
        // RFC 6532 §3.2: UTF-8 is text in a display name; an address with it fails below.
        while (at < text.Length && (IsAtomText(text[at]) || text[at] == '.' || text[at] == plus || text[at] >= 0x80))
            at++;
        return at;
    }

    private static bool IsAddress(ReadOnlySpan<byte> text)
    {
        var at = text.IndexOf((byte)'@');
        return at is > 0 and <= MaxLocalPart && text.Length <= MaxAddress
            && IsLocalPart(text[..at]) && IsDomain(text[(at + 1)..]);
    }

    private static bool IsLocalPart(ReadOnlySpan<byte> local)
    {
        foreach (var b in local)
        {
            if (!IsAtomText(b) && b != '.')
                return false;
        }
        return local[0] != '.' && local[^1] != '.' && local.IndexOf(".."u8) < 0 && !HasEncodedWord(local);
    }

    // "=?utf-8?q?a=40b?=" is a legal atom, and a lenient parser decodes it to another address (security B-03).
    private static bool HasEncodedWord(ReadOnlySpan<byte> local)
    {
        var begin = local.IndexOf("=?"u8);
        return begin >= 0 && local[(begin + 2)..].IndexOf("?="u8) >= 0;
    }

    // At least two labels, the last one not a number: a host that mail can be delivered to by name.
    private static bool IsDomain(ReadOnlySpan<byte> domain)
    {
        var labels = 0;
        ReadOnlySpan<byte> last = [];
        foreach (var range in domain.Split((byte)'.'))
        {
            last = domain[range];
            labels++;
            if (!IsLabel(last))
                return false;
        }
        return labels > 1 && last.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    private static bool IsLabel(ReadOnlySpan<byte> label)
    {
        if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-')
            return false;
        foreach (var b in label)
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b != '-')
                return false;
        }
        return true;
    }

    private static bool IsAtomText(byte b) =>
        char.IsAsciiLetterOrDigit((char)b) || "!#$%&'*+-/=?^_`{|}~"u8.Contains(b);
}
