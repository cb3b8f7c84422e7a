using System.Collections.Immutable;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Providers;

namespace ActionMail.Protocol.Actions;

/// <summary>What is to be sent to the provider for one click, values filled in: everything but the platform's own headers. Protocol §6.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Url">Where to, under a target of the provider.</param>
/// <param name="Headers">The card's own headers; never <c>Authorization</c> or <c>Content-Type</c>.</param>
/// <param name="ContentType">The body's type.</param>
/// <param name="Body">The body; null for GET.</param>
/// <param name="UsesActionAuthorization">Whether the token goes into <c>Action-Authorization</c>.</param>
public sealed record ActionRequest(
    HttpVerb Method, ActionUrl Url, ImmutableArray<KeyValuePair<string, string>> Headers, string ContentType, string? Body, bool UsesActionAuthorization);

/// <summary>What filling an action's templates came to.</summary>
public abstract record ActionRequestReading
{
    private ActionRequestReading() { }

    /// <summary>The request may be sent.</summary>
    public sealed record Ready(ActionRequest Request) : ActionRequestReading;

    /// <summary>The URL lies under no target (any more).</summary>
    public sealed record TargetDenied(string Why) : ActionRequestReading;

    /// <summary>A value cannot stand where the card puts it; <paramref name="Why"/> says which and why.</summary>
    public sealed record ValueRefused(string InputId, string Why) : ActionRequestReading;

    /// <summary>The request would be larger than <see cref="ActionLimits.MaxBodyLength"/>.</summary>
    public sealed record TooLarge(string Why) : ActionRequestReading;
}
