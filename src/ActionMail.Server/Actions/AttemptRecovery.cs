namespace ActionMail.Server.Actions;

/// <summary>At the start, before anything listens: gives the attempts that a crash cut off their definite word. Nothing is sent again.</summary>
internal sealed class AttemptRecovery(ActionStore store, ILogger<AttemptRecovery> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancel)
    {
        if (await store.SettleAbandonedAsync(cancel) is > 0 and var count)
            log.Settled(count);
    }

    public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;
}
