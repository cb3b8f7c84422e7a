using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Addresses;
using Microsoft.AspNetCore.Http;

namespace ActionMail.Sdk;

/// <summary>Reads the action request that the scheme has authenticated.</summary>
public static class ActionRequestExtensions
{
    /// <summary>Who acted, and on which card.</summary>
    /// <exception cref="InvalidOperationException">
    /// The request is not authenticated by <see cref="ActionableMessagesDefaults.AuthenticationScheme"/>: the endpoint does not require it.
    /// </exception>
    public static ActionRequest GetActionRequest(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var actor = context.User.Identities.FirstOrDefault(identity =>
            identity.AuthenticationType == ActionableMessagesDefaults.AuthenticationScheme)
            ?? throw new InvalidOperationException("The request carries no authenticated action: let the endpoint require the scheme ActionableMessages.");

        return new ActionRequest(
            EmailAddress.Parse(Claim(ActionClaims.ActorAddress)!),
            Claim(ActionClaims.ObjectId),
            Claim(ActionClaims.TenantId),
            Claim(ActionClaims.ActorName),
            EmailAddress.TryParse(Claim(ActionClaims.Sender), out var sender) ? sender : null,
            Guid.TryParse(Header(ActionHeaders.ActionRequestId), out var id) ? id : null,
            Header(ActionHeaders.MessageId),
            Header(ActionHeaders.CardCorrelationId),
            Header(ActionHeaders.ProviderId));

        string? Claim(string type) => actor.FindFirst(type)?.Value;
        string? Header(string name) => context.Request.Headers[name] is [{ Length: > 0 } value] ? value : null;
    }
}
