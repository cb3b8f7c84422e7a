using ActionMail.Server.Providers.Api;
using ActionMail.Server.Providers.Approval;
using ActionMail.Server.Providers.Consent;
using ActionMail.Server.Providers.Health;
using ActionMail.Server.Providers.Invitations;
using ActionMail.Server.Providers.Keys;
using ActionMail.Server.Providers.Notices;
using ActionMail.Server.Providers.Platform;

namespace ActionMail.Server.Providers;

internal static class ProvidersSetup
{
    public static IServiceCollection AddProviders(this IServiceCollection services)
    {
        services.AddOptions<ProviderOptions>().BindConfiguration(ProviderOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ProviderRegistry>();
        services.AddSingleton<NoticeBoard>();
        services.AddSingleton<RegistrationWriter>();
        services.AddSingleton<RegistrationQueries>();
        services.AddSingleton<Drafts>().AddSingleton<EditSubmission>();
        services.AddSingleton<ReadSubmission>();
        services.AddSingleton<SubmitRegistration>();
        services.AddSingleton<RegisteredDomains>();
        services.AddSingleton<RegisteredKeys>().AddSingleton<ProveKey>();
        services.AddSingleton<DecideRegistration>();
        services.AddSingleton<ChangeRegistrationState>();
        services.AddSingleton<ChangeOwners>();
        services.AddSingleton<CopyRegistration>();
        services.AddSingleton<SuspendForLostProof>();
        services.AddSingleton<SendTestMessage>().AddSingleton<LateRegistrations>().AddSingleton<ProvenTargets>().AddSingleton<Pages.ProviderPageQueries>();
        services.AddSingleton<Recipients>();
        services.AddSingleton<Consents>();
        services.AddSingleton<ConsentQueries>();
        services.AddSingleton<CardSwitches>();
        services.AddSingleton<JunkReports>().AddSingleton<ProviderHealth>().AddSingleton<HealthOverview>().AddSingleton<MeasuredCriteria>().AddSingleton<RegistrationDiagnosis>();
        services.AddSingleton<RegistrationAnswers>().AddSingleton<SubmissionKeys>();
        services.AddSingleton<PlatformKey>();
        services.AddSingleton<PlatformProvider>();
        services.AddSingleton<PlatformMailWriter>();
        services.AddSingleton<ActionCaller>();
        services.AddSingleton<PlatformService>();
        services.AddSingleton<Approvers>().AddSingleton<ApprovalRequests>();
        services.AddSingleton<TestInvitations>();
        services.AddSingleton<NoticeReaders>();
        services.AddSingleton<NoticeLetters>();
        services.AddSingleton<RequestViews>();
        services.AddSingleton<WaitingRequests>();
        services.AddSingleton<SimilarNames>();
        services.AddSingleton<ConsentList>();
        return services.AddHostedService<RegistryWatch>().AddHostedService<NoticeTeller>().AddHostedService<OldHours>();
    }

    /// <summary>The API of registrations for signed-in people. docs/api.md.</summary>
    public static void MapRegistrationApi(this RouteGroupBuilder personal)
    {
        personal.MapRegistrations();
        personal.MapChecks();
        personal.MapDecisions();
        personal.MapKeys();
        personal.MapOwners();
        personal.MapDrafts();
        personal.MapConsents();
        personal.MapInvitations();
        personal.MapTestMessage();
        personal.MapHealthOfProviders();
    }
}
