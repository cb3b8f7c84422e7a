namespace ActionMail.Sdk;

/// <summary>Names of the authentication scheme for action requests.</summary>
public static class ActionableMessagesDefaults
{
    /// <summary>The scheme's name, for <c>RequireAuthorization</c> policies and <c>[Authorize]</c>.</summary>
    public const string AuthenticationScheme = "ActionableMessages";
}
