using System.Globalization;

namespace ActionMail.Protocol.Providers.Submissions;

/// <summary>The App ID URI of a registration with Entra tokens: the audience that the provider's application expects. dashboard.md "Details of your provider".</summary>
public static class AppIdUri
{
    /// <summary><c>api://auth-am-{originator}/{application id}</c>, in lower case.</summary>
    public static string For(string originator, Guid applicationId) =>
        string.Create(CultureInfo.InvariantCulture, $"api://auth-am-{originator.ToLowerInvariant()}/{applicationId:D}");
}
