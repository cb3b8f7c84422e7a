using ActionMail.Server.Providers.Consent;
using ActionMail.Server.Providers.Health;

namespace ActionMail.Server.Providers;

internal static class ProvidersSetup
{
    public static IServiceCollection AddProviders(this IServiceCollection services) => services
        .AddSingleton<ProviderRegistry>().AddSingleton<ProviderStore>()
        .AddSingleton<Recipients>().AddSingleton<Consents>().AddSingleton<CardSwitches>()
        .AddSingleton<JunkReports>();
}
