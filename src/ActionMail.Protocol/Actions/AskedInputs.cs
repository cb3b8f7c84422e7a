using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Cards.Model;

namespace ActionMail.Protocol.Actions;

/// <summary>
/// The inputs that an action asks: those whose values it takes, and on an Adaptive Card those in sight of it, on its own card and on the cards around that. What
/// an <c>Action.ShowCard</c> beside it hides is the business of other actions. A MessageCard's inputs bind only the actions that take them. Protocol §4.
/// </summary>
internal static class AskedInputs
{
    public static IEnumerable<CardInput> Of(CardAction.Http action, Card card)
    {
        var ids = action.InputIds.ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (card.Kind == CardKind.AdaptiveCard)
            ids.UnionWith(InSight(action, card.Parts));
        return card.Inputs.Values.Where(input => ids.Contains(input.Id));
    }

    private static HashSet<string> InSight(CardAction.Http action, CardTree parts)
    {
        var around = CardsAround(parts, IndexOf(action, parts)).ToHashSet();
        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (ref readonly var part in parts.Parts)
        {
            if (part.Category == PartCategory.Input && part.Json["id"u8].Text is { } id && around.Contains(CardsAround(parts, part.Index).First()))
                ids.Add(id);
        }
        return ids;
    }

    private static int IndexOf(CardAction.Http action, CardTree parts)
    {
        var pointers = new JsonPointerTrail();
        foreach (ref readonly var part in parts.Parts)
        {
            if (part.Category == PartCategory.Action && string.Equals(pointers.PointerOf(part.Json), action.Pointer, StringComparison.Ordinal))
                return part.Index;
        }
        return 0;
    }

    // From the inside out; the outermost is the card itself.
    private static IEnumerable<int> CardsAround(CardTree parts, int index)
    {
        for (; index >= 0; index = parts[index].Parent)
        {
            if (parts[index].Category == PartCategory.Card)
                yield return index;
        }
    }
}
