namespace ActionMail.Protocol.Signing;

/// <summary>Claim names of a signed card. Protocol §3.</summary>
public static class SignedCardClaims
{
    /// <summary>The provider id.</summary>
    public const string Originator = "originator";

    /// <summary>The From address of the mail.</summary>
    public const string Sender = "sender";

    /// <summary>A JSON array in a string: every To and Cc recipient.</summary>
    public const string RecipientsSerialized = "recipientsSerialized";

    /// <summary>The Adaptive Card, as JSON in a string.</summary>
    public const string AdaptiveCardSerialized = "adaptiveCardSerialized";

    /// <summary>The MessageCard, as JSON in a string.</summary>
    public const string MessageCardSerialized = "messageCardSerialized";

    /// <summary>When the card was signed, in seconds since 1970.</summary>
    public const string IssuedAt = "iat";
}
