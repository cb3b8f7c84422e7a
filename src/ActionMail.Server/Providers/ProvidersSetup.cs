namespace ActionMail.Server.Providers;

internal static class ProvidersSetup
{
    public static IServiceCollection AddProviders(this IServiceCollection services) => services.AddSingleton<ProviderRegistry>().AddSingleton<ProviderStore>();
}
