using ActionMail.Protocol.Actions;

namespace ActionMail.Sdk;

/// <summary>
/// A platform whose action tokens a service accepts: who issues them, for whom, in which shape, and where its keys are
/// published. Every comparison is exact. Protocol §6.
/// </summary>
public sealed record TokenIssuer
{
    /// <summary>The shape of the tokens.</summary>
    public required TokenProfile Profile { get; init; }

    /// <summary>The <c>iss</c> claim, character by character; the discovery document must name the same.</summary>
    public required string Issuer { get; init; }

    /// <summary>The OpenID discovery document. https, or http on the loopback interface for the emulator.</summary>
    public required Uri MetadataAddress { get; init; }

    /// <summary>The accepted values of <c>aud</c>, at least one.</summary>
    public required IReadOnlyList<string> Audiences { get; init; }

    /// <summary>The accepted values of <c>appid</c> (eat) or <c>azp</c> (entra). Default: the id of the platform's action service.</summary>
    public IReadOnlyList<string> CallerApplicationIds { get; init; } = [ActionTokenClaims.PlatformApplicationId];

    /// <summary>The accepted values of <c>tid</c>. Default empty: every organization that the issuer speaks for.</summary>
    public IReadOnlyList<string> TenantIds { get; init; } = [];

    /// <summary>The longest time from <c>iat</c> to <c>exp</c>. Default 10 minutes, ActionMail's own limit.</summary>
    public TimeSpan MaximumLifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// True when each token names the provider that it was made for, so that <see cref="ActionableMessagesOptions.Originator"/>
    /// can be required of it. Default false; ActionMail's do.
    /// </summary>
    public bool NamesOriginator { get; init; }

    /// <summary>ActionMail, for a registration with the token profile <c>eat</c>.</summary>
    /// <param name="platform">The platform's public address, such as <c>https://mail.contoso.com</c>.</param>
    /// <param name="audience">The origin of the service's target URL: scheme, host and port, no path, no slash at the end.</param>
    public static TokenIssuer ActionMail(Uri platform, string audience) => new()
    {
        Profile = TokenProfile.Eat,
        Issuer = $"{Root(platform)}/sts/",
        MetadataAddress = new Uri($"{Root(platform)}/sts/common/.well-known/openid-configuration"),
        Audiences = [audience],
        NamesOriginator = true,
    };

    /// <summary>ActionMail, for a registration with the token profile <c>entra</c>.</summary>
    /// <param name="platform">The platform's public address, such as <c>https://mail.contoso.com</c>.</param>
    /// <param name="tenant">The id of the organization whose people act.</param>
    /// <param name="audience">The App ID URI or the application id of the registration.</param>
    public static TokenIssuer ActionMailEntra(Uri platform, string tenant, string audience) => new()
    {
        Profile = TokenProfile.Entra,
        Issuer = $"{Root(platform)}/{tenant}/v2.0",
        MetadataAddress = new Uri($"{Root(platform)}/{tenant}/v2.0/.well-known/openid-configuration"),
        Audiences = [audience],
        TenantIds = [tenant],
        NamesOriginator = true,
    };

    /// <summary>
    /// Outlook's External Access Tokens. Microsoft has announced their end for 2026: prefer <see cref="OutlookEntra"/>.
    /// </summary>
    /// <param name="audience">The origin of the service's target URL, such as <c>https://api.contoso.com</c>.</param>
    public static TokenIssuer OutlookEat(string audience) => new()
    {
        Profile = TokenProfile.Eat,
        Issuer = "https://substrate.office.com/sts/",
        MetadataAddress = new Uri("https://substrate.office.com/sts/common/.well-known/openid-configuration"),
        Audiences = [audience],
        MaximumLifetime = TimeSpan.FromHours(24),   // Outlook documents none; this only bounds what a stolen token is worth
    };

    /// <summary>
    /// Outlook's Microsoft Entra ID tokens, version 2.0 (the app registration must ask for it: <c>requestedAccessTokenVersion</c>
    /// 2). They live for over an hour and name neither sender nor provider.
    /// </summary>
    /// <param name="tenantId">The directory (tenant) id of the people who act.</param>
    /// <param name="audience">The application id of the service's app registration (v2.0 tokens carry it, not the App ID URI).</param>
    public static TokenIssuer OutlookEntra(Guid tenantId, string audience) => new()
    {
        Profile = TokenProfile.Entra,
        Issuer = $"https://login.microsoftonline.com/{tenantId:D}/v2.0",
        MetadataAddress = new Uri($"https://login.microsoftonline.com/{tenantId:D}/v2.0/.well-known/openid-configuration"),
        Audiences = [audience],
        TenantIds = [tenantId.ToString("D")],
        // Entra ID draws 60 to 90 minutes and dates iat up to 5 minutes back.
        MaximumLifetime = TimeSpan.FromMinutes(100),
    };

    private static string Root(Uri platform)
    {
        ArgumentNullException.ThrowIfNull(platform);
        return platform.GetLeftPart(UriPartial.Path).TrimEnd('/');
    }
}
