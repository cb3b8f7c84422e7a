using System.Collections.Immutable;
using ActionMail.Protocol.Addresses;

namespace ActionMail.Protocol.Providers;

/// <summary>The owner of a mailbox, as the rules see them.</summary>
/// <param name="OrganizationId">The organization that they belong to.</param>
/// <param name="Addresses">Every address of theirs, the primary one first.</param>
/// <param name="HasConsented">For a provider id: whether their organization consented to it or asks for no consent.</param>
public sealed record Recipient(Guid OrganizationId, ImmutableArray<EmailAddress> Addresses, Func<string, bool> HasConsented)
{
    /// <summary>Whether their organization has switched actionable messages off.</summary>
    public bool OrganizationHasCardsOff { get; init; }

    /// <summary>Whether they have switched cards off for themselves.</summary>
    public bool HasCardsOff { get; init; }

    /// <summary>For a provider id: whether they have stopped its cards.</summary>
    public Func<string, bool> HasStopped { get; init; } = _ => false;

    /// <summary>Whether one of the addresses is theirs.</summary>
    public bool HasAny(IEnumerable<EmailAddress> addresses) => addresses.Any(address => Addresses.Contains(address));
}
