using ActionMail.Server.Intake;
using ActionMail.Server.Operations;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Outbound;

internal static class OutboundSetup
{
    public static IServiceCollection AddOutbound(this IServiceCollection services)
    {
        services.AddOptions<OutboundOptions>().BindConfiguration(OutboundOptions.Section)
            .Validate<IOptions<ServerOptions>>((options, server) => server.Value.Mode != ServerMode.Emulator || options.Host is null || options.IsLoopback,
                "The emulator sends no real mail: Outbound:Host must be this machine.")
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<OutboundOptions>, OutboundCheck>();
        services.AddSingleton<ReceiveSubmission>().AddSingleton<SentStore>().AddSingleton<SentMails>();
        services.AddSingleton<RelayClient>().AddSingleton<RelayQueue>().AddSingleton<SendAnswer>().AddSingleton<SendNotice>();
        return services.AddHostedService(provider => provider.GetRequiredService<RelayQueue>());
    }

    private sealed class OutboundCheck : IValidateOptions<OutboundOptions>
    {
        public ValidateOptionsResult Validate(string? name, OutboundOptions options) =>
            options.Faults().ToList() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
