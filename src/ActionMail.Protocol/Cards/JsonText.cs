using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ActionMail.Protocol.Cards;

/// <summary>What reading a text of JSON came to.</summary>
public abstract record JsonTextReading
{
    private JsonTextReading() { }

    /// <summary>The text is JSON that every parser reads alike.</summary>
    public sealed record Read(JsonText Text) : JsonTextReading;

    /// <summary>The text is not: <paramref name="Pointer"/> is the innermost value that is known (RFC 6901), <paramref name="Position"/> the place in the text.</summary>
    public sealed record Refused(string Pointer, JsonPosition Position, string Message) : JsonTextReading;
}

/// <summary>
/// Strict JSON with its text: one pass over UTF-8 leaves a flat list of values, each of which knows its place. Nothing is copied or
/// decoded before somebody asks for it. What is refused is written at <see cref="StrictJson"/>.
/// </summary>
public sealed class JsonText
{
    // An array is looked into many times quicker than memory of any kind.
    private readonly ArraySegment<byte> _utf8;
    private readonly JsonToken[] _tokens;

    internal JsonText(ReadOnlyMemory<byte> utf8, JsonToken[] tokens) =>
        (_utf8, _tokens) = (MemoryMarshal.TryGetArray(utf8, out var segment) ? segment : utf8.ToArray(), tokens);

    /// <summary>The outermost value.</summary>
    public JsonNode Root => new(this, 0);

    internal ReadOnlySpan<byte> Utf8 => _utf8;

    internal ref readonly JsonToken Token(int index) => ref _tokens[index];

    /// <summary>Reads UTF-8 text nested at most <paramref name="maxDepth"/> deep, which must not change afterwards. Time is linear in the length.</summary>
    public static JsonTextReading Read(ReadOnlyMemory<byte> utf8, int maxDepth) => new JsonTextReader(utf8, maxDepth).Read();

    /// <summary>Reads text, see <see cref="Read(ReadOnlyMemory{byte}, int)"/>.</summary>
    public static JsonTextReading Read(string text, int maxDepth)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(Encoding.UTF8.GetBytes(text), maxDepth);
    }
}

/// <summary>A place in a text: line and column, both from 1; a column counts UTF-16 code units, as editors do.</summary>
public readonly record struct JsonPosition(int Line, int Column)
{
    internal static JsonPosition Of(ReadOnlySpan<byte> utf8, int offset)
    {
        var before = utf8[..Math.Min(offset, utf8.Length)];
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return new(before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
    }
}

/// <summary>One value of a text. Lengths include quotation marks nowhere; <see cref="Next"/> is the token after the value and all that is in it.</summary>
internal record struct JsonToken
{
    public JsonValueKind Kind;
    public bool IsEscaped;
    public bool IsNameEscaped;
    public int Start;
    public int Length;
    public int NameStart;
    public int NameLength;
    public uint NameHash;
    public int Parent;
    public int Next;

    /// <summary>Whether it is a member with just this name.</summary>
    public readonly bool IsNamed(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name) =>
        IsNameEscaped ? JsonEscapes.Decode(text.Slice(NameStart, NameLength)) == Encoding.UTF8.GetString(name)
        : NameLength == name.Length && NameStart > 0 && text.Slice(NameStart, NameLength).SequenceEqual(name);
}
