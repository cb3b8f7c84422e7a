using System.Collections.Immutable;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Verdicts;

namespace ActionMail.Protocol.Actions;

/// <summary>What judging a card in a response came to.</summary>
public abstract record ReplacementReading
{
    private ReplacementReading() { }

    /// <summary>It may take the old card's place.</summary>
    public sealed record Accepted(Card Card) : ReplacementReading;

    /// <summary>The old card stays. <see cref="Reason.RefreshDenied"/>, with the rule that it breaks.</summary>
    public sealed record Denied(string Why) : ReplacementReading;
}

/// <summary>A card that a response puts in place of another passes the same rules as a mailed one, and may not widen its power. Protocol §6, security H-01.</summary>
public static class ReplacementCard
{
    /// <summary>Judges the response's card against the registration as it is now.</summary>
    public static ReplacementReading Judge(
        ReadOnlyMemory<byte> body, ProviderRegistration provider, Recipient recipient, UrlPolicy policy, CardLimits limits)
    {
        ArgumentNullException.ThrowIfNull(provider);
        switch (Card.Read(body, limits))
        {
            case CardReading.Malformed(var pointer, var message): return Deny($"the card cannot be read: {pointer} {message}");
            case CardReading.TooLarge(var message): return Deny(message);
            case CardReading.Unsupported(var message): return Deny(message);
            case CardReading.Read(var card): return JudgeCard(card, provider, recipient, policy);
            default: throw new System.Diagnostics.UnreachableException();
        }
    }

    private static ReplacementReading JudgeCard(Card card, ProviderRegistration provider, Recipient recipient, UrlPolicy policy)
    {
        if (card.Originator is { } other && !string.Equals(other, provider.Id, StringComparison.OrdinalIgnoreCase))
            return Deny($"the card's originator is '{other}', not the provider's");
        ImmutableArray<string> actors = [.. card.ExpectedActors];
        if (!actors.IsEmpty && !actors.Any(actor => recipient.Addresses.Any(address => string.Equals(address.ToString(), actor, StringComparison.OrdinalIgnoreCase))))
            return Deny("the card's expectedActors leave the recipient out");
        if (ProviderRules.Targets(provider, card, policy) is { Outcome: CheckOutcome.Fail, Evidence: var why })
            return Deny(why);
        return new ReplacementReading.Accepted(card);
    }

    private static ReplacementReading.Denied Deny(string why) => new(why);
}
