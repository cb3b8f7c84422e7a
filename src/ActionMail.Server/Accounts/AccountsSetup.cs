using ActionMail.Server.Accounts.Devices;
using ActionMail.Server.Accounts.Domains;
using ActionMail.Server.Accounts.Local;
using ActionMail.Server.Accounts.OpenId;
using ActionMail.Server.Operations;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Accounts;

internal static class AccountsSetup
{
    private const string EitherScheme = "SessionOrAccessToken";

    public static IServiceCollection AddAccounts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AccountOptions>().BindConfiguration(AccountOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AccountOptions>, AccountCheck>();
        services.AddSingleton<AddressBook>().AddSingleton<DomainProofs>().AddSingleton<Sessions>();
        services.AddSingleton<OrganizationPeople>().AddSingleton<OrganizationSettings>().AddSingleton<OpenOrganization>();
        services.AddSingleton<DomainLook>().AddSingleton<ProofFile>().AddSingleton<ClaimDomain>().AddSingleton<CheckDomain>().AddSingleton<ProofLetters>().AddSingleton<ProofMail>();
        services.AddSingleton<DomainWatch>().AddHostedService(provider => provider.GetRequiredService<DomainWatch>());
        services.AddSingleton<AccessTokens>().AddSingleton<DeviceCodes>();
        services.AddLocalAccounts();
        services.AddAuthentication(options =>
            {
                options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
                options.DefaultAuthenticateScheme = EitherScheme;
                options.DefaultChallengeScheme = EitherScheme;
            })
            .AddCookie()
            .AddScheme<AuthenticationSchemeOptions, AccessTokenAuthentication>(AccessTokenAuthentication.SchemeName, null)
            .AddPolicyScheme(EitherScheme, null, options => options.ForwardDefaultSelector = http =>
                AccessTokenAuthentication.IsAskedFor(http.Request) ? AccessTokenAuthentication.SchemeName : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddOpenIdProviders(configuration);
        services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme)
            .Configure<IOptions<ServerOptions>>((cookie, server) => Configure(cookie, server.Value.PublicUrl.Scheme == Uri.UriSchemeHttps));
        services.AddAuthorization();
        services.AddAntiforgery();
        services.AddOptions<AntiforgeryOptions>().Configure<IOptions<ServerOptions>>((options, server) =>
        {
            var secure = server.Value.PublicUrl.Scheme == Uri.UriSchemeHttps;
            options.HeaderName = "RequestVerificationToken";
            options.Cookie.Name = secure ? "__Host-actionmail-request" : "actionmail-request";
            options.Cookie.SecurePolicy = secure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            options.Cookie.SameSite = SameSiteMode.Strict;
            // The pages send frame-ancestors for every response; the older header would contradict the mail body's frame.
            options.SuppressXFrameOptionsHeader = true;
        });
        services.AddDataProtection().SetApplicationName("ActionMail");
        services.AddOptions<KeyManagementOptions>().Configure<IOptions<ServerOptions>, ILoggerFactory>((keys, server, logs) =>
            keys.XmlRepository = new FileSystemXmlRepository(new DirectoryInfo(PrivateFile.Folder(Path.Combine(server.Value.DataFolder, "sessions"))), logs));
        return services;
    }

    private static void Configure(CookieAuthenticationOptions cookie, bool secure)
    {
        // Security E-11. A __Host- cookie needs TLS; the emulator has none.
        cookie.Cookie.Name = secure ? "__Host-actionmail" : "actionmail";
        cookie.Cookie.SecurePolicy = secure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        // One session for the inbox and the portal, so the portal's strictness for both. What links from elsewhere miss by it, the bounce makes up for.
        cookie.Cookie.SameSite = SameSiteMode.Strict;
        cookie.Cookie.HttpOnly = true;
        cookie.ExpireTimeSpan = Sessions.Idle;
        cookie.SlidingExpiration = true;
        cookie.LoginPath = "/sign-in";
        cookie.LogoutPath = "/sign-out";
        cookie.ReturnUrlParameter = "returnUrl";
        cookie.Events.OnValidatePrincipal = async context =>
        {
            if (!await context.HttpContext.RequestServices.GetRequiredService<Sessions>().IsRunningAsync(context.Principal!, context.HttpContext.RequestAborted))
                context.RejectPrincipal();
        };
        cookie.Events.OnRedirectToLogin = context => AnswerOrRedirect(context, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context => AnswerOrRedirect(context, StatusCodes.Status403Forbidden);
    }

    // A script cannot do anything with a sign-in page.
    private static Task AnswerOrRedirect(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
            context.Response.StatusCode = status;
        else if (SameSiteBounce.Helps(context.Request))
            return SameSiteBounce.WriteAsync(context.HttpContext);
        else
            context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }

    private sealed class AccountCheck : IValidateOptions<AccountOptions>
    {
        public ValidateOptionsResult Validate(string? name, AccountOptions options) =>
            options.Faults().ToList() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
