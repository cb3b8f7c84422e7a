namespace ActionMail.Server.Providers;

internal static class ProvidersSetup
{
    public static IServiceCollection AddProviders(this IServiceCollection services)
    {
        services.AddOptions<ProviderOptions>().BindConfiguration(ProviderOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ProviderRegistry>().AddSingleton<NoticeBoard>().AddSingleton<RegistrationWriter>().AddSingleton<RegistrationQueries>();
        services.AddSingleton<Drafts>().AddSingleton<SubmitRegistration>().AddSingleton<DecideRegistration>().AddSingleton<ChangeRegistrationState>().AddSingleton<SuspendForLostProof>();
        return services.AddHostedService<RegistryWatch>();
    }
}
