using ActionMail.Server.Inbox;
using ActionMail.Server.Persistence;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Outbound;

/// <summary>
/// Hands what waits to the relay, one mail at a time: claim, send, settle. A process that ends between the relay's last word and the record of it sends once more after
/// the next start, with the same Message-ID; SMTP has no way to ask whether a mail has come (RFC 5321 §4.5.5 has receivers live with it).
/// </summary>
internal sealed class RelayQueue(SentStore store, RelayClient relay, LiveViews views, IOptions<OutboundOptions> options, TimeProvider time, ILogger<RelayQueue> log) : BackgroundService
{
    private static readonly TimeSpan RecordAgainAfter = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _wake = new(0);

    /// <summary>There is something new.</summary>
    public void Wake() => _wake.Release();

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken cancel)
    {
        if (options.Value.Host is null)
            return;
        var isReleased = false;
        while (true)
        {
            try
            {
                isReleased = isReleased || await store.ReleaseAsync(cancel) >= 0;
                while (await store.ClaimAsync(time.GetUtcNow(), cancel) is { } claimed)
                    await SettleAsync(claimed, await relay.SendAsync(claimed, cancel), cancel);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // What it held is free again; nobody else claims.
                isReleased = false;
                log.QueueFaulted(error);
            }
            await _wake.WaitAsync(options.Value.FirstPause, cancel);
        }
    }

    // The relay has spoken; while the store takes no writes its word is kept here, and the relay is not asked again.
    private async Task SettleAsync(ClaimedMail claimed, IReadOnlyDictionary<string, RelayAnswer> answers, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                await store.SettleAsync(claimed, answers, time.GetUtcNow(), cancel);
                log.Relayed(claimed.Mail.Id, answers.Values.Count(answer => answer is RelayAnswer.Taken), answers.Count);
                views.TellList(claimed.Mail.PersonId, new("changed", claimed.Mail.MessageId));
                return;
            }
            catch (Exception error) when (StoreFault.IsIn(error))
            {
                log.NotSettled(claimed.Mail.Id, error);
                await Task.Delay(RecordAgainAfter, time, cancel);
            }
        }
    }
}
