using System.Text.Json;

namespace ActionMail.Protocol.Carriage;

/// <summary>Finds the one card of a mail. Protocol §1.</summary>
public static class CardFinder
{
    /// <summary>
    /// Looks in the HTML that a reader shows (null for a mail without) and in the mail's own card parts.
    /// <paramref name="htmlFault"/> says why a card in the HTML must not be read, such as its character set: a card that
    /// is found there is then <see cref="CarriedCard.Unreadable"/>.
    /// </summary>
    /// <returns>
    /// The card where all places that carry one carry the same; a signed card wins over unsigned ones, of which
    /// <see cref="CarriedCard.Signed.UnsignedCopy"/> holds the text, not yet compared. Two places of one form, or places
    /// with different cards, are <see cref="CarriedCard.Ambiguous"/>.
    /// </returns>
    public static CarriedCard Find(string? html, IReadOnlyList<CardPart> parts, string? htmlFault = null)
    {
        var found = new List<FoundCard>();
        if (html is not null)
            found.AddRange(InHtml(html, htmlFault));
        found.AddRange(parts.Select(InPart));
        return Choose(found);
    }

    private static IEnumerable<FoundCard> InHtml(string html, string? fault)
    {
        var found = HtmlCards.In(html);
        if (fault is null)
            return found;
        // Security B-13: text in a character set that is not read may hide the form, but its letters show through.
        return found.Count > 0 || html.Contains("AdaptiveCard", StringComparison.OrdinalIgnoreCase) || html.Contains("MessageCard", StringComparison.OrdinalIgnoreCase)
            ? [FoundCard.Unreadable(CarriageForm.Script, fault)]
            : [];
    }

    private static FoundCard InPart(CardPart part)
    {
        if (part.Fault is { } fault)
            return FoundCard.Unreadable(CarriageForm.MimePart, fault);
        var kind = part.IsSigned ? KindOfCard.InJws(part.Text) : KindOfCard.InJson(part.Text);
        return FoundCard.Of(CarriageForm.MimePart, kind, part.IsSigned, part.Text);
    }

    private static CarriedCard Choose(List<FoundCard> found)
    {
        if (found.Count == 0)
            return new CarriedCard.None();
        if (found is [{ Fault: { } fault }])
            return new CarriedCard.Unreadable(fault);
        if (found.Find(card => card.Fault is not null) is { } unreadable)
            return new CarriedCard.Ambiguous($"several cards, and one cannot be read: {unreadable.Fault}");

        var signed = found.FindAll(card => card.IsSigned);
        var unsigned = found.FindAll(card => !card.IsSigned);
        if ((Conflict(signed) ?? Conflict(unsigned)) is { } conflict)
            return conflict;
        if (signed.Count == 0)
            return new CarriedCard.Unsigned(unsigned[0].Kind, unsigned[0].Form, unsigned[0].Text);
        if (unsigned.Count > 0 && unsigned[0].Kind != signed[0].Kind)
            return Two(signed[0], unsigned[0]);
        return new CarriedCard.Signed(signed[0].Kind, signed[0].Form, signed[0].Text) { UnsignedCopy = unsigned.FirstOrDefault()?.Text };
    }

    private static CarriedCard.Ambiguous? Conflict(List<FoundCard> cards)
    {
        for (var i = 1; i < cards.Count; i++)
        {
            if (cards[..i].Exists(other => other.Form == cards[i].Form) || !AreSame(cards[0], cards[i]))
                return Two(cards[0], cards[i]);
        }
        return null;
    }

    private static CarriedCard.Ambiguous Two(FoundCard one, FoundCard other) => new($"{one.Place} and {other.Place}");

    private static bool AreSame(FoundCard one, FoundCard other) =>
        one.Kind == other.Kind && (one.Text == other.Text || (!one.IsSigned && AreSameJson(one.Text, other.Text)));

    private static bool AreSameJson(string one, string other)
    {
        try
        {
            using var first = JsonDocument.Parse(one, LinkedData.Strict);
            using var second = JsonDocument.Parse(other, LinkedData.Strict);
            return JsonElement.DeepEquals(first.RootElement, second.RootElement);
        }
        catch (JsonException)
        {
            return false;       // of what is no JSON, nothing is the same
        }
    }
}
