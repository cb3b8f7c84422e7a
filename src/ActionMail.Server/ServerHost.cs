using ActionMail.Server.Accounts;
using ActionMail.Server.Accounts.Devices;
using ActionMail.Server.Accounts.Local;
using ActionMail.Server.Actions;
using ActionMail.Server.Inbox;
using ActionMail.Server.Intake;
using ActionMail.Server.Network;
using ActionMail.Server.Operations;
using ActionMail.Server.Operations.Reference;
using ActionMail.Server.Outbound;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers;
using ActionMail.Server.Providers.Pages;
using ActionMail.Server.Tokens;
using Microsoft.Extensions.Options;

namespace ActionMail.Server;

/// <summary>The composition root: one Add… and one Map… line per capability. Tests change nothing but the clock and the last step to the network.</summary>
internal static class ServerHost
{
    public static async Task<WebApplication> BuildAsync(string[] args, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(ServerHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        // In a checkout the pages' files lie in the source folder, and a file beside the assembly says where.
        builder.WebHost.UseStaticWebAssets();
        builder.Configuration.AddInMemoryCollection(EmulatorSettings.FromEnvironment(builder.Configuration));
        builder.Configuration.AddCommandLine(args);
        builder.Services.AddWeb();
        builder.Services.AddPersistence();
        builder.Services.AddAccounts(builder.Configuration);
        builder.Services.AddProviders();
        builder.Services.AddTokens();
        builder.Services.AddNetwork();
        builder.Services.AddActions();
        builder.Services.AddIntake();
        builder.Services.AddInbox();
        builder.Services.AddOutbound();
        replace?.Invoke(builder.Services);

        var app = builder.Build();
        app.MigrateStore();
        await app.PrepareAsync();
        app.UseWeb();
        app.MapHealth();
        app.MapTokens();
        var personal = app.MapPersonalApi();
        personal.MapMessages();
        personal.MapOriginal();
        personal.MapClientActions();
        personal.MapSent();
        personal.MapActions(app.Services.GetRequiredService<IOptions<ActionOptions>>().Value);
        personal.MapRegistrationApi();
        personal.MapAccount();
        personal.MapOrganization();
        app.MapDevices();
        app.MapPasskeys();
        var operators = app.MapOperatorApi();
        operators.MapProviders();
        operators.MapSelfTests();
        operators.MapOrganizations();
        app.MapApiDocument();
        app.MapBody();
        app.MapSamplePane();
        app.MapProviderImages();
        app.MapProviderExport();
        app.MapRazorPages();
        app.MapGet("/", () => TypedResults.LocalRedirect("/inbox"));
        return app;
    }
}
