using System.Collections.Immutable;
using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Signing;

namespace ActionMail.Protocol.Providers;

/// <summary>States of a registration. dashboard.md "States".</summary>
public enum ProviderState
{
    /// <summary>Waits for an approver.</summary>
    Submitted,

    /// <summary>In force.</summary>
    Approved,

    /// <summary>Refused by an approver.</summary>
    Rejected,

    /// <summary>Taken back by the submitter.</summary>
    Withdrawn,

    /// <summary>Out of force until it is approved again.</summary>
    Suspended,

    /// <summary>Out of force for good.</summary>
    Revoked,
}

/// <summary>Whose mail a registration covers. dashboard.md "Scope of submission".</summary>
public enum ProviderScope
{
    /// <summary>The listed test users only.</summary>
    TestUsers,

    /// <summary>Every recipient of the submitter's organization.</summary>
    Organization,

    /// <summary>Every recipient whose organization consented or asks for no consent.</summary>
    Global,
}

/// <summary>
/// A registration as it runs: the approved revision's content and the registration's state. Immutable; what was approved is what is here.
/// </summary>
/// <param name="Id">The originator id, a GUID in lower case.</param>
/// <param name="Name">The friendly name that recipients see beside the card.</param>
/// <param name="OrganizationId">The organization that registered it.</param>
/// <param name="State">Whether it is in force.</param>
/// <param name="Revision">The number of the revision, from 1.</param>
/// <param name="Scope">Whose mail it covers.</param>
public sealed record ProviderRegistration(string Id, string Name, Guid OrganizationId, ProviderState State, int Revision, ProviderScope Scope)
{
    /// <summary>The From addresses that it sends from.</summary>
    public ImmutableArray<EmailAddress> Senders { get; init; } = [];

    /// <summary>Where its actions may call.</summary>
    public ImmutableArray<TargetUrl> Targets { get; init; } = [];

    /// <summary>The active public keys.</summary>
    public ImmutableArray<PublicKey> Keys { get; init; } = [];

    /// <summary>The recipients of scope <see cref="ProviderScope.TestUsers"/>.</summary>
    public ImmutableArray<EmailAddress> TestUsers { get; init; } = [];

    /// <summary>The shape of the action token.</summary>
    public TokenProfile TokenProfile { get; init; }

    /// <summary>The <c>aud</c> of an <c>entra</c> token: the App ID URI or the application id; null for <c>eat</c>.</summary>
    public string? TokenAudience { get; init; }
}
