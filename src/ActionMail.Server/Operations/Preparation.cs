using ActionMail.Server.Accounts;
using ActionMail.Server.Network;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers;
using ActionMail.Server.Providers.Consent;
using ActionMail.Server.Providers.Platform;
using ActionMail.Server.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Operations;

/// <summary>What must be true before anything listens.</summary>
internal static class Preparation
{
    public static async Task PrepareAsync(this WebApplication app)
    {
        var services = app.Services;
        var cancel = CancellationToken.None;
        await using (var db = await services.GetRequiredService<IDbContextFactory<ActionMailDb>>().CreateDbContextAsync(cancel))
        {
            if (services.GetRequiredService<IOptions<ServerOptions>>().Value.Mode == ServerMode.Emulator)
                SampleOrganization.Seed(db);
            RegistrationBackfill.Run(db);
        }
        // Made here if missing, so that the operator finds it as soon as the platform says that it is ready.
        services.GetRequiredService<OperatorToken>();
        // Read here too: a damaged key file must be heard of now and not at the first click.
        services.GetRequiredService<SigningKeys>().Current();
        services.GetRequiredService<PlatformKey>();
        services.PrepareDns();
        await services.GetRequiredService<AddressBook>().ReloadAsync(cancel);
        await services.GetRequiredService<ProviderRegistry>().ReloadAsync(cancel);
        await services.GetRequiredService<Recipients>().ReloadAsync(cancel);
    }
}
