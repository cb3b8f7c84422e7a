using Microsoft.Extensions.Options;

namespace ActionMail.Server.Actions;

/// <summary>
/// Gives attempts that were cut off their definite word: all of them at the start, before anything listens; later those whose end could not be recorded, once the
/// store takes writes again. Nothing is sent again.
/// </summary>
internal sealed class AttemptRecovery(ActionStore store, RunningAttempts running, IOptions<ActionOptions> options, TimeProvider time, ILogger<AttemptRecovery> log) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancel)
    {
        await SettleAsync(time.GetUtcNow(), cancel);
        await base.StartAsync(cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(options.Value.AbandonedAfter, time);
        while (await timer.WaitForNextTickAsync(cancel))
        {
            try
            {
                await SettleAsync(time.GetUtcNow() - options.Value.AbandonedAfter, cancel);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                log.NotSettled(error);
            }
        }
    }

    private async Task SettleAsync(DateTimeOffset claimedBefore, CancellationToken cancel)
    {
        if (await store.SettleAbandonedAsync(claimedBefore, running.Contains, cancel) is > 0 and var count)
            log.Settled(count);
    }
}
