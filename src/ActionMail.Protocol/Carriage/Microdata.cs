using System.Text;
using ActionMail.Protocol.Cards;

namespace ActionMail.Protocol.Carriage;

/// <summary>
/// Follows the signed section of a page: an item of type SignedAdaptiveCard or SignedMessageCard, and in it the element
/// whose text is the JWS. HTML Living Standard §5.2; protocol §1. Elements are followed by counting tags of their name,
/// so that a page of any depth costs the same.
/// </summary>
internal sealed class Microdata
{
    private static readonly string[] Void =
        ["area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link", "meta", "param", "source", "track", "wbr"];

    private readonly StringBuilder _text = new();
    private CardKind _kind;
    private Element _section;
    private Element _innerItem;
    private Element _property;

    /// <summary>Whether the page is inside an element that is followed to its end.</summary>
    public bool IsOpen => _section.IsOpen || _property.IsOpen;

    /// <summary>The card whose element this tag ends, or null.</summary>
    public FoundCard? OnTag(in HtmlReader tag)
    {
        FoundCard? ended = null;
        if (_property.OnTag(tag))
            ended = Take();
        if (_section.OnTag(tag))
            (_innerItem, _section) = (default, default);
        _innerItem.OnTag(tag);
        if (tag.Kind == HtmlTokenKind.EndTag || !tag.HasItemAttribute || IsVoid(tag))
            return ended;
        if (!_section.IsOpen)
            OpenSection(tag);
        else if (!_innerItem.IsOpen)
            return OpenInside(tag);
        return null;
    }

    public void OnText(ReadOnlySpan<char> text)
    {
        if (_property.IsOpen)
            _text.Append(text);
    }

    /// <summary>The card of an element that was still open where the page ended, or null.</summary>
    public FoundCard? Finish() => _property.IsOpen ? Take() : null;

    private void OpenSection(in HtmlReader tag)
    {
        if (Attributes.Only(tag, "itemscope") is null || KindOf(Attributes.Only(tag, "itemtype")) is not { } kind)
            return;
        _kind = kind;
        _section = Element.Of(tag);
    }

    private FoundCard? OpenInside(in HtmlReader tag)
    {
        var isProperty = Attributes.Only(tag, "itemprop")?.Trim() == (_kind == CardKind.AdaptiveCard ? "signedAdaptiveCard" : "signedMessageCard");
        if (isProperty && _property.IsOpen)
            return FoundCard.Unreadable(CarriageForm.Microdata, "the signed card inside another one");
        if (isProperty)
            _property = Element.Of(tag);
        else if (Attributes.Only(tag, "itemscope") is not null)
            _innerItem = Element.Of(tag);
        return null;
    }

    private FoundCard Take()
    {
        var text = _text.ToString();
        _text.Clear();
        _property = default;
        return FoundCard.Of(CarriageForm.Microdata, _kind, isSigned: true, text);
    }

    // HTML §13.1.2: elements that have no content and no end.
    private static bool IsVoid(in HtmlReader tag)
    {
        foreach (var name in Void)
        {
            if (tag.IsNamed(name))
                return true;
        }
        return false;
    }

    private static CardKind? KindOf(string? itemType) => itemType?.Trim().ToLowerInvariant() switch
    {
        "http://schema.org/signedadaptivecard" or "https://schema.org/signedadaptivecard" => CardKind.AdaptiveCard,
        "http://schema.org/signedmessagecard" or "https://schema.org/signedmessagecard" => CardKind.MessageCard,
        _ => null,
    };

    /// <summary>An open element, by its name and how many of that name are open since.</summary>
    private struct Element
    {
        private string? _name;
        private int _open;

        public readonly bool IsOpen => _name is not null;

        public static Element Of(in HtmlReader tag) => new() { _name = tag.Text.ToString(), _open = 1 };

        /// <summary>True when this tag ends the element.</summary>
        public bool OnTag(in HtmlReader tag)
        {
            if (_name is null || !tag.IsNamed(_name))
                return false;
            _open += tag.Kind == HtmlTokenKind.EndTag ? -1 : 1;
            if (_open > 0)
                return false;
            this = default;
            return true;
        }
    }
}
