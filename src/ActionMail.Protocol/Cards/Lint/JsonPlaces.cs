using System.Text;

namespace ActionMail.Protocol.Cards.Lint;

/// <summary>
/// Pointers and positions of values that are asked for in the order of the text: what was walked over for one is not walked over
/// again for the next, so that all of them together cost one pass.
/// </summary>
internal sealed class JsonPlaces
{
    private readonly JsonPointerTrail _trail = new();
    private int _offset;
    private int _line = 1;
    private int _column = 1;

    /// <summary>How long the pointers are that were made so far.</summary>
    public int PointerLetters { get; private set; }

    public (string Pointer, JsonPosition Position) Of(JsonNode node)
    {
        var pointer = _trail.PointerOf(node);
        PointerLetters += pointer.Length;
        return (pointer, PositionOf(node));
    }

    private JsonPosition PositionOf(JsonNode node)
    {
        ref readonly var token = ref node.Source!.Token(node.Index);
        var start = node.IsString ? token.Start - 1 : token.Start;
        var passed = node.Source.Utf8[_offset..start];
        var lines = passed.Count((byte)'\n');
        if (lines > 0)
            (_line, _column) = (_line + lines, 1);
        _column += Encoding.UTF8.GetCharCount(passed[(passed.LastIndexOf((byte)'\n') + 1)..]);
        _offset = start;
        return new(_line, _column);
    }
}
