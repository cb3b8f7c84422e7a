using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ActionMail.Server.Persistence;

/// <summary>
/// Group commit: everything that is written goes through here, and what waits together is committed together, so that one fsync
/// serves many. A caller's task ends after the commit that holds its work, never before; work that throws is rolled back alone.
/// </summary>
internal sealed class StoreWriter(IDbContextFactory<ActionMailDb> contexts, ILogger<StoreWriter> log) : IHostedService, IDisposable
{
    private const int MostPerCommit = 256;

    private readonly Channel<IPendingWrite> _waiting = Channel.CreateBounded<IPendingWrite>(
        new BoundedChannelOptions(4_096) { SingleReader = true, AllowSynchronousContinuations = false });

    private Task _running = Task.CompletedTask;

    /// <summary>Runs the work in the next commit. It must be quick, synchronous and may run once only.</summary>
    public async Task<T> WriteAsync<T>(Func<ActionMailDb, T> work, CancellationToken cancel)
    {
        var write = new PendingWrite<T>(work);
        await _waiting.Writer.WriteAsync(write, cancel);
        return await write.Committed;
    }

    public Task StartAsync(CancellationToken cancel)
    {
        // SQLite works synchronously: a thread of its own keeps it off the pool.
        _running = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancel)
    {
        _waiting.Writer.TryComplete();
        await _running.WaitAsync(cancel);
    }

    public void Dispose() => _waiting.Writer.TryComplete();

    private void Run()
    {
        ActionMailDb? db = null;
        var batch = new List<IPendingWrite>(MostPerCommit);
        while (WaitForBatch(batch))
        {
            try
            {
                db ??= Open();
                Commit(db, batch);
            }
            catch (Exception error)
            {
                // A failed commit says nothing about what is on disk: nobody is told "stored", and the connection is not used again.
                log.CommitFailed(batch.Count, error);
                batch.ForEach(write => write.Fail(error));
                db?.Dispose();
                db = null;
            }
            batch.Clear();
        }
        db?.Dispose();
    }

    // Held open: what is prepared on this connection stays with it, and no commit begins with the pragmas of a fresh one.
    private ActionMailDb Open()
    {
        var db = contexts.CreateDbContext();
        db.Database.OpenConnection();
        return db;
    }

    private bool WaitForBatch(List<IPendingWrite> batch)
    {
        if (!_waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            return false;
        while (batch.Count < MostPerCommit && _waiting.Reader.TryRead(out var write))
            batch.Add(write);
        return true;
    }

    private static void Commit(ActionMailDb db, List<IPendingWrite> batch)
    {
        using var transaction = db.Database.BeginTransaction();
        foreach (var write in batch)
            RunAlone(db, transaction, write);
        transaction.Commit();
        foreach (var write in batch)
            write.Complete();
    }

    private static void RunAlone(ActionMailDb db, IDbContextTransaction transaction, IPendingWrite write)
    {
        const string mark = "one_write";
        transaction.CreateSavepoint(mark);
        try
        {
            write.Run(db);
            transaction.ReleaseSavepoint(mark);
        }
        catch (Exception error)
        {
            transaction.RollbackToSavepoint(mark);
            write.Fail(error);
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    private interface IPendingWrite
    {
        void Run(ActionMailDb db);

        void Complete();

        void Fail(Exception error);
    }

    private sealed class PendingWrite<T>(Func<ActionMailDb, T> work) : IPendingWrite
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;

        public Task<T> Committed => _done.Task;

        public void Run(ActionMailDb db) => _result = work(db);

        public void Complete() => _done.TrySetResult(_result!);

        public void Fail(Exception error) => _done.TrySetException(error);
    }
}

internal static partial class StoreLog // 1000–1099
{
    [LoggerMessage(1001, LogLevel.Error, "A commit of {Count} writes failed; none of them is acknowledged")]
    public static partial void CommitFailed(this ILogger logger, int count, Exception error);
}
