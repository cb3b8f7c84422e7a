using System.Buffers;
using System.Text;
using ActionMail.Protocol.Cards;

namespace ActionMail.Protocol.Carriage;

/// <summary>
/// Finds the cards in an HTML body with an HTML5 tokenizer: what a browser would not take for the element is none here
/// (security B-12). Reads no further than the last word in the text that a card form must have.
/// </summary>
internal sealed class HtmlCards
{
    private static readonly SearchValues<string> ScriptTypes = SearchValues.Create(
        [AdaptiveCardType, LinkedDataType], StringComparison.OrdinalIgnoreCase);

    // What the two item types have in common. One word to search for is many times quicker than two.
    private static readonly SearchValues<string> ItemTypes = SearchValues.Create(["schema.org/Signed"], StringComparison.OrdinalIgnoreCase);

    private const string AdaptiveCardType = "application/adaptivecard+json";
    private const string LinkedDataType = "application/ld+json";

    private readonly List<FoundCard> _found = [];
    private readonly HiddenPlaces _hidden = new();
    private readonly Microdata _microdata = new();
    private StringBuilder? _script;
    private string? _scriptType;

    public static IReadOnlyList<FoundCard> In(string html)
    {
        var end = EndOfForms(html);
        if (end == 0)
            return [];
        var scan = new HtmlCards();
        scan.Read(html.AsSpan(0, end));
        if (scan._script is not null && end < html.Length)
        {
            // The "</script>" where the reading stopped was text: "<!--<script>" before it makes it so.
            scan = new HtmlCards();
            scan.Read(html);
        }
        scan.Finish();
        return scan._found;
    }

    /// <summary>Where the last card form can end at the latest; 0 where the text has none.</summary>
    private static int EndOfForms(string html)
    {
        if (html.AsSpan().IndexOfAny(ItemTypes) >= 0)
            return html.Length;
        var last = -1;
        for (var next = html.AsSpan().IndexOfAny(ScriptTypes); next >= 0; next = html.AsSpan(last + 1).IndexOfAny(ScriptTypes))
            last += next + 1;
        if (last < 0)
            return 0;
        var close = html.IndexOf("</script", last, StringComparison.OrdinalIgnoreCase);
        var end = close < 0 ? -1 : html.IndexOf('>', close);
        return end < 0 ? html.Length : end + 1;
    }

    private void Read(ReadOnlySpan<char> html)
    {
        var reader = new HtmlReader(html);
        var repaired = false;
        while (reader.Read())
        {
            if (reader.Kind == HtmlTokenKind.Text)
            {
                _script?.Append(reader.Text);
                _microdata.OnText(reader.Text);
            }
            else if (!repaired && ScriptInHead(reader) is >= 0 and var script)
            {
                repaired = true;
                reader = new HtmlReader(html, script);
            }
            else
            {
                OnTag(ref reader);
            }
        }
    }

    // Real senders leave out the ">" of <head>, and the script's tag becomes attributes of the head.
    public static int ScriptInHead(in HtmlReader tag)
    {
        if (tag.Kind != HtmlTokenKind.StartTag || !tag.IsNamed("head"))
            return -1;
        var script = -1;
        var attributes = tag.Attributes;
        while (attributes.MoveNext())
        {
            if (attributes.Name.Equals("<script", StringComparison.OrdinalIgnoreCase))
                script = attributes.NameStart;
        }
        return script;
    }

    private void OnTag(ref HtmlReader tag)
    {
        if (_script is not null && tag.Kind == HtmlTokenKind.EndTag && tag.IsNamed("script"))
            CloseScript();
        var isHidden = _hidden.OnTag(tag);
        // In svg and math, unlike in HTML, an element may close itself.
        if (tag.IsSelfClosing && _hidden.IsForeign)
            tag.ReadOnAsMarkup();
        if (isHidden)
            return;
        if (tag.Kind == HtmlTokenKind.StartTag && tag.IsNamed("script"))
            OpenScript(tag);
        else if ((tag.HasItemAttribute || _microdata.IsOpen) && _microdata.OnTag(tag) is { } signed)
            _found.Add(signed);
    }

    /// <summary>The type of a script that may carry a card, or null.</summary>
    public static string? ScriptTypeOf(in HtmlReader tag) =>
        Attributes.Only(tag, "type")?.Trim(" \t\r\n\f".ToCharArray()).ToLowerInvariant() is (AdaptiveCardType or LinkedDataType) and var type ? type : null;

    /// <summary>What a script of that type carries, or null.</summary>
    public static FoundCard? CardOf(string scriptType, string text) => scriptType == AdaptiveCardType
        ? FoundCard.Of(CarriageForm.Script, CardKind.AdaptiveCard, isSigned: false, text)
        : LinkedData.Read(text);

    private void OpenScript(in HtmlReader tag)
    {
        if (ScriptTypeOf(tag) is { } type)
            (_script, _scriptType) = (new StringBuilder(), type);
    }

    private void CloseScript()
    {
        var text = _script!.ToString();
        _script = null;
        if (CardOf(_scriptType!, text) is { } card)
            _found.Add(card);
    }

    private void Finish()
    {
        if (_script is not null && _scriptType == AdaptiveCardType)
            _found.Add(FoundCard.Unreadable(CarriageForm.Script, "the script element of the card does not end"));
        if (_microdata.Finish() is { } signed)
            _found.Add(signed);
    }
}
