namespace ActionMail.Protocol.Cards.Model;

/// <summary>
/// Whether a client can show a part, what is in it aside: <paramref name="Cause"/> says why not, or is null. <paramref name="IsAlone"/> when the
/// client does not even look there, so that the part is lost and nothing else is touched.
/// </summary>
internal readonly record struct PartJudgement(FateCause? Cause, bool IsAlone = false)
{
    public static PartJudgement Of(in CardPart part, CardTree card, HostCapabilities host)
    {
        if (part.Parent < 0)
            return new(OfCard(card, host));
        if (part.Via is not { } via || part.Place.Kind == PlaceKind.Free)
            return new(new FateCause.UnknownMember(), IsAlone: true);
        if (OfVersion(host.SinceOf(via), card, host) is { } memberUnknown)
            return new(memberUnknown, IsAlone: true);
        return new(OfType(part, card, host), IsAlone: part.Place.Piece is { MayFallBack: false });
    }

    private static FateCause? OfCard(CardTree card, HostCapabilities host) =>
        host.RefusesNewerCards && card.Version > host.Version ? new FateCause.NewerThanClient(card.Version.Value) : host.Unmet(card.Json["requires"u8]);

    private static FateCause? OfType(in CardPart part, CardTree card, HostCapabilities host)
    {
        if (part.Definition is not { } type)
            return new FateCause.UnknownType();
        if (!Belongs(type, part.Place))
            return new FateCause.OutOfPlace();
        if (host.WithoutTypes.Contains(type.Type) || (type.IsOutlooks && !host.IsOutlook))
            return new FateCause.TypeNotShown();
        return OfVersion(host.SinceOf(type), card, host) ?? host.Unmet(part.Json["requires"u8]);
    }

    private static bool Belongs(ElementDefinition type, PartPlace place) => place.Kind switch
    {
        PlaceKind.Element => type.Category is PartCategory.Element or PartCategory.Input,
        PlaceKind.Action => type.Category == PartCategory.Action && (place.MayShowCard || type != CardVocabulary.ShowCard),
        _ => type == place.Piece,
    };

    private static FateCause? OfVersion(CardVersion since, CardTree card, HostCapabilities host)
    {
        if (since > host.Version)
            return new FateCause.NewerThanClient(since);
        return host.HoldsCardToItsVersion && since > (card.Version ?? CardVersion.V1_0) ? new FateCause.NewerThanCard(since) : null;
    }
}
