using ActionMail.Protocol.Actions;
using ActionMail.Sdk;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the authentication of action requests.</summary>
public static class ActionableMessagesAuthentication
{
    /// <summary>
    /// Adds the scheme <see cref="ActionableMessagesDefaults.AuthenticationScheme"/>, which takes the platform's bearer token
    /// from <c>Authorization</c> or <c>Action-Authorization</c>. An endpoint that requires it reads who acted with
    /// <see cref="ActionRequestExtensions.GetActionRequest"/>.
    /// </summary>
    /// <param name="builder">The authentication of the application.</param>
    /// <param name="configure">Names at least one <see cref="TokenIssuer"/>.</param>
    public static AuthenticationBuilder AddActionableMessages(
        this AuthenticationBuilder builder, Action<ActionableMessagesOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<IssuerKeys>();
        builder.Services.TryAddSingleton<TokenValidation>();
        builder.Services.PostConfigure<KestrelServerOptions>(SendStatusTextAsUtf8);
        return builder.AddScheme<ActionableMessagesOptions, ActionableMessagesHandler>(
            ActionableMessagesDefaults.AuthenticationScheme, configure);
    }

    // Kestrel refuses every other character than ASCII in a response header unless told how to write it.
    private static void SendStatusTextAsUtf8(KestrelServerOptions kestrel)
    {
        var others = kestrel.ResponseHeaderEncodingSelector;
        kestrel.ResponseHeaderEncodingSelector = name =>
            name.Equals(ActionHeaders.CardActionStatus, StringComparison.OrdinalIgnoreCase) ? StatusText.Encoding : others(name);
    }
}
