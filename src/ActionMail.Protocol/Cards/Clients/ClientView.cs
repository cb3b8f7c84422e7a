using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics;
using ActionMail.Protocol.Cards.Lint;
using ActionMail.Protocol.Cards.Model;

namespace ActionMail.Protocol.Cards.Clients;

/// <summary>What becomes of a card in a client: which elements and actions survive, and why each lost one is lost.</summary>
public static class ClientView
{
    private static readonly FrozenDictionary<(string Client, CardVersion Version), HostCapabilities> Hosts =
        ClientProfiles.All.SelectMany(client => Enumerable.Range(0, CardVersion.Newest.Minor + 1).Select(minor => (client, new CardVersion(1, minor))))
            .ToFrozenDictionary(host => (host.client.Name, host.Item2), host => HostOf(host.client, host.Item2));

    extension(ClientProfile client)
    {
        /// <summary>What the client shows of a card that can be acted on.</summary>
        public ClientRendering Render(Card card)
        {
            ArgumentNullException.ThrowIfNull(card);
            return card.Json["type"u8].Says("AdaptiveCard"u8) ? client.Render(card.Parts) : client.RenderMessageCard(card.Json);
        }

        /// <summary>What the client shows of a card that the lint could read, be it one that no platform would act on.</summary>
        public ClientRendering Render(LintReport report)
        {
            ArgumentNullException.ThrowIfNull(report);
            return report.Tree is { } tree ? client.Render(tree) : client.RenderMessageCard(report.Json);
        }

        /// <summary>What the client shows of an Adaptive Card.</summary>
        public ClientRendering Render(CardTree card)
        {
            ArgumentNullException.ThrowIfNull(client);
            ArgumentNullException.ThrowIfNull(card);
            if (!client.IsSupported)
                return client.ShowsNothing("the client shows no cards, only the mail's own text");
            if (!client.Shows(card.Version))
                return client.ShowsNothing($"the client shows cards of version {string.Join(" or ", client.Versions)}; this one is {card.Version?.ToString() ?? "1.0"}");
            var fates = FallbackResolution.Of(card, Hosts[(client.Name, card.Version ?? CardVersion.V1_0)]);
            return fates[0] is PartFate.Shown
                ? new(client, true, LostOf(client, card, fates))
                : client.ShowsNothing(fates[0] is PartFate.Dropped(var cause, _) ? Words(client, card, 0, cause) : "the card gives way to its fallback");
        }

        /// <summary>What the client shows of a MessageCard.</summary>
        public ClientRendering RenderMessageCard(JsonNode card) =>
            client.IsSupported && client.ShowsMessageCards ? new(client, true, MessageCardView.LostOf(card))
            : client.ShowsNothing(client.IsSupported ? "the client shows no MessageCards, only Adaptive Cards" : "the client shows no cards, only the mail's own text");

        private ClientRendering ShowsNothing(string why) => new(client, false, [new("", why)]);
    }

    private static HostCapabilities HostOf(ClientProfile client, CardVersion version) => new(CardVersion.Newest)
    {
        IsOutlook = true,
        WithoutTypes = client.NotShown.Where(type => type.InCards.Holds(version)).Select(type => type.Type).ToFrozenSet(StringComparer.Ordinal),
    };

    private static ImmutableArray<LostPart> LostOf(ClientProfile client, CardTree card, ImmutableArray<PartFate> fates)
    {
        ImmutableArray<LostPart>.Builder? lost = null;
        JsonPointerTrail? places = null;
        for (var index = 1; index < fates.Length; index++)
        {
            if (WhyLost(client, card, fates, index) is not { } why)
                continue;
            places ??= new();
            (lost ??= ImmutableArray.CreateBuilder<LostPart>()).Add(new(places.PointerOf(card[index].Json), why));
        }
        return lost?.ToImmutable() ?? [];
    }

    private static string? WhyLost(ClientProfile client, CardTree card, ImmutableArray<PartFate> fates, int index) => fates[index] switch
    {
        PartFate.Shown or PartFate.Spare => null,
        PartFate.Dropped(var cause, var isAsked) => Words(client, card, index, cause) + (isAsked ? "; its fallback says drop" : ""),
        PartFate.Replaced(var by, var cause) => $"{Words(client, card, index, cause)}; its fallback {NameOf(card[by])} stands in its place",
        PartFate.Inside(var around) => card[index].Category is PartCategory.Input or PartCategory.Action ? $"it stands in {NameOf(card[around])}, which is lost" : null,
        _ => throw new UnreachableException(),
    };

    private static string Words(ClientProfile client, CardTree card, int index, FateCause cause) => cause switch
    {
        FateCause.UnknownType => $"{NameOf(card[index])} is not known",
        FateCause.TypeNotShown => client.NotShown.First(type => type.Type == card[index].Definition!.Type).Why,
        FateCause.OutOfPlace => $"{NameOf(card[index])} may not stand here",
        FateCause.UnknownMember => "it stands in a member that is not known",
        FateCause.NewerThanClient(var since) => $"it came with version {since}, which the client does not know",
        FateCause.NewerThanCard(var since) => $"it came with version {since}, and the card says that it is older",
        FateCause.RequirementUnmet(var feature, var wanted) => $"it requires {Findings.Quoted(feature)} in version {Findings.Quoted(wanted)}",
        FateCause.PartLost(var part) => $"{NameOf(card[part])} in it cannot be shown",
        _ => throw new UnreachableException(),
    };

    private static string NameOf(in CardPart part) => part.Json["type"u8].Text is { } type ? Findings.Quoted(type) : part.Definition?.Type ?? "what has no type";
}
