using System.Buffers;

namespace ActionMail.Protocol.Carriage;

internal enum HtmlTokenKind
{
    Text,
    StartTag,
    EndTag,
}

/// <summary>
/// An HTML5 tokenizer for finding a few elements in a large page: tags and the text between them, as HTML §13.2.5 cuts them, with nothing decoded and nothing copied.
/// Comments, doctypes and what is cut off at the end are passed over. What follows a start tag of raw text is one text. No tree is built.
/// </summary>
internal ref struct HtmlReader(ReadOnlySpan<char> html, int start = 0)
{
    private static readonly SearchValues<char> EndOfName = SearchValues.Create(" \t\r\n\f/>");

    private readonly ReadOnlySpan<char> _html = html;
    private int _nameEnd;
    private string? _rawText;

    public HtmlTokenKind Kind { get; private set; }

    /// <summary>Where the token begins.</summary>
    public int Start { get; private set; } = start;

    /// <summary>Behind the token.</summary>
    public int End { get; private set; } = start;

    /// <summary>The text; or a tag's name as it is written.</summary>
    public ReadOnlySpan<char> Text { get; private set; }

    /// <summary>Whether a tag ended in <c>/&gt;</c>, which HTML's own elements do not care for.</summary>
    public bool IsSelfClosing { get; private set; }

    /// <summary>Whether a tag has an attribute of microdata, which few have.</summary>
    public bool HasItemAttribute { get; private set; }

    /// <summary>A tag's attributes.</summary>
    public readonly HtmlAttributes Attributes => new(_html, _nameEnd);

    public readonly bool IsNamed(string name) => Text.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The text after this start tag is to be read as tags after all, because the tag is one of foreign content.</summary>
    public void ReadOnAsMarkup() => _rawText = null;

    /// <summary>The next token; false at the end.</summary>
    public bool Read()
    {
        while (End < _html.Length)
        {
            Start = End;
            if (_rawText is { } element)
            {
                _rawText = null;
                if (ReadText(HtmlRawText.EndOf(_html, Start, element)))
                    return true;
            }
            else if (_html[Start] != '<')
            {
                return ReadText(_html[Start..].IndexOf('<') is > 0 and var length ? Start + length : _html.Length);
            }
            else if (ReadMarkup())
            {
                return true;
            }
        }
        return false;
    }

    private bool ReadText(int end)
    {
        (Kind, End) = (HtmlTokenKind.Text, end);
        Text = _html[Start..end];
        return end > Start;
    }

    // §13.2.5.6: what may follow a "<". False for what is no token of ours.
    private bool ReadMarkup()
    {
        var next = Start + 1 < _html.Length ? _html[Start + 1] : ' ';
        var afterSlash = next == '/' && Start + 2 < _html.Length ? _html[Start + 2] : ' ';
        if (char.IsAsciiLetter(next))
            return ReadTag(HtmlTokenKind.StartTag, Start + 1);
        if (char.IsAsciiLetter(afterSlash))
            return ReadTag(HtmlTokenKind.EndTag, Start + 2);
        if (next == '!')
            return Skip(EndOfDeclaration());
        if (next == '?' || (next == '/' && Start + 2 < _html.Length))
            return Skip(After(_html, Start + 1, ">"));
        return ReadText(Start + 1);
    }

    private bool ReadTag(HtmlTokenKind kind, int nameStart)
    {
        var length = _html[nameStart..].IndexOfAny(EndOfName);
        if (length < 0)
            return Skip(_html.Length);
        (Kind, _nameEnd) = (kind, nameStart + length);
        Text = _html.Slice(nameStart, length);
        HasItemAttribute = false;
        var attributes = Attributes;
        while (attributes.MoveNext())
            HasItemAttribute |= attributes.Name.StartsWith("item", StringComparison.OrdinalIgnoreCase);
        (End, IsSelfClosing) = (attributes.Position, attributes.IsSelfClosing);
        if (kind == HtmlTokenKind.StartTag)
            _rawText = HtmlRawText.ElementNamed(Text);
        return !attributes.IsCut;
    }

    // §13.2.5.42 to §13.2.5.53: a comment, a doctype or something that counts as a comment. Outside foreign content a CDATA section is such a thing too.
    private readonly int EndOfDeclaration()
    {
        var rest = _html[Start..];
        if (!rest.StartsWith("<!--", StringComparison.Ordinal))
            return After(_html, Start + 2, ">");
        if (rest.StartsWith("<!-->", StringComparison.Ordinal) || rest.StartsWith("<!--->", StringComparison.Ordinal))
            return After(_html, Start + 4, ">");
        return EndOfComment(Start + 4);
    }

    private readonly int EndOfComment(int at)
    {
        while (at < _html.Length && _html[at..].IndexOf("--", StringComparison.Ordinal) is >= 0 and var dashes)
        {
            at += dashes;
            if (_html[at..] is ['-', '-', '>', ..])
                return at + 3;
            if (_html[at..] is ['-', '-', '!', '>', ..])
                return at + 4;
            at++;
        }
        return _html.Length;
    }

    private bool Skip(int end)
    {
        End = end;
        return false;
    }

    private static int After(ReadOnlySpan<char> html, int start, string mark) =>
        html[start..].IndexOf(mark, StringComparison.Ordinal) is >= 0 and var at ? start + at + mark.Length : html.Length;
}
