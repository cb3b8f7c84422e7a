using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Cards;

namespace ActionMail.Server.Actions;

internal static class ActionsSetup
{
    public static IServiceCollection AddActions(this IServiceCollection services)
    {
        services.AddOptions<ActionOptions>().BindConfiguration(ActionOptions.Section)
            .Validate(options => options.CallDeadline > TimeSpan.Zero && options.ConnectDeadline > TimeSpan.Zero, "Actions:CallDeadline and Actions:ConnectDeadline are more than nothing.")
            .Validate(options => options.AbandonedAfter >= TimeSpan.FromSeconds(1), "Actions:AbandonedAfter is at least a second.")
            .Validate(options => options is { MaxResponseBytes: > 0, MaxResponseHeadersKiB: > 0, MaxRequestBytes: > 0, MaxInFlightPerProvider: > 0, MaxConnectionsPerProvider: > 0, MaxClicksPerMinute: > 0 },
                "The limits in Actions are more than nothing.")
            .ValidateOnStart();
        services.AddOptions<ActionLimits>().BindConfiguration(ActionOptions.Section);
        services.AddOptions<CardLimits>().BindConfiguration("Cards");
        services.AddSingleton<ActionStore>().AddSingleton<ProviderClient>().AddSingleton<CarryOut>();
        services.AddSingleton<PerformAction>().AddSingleton<AutoInvoke>().AddSingleton<ActionAnswers>();
        services.AddSingleton<RunningAttempts>();
        services.AddHostedService<AttemptRecovery>();
        services.AddHostedService(provider => provider.GetRequiredService<RunningAttempts>());
        // Running calls may finish: their own deadline is shorter than this.
        return services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
    }
}
