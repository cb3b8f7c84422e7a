using System.Buffers;

namespace ActionMail.Protocol.Carriage;

/// <summary>
/// Reads the attributes of a tag one after the other, as HTML §13.2.5.32 to §13.2.5.40 do, beginning behind the tag's name. Names and values are as
/// written: nothing is decoded, and letter case is kept.
/// </summary>
internal ref struct HtmlAttributes(ReadOnlySpan<char> html, int start)
{
    private static readonly SearchValues<char> EndOfName = SearchValues.Create(" \t\r\n\f/>=");
    private static readonly SearchValues<char> EndOfUnquoted = SearchValues.Create(" \t\r\n\f>");

    private readonly ReadOnlySpan<char> _html = html;

    /// <summary>Behind the last character that was read: behind the tag when there are no more attributes.</summary>
    public int Position { get; private set; } = start;

    public int NameStart { get; private set; }

    public ReadOnlySpan<char> Name { get; private set; }

    /// <summary>The value; empty for an attribute without one.</summary>
    public ReadOnlySpan<char> Value { get; private set; }

    /// <summary>Whether the tag ended in <c>/&gt;</c>.</summary>
    public bool IsSelfClosing { get; private set; }

    /// <summary>Whether the text ended before the tag did: a browser drops such a tag.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The next attribute; false at the tag's end.</summary>
    public bool MoveNext()
    {
        while (Position < _html.Length)
        {
            switch (_html[Position])
            {
                case ' ' or '\t' or '\r' or '\n' or '\f': Position++; break;
                case '>': return End();
                case '/': Position++; IsSelfClosing = Position < _html.Length && _html[Position] == '>'; break;
                default: ReadName(); return !IsCut;
            }
        }
        IsCut = true;
        return false;
    }

    private bool End()
    {
        Position++;
        return false;
    }

    // An equals sign where a name should begin belongs to the name.
    private void ReadName()
    {
        NameStart = Position;
        var length = _html[(Position + 1)..].IndexOfAny(EndOfName);
        if (length < 0)
        {
            Cut();
            return;
        }
        Name = _html.Slice(NameStart, length + 1);
        Value = default;
        Position += Name.Length;
        SkipSpace();
        if (Position < _html.Length && _html[Position] == '=')
            ReadValue();
    }

    private void ReadValue()
    {
        Position++;
        SkipSpace();
        if (Position >= _html.Length)
            Cut();
        else if (_html[Position] is '"' or '\'')
            ReadQuoted(_html[Position]);
        else if (_html[Position] != '>')
            ReadUnquoted();
    }

    private void ReadQuoted(char quote)
    {
        var length = _html[(Position + 1)..].IndexOf(quote);
        if (length < 0)
        {
            Cut();
            return;
        }
        Value = _html.Slice(Position + 1, length);
        Position += length + 2;
    }

    private void ReadUnquoted()
    {
        var length = _html[Position..].IndexOfAny(EndOfUnquoted);
        if (length < 0)
        {
            Cut();
            return;
        }
        Value = _html.Slice(Position, length);
        Position += length;
    }

    private void SkipSpace()
    {
        while (Position < _html.Length && _html[Position] is ' ' or '\t' or '\r' or '\n' or '\f')
            Position++;
    }

    private void Cut() => (Position, IsCut) = (_html.Length, true);
}
