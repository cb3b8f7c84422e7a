using System.Collections.Concurrent;

namespace ActionMail.Server.Actions;

/// <summary>The attempts that this process carries out now: a second click waits for the first one's outcome, and a stopping process for them all.</summary>
internal sealed class RunningAttempts : IHostedService
{
    private readonly ConcurrentDictionary<Guid, Task> _running = new();

    /// <summary>Carries an attempt out beside the request that asked for it: closing the browser does not stop it.</summary>
    public Task Start(Guid attemptId, Func<Task> carryOut)
    {
        var task = Task.Run(async () =>
        {
            try
            {
                await carryOut();
            }
            finally
            {
                _running.TryRemove(attemptId, out _);
            }
        });
        _running[attemptId] = task;
        if (task.IsCompleted)
            _running.TryRemove(attemptId, out _);
        return task;
    }

    /// <summary>Whether this process carries the attempt out.</summary>
    public bool Contains(Guid attemptId) => _running.ContainsKey(attemptId);

    /// <summary>Waits until the attempt has ended, if this process carries it out.</summary>
    public Task WaitAsync(Guid attemptId, CancellationToken cancel) =>
        _running.TryGetValue(attemptId, out var task) ? task.WaitAsync(cancel) : Task.CompletedTask;

    public Task StartAsync(CancellationToken cancel) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancel) => Task.WhenAll(_running.Values).WaitAsync(cancel);
}
