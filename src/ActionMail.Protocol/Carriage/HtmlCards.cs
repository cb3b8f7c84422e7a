using System.Buffers;
using System.Text;
using ActionMail.Protocol.Cards;
using MimeKit.Text;

namespace ActionMail.Protocol.Carriage;

/// <summary>
/// Finds the cards in an HTML body with an HTML5 tokenizer: what a browser would not take for the element is none here
/// (security B-12). Reads no further than the last word in the text that a card form must have.
/// </summary>
internal sealed class HtmlCards
{
    private static readonly SearchValues<string> ScriptTypes = SearchValues.Create(
        [AdaptiveCardType, LinkedDataType], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> ItemTypes = SearchValues.Create(
        ["//schema.org/SignedAdaptiveCard", "//schema.org/SignedMessageCard"], StringComparison.OrdinalIgnoreCase);

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
        scan.Read(html[..end]);
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

    private void Read(string html)
    {
        var tokenizer = Tokenize(html);
        var repaired = false;
        while (tokenizer.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken { Id: HtmlTagId.Head, IsEndTag: false } head && !repaired && head.Attributes.Contains("<script"))
            {
                // Real senders leave out the ">" of <head>, and the script's tag becomes attributes of the head.
                repaired = true;
                var end = Math.Min(OffsetOf(tokenizer, html) + 1, html.Length - 1);
                html = html[Math.Max(html.LastIndexOf("<script", end, StringComparison.OrdinalIgnoreCase), 0)..];
                tokenizer = Tokenize(html);
            }
            else if (token is HtmlTagToken tag)
            {
                OnTag(tag);
            }
            else if (token is HtmlDataToken { Kind: HtmlTokenKind.Data or HtmlTokenKind.ScriptData } data)
            {
                _script?.Append(data.Data);
                _microdata.OnText(data.Data);
            }
        }
    }

    // An encoded type is no type of ours, and neither JSON in a script nor a JWS has anything to decode.
    private static HtmlTokenizer Tokenize(string html) => new(new StringReader(html)) { DecodeCharacterReferences = false };

    /// <summary>Where the tokenizer stands, give or take one character.</summary>
    private static int OffsetOf(HtmlTokenizer tokenizer, string html)
    {
        var line = 0;
        for (var number = 1; number < tokenizer.LineNumber; number++)
            line = html.IndexOf('\n', line) + 1;
        return line + tokenizer.LinePosition;
    }

    private void OnTag(HtmlTagToken tag)
    {
        if (_script is not null && tag.IsEndTag && tag.Id == HtmlTagId.Script)
            CloseScript();
        if (_hidden.OnTag(tag))
            return;
        if (tag is { Id: HtmlTagId.Script, IsEndTag: false })
            OpenScript(tag);
        else if (_microdata.OnTag(tag) is { } signed)
            _found.Add(signed);
    }

    /// <summary>The type of a script that may carry a card, or null.</summary>
    public static string? ScriptTypeOf(HtmlTagToken tag) =>
        Attributes.Only(tag, "type")?.Trim(" \t\r\n\f".ToCharArray()).ToLowerInvariant() is (AdaptiveCardType or LinkedDataType) and var type ? type : null;

    /// <summary>What a script of that type carries, or null.</summary>
    public static FoundCard? CardOf(string scriptType, string text) => scriptType == AdaptiveCardType
        ? FoundCard.Of(CarriageForm.Script, CardKind.AdaptiveCard, isSigned: false, text)
        : LinkedData.Read(text);

    private void OpenScript(HtmlTagToken tag)
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
