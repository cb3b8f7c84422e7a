using System.Text;

namespace ActionMail.Protocol.Carriage;

/// <summary>
/// Where in a page the forms of a card stand, hidden places such as quoted replies included. An element is cut from its start tag to its end tag;
/// of one that does not end, what carries the card.
/// </summary>
internal sealed class CarriageCuts
{
    private readonly List<(int Begin, int End, char Instead)> _cuts = [];
    private readonly HiddenPlaces _hidden = new();
    private readonly Microdata _microdata = new();
    private readonly StringBuilder _script = new();
    private string? _scriptType;
    private int _scriptBegin;
    private int _sectionBegin;
    private int _sectionEnd;
    private char _instead = ' ';

    public static CarriageCuts In(string html)
    {
        var cuts = new CarriageCuts();
        cuts.Read(html);
        return cuts;
    }

    /// <summary>The page without them; the same instance where there are none. A space stays in place of each, or the text around it could become a tag.</summary>
    public string Apply(string html)
    {
        if (_cuts.Count == 0)
            return html;
        var (rest, at) = (new StringBuilder(html.Length), 0);
        foreach (var (begin, end, instead) in _cuts.OrderBy(cut => cut.Begin))
        {
            if (end <= at)
                continue;       // a script inside a section that is cut
            rest.Append(html, at, Math.Max(begin - at, 0)).Append(instead);
            at = end;
        }
        return rest.Append(html, at, html.Length - at).ToString();
    }

    private void Read(string html)
    {
        var reader = new HtmlReader(html);
        var repaired = false;
        while (reader.Read())
        {
            if (reader.Kind == HtmlTokenKind.Text)
            {
                OnText(reader.Text);
            }
            else if (!repaired && HtmlCards.ScriptInHead(reader) is >= 0 and var script)
            {
                // As HtmlCards reads it: the head lacks its ">", which is put where the script was.
                (repaired, _instead) = (true, '>');
                reader = new HtmlReader(html, script);
            }
            else
            {
                OnTag(ref reader);
            }
        }
        Finish(html.Length);
    }

    private void OnText(ReadOnlySpan<char> text)
    {
        if (_scriptType is not null)
            _script.Append(text);
        _microdata.OnText(text);
    }

    private void OnTag(ref HtmlReader tag)
    {
        _hidden.OnTag(tag);
        if (tag.IsSelfClosing && _hidden.IsForeign)
            tag.ReadOnAsMarkup();
        if (!tag.IsNamed("script"))
            FollowSection(tag);
        else if (tag.Kind == HtmlTokenKind.EndTag)
            CloseScript(tag.End);
        else
            OpenScript(tag);
    }

    private void OpenScript(in HtmlReader tag)
    {
        (_scriptType, _scriptBegin) = (HtmlCards.ScriptTypeOf(tag), tag.Start);
        _script.Clear();
    }

    private void CloseScript(int end)
    {
        if (_scriptType is not null && HtmlCards.CardOf(_scriptType, _script.ToString()) is not null)
            Cut(_scriptBegin, end);
        _scriptType = null;
    }

    private void FollowSection(in HtmlReader tag)
    {
        var wasOpen = _microdata.IsOpen;
        if (!wasOpen && !tag.HasItemAttribute)
            return;
        var card = _microdata.OnTag(tag);
        if (!wasOpen && _microdata.IsOpen)
            (_sectionBegin, _sectionEnd) = (tag.Start, tag.End);
        if (card is not null)
            _sectionEnd = tag.End;
        if (wasOpen && !_microdata.IsOpen)
            Cut(_sectionBegin, tag.End);
    }

    private void Finish(int length)
    {
        if (_scriptType is not null)
            CloseScript(length);
        if (_microdata.IsOpen)
            Cut(_sectionBegin, _microdata.Finish() is null ? _sectionEnd : length);
    }

    private void Cut(int begin, int end)
    {
        _cuts.Add((begin, end, _instead));
        _instead = ' ';
    }
}
