using ActionMail.Server.Tests.Platform;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Tests.Persistence;

/// <summary>One writer among many readers that take their connections from the same pool.</summary>
public sealed class StoreWriterTests(SharedPlatform shared) : IClassFixture<SharedPlatform>
{
    // Its prepared statements once stayed with a connection that the pool had given to a reader meanwhile, and wrote outside their transaction.
    [Fact]
    public async Task Mail_is_written_in_its_transaction_however_many_read_beside()
    {
        using var provider = new StubProvider();
        var service = await shared.RegisteredAsync(provider);
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                await shared.Running.ReadAsync(db => db.Messages.AsNoTracking().Where(row => row.CardState == Protocol.Verdicts.CardState.Active).CountAsync());
        })).ToList();

        var mails = Enumerable.Range(0, 20).Select(_ => service.Mail(service.Card())).ToList();
        await Parallel.ForEachAsync(mails, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (mail, _) => await service.SendAsync(mail));
        await stop.CancelAsync();
        await Task.WhenAll(readers);

        foreach (var mail in mails)
            Assert.Single(await shared.Running.CopiesAsync(Service.Owner, mail.MessageId));
    }
}
