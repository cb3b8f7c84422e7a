using ActionMail.Server.Operations;
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
            .Validate(options => options.Zone is null || options.Servers.Length == 0, "Dns:Zone and Dns:Servers exclude each other.")
            .Validate<IOptions<ServerOptions>>((options, server) => options.Zone is null || server.Value.Mode == ServerMode.Emulator,
                "Dns:Zone is for the emulator: elsewhere the DNS itself says who sends, so name Dns:Servers or none.")
            .ValidateOnStart();
        services.AddSingleton(Lookup);
        return services.AddSingleton(EgressSeam.Network).AddSingleton<EgressGuard>();
    }

    /// <summary>A zone file that cannot be read must be heard of before it makes every sender wait.</summary>
    public static void PrepareDns(this IServiceProvider services)
    {
        if (services.GetRequiredService<IDnsLookup>() is not WatchedZone zone)
            return;
        if (services.GetRequiredService<IOptions<DnsOptions>>().Value.Zone is null)
            EmulatorZone.Create(zone.FilePath);
        if (zone.Problem is { } problem)
            throw new StartupException($"The zone file cannot be read. {problem}");
    }

    // The emulator asks nobody, unless it is told whom.
    private static IDnsLookup Lookup(IServiceProvider provider)
    {
        var (dns, server) = (provider.GetRequiredService<IOptions<DnsOptions>>().Value, provider.GetRequiredService<IOptions<ServerOptions>>().Value);
        if (server.Mode != ServerMode.Emulator || dns.Servers.Length > 0)
            return new DnsResolver(dns, provider.GetRequiredService<TimeProvider>());
        return new WatchedZone(dns.Zone ?? Path.Combine(server.DataFolder, EmulatorZone.FileName));
    }
}
