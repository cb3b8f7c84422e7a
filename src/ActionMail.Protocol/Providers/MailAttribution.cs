using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Verdicts;

namespace ActionMail.Protocol.Providers;

/// <summary>
/// That a mail which names a provider counts as the provider's own, in what is measured of it. Anybody can write an originator into a card: a mail that neither comes from
/// the provider's domain nor carries its signature changes no figure of it. docs/dashboard.md "What is measured".
/// </summary>
/// <param name="HasPass">Whether SPF or a DKIM signature passed, for whichever domain.</param>
/// <param name="IsAligned">Whether one that passed has the organizational domain of From. RFC 9989 §4.4.</param>
/// <param name="IsRegisteredSender">Whether From is one of the registered senders.</param>
public sealed record MailAttribution(bool HasPass, bool IsAligned, bool IsRegisteredSender)
{
    /// <summary>Null for a mail that does not count.</summary>
    /// <param name="provider">The registration that the card names.</param>
    /// <param name="from">The mail's From, or null where there is not exactly one.</param>
    /// <param name="sender">What was found out about the sender, or null where nobody looked.</param>
    /// <param name="isSigned">Whether the card carries a signature of the provider.</param>
    public static MailAttribution? Of(ProviderRegistration provider, EmailAddress? from, SenderFacts? sender, bool isSigned)
    {
        ArgumentNullException.ThrowIfNull(provider);
        if (from is not { } address)
            return null;
        var isAligned = HasPassed(sender, alignedOnly: true);
        var isRegistered = provider.Senders.Contains(address);
        return isRegistered || isSigned || (isAligned && provider.Senders.Any(registered => IsRelated(registered.Domain, address.Domain)))
            ? new(HasPassed(sender, alignedOnly: false), isAligned, isRegistered)
            : null;
    }

    private static bool HasPassed(SenderFacts? sender, bool alignedOnly) =>
        sender is not null
        && (sender.Spf is { Result: MechanismResult.Pass } spf && (spf.IsAligned || !alignedOnly)
            || sender.Dkim.Any(signature => signature.Result == MechanismResult.Pass && (signature.IsAligned || !alignedOnly)));

    private static bool IsRelated(string registered, string seen) => IsSameOrBelow(registered, seen) || IsSameOrBelow(seen, registered);

    private static bool IsSameOrBelow(string parent, string name) =>
        string.Equals(parent, name, StringComparison.OrdinalIgnoreCase) || name.EndsWith("." + parent, StringComparison.OrdinalIgnoreCase);
}
