using System.Text;

namespace ActionMail.Protocol.Cards.Templating;

internal enum ExpressionToken
{
    End,
    Number,
    Text,
    Name,
    Sign,
    Unknown,
}

/// <summary>The tokens of an expression, one ahead.</summary>
internal struct ExpressionScanner
{
    // Longer ones first.
    private static readonly string[] Signs = ["==", "!=", "<>", "<=", ">=", "&&", "||", "??", "=>", .. "+-*/%^<>&!()[]{}.,:?".Select(sign => sign.ToString())];

    private readonly string _source;
    private int _next;

    public ExpressionScanner(string source)
    {
        _source = source;
        Text = "";
        Scan();
    }

    public ExpressionToken Kind { get; private set; }

    /// <summary>What the token says, a text without its quotation marks.</summary>
    public string Text { get; private set; }

    /// <summary>Where the token begins.</summary>
    public int Start { get; private set; }

    public readonly bool IsSign(string sign) => Kind == ExpressionToken.Sign && string.Equals(Text, sign, StringComparison.Ordinal);

    public bool TakeSign(string sign)
    {
        if (!IsSign(sign))
            return false;
        Scan();
        return true;
    }

    public string Take()
    {
        var text = Text;
        Scan();
        return text;
    }

    private void Scan()
    {
        while (_next < _source.Length && _source[_next] is ' ' or '\t' or '\r' or '\n' or '\u00a0' or '\ufeff')
            _next++;
        Start = _next;
        if (_next == _source.Length)
            (Kind, Text) = (ExpressionToken.End, "");
        else if (char.IsAsciiDigit(_source[_next]))
            ScanNumber();
        else if (_source[_next] is '\'' or '"')
            ScanText(_source[_next]);
        else if (char.IsAsciiLetter(_source[_next]) || _source[_next] is '_' or '#' or '@' or '$')
            ScanName();
        else
            ScanSign();
    }

    private void ScanNumber()
    {
        SkipDigits();
        if (_next + 1 < _source.Length && _source[_next] == '.' && char.IsAsciiDigit(_source[_next + 1]))
        {
            _next++;
            SkipDigits();
        }
        (Kind, Text) = (ExpressionToken.Number, _source[Start.._next]);
    }

    private void SkipDigits()
    {
        while (_next < _source.Length && char.IsAsciiDigit(_source[_next]))
            _next++;
    }

    private void ScanName()
    {
        if (_source.AsSpan(_next).StartsWith("@@", StringComparison.Ordinal))
            _next++;
        do
        {
            _next++;
        }
        while (_next < _source.Length && (char.IsAsciiLetterOrDigit(_source[_next]) || _source[_next] == '_'));
        (Kind, Text) = (ExpressionToken.Name, _source[Start.._next]);
    }

    // A backslash before anything that it does not escape is a backslash.
    private void ScanText(char quote)
    {
        var text = new StringBuilder();
        for (_next++; _next < _source.Length && _source[_next] != quote; _next++)
        {
            var escaped = _source[_next] == '\\' && _next + 1 < _source.Length ? Escaped(_source[_next + 1], quote) : null;
            text.Append(escaped ?? _source[_next]);
            if (escaped is not null)
                _next++;
        }
        if (_next < _source.Length)
            _next++;
        (Kind, Text) = (_source.Length > Start + 1 && _source[_next - 1] == quote ? ExpressionToken.Text : ExpressionToken.Unknown, text.ToString());
    }

    private static char? Escaped(char letter, char quote) => letter switch
    {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '\\' => '\\',
        _ => letter == quote ? letter : null,
    };

    private void ScanSign()
    {
        var rest = _source.AsSpan(_next);
        foreach (var sign in Signs)
        {
            if (rest.StartsWith(sign, StringComparison.Ordinal))
            {
                _next += sign.Length;
                (Kind, Text) = (ExpressionToken.Sign, sign);
                return;
            }
        }
        _next++;
        (Kind, Text) = (ExpressionToken.Unknown, _source[Start.._next]);
    }
}
