using System.Diagnostics.CodeAnalysis;
using MimeKit.Text;

namespace ActionMail.Protocol.Carriage;

/// <summary>
/// Reads the tags of a page with the tokenizer that <see cref="HtmlCards"/> uses, and knows where each one begins and ends in the text. The
/// tokenizer tells no offsets, so it is given one character at a time and never reads further than the token that it returns.
/// </summary>
internal sealed class TagReader : TextReader
{
    private readonly HtmlTokenizer _tokenizer;
    private readonly string _html;
    private readonly int _begin;
    private int _at;

    public TagReader(string html, int begin)
    {
        (_html, _begin, _at) = (html, begin, begin);
        _tokenizer = new(this) { DecodeCharacterReferences = false };
    }

    /// <summary>Where the token begins that was read last: at its "&lt;", for a tag.</summary>
    public int TokenBegin { get; private set; }

    /// <summary>Directly behind it.</summary>
    public int TokenEnd => _at;

    public bool ReadNextToken([NotNullWhen(true)] out HtmlToken? token)
    {
        // Text is known to end only where the "<" of the tag behind it has been read.
        TokenBegin = _at > _begin && _html[_at - 1] == '<' ? _at - 1 : _at;
        return _tokenizer.ReadNextToken(out token);
    }

    public override int Read(char[] buffer, int index, int count)
    {
        if (_at == _html.Length || count == 0)
            return 0;
        buffer[index] = _html[_at++];
        return 1;
    }

    public override int Read() => _at < _html.Length ? _html[_at++] : -1;

    public override int Peek() => _at < _html.Length ? _html[_at] : -1;
}
