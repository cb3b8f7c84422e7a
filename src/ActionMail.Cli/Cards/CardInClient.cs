using System.Collections.Immutable;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Cards.Clients;

namespace ActionMail.Cli.Cards;

/// <summary>What is to be drawn of a card for a client.</summary>
internal abstract record CardInClient
{
    private CardInClient() { }

    /// <summary>The card, without what the client loses of it.</summary>
    public sealed record Drawn(Card Card, ImmutableArray<LostPart> Lost) : CardInClient;

    /// <summary>The client shows the mail's own text.</summary>
    public sealed record NotShown(ClientProfile Client, string Why) : CardInClient;

    public static CardInClient Of(Card card, ClientProfile client)
    {
        var rendering = client.Render(card);
        if (!rendering.Shown)
            return new NotShown(client, string.Join("; ", rendering.Lost.Select(part => part.Why)));
        // A MessageCard is shown whole or not at all.
        if (card.Kind == CardKind.MessageCard || rendering.Lost.IsEmpty)
            return new Drawn(card, rendering.Lost);
        return Card.Read(ClientCut.Of(card, rendering), CardLimits.Default) is CardReading.Read(var cut)
            ? new Drawn(cut, rendering.Lost)
            : new NotShown(client, "nothing of the card is left");
    }
}
