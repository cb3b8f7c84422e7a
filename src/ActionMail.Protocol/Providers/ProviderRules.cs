using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Verdicts;

namespace ActionMail.Protocol.Providers;

/// <summary>
/// Protocol §5, "Who may act, where to": each rule is a check with its evidence. The same rules are asked when the mail arrives, when the actor
/// clicks, and for every card that a response puts in place of another.
/// </summary>
public static class ProviderRules
{
    /// <summary>The registration is in force.</summary>
    public static Check State(ProviderRegistration provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return Judge(Reason.ProviderSuspended, provider.State == ProviderState.Approved,
            $"'{provider.Name}', revision {provider.Revision}, is {provider.State.ToString().ToLowerInvariant()}");
    }

    /// <summary>The mail's From address is one of the registered senders, exactly.</summary>
    public static Check Sender(ProviderRegistration provider, EmailAddress from)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return Judge(Reason.OriginatorSenderMismatch, provider.Senders.Contains(from),
            $"From is {from}; the provider sends from {string.Join(", ", provider.Senders)}");
    }

    /// <summary>The key that a card was signed with, by its RFC 7638 thumbprint, is one of the registered ones still.</summary>
    public static Check SigningKey(ProviderRegistration provider, string thumbprint)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return Judge(Reason.SignedBadSignature, provider.Keys.Any(key => string.Equals(key.Thumbprint, thumbprint, StringComparison.Ordinal)),
            $"the card was signed with the key {thumbprint}; the provider has {(provider.Keys.Length == 0 ? "none" : string.Join(", ", provider.Keys.Select(key => key.Thumbprint)))}");
    }

    /// <summary>The scope covers the recipient.</summary>
    public static Check Scope(ProviderRegistration provider, Recipient recipient)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(recipient);
        var (covered, evidence) = provider.Scope switch
        {
            ProviderScope.TestUsers => (recipient.OrganizationId == provider.OrganizationId && recipient.HasAny(provider.TestUsers),
                "the scope is Test Users: the listed users of the provider's organization"),
            ProviderScope.Organization => (recipient.OrganizationId == provider.OrganizationId, "the scope is Organization: the provider's own organization"),
            ProviderScope.Global => (recipient.HasConsented(provider.Id), "the scope is Global: organizations that consented"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return Judge(Reason.ScopeDenied, covered, evidence + (covered ? "" : "; the recipient is not among them"));
    }

    /// <summary>Every URL that an action would have the platform call lies under a target of the registration.</summary>
    public static Check Targets(ProviderRegistration provider, Card card, UrlPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(card);
        var calls = card.Actions.OfType<CardAction.Http>().ToList();
        foreach (var action in calls)
        {
            if (TargetRefusal(provider, EmptyFilled(action.Url), policy) is { } why)
                return new(Reason.TargetDenied, CheckOutcome.Fail, $"{action.Pointer}/{(card.Kind == CardKind.MessageCard ? "target" : "url")}: {why}");
        }
        return new(Reason.TargetDenied, CheckOutcome.Pass, $"{calls.Count} action URLs lie under {string.Join(", ", provider.Targets)}");
    }

    /// <summary>Why a URL may not be called for the provider, or null. The path and query are left out of the words: they may hold secrets.</summary>
    public static string? TargetRefusal(ProviderRegistration provider, string url, UrlPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(provider);
        if (!ActionUrl.TryParse(url, policy, out var parsed, out var why))
            return why;
        return provider.Targets.Any(target => target.Covers(parsed)) ? null : $"{parsed.Origin} lies under none of {string.Join(", ", provider.Targets)}";
    }

    // Values can stand only behind the authority, so any value shows the origin as well as another.
    private static string EmptyFilled(Template url) => url.Fill((_, _) => "");

    private static Check Judge(Reason code, bool holds, string evidence) => new(code, holds ? CheckOutcome.Pass : CheckOutcome.Fail, evidence);
}
