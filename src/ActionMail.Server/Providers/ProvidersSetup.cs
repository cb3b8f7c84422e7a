using ActionMail.Server.Providers.Consent;
using ActionMail.Server.Providers.Health;

namespace ActionMail.Server.Providers;

internal static class ProvidersSetup
{
    public static IServiceCollection AddProviders(this IServiceCollection services)
    {
        services.AddOptions<ProviderOptions>().BindConfiguration(ProviderOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ProviderRegistry>().AddSingleton<NoticeBoard>().AddSingleton<RegistrationWriter>().AddSingleton<RegistrationQueries>();
        services.AddSingleton<Drafts>().AddSingleton<ReadSubmission>().AddSingleton<SubmitRegistration>();
        services.AddSingleton<DecideRegistration>().AddSingleton<ChangeRegistrationState>().AddSingleton<SuspendForLostProof>();
        services.AddSingleton<Recipients>().AddSingleton<Consents>().AddSingleton<CardSwitches>();
        services.AddSingleton<JunkReports>();
        return services.AddHostedService<RegistryWatch>();
    }
}
