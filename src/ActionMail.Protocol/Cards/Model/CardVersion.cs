using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace ActionMail.Protocol.Cards.Model;

/// <summary>A version of Adaptive Cards: two numbers, compared as numbers. <c>default</c> is 0.0, older than all that was published.</summary>
public readonly record struct CardVersion(int Major, int Minor) : IComparable<CardVersion>
{
    private const int MaxLength = 16;

    /// <summary>The first version, from which Outlook's own members count.</summary>
    public static CardVersion V1_0 { get; } = new(1, 0);

    /// <summary>The newest version that the vocabulary describes.</summary>
    public static CardVersion Newest { get; } = new(1, 6);

    /// <summary>Reads "1.4", "1" or "1.4.0"; false for anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out CardVersion version)
    {
        Span<byte> utf8 = stackalloc byte[MaxLength];
        version = default;
        return text.Length <= MaxLength && Encoding.UTF8.TryGetBytes(text, utf8, out var length) && TryParse(utf8[..length], out version);
    }

    /// <summary>Reads UTF-8 text, see <see cref="TryParse(ReadOnlySpan{char}, out CardVersion)"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out CardVersion version)
    {
        version = default;
        if (utf8.Length is 0 or > MaxLength || !TakeNumber(ref utf8, out var major) || !TakeNumber(ref utf8, out var minor))
            return false;
        if (!TakeNumber(ref utf8, out _) || !utf8.IsEmpty)
            return false;
        version = new(major, minor);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(CardVersion other) => Major != other.Major ? Major.CompareTo(other.Major) : Minor.CompareTo(other.Minor);

    /// <summary>Older.</summary>
    public static bool operator <(CardVersion left, CardVersion right) => left.CompareTo(right) < 0;

    /// <summary>Newer.</summary>
    public static bool operator >(CardVersion left, CardVersion right) => left.CompareTo(right) > 0;

    /// <summary>Older or the same.</summary>
    public static bool operator <=(CardVersion left, CardVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Newer or the same.</summary>
    public static bool operator >=(CardVersion left, CardVersion right) => left.CompareTo(right) >= 0;

    /// <summary>As cards write it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");

    // A number that the text has ended before is 0: "1" is 1.0.
    private static bool TakeNumber(ref ReadOnlySpan<byte> utf8, out int number)
    {
        number = 0;
        if (utf8.IsEmpty)
            return true;
        if (!Utf8Parser.TryParse(utf8, out uint value, out var length) || value > 9999 || utf8[0] is < (byte)'0' or > (byte)'9')
            return false;
        number = (int)value;
        utf8 = utf8[length..];
        if (utf8.IsEmpty)
            return true;
        var isDot = utf8[0] == '.' && utf8.Length > 1;
        utf8 = utf8[1..];
        return isDot;
    }
}
