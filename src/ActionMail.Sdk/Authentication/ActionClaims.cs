namespace ActionMail.Sdk;

/// <summary>
/// Claim types of the principal of an authenticated action request. They are the same for every platform and token
/// profile; <see cref="ActionRequest"/> has them as members.
/// </summary>
public static class ActionClaims
{
    /// <summary>The actor's address, in lower case; also the identity's name. It can change hands: key stored users by <see cref="ObjectId"/>.</summary>
    public const string ActorAddress = "actor_address";

    /// <summary>The actor's name for people, where the token tells it.</summary>
    public const string ActorName = "name";

    /// <summary>The actor's immutable id, unique within <see cref="TenantId"/>.</summary>
    public const string ObjectId = "oid";

    /// <summary>The id of the actor's organization.</summary>
    public const string TenantId = "tid";

    /// <summary>The From address of the mail that carried the card, where the token tells it.</summary>
    public const string Sender = "sender";
}
