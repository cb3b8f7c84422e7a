using Microsoft.Extensions.DependencyInjection;

namespace ActionMail.Server.Tests.Platform;

/// <summary>
/// One platform, and its owner's browser, for all tests of a class: a start costs a second. Each test brings a service with a registration of its own, and mails
/// of its own, so that none meets what another left.
/// </summary>
public class SharedPlatform : IAsyncLifetime
{
    internal RunningPlatform Running { get; private set; } = null!;

    internal Browser Owner { get; private set; } = null!;

    /// <summary>The limit of clicks is a person's, and the owner is the same person in every test.</summary>
    private protected virtual string[] Settings => ["--Actions:MaxClicksPerMinute=1000000"];

    /// <summary>What else is not as in production.</summary>
    private protected virtual Action<IServiceCollection> Replace => _ => { };

    /// <summary>The clock of all its parts, for tests that pass time.</summary>
    internal PassingTime Clock { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Running = await RunningPlatform.StartAsync(replace: services => Replace(services.AddSingleton<TimeProvider>(Clock)), settings: Settings);
        Owner = await Browser.SignInAsync(Running.Doors, Service.Owner);
    }

    public async ValueTask DisposeAsync()
    {
        Owner.Dispose();
        await Running.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A service of a test's own, registered.</summary>
    internal async Task<Service> RegisteredAsync(StubProvider provider)
    {
        var service = new Service(Running.Doors, provider);
        (await service.RegisterAsync()).EnsureSuccessStatusCode();
        return service;
    }
}

/// <summary>The tests of the way in, on one platform: from a mail's bytes to what its recipients see.</summary>
[CollectionDefinition(Name)]
public sealed class WayIn : ICollectionFixture<SharedPlatform>
{
    public const string Name = "The way in";
}
