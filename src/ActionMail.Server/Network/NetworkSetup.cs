using Microsoft.Extensions.Options;

namespace ActionMail.Server.Network;

internal static class NetworkSetup
{
    public static IServiceCollection AddNetwork(this IServiceCollection services)
    {
        services.AddOptions<DnsOptions>().BindConfiguration(DnsOptions.Section)
            .Validate(
                options => options.Servers.All(server => DnsOptions.TryReadServer(server, out _)),
                "Dns:Servers are IP addresses, with :PORT behind them where it is not 53.")
            .Validate(options => options.Patience > TimeSpan.Zero && options.Retries >= 0, "Dns:Patience is more than nothing, and Dns:Retries not less.")
            .Validate(options => options.Budget is { MaxQuestions: > 0 } budget && budget.Deadline > TimeSpan.Zero, "Dns:Budget has questions and time.")
            .ValidateOnStart();
        services.AddSingleton<IDnsLookup>(provider =>
            new DnsResolver(provider.GetRequiredService<IOptions<DnsOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
        return services.AddSingleton(EgressSeam.Network).AddSingleton<EgressGuard>();
    }
}
