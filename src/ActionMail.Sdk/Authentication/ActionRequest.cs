using ActionMail.Protocol.Addresses;

namespace ActionMail.Sdk;

/// <summary>An authenticated action request: who acted, and on which card. Protocol §6.</summary>
/// <param name="ActorAddress">The address of the person who acted. It can change hands: key stored users by tenant and object id.</param>
/// <param name="ObjectId">The actor's immutable id, where the token tells it.</param>
/// <param name="TenantId">The actor's organization, where the token tells it.</param>
/// <param name="ActorName">The actor's name for people, where the token tells it.</param>
/// <param name="Sender">The From address of the mail that carried the card, where the token tells it.</param>
/// <param name="ActionRequestId">One per click, and the same again when that click is tried again; null when the platform sends none. Not signed.</param>
/// <param name="MessageId">The Message-ID of the mail, as the platform tells it. Not signed.</param>
/// <param name="CardCorrelationId">The card's own <c>correlationId</c>, as the platform tells it. Not signed.</param>
/// <param name="ProviderId">The provider that the platform called, as it tells it. Not signed.</param>
public sealed record ActionRequest(
    EmailAddress ActorAddress,
    string? ObjectId,
    string? TenantId,
    string? ActorName,
    EmailAddress? Sender,
    Guid? ActionRequestId,
    string? MessageId,
    string? CardCorrelationId,
    string? ProviderId);
