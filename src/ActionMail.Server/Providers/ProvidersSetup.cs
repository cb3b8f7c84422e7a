using ActionMail.Server.Providers.Approval;
using ActionMail.Server.Providers.Consent;
using ActionMail.Server.Providers.Invitations;
using ActionMail.Server.Providers.Notices;
using ActionMail.Server.Providers.Platform;

namespace ActionMail.Server.Providers;

internal static class ProvidersSetup
{
    public static IServiceCollection AddProviders(this IServiceCollection services)
    {
        services.AddOptions<ProviderOptions>().BindConfiguration(ProviderOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ProviderRegistry>().AddSingleton<NoticeBoard>().AddSingleton<RegistrationWriter>().AddSingleton<RegistrationQueries>();
        services.AddSingleton<Drafts>().AddSingleton<ReadSubmission>().AddSingleton<SubmitRegistration>().AddSingleton<DecideRegistration>().AddSingleton<ChangeRegistrationState>();
        services.AddSingleton<Recipients>().AddSingleton<Consents>().AddSingleton<CardSwitches>();
        services.AddSingleton<PlatformKey>().AddSingleton<PlatformProvider>().AddSingleton<PlatformMailWriter>().AddSingleton<ActionCaller>().AddSingleton<PlatformService>();
        services.AddSingleton<ApprovalRequests>().AddSingleton<TestInvitations>().AddSingleton<NoticeReaders>().AddSingleton<NoticeLetters>().AddSingleton<RequestViews>();
        return services.AddHostedService<RegistryWatch>().AddHostedService<NoticeTeller>();
    }
}
