using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ActionMail.Protocol.Cards.Model;

/// <summary>
/// <c>fallback</c> and <c>requires</c> of Adaptive Cards 1.2, for one client. A part that cannot be shown gives way:
/// 1. to its <c>fallback</c>, which may itself fall back; <c>"drop"</c> leaves nothing;
/// 2. without one that can be shown, the nearest part around it that has a <c>fallback</c> gives way as a whole;
/// 3. where there is no such part, it is dropped alone. A card that an action shows is on its own: nothing in it reaches what is around it.
/// Pieces that have no <c>fallback</c>, and members that the client does not know, are lost alone.
/// </summary>
public static class FallbackResolution
{
    /// <summary>The fate of every part, under its number. Time is linear in the number of parts.</summary>
    public static ImmutableArray<PartFate> Of(CardTree card, HostCapabilities host)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(host);
        var trial = new FallbackTrial(card, host);
        trial.Run();
        var fates = trial.Fates;
        for (var index = 1; index < fates.Length; index++)
            fates[index] = InItsPlace(card[index], card, fates);
        return ImmutableCollectionsMarshal.AsImmutableArray(fates);
    }

    // A part's own fate counts only where what is around it stands, or where it is the fallback that was tried.
    private static PartFate InItsPlace(in CardPart part, CardTree card, PartFate[] fates) => fates[part.Parent] switch
    {
        PartFate.Shown => part.IsFallback ? PartFate.Spare.Instance : fates[part.Index],
        PartFate.Replaced when part.Index == card.FallbackOf(part.Parent) => fates[part.Index],
        PartFate.Dropped when part.IsFallback && fates[part.Index] is PartFate.Dropped tried => tried,
        PartFate.Replaced or PartFate.Dropped => new PartFate.Inside(part.Parent),
        PartFate.Inside or PartFate.Spare => fates[part.Parent],
        _ => throw new UnreachableException(),
    };
}
