namespace ActionMail.Protocol.Cards.Model;

/// <summary>The first half of a <see cref="FallbackResolution"/>: each part on its own, from the card inwards.</summary>
internal sealed class FallbackTrial(CardTree card, HostCapabilities host)
{
    private readonly bool _knowsFallback = host.SinceOf(CommonProperties.Fallback) <= host.Version;

    private enum Outcome
    {
        /// <summary>The part or its fallback stands.</summary>
        Stands,

        /// <summary>Nothing stands, and nothing else is touched.</summary>
        Gone,

        /// <summary>Nothing stands, and the part around it has to give way.</summary>
        GivesWayAbove,
    }

    public PartFate[] Fates { get; } = AllShown(card.Parts.Length);

    public void Run() => Try(0, canGiveWayAbove: false);

    private Outcome Try(int index, bool canGiveWayAbove)
    {
        ref readonly var part = ref card[index];
        var (cause, isAlone) = PartJudgement.Of(part, card, host);
        if (cause is not null)
            return isAlone ? Drop(part, cause) : FallBack(part, cause, canGiveWayAbove);
        if (part.End == index + 1)
            return Outcome.Stands;
        var innerCan = part.Category != PartCategory.Card && (canGiveWayAbove || HasFallback(part));
        for (var inner = index + 1; inner < part.End; inner = card[inner].End)
        {
            if (!card[inner].IsFallback && Try(inner, innerCan) == Outcome.GivesWayAbove)
                return FallBack(part, new FateCause.PartLost(inner), canGiveWayAbove);
        }
        return Outcome.Stands;
    }

    private Outcome FallBack(in CardPart part, FateCause cause, bool canGiveWayAbove)
    {
        Drop(part, cause);
        if (_knowsFallback && SaysDrop(part))
        {
            Fates[part.Index] = new PartFate.Dropped(cause, IsAsked: true);
            return Outcome.Gone;
        }
        if (_knowsFallback && card.FallbackOf(part.Index) is var fallback and >= 0 && Try(fallback, canGiveWayAbove) == Outcome.Stands)
        {
            Fates[part.Index] = new PartFate.Replaced(Fates[fallback] is PartFate.Replaced(var by, _) ? by : fallback, cause);
            return Outcome.Stands;
        }
        return canGiveWayAbove ? Outcome.GivesWayAbove : Outcome.Gone;
    }

    private Outcome Drop(in CardPart part, FateCause cause)
    {
        Fates[part.Index] = new PartFate.Dropped(cause, IsAsked: false);
        return Outcome.Gone;
    }

    private bool HasFallback(in CardPart part) => _knowsFallback && (SaysDrop(part) || card.FallbackOf(part.Index) >= 0);

    private static bool SaysDrop(in CardPart part) => part.Json["fallback"u8].SaysAnyCase("drop"u8);

    private static PartFate[] AllShown(int count)
    {
        var fates = new PartFate[count];
        Array.Fill(fates, PartFate.Shown.Instance);
        return fates;
    }
}
