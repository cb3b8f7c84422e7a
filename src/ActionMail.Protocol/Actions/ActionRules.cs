using System.Collections.Immutable;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Verdicts;

namespace ActionMail.Protocol.Actions;

/// <summary>Why a click is not carried out: a closed list. Codes on every surface are these names in snake_case.</summary>
public enum ClickRefusal
{
    /// <summary>The card was replaced since the actor saw it.</summary>
    CardChanged,

    /// <summary>The card's time to act is over.</summary>
    CardExpired,

    /// <summary>The card names other actors.</summary>
    NotExpectedActor,

    /// <summary>The actor's organization has switched actionable messages off since.</summary>
    CardsOffOrganization,

    /// <summary>The actor has switched cards off since.</summary>
    CardsOffRecipient,

    /// <summary>The actor has stopped the provider's cards since.</summary>
    SenderStopped,

    /// <summary>The registration is no longer in force, or was never.</summary>
    ProviderSuspended,

    /// <summary>The key that the card was signed with is no longer registered.</summary>
    ProviderKeyRevoked,

    /// <summary>The registration no longer covers the recipient.</summary>
    ScopeDenied,

    /// <summary>The registration no longer names the sender.</summary>
    OriginatorSenderMismatch,

    /// <summary>A URL of the card lies under no registered target any more.</summary>
    TargetDenied,
}

/// <summary>What a click is held against, all of it as it is now.</summary>
public sealed record ClickContext(Card Card, int CardVersion, int ClickedVersion, EmailAddress From, DateTimeOffset ArrivedAt, Recipient Actor)
{
    /// <summary>The registration, or null: then the card must be a self-test.</summary>
    public ProviderRegistration? Provider { get; init; }

    /// <summary>Whether the card is one that the actor sent to themselves.</summary>
    public bool IsSelfTest { get; init; }

    /// <summary>The thumbprint of the key that the mailed card was signed with; null when it was not signed.</summary>
    public string? SigningKey { get; init; }

    /// <summary>Which URLs may be called at all.</summary>
    public UrlPolicy UrlPolicy { get; init; }

    /// <summary>How long a card may be acted on after it arrived. Default 30 days.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromDays(30);
}

/// <summary>What judging a click came to.</summary>
public abstract record ClickVerdict
{
    private ClickVerdict() { }

    /// <summary>It may be carried out; <paramref name="ActorAddress"/> is the one of the actor's addresses that the token names.</summary>
    public sealed record Allowed(EmailAddress ActorAddress) : ClickVerdict;

    /// <summary>It may not.</summary>
    public sealed record Refused(ClickRefusal Refusal, string Evidence) : ClickVerdict;
}

/// <summary>
/// Everything that held when the mail arrived is asked again at the click, in this order: the version, the time, the switches, the registration, its key, sender,
/// scope and targets, the actor. Protocol §5, security D-05, F-06 to F-08.
/// </summary>
public static class ActionRules
{
    /// <summary>Judges a click.</summary>
    public static ClickVerdict Judge(ClickContext click, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(click);
        if (click.ClickedVersion != click.CardVersion)
            return Refuse(ClickRefusal.CardChanged, $"the card is at version {click.CardVersion}, the click at {click.ClickedVersion}");
        if (now > click.ArrivedAt + click.Lifetime)
            return Refuse(ClickRefusal.CardExpired, $"the card could be acted on until {click.ArrivedAt + click.Lifetime:u}");
        if (SwitchedOff(click) is { } off)
            return off;
        if (!click.IsSelfTest && RegistrationRefusal(click) is { } refused)
            return refused;
        return ActorOf(click);
    }

    private static ClickVerdict.Refused? SwitchedOff(ClickContext click)
    {
        var check = RecipientRules.Switches(click.Actor, click.IsSelfTest ? null : click.Provider?.Id);
        return Refusal(check, check.Code switch
        {
            Reason.CardsOffOrganization => ClickRefusal.CardsOffOrganization,
            Reason.SenderStopped => ClickRefusal.SenderStopped,
            _ => ClickRefusal.CardsOffRecipient,
        });
    }

    private static ClickVerdict.Refused? RegistrationRefusal(ClickContext click)
    {
        if (click.Provider is not { } provider)
            return Refuse(ClickRefusal.ProviderSuspended, "the provider is no longer registered");
        return (click.SigningKey is { } signedWith ? Refusal(ProviderRules.SigningKey(provider, signedWith), ClickRefusal.ProviderKeyRevoked) : null)
            ?? Refusal(ProviderRules.State(provider), ClickRefusal.ProviderSuspended)
            ?? Refusal(ProviderRules.Sender(provider, click.From), ClickRefusal.OriginatorSenderMismatch)
            ?? Refusal(ProviderRules.Scope(provider, click.Actor), ClickRefusal.ScopeDenied)
            ?? Refusal(ProviderRules.Targets(provider, click.Card, click.UrlPolicy), ClickRefusal.TargetDenied);
    }

    // expectedActors chooses among the actor's own addresses; it never lends somebody else's. Security F-08.
    private static ClickVerdict ActorOf(ClickContext click)
    {
        ImmutableArray<string> expected = [.. click.Card.ExpectedActors];
        if (expected.IsEmpty)
            return new ClickVerdict.Allowed(click.Actor.Addresses[0]);
        var own = click.Actor.Addresses
            .Where(address => expected.Any(text => EmailAddress.TryParse(text, out var actor) && actor == address))
            .ToList();
        return own.Count > 0 ? new ClickVerdict.Allowed(own[0]) : Refuse(ClickRefusal.NotExpectedActor, "none of the actor's addresses is among the card's expectedActors");
    }

    private static ClickVerdict.Refused? Refusal(Check check, ClickRefusal refusal) =>
        check.Outcome == CheckOutcome.Fail ? Refuse(refusal, check.Evidence) : null;

    private static ClickVerdict.Refused Refuse(ClickRefusal refusal, string evidence) => new(refusal, evidence);
}
