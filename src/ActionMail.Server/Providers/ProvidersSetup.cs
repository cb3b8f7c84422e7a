using ActionMail.Server.Providers.Consent;

namespace ActionMail.Server.Providers;

internal static class ProvidersSetup
{
    public static IServiceCollection AddProviders(this IServiceCollection services)
    {
        services.AddOptions<ProviderOptions>().BindConfiguration(ProviderOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ProviderRegistry>().AddSingleton<NoticeBoard>().AddSingleton<RegistrationWriter>().AddSingleton<RegistrationQueries>();
        services.AddSingleton<Drafts>().AddSingleton<ReadSubmission>().AddSingleton<SubmitRegistration>().AddSingleton<DecideRegistration>().AddSingleton<ChangeRegistrationState>();
        services.AddSingleton<Recipients>().AddSingleton<Consents>().AddSingleton<CardSwitches>();
        return services.AddHostedService<RegistryWatch>();
    }
}
