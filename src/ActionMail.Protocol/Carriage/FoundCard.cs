using ActionMail.Protocol.Cards;

namespace ActionMail.Protocol.Carriage;

/// <summary>One place in a mail that carries a card, before it is decided which of them counts.</summary>
internal sealed record FoundCard(CarriageForm Form, CardKind Kind, bool IsSigned, string Text)
{
    /// <summary>Why the text is no card, or null.</summary>
    public string? Fault { get; init; }

    public string Place => (IsSigned ? "a signed card in " : "an unsigned card in ") + Form switch
    {
        CarriageForm.Script => "a script element",
        CarriageForm.Microdata => "microdata",
        CarriageForm.LinkedData => "a linked-data script",
        _ => "a MIME part",
    };

    public static FoundCard Unreadable(CarriageForm form, string why) =>
        new(form, CardKind.AdaptiveCard, false, "") { Fault = why };

    /// <summary>The text without white space around it; with nothing left, the place is one that cannot be read.</summary>
    public static FoundCard Of(CarriageForm form, CardKind kind, bool isSigned, string text) =>
        text.Trim() is { Length: > 0 } trimmed ? new(form, kind, isSigned, trimmed) : Unreadable(form, "the card is empty");
}
