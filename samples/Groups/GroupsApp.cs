using System.Net;
using ActionMail.Sdk;
using MailKit.Security;
using Microsoft.AspNetCore.DataProtection;

namespace Groups;

/// <summary>
/// A service of its own with its own data, that asks group owners by actionable mail: everything it shares with ActionMail
/// is the SDK. This is where it is put together.
/// </summary>
public static class GroupsApp
{
    public static WebApplication Create(GroupsOptions options)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = "wwwroot",
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Configuration["AllowedHosts"] = $"localhost;127.0.0.1;[::1];{options.PublicUrl.Host}";
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024;
            if (options.Port == 0)
                kestrel.Listen(IPAddress.Loopback, 0);
            else
                kestrel.ListenLocalhost(options.Port);
        });
        AddServices(builder.Services, options);

        var app = builder.Build();
        app.Use(AddSecurityHeaders);
        app.UseStaticFiles();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapPage();
        app.MapActions();
        app.MapGet("/health", () => Results.Text("ready"));
        app.MapGet("/public-key", (SigningKey key) => Results.Text(key.PublicKey.RsaKeyValue, "application/xml"));
        app.Lifetime.ApplicationStarted.Register(() => app.Logger.Started(options.PublicUrl, SigningKeyFile.PublicKeyPath(options.DataFolder)));
        return app;
    }

    private static void AddServices(IServiceCollection services, GroupsOptions options)
    {
        services.AddAuthentication(ActionableMessagesDefaults.AuthenticationScheme).AddActionableMessages(scheme =>
        {
            scheme.Issuers.Add(TokenIssuer.ActionMail(options.Platform, audience: options.Origin));
            scheme.Originator = GroupCards.Originator;
            scheme.ExpectedSenders.Add("groups@contoso.test");
        });
        services.AddAuthorization();
        services.AddDataProtection().UseEphemeralDataProtectionProvider();   // no cookie and no form of ours needs its keys
        services.AddSingleton(options);
        services.AddSingleton(new GroupStore(options.DataFolder));
        services.AddSingleton(new Photos(Path.Combine(AppContext.BaseDirectory, "wwwroot", "photos")));
        services.AddSingleton(_ => SigningKeyFile.OpenOrCreate(options.DataFolder));
        services.AddSingleton<GroupCards>();
        services.AddSingleton<GroupMails>();
        services.AddSingleton<FirstRequest>();
        services.AddHostedService(provider => provider.GetRequiredService<FirstRequest>());
        services.AddSingleton(provider => new ActionableMailSender(
            new ActionableMailSenderOptions
            {
                Host = "127.0.0.1",
                Port = options.SmtpPort,
                Security = SecureSocketOptions.None,   // the emulator's own loopback
            },
            provider.GetRequiredService<TimeProvider>()));
    }

    private static Task AddSecurityHeaders(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        return next(context);
    }
}
