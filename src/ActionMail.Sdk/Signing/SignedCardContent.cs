using ActionMail.Protocol.Cards;

namespace ActionMail.Sdk;

/// <summary>What a signed card says. Each member becomes a claim. Protocol §3.</summary>
public sealed record SignedCardContent
{
    /// <summary>The card, as JSON text. Its own <c>originator</c>, when present, must equal <see cref="Originator"/>.</summary>
    public required string CardJson { get; init; }

    /// <summary>The language of the card. Default Adaptive Card.</summary>
    public CardKind Kind { get; init; } = CardKind.AdaptiveCard;

    /// <summary>The provider id of the registration.</summary>
    public required string Originator { get; init; }

    /// <summary>The From address of the mail; one of the provider's registered senders.</summary>
    public required string Sender { get; init; }

    /// <summary>Every address in To and Cc of the mail. Whoever is not in it sees no card.</summary>
    public required IReadOnlyList<string> Recipients { get; init; }

    /// <summary>When the card is signed. Readers take it from 7 days ago to 5 minutes ahead. Default: now.</summary>
    public DateTimeOffset? IssuedAt { get; init; }
}
