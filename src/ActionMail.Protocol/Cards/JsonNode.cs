using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ActionMail.Protocol.Cards;

/// <summary>
/// One value of a <see cref="JsonText"/>, a reference and an index. The default value stands for "not there", and asking it anything gives
/// what is said of an absent value.
/// </summary>
[DebuggerDisplay("{Pointer} {Kind}")]
public readonly struct JsonNode : IEquatable<JsonNode>
{
    private readonly JsonText? _text;
    private readonly int _index;

    internal JsonNode(JsonText text, int index) => (_text, _index) = (text, index);

    /// <summary>What kind of value it is; <see cref="JsonValueKind.Undefined"/> when it is not there.</summary>
    public JsonValueKind Kind => _text is null ? JsonValueKind.Undefined : Token.Kind;

    /// <summary>Whether it is there, be it null.</summary>
    public bool Exists => _text is not null;

    /// <summary>Whether it is an object.</summary>
    public bool IsObject => Kind == JsonValueKind.Object;

    /// <summary>Whether it is an array.</summary>
    public bool IsArray => Kind == JsonValueKind.Array;

    /// <summary>Whether it is a string.</summary>
    public bool IsString => Kind == JsonValueKind.String;

    /// <summary>Whether it is a member of an object, and not an item of an array or the whole text.</summary>
    public bool IsMember => _text is not null && Token.NameStart > 0;

    /// <summary>The name, for the member of an object; otherwise empty.</summary>
    public string Name => !IsMember ? "" : Token.IsNameEscaped ? JsonEscapes.Decode(NameBytes) : Encoding.UTF8.GetString(NameBytes);

    /// <summary>The text of a string; null for anything else.</summary>
    public string? Text => !IsString ? null : Token.IsEscaped ? JsonEscapes.Decode(Bytes) : Encoding.UTF8.GetString(Bytes);

    /// <summary>The number; null for anything else.</summary>
    public double? Number => Kind == JsonValueKind.Number ? double.Parse(Bytes, NumberStyles.Float, CultureInfo.InvariantCulture) : null;

    /// <summary>The value as it is written, white space and all.</summary>
    public string RawText => Encoding.UTF8.GetString(RawBytes);

    /// <summary>The UTF-8 bytes of the value as it is written.</summary>
    public ReadOnlySpan<byte> RawBytes => _text is null ? default : IsString ? _text.Utf8.Slice(Token.Start - 1, Token.Length + 2) : Bytes;

    /// <summary>The object or array that it is in; not there for the whole text.</summary>
    public JsonNode Parent => _text is null || _index == 0 ? default : new(_text, Token.Parent);

    /// <summary>Where it stands: the first character of the value.</summary>
    public JsonPosition Position => _text is null ? default : JsonPosition.Of(_text.Utf8, IsString ? Token.Start - 1 : Token.Start);

    /// <summary>Its JSON pointer. RFC 6901.</summary>
    public string Pointer
    {
        get
        {
            var text = new StringBuilder();
            AppendPointer(text);
            return text.ToString();
        }
    }

    /// <summary>The member of an object with just this name; not there when there is none or this is no object.</summary>
    public JsonNode this[ReadOnlySpan<byte> name]
    {
        get
        {
            if (!IsObject)
                return default;
            var utf8 = _text!.Utf8;
            var end = Token.Next;
            for (var member = _index + 1; member < end; member = _text.Token(member).Next)
            {
                if (_text.Token(member).IsNamed(utf8, name))
                    return new(_text, member);
            }
            return default;
        }
    }

    /// <summary>The members of an object in the order of the text; none for anything else.</summary>
    public Children Members => new(_text, _index, JsonValueKind.Object);

    /// <summary>The items of an array; none for anything else.</summary>
    public Children Items => new(_text, _index, JsonValueKind.Array);

    /// <summary>The members of an object, or the items of an array.</summary>
    public Children Inner => new(_text, _index, Kind);

    /// <summary>Whether it is a string with just this text.</summary>
    public bool Says(ReadOnlySpan<byte> utf8) => IsString && (Token.IsEscaped ? JsonEscapes.Decode(Bytes) == Encoding.UTF8.GetString(utf8) : Bytes.SequenceEqual(utf8));

    /// <summary>Whether it is a string with this text, the case of ASCII letters aside.</summary>
    public bool SaysAnyCase(ReadOnlySpan<byte> utf8) =>
        IsString && (Token.IsEscaped ? string.Equals(JsonEscapes.Decode(Bytes), Encoding.UTF8.GetString(utf8), StringComparison.OrdinalIgnoreCase) : Ascii.EqualsIgnoreCase(Bytes, utf8));

    /// <summary>Whether it is a member with just this name.</summary>
    public bool IsNamed(ReadOnlySpan<byte> utf8) => _text is not null && Token.IsNamed(_text.Utf8, utf8);

    /// <summary>Whether it is true, or the text "true" in any case, as real senders write it.</summary>
    public bool IsTrue => Kind == JsonValueKind.True || SaysAnyCase("true"u8);

    /// <summary>How many members or items it has; counted anew each time.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var _ in Inner)
                count++;
            return count;
        }
    }

    /// <summary>Writes the value as it is.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteRawValue(RawBytes, skipInputValidation: true);
    }

    /// <inheritdoc/>
    public bool Equals(JsonNode other) => ReferenceEquals(_text, other._text) && _index == other._index;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is JsonNode other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _index;

    /// <summary>The same place.</summary>
    public static bool operator ==(JsonNode left, JsonNode right) => left.Equals(right);

    /// <summary>Another place.</summary>
    public static bool operator !=(JsonNode left, JsonNode right) => !left.Equals(right);

    internal ReadOnlySpan<byte> Bytes => _text is null ? default : _text.Utf8.Slice(Token.Start, Token.Length);

    internal ReadOnlySpan<byte> NameBytes => IsMember ? _text!.Utf8.Slice(Token.NameStart, Token.NameLength) : default;

    /// <summary>The first member or item of one that has any.</summary>
    internal JsonNode First => new(_text!, _index + 1);

    /// <summary>The value after this one and all that is in it, where there is one.</summary>
    internal JsonNode NextSibling => new(_text!, Token.Next);

    /// <summary>How many values it is, itself and all that are in it.</summary>
    internal int ValueCount => _text is null ? 0 : Token.Next - _index;

    /// <summary>Whether it begins before another value of the same text, or is it.</summary>
    internal bool IsBefore(JsonNode other) => _index <= other._index;

    /// <summary>Whether the bytes of the text are what it says: no escapes.</summary>
    internal bool IsPlain => !Token.IsEscaped;

    /// <summary>What a string says, in UTF-8.</summary>
    internal ReadOnlySpan<byte> PlainBytes => IsPlain ? Bytes : Encoding.UTF8.GetBytes(JsonEscapes.Decode(Bytes));

    /// <summary>A member's name in UTF-8.</summary>
    internal ReadOnlySpan<byte> PlainNameBytes => Token.IsNameEscaped ? Encoding.UTF8.GetBytes(JsonEscapes.Decode(NameBytes)) : NameBytes;

    /// <summary>The hash of a member's name, see <see cref="JsonNameHash"/>.</summary>
    internal uint NameHash => Token.NameHash;

    /// <summary>Its number among the values of the text, in the order of the text.</summary>
    internal int Index => _index;

    /// <summary>The text that it is in.</summary>
    internal JsonText? Source => _text;

    private ref readonly JsonToken Token => ref _text!.Token(_index);

    private void AppendPointer(StringBuilder pointer)
    {
        if (_text is null || _index == 0)
            return;
        var parent = Parent;
        parent.AppendPointer(pointer);
        pointer.Append('/');
        if (IsMember)
            pointer.Append(JsonPointer.Escape(Name));
        else
            pointer.Append(CultureInfo.InvariantCulture, $"{IndexIn(parent)}");
    }

    private int IndexIn(JsonNode array)
    {
        var index = 0;
        foreach (var item in array.Items)
        {
            if (item._index == _index)
                return index;
            index++;
        }
        throw new UnreachableException();
    }

    /// <summary>What is right inside a value.</summary>
    public readonly struct Children
    {
        private readonly JsonText? _text;
        private readonly int _parent;

        internal Children(JsonText? text, int parent, JsonValueKind kind) =>
            (_text, _parent) = (text is not null && text.Token(parent).Kind == kind ? text : null, parent);

        /// <summary>Begins with the first.</summary>
        public Enumerator GetEnumerator() => new(_text, _parent);
    }

    /// <summary>Goes from one value to the next.</summary>
    public struct Enumerator
    {
        private readonly JsonText? _text;
        private readonly int _end;
        private int _current;

        internal Enumerator(JsonText? text, int parent)
        {
            (_text, _current) = (text, -1);
            if (text is null)
                return;
            ref readonly var token = ref text.Token(parent);
            _end = token.Kind is JsonValueKind.Object or JsonValueKind.Array ? token.Next : parent + 1;
            _current = ~(parent + 1);
        }

        /// <summary>The value.</summary>
        public readonly JsonNode Current => new(_text!, _current);

        /// <summary>Goes on; false at the end.</summary>
        public bool MoveNext()
        {
            if (_text is null)
                return false;
            _current = _current < 0 ? ~_current : _text.Token(_current).Next;
            return _current < _end;
        }
    }
}
