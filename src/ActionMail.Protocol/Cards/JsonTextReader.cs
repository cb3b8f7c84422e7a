using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace ActionMail.Protocol.Cards;

/// <summary>The one pass that makes a <see cref="JsonText"/>.</summary>
internal ref struct JsonTextReader(ReadOnlyMemory<byte> utf8, int maxDepth)
{
    // Comparing each with each is quicker than a table up to here.
    private const int FewMembers = 16;

    // Cards as they are sent have a value in some twenty bytes. Each token is written in full when it is added.
    private JsonToken[] _tokens = GC.AllocateUninitializedArray<JsonToken>(Math.Min(utf8.Length / 20, 10_000) + 8);
    private int _count;
    private int _container = -1;
    private JsonToken _name;
    private (int Offset, string Message)? _fault;

    public JsonTextReading Read()
    {
        var text = utf8.Span;
        if (!Utf8.IsValid(text))
            return Refused(FirstInvalid(text), "not UTF-8");
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = maxDepth });
        try
        {
            while (_fault is null && reader.Read())
                Take(ref reader);
        }
        catch (JsonException error)
        {
            return Refused((int)reader.TokenStartIndex, $"not strict JSON: {FirstSentence(error)}", PositionOf(error));
        }
        return _fault is var (offset, message) ? Refused(offset, message) : new JsonTextReading.Read(new(utf8, _tokens));
    }

    private void Take(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName: TakeName(ref reader); break;
            case JsonTokenType.StartObject: Open(ref reader, JsonValueKind.Object); break;
            case JsonTokenType.StartArray: Open(ref reader, JsonValueKind.Array); break;
            case JsonTokenType.EndObject: FindDuplicate(); Close(ref reader); break;
            case JsonTokenType.EndArray: Close(ref reader); break;
            case JsonTokenType.String: TakeString(ref reader); break;
            case JsonTokenType.Number: TakeNumber(ref reader); break;
            case JsonTokenType.True: Add(ref reader, JsonValueKind.True); break;
            case JsonTokenType.False: Add(ref reader, JsonValueKind.False); break;
            default: Add(ref reader, JsonValueKind.Null); break;
        }
    }

    private void TakeName(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex + 1;
        var name = reader.ValueSpan;
        if (reader.ValueIsEscaped && !JsonEscapes.HavePairs(name))
            _fault = (start, "a member name holds half of a surrogate pair");
        else if (ReachesIntoPrototype(name, reader.ValueIsEscaped))
            _fault = (start, $"the member name '{Decoded(name, reader.ValueIsEscaped)}' is not allowed");
        else
            _name = new() { NameStart = start, NameLength = name.Length, IsNameEscaped = reader.ValueIsEscaped, NameHash = HashOf(name, reader.ValueIsEscaped) };
    }

    private void TakeString(ref Utf8JsonReader reader)
    {
        var index = Add(ref reader, JsonValueKind.String);
        ref var token = ref _tokens[index];
        (token.Start, token.Length, token.IsEscaped) = (token.Start + 1, reader.ValueSpan.Length, reader.ValueIsEscaped);
        if (reader.ValueIsEscaped && !JsonEscapes.HavePairs(reader.ValueSpan))
            _fault = (token.Start, "a string holds half of a surrogate pair");
    }

    private void TakeNumber(ref Utf8JsonReader reader)
    {
        Add(ref reader, JsonValueKind.Number);
        var digits = reader.ValueSpan;
        var isPlain = digits.Length < 300 && digits.IndexOfAny((byte)'e', (byte)'E') < 0;
        if (!isPlain && !(reader.TryGetDouble(out var number) && double.IsFinite(number)))
            _fault = ((int)reader.TokenStartIndex, "a number is outside the range of a double");
    }

    private void Open(ref Utf8JsonReader reader, JsonValueKind kind) => _container = Add(ref reader, kind);

    private void Close(ref Utf8JsonReader reader)
    {
        ref var token = ref _tokens[_container];
        token.Length = (int)reader.BytesConsumed - token.Start;
        token.Next = _count;
        _container = token.Parent;
    }

    private int Add(ref Utf8JsonReader reader, JsonValueKind kind)
    {
        if (_count == _tokens.Length)
            Array.Resize(ref _tokens, _count * 2);
        var index = _count++;
        ref var token = ref _tokens[index];
        token = _name;
        (token.Kind, token.Start, token.Length) = (kind, (int)reader.TokenStartIndex, reader.ValueSpan.Length);
        (token.Parent, token.Next) = (_container, _count);
        _name = default;
        return index;
    }

    private void FindDuplicate()
    {
        var tokens = _tokens.AsSpan(0, _count);
        var count = 0;
        // One bit for each hash that was met: most members are told from all before them by it, without a look at those.
        var met = 0UL;
        for (var member = _container + 1; member < tokens.Length; member = tokens[member].Next)
        {
            if (++count > FewMembers)
            {
                FindDuplicateAmongMany(tokens);
                return;
            }
            var bit = 1UL << (int)(tokens[member].NameHash >> 26);
            if ((met & bit) != 0)
                FindEarlier(tokens, member);
            met |= bit;
        }
    }

    private void FindEarlier(ReadOnlySpan<JsonToken> tokens, int member)
    {
        for (var earlier = _container + 1; earlier < member; earlier = tokens[earlier].Next)
        {
            if (tokens[earlier].NameHash == tokens[member].NameHash && string.Equals(NameOf(tokens[earlier]), NameOf(tokens[member]), StringComparison.OrdinalIgnoreCase))
                Duplicate(tokens[member]);
        }
    }

    private void FindDuplicateAmongMany(ReadOnlySpan<JsonToken> tokens)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var member = _container + 1; member < tokens.Length; member = tokens[member].Next)
        {
            if (!names.Add(NameOf(tokens[member])))
                Duplicate(tokens[member]);
        }
    }

    private void Duplicate(in JsonToken member) => _fault ??= (member.NameStart, $"the member '{NameOf(member)}' is there twice, letter case aside");

    private readonly string NameOf(in JsonToken member) => Decoded(utf8.Span.Slice(member.NameStart, member.NameLength), member.IsNameEscaped);

    private static string Decoded(ReadOnlySpan<byte> inside, bool isEscaped) => isEscaped ? JsonEscapes.Decode(inside) : Encoding.UTF8.GetString(inside);

    private static uint HashOf(ReadOnlySpan<byte> name, bool isEscaped) => isEscaped ? JsonNameHash.OfText(JsonEscapes.Decode(name)) : JsonNameHash.Of(name);

    // A member that a JavaScript object would take for its prototype.
    private static bool ReachesIntoPrototype(ReadOnlySpan<byte> name, bool isEscaped) =>
        isEscaped ? Decoded(name, true) is "__proto__" or "constructor" or "prototype"
        : name.Length is 9 or 11 && (name.SequenceEqual("__proto__"u8) || name.SequenceEqual("constructor"u8) || name.SequenceEqual("prototype"u8));

    private static string FirstSentence(JsonException error) => $"{JsonFaultWords.Of(error.Message)} (line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1})";

    private readonly JsonPosition? PositionOf(JsonException error)
    {
        var text = utf8.Span;
        for (var line = error.LineNumber ?? 0; line > 0; line--)
            text = text[(text.IndexOf((byte)'\n') + 1)..];
        return JsonPosition.Of(utf8.Span, utf8.Length - text.Length + (int)(error.BytePositionInLine ?? 0));
    }

    private static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        var offset = 0;
        while (Rune.DecodeFromUtf8(text[offset..], out _, out var length) == System.Buffers.OperationStatus.Done)
            offset += length;
        return offset;
    }

    private readonly JsonTextReading.Refused Refused(int offset, string message, JsonPosition? position = null) =>
        new(InnermostPointer(), position ?? JsonPosition.Of(utf8.Span, offset), message);

    // Containers that are still open end nowhere yet.
    private readonly string InnermostPointer()
    {
        if (_count == 0)
            return "";
        for (var open = _container; open >= 0; open = _tokens[open].Parent)
            _tokens[open].Next = _count;
        var named = _name.NameStart > 0 ? $"/{JsonPointer.Escape(NameOf(_name))}" : "";
        return new JsonNode(new(utf8, _tokens), Math.Max(_container, 0)).Pointer + named;
    }
}
