using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ActionMail.Mail.Dkim;

/// <summary>
/// A list of <c>name=value</c> tags, read by the letter of RFC 6376 §3.2: names are case-sensitive, an empty place between semicolons, a name
/// twice, a bare line end and a byte beyond visible ASCII make it no list. What a tag means is for its reader to say.
/// </summary>
internal sealed class TagList
{
    /// <summary>More than any signature or key record has; a list that is longer is not read.</summary>
    private const int MaxTags = 100;

    private static readonly SearchValues<byte> NameBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"u8);

    private static readonly SearchValues<byte> ListBytes = SearchValues.Create([.. "\t\r\n "u8, .. Enumerable.Range('!', '~' - '!' + 1).Select(b => (byte)b)]);

    private readonly ReadOnlyMemory<byte> _text;
    private readonly List<Tag> _tags = [];

    private TagList(ReadOnlyMemory<byte> text) => _text = text;

    /// <summary>The name of the first tag, which a key record's <c>v=</c> has to be.</summary>
    public string FirstName => Encoding.ASCII.GetString(_text.Span[_tags[0].Name]);

    /// <summary>Reads a list; folded lines may be in it.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> text, [NotNullWhen(true)] out TagList? tags)
    {
        var list = new TagList(text);
        tags = IsFolded(text.Span) && !text.Span.ContainsAnyExcept(ListBytes) && list.ReadTags() ? list : null;
        return tags is not null;
    }

    public bool Has(ReadOnlySpan<byte> name) => Find(name) >= 0;

    /// <summary>The value without the white space around it.</summary>
    public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlyMemory<byte> value)
    {
        var at = Find(name);
        value = at < 0 ? default : Trim(_text[_tags[at].Value]);
        return at >= 0;
    }

    /// <summary>Where the value stands in the text, with the white space around it: from behind the equals sign to the semicolon or the end.</summary>
    public Range PlaceOf(ReadOnlySpan<byte> name) => _tags[Find(name)].Value;

    /// <summary>The text without folding white space at both ends.</summary>
    public static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> text) => text.Trim(" \t\r\n"u8);

    // FWS = [*WSP CRLF] 1*WSP: each CR has its LF, each LF its CR before and white space behind it.
    private static bool IsFolded(ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOfAny((byte)'\r', (byte)'\n'); at >= 0; at = text.IndexOfAny((byte)'\r', (byte)'\n'))
        {
            if (text[at..] is not [(byte)'\r', (byte)'\n', (byte)' ' or (byte)'\t', ..])
                return false;
            text = text[(at + 2)..];
        }
        return true;
    }

    private bool ReadTags()
    {
        var text = _text.Span;
        for (var begin = 0; begin < text.Length;)
        {
            var length = text[begin..].IndexOf((byte)';');
            var end = length < 0 ? text.Length : begin + length;
            // Only behind the last semicolon may there be nothing.
            if (length < 0 && _tags.Count > 0 && IsBlank(text[begin..]))
                return true;
            if (!TryReadTag(begin, end) || _tags.Count > MaxTags)
                return false;
            begin = end + 1;
        }
        return _tags.Count > 0;
    }

    private bool TryReadTag(int begin, int end)
    {
        var spec = _text.Span[begin..end];
        var equals = spec.IndexOf((byte)'=');
        if (equals < 0)
            return false;
        var name = spec[..equals].Trim(" \t\r\n"u8);
        if (name.IsEmpty || !char.IsAsciiLetter((char)name[0]) || name.ContainsAnyExcept(NameBytes) || Find(name) >= 0)
            return false;
        var nameAt = begin + spec.IndexOf(name[0]);
        _tags.Add(new(nameAt..(nameAt + name.Length), (begin + equals + 1)..end));
        return true;
    }

    private int Find(ReadOnlySpan<byte> name)
    {
        var text = _text.Span;
        for (var i = 0; i < _tags.Count; i++)
        {
            if (text[_tags[i].Name].SequenceEqual(name))
                return i;
        }
        return -1;
    }

    private static bool IsBlank(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(" \t\r\n"u8);

    private readonly record struct Tag(Range Name, Range Value);
}
