namespace ActionMail.Server.Network;

internal static class NetworkSetup
{
    public static IServiceCollection AddNetwork(this IServiceCollection services) => services.AddSingleton(EgressSeam.Network).AddSingleton<EgressGuard>();
}
