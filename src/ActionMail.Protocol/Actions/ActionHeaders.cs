namespace ActionMail.Protocol.Actions;

/// <summary>Names of the HTTP headers between the platform and a provider. Protocol §6.</summary>
public static class ActionHeaders
{
    /// <summary>Request: a UUID, one per click, the same again on a retry of that click.</summary>
    public const string ActionRequestId = "Action-Request-Id";

    /// <summary>Request: carries the token where the card's headers set <c>Authorization</c> to "".</summary>
    public const string ActionAuthorization = "Action-Authorization";

    /// <summary>Request: the card's <c>correlationId</c>.</summary>
    public const string CardCorrelationId = "Card-Correlation-Id";

    /// <summary>Request: the mail's Message-ID.</summary>
    public const string MessageId = "Message-Id";

    /// <summary>Request: the provider id (the originator).</summary>
    public const string ProviderId = "Provider-Id";

    /// <summary>Response: the text that the actor is shown; the platform adds who and when.</summary>
    public const string CardActionStatus = "CARD-ACTION-STATUS";

    /// <summary>Response: "true" when the body is a card that replaces the one acted on.</summary>
    public const string CardUpdateInBody = "CARD-UPDATE-IN-BODY";

    /// <summary>Response to 401: the https address where the actor signs in with the provider.</summary>
    public const string ActionAuthenticate = "ACTION-AUTHENTICATE";
}
