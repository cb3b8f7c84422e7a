namespace ActionMail.Protocol.Actions;

/// <summary>Claim names and fixed values of the action token. Protocol §6.</summary>
public static class ActionTokenClaims
{
    /// <summary>The application id that calls providers, in <c>appid</c> (eat) or <c>azp</c> (entra). The same as Outlook's.</summary>
    public const string PlatformApplicationId = "48af08dc-f6d2-435f-b2a7-069abd99c086";

    /// <summary><c>ver</c> of an <c>eat</c> token.</summary>
    public const string EatVersion = "STI.ExternalAccessToken.V1";

    /// <summary><c>ver</c> of an <c>entra</c> token.</summary>
    public const string EntraVersion = "2.0";

    /// <summary>The From address of the mail that carried the card.</summary>
    public const string Sender = "sender";

    /// <summary>The provider id that the token was made for.</summary>
    public const string Originator = "originator";

    /// <summary>The actor's immutable id.</summary>
    public const string ObjectId = "oid";

    /// <summary>The id of the actor's organization.</summary>
    public const string TenantId = "tid";
}

/// <summary>Which of the two token shapes a registration asks for. Protocol §6.</summary>
public enum TokenProfile
{
    /// <summary>The legacy External Access Token: <c>aud</c> is the target's origin, <c>sub</c> the actor's address.</summary>
    Eat,

    /// <summary>The Entra ID shape: <c>aud</c> is the application of the registration, <c>sub</c> is pairwise.</summary>
    Entra,
}
