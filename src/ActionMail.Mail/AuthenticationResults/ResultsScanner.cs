using System.Buffers;
using System.Text;

namespace ActionMail.Mail.AuthenticationResults;

/// <summary>Goes once through the value of a field and takes from it the pieces that its grammar is made of. RFC 8601 §2.2, RFC 5322 §3.2, RFC 2045 §5.1.</summary>
internal sealed class ResultsScanner(string text)
{
    private const int MaxCommentDepth = 20;

    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`{|}~");

    private static readonly SearchValues<char> KeywordCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly SearchValues<char> EndOfPropertyValue = SearchValues.Create(" \t\r\n;()<>,\\\"");

    private int _at;

    public bool IsAtEnd => _at == text.Length;

    public bool IsAt(char c) => _at < text.Length && text[_at] == c;

    public bool Take(char c)
    {
        if (!IsAt(c))
            return false;
        _at++;
        return true;
    }

    /// <summary>Takes a word, whatever the case of its letters, where it is not the beginning of a longer one.</summary>
    public bool TakeWord(string word)
    {
        var length = LengthOf(TokenCharacters);
        if (!text.AsSpan(_at, length).Equals(word, StringComparison.OrdinalIgnoreCase))
            return false;
        _at += length;
        return true;
    }

    /// <summary>A keyword in lower case, or null.</summary>
    public string? TakeKeyword() => TakeRun(LengthOf(KeywordCharacters))?.ToLowerInvariant();

    /// <summary>A token or a quoted string without its quotes, or null.</summary>
    public string? TakeValue() => IsAt('"') ? TakeQuoted() : TakeRun(LengthOf(TokenCharacters));

    /// <summary>A value; or an address, of which the local part may be quoted; or what real hosts write in their place.</summary>
    public string? TakePropertyValue()
    {
        if (!IsAt('"'))
            return TakeRun(LengthOfPropertyValue());
        var quoted = TakeQuoted();
        return quoted is not null && IsAt('@') ? quoted + TakeRun(LengthOfPropertyValue()) : quoted;
    }

    /// <summary>Passes over white space, folded lines and comments; false where a comment does not end, or a line end is none of a fold.</summary>
    public bool SkipBlanks()
    {
        while (!IsAtEnd)
        {
            switch (text[_at])
            {
                case ' ' or '\t': _at++; break;
                case '\r' when text.AsSpan(_at) is ['\r', '\n', ' ' or '\t', ..]: _at += 3; break;
                case '(' when SkipComment(): break;
                case '\r' or '\n' or '(': return false;
                default: return true;
            }
        }
        return true;
    }

    private bool SkipComment()
    {
        var depth = 0;
        for (; !IsAtEnd && depth <= MaxCommentDepth; _at++)
        {
            if (text[_at] == '(')
                depth++;
            else if (text[_at] == '\\')
                _at++;
            else if (text[_at] == ')' && --depth == 0)
                return Take(')');
            if (_at >= text.Length)
                break;
        }
        _at = Math.Min(_at, text.Length);
        return false;
    }

    private string? TakeQuoted()
    {
        var value = new StringBuilder();
        for (var at = _at + 1; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                _at = at + 1;
                return value.ToString();
            }
            if (text[at] == '\\' && at + 1 < text.Length)
                at++;
            if (text[at] is '\r' && text.AsSpan(at) is ['\r', '\n', ' ' or '\t', ..])
                at += 2;
            if (char.IsControl(text[at]) && text[at] != '\t')
                return null;
            value.Append(text[at]);
        }
        return null;
    }

    private string? TakeRun(int length)
    {
        if (length == 0)
            return null;
        _at += length;
        return text[(_at - length).._at];
    }

    private int LengthOf(SearchValues<char> characters)
    {
        var length = text.AsSpan(_at).IndexOfAnyExcept(characters);
        return length < 0 ? text.Length - _at : length;
    }

    private int LengthOfPropertyValue()
    {
        var length = text.AsSpan(_at).IndexOfAny(EndOfPropertyValue);
        length = length < 0 ? text.Length - _at : length;
        return text.AsSpan(_at, length).ContainsAnyInRange('\0', '\x1f') ? 0 : length;
    }
}
