using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Threading.Channels;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using ActionMail.Server.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace ActionMail.Server.Tests.Crash;

/// <summary>
/// kill -9 at random moments of 50 deliveries and 50 clicks: every mail whose 250 was read is there, to the byte and once; no click is executed twice; each has a
/// definite word afterwards; the audit has no gap. Security R-01, R-10, R-11.
/// </summary>
public sealed class KillTests
{
    private const int Items = 50;
    private const int Kills = 10;

    // The moments are the same in every run; what they hit is not.
    private readonly Random _moments = new(20261123);
    private readonly PlatformDoors _doors = ServerProcess.NewDoors();
    private readonly SemaphoreSlim _mayDeliver = new(0);
    private readonly SemaphoreSlim _mayClick = new(0);
    private readonly Channel<(int Item, Guid Id)> _delivered = Channel.CreateUnbounded<(int, Guid)>();
    private readonly ConcurrentDictionary<int, string> _words = new();
    private Browser? _owner;
    private int _cutOff;

    [Fact]
    public async Task Nothing_acknowledged_is_lost_and_nothing_is_done_twice()
    {
        using var provider = new StubProvider();
        var answers = new Random(7);
        provider.Behave = async (_, stream, cancel) =>
        {
            await Task.Delay(answers.Next(60), cancel);
            await StubProvider.Answer(stream, "200 OK", "", cancel: cancel);
        };
        var service = new Service(_doors, provider);
        var server = await ServerProcess.StartReadyAsync(_doors);
        try
        {
            (await service.RegisterAsync()).EnsureSuccessStatusCode();
            _owner = await Browser.SignInAsync(_doors, Service.Owner);
            var mails = Enumerable.Range(0, Items).Select(item => MailOf(service, provider, item)).ToList();
            var next = -1;
            var deliveries = Enumerable.Range(0, 2).Select(_ => DeliverAllAsync(mails, () => Interlocked.Increment(ref next))).ToList();
            var clicks = Enumerable.Range(0, 2).Select(_ => ClickAllAsync()).ToList();

            for (var kill = 0; kill < Kills; kill++)
            {
                _mayDeliver.Release(Items / Kills);
                _mayClick.Release(Items / Kills);
                await Task.Delay(_moments.Next(20, 400));
                await server.KillAsync();
                server = await ServerProcess.StartReadyAsync(_doors);
            }
            await Task.WhenAll(deliveries);
            _delivered.Writer.Complete();
            await Task.WhenAll(clicks);
            server.Terminate();
            Assert.Equal(0, await server.ExitAsync());

            await using var after = await RunningPlatform.StartAsync(_doors.Folder);
            await AssertMailAsync(after, mails);
            await AssertClicksAsync(after, provider);
            Assert.Null(AuditLog.FirstBroken(await after.ReadAsync(db => db.AuditEvents.AsNoTracking().OrderBy(line => line.Sequence).ToListAsync())));
            Assert.True(_cutOff > 0, "No kill has hit anything: the test has tested nothing.");
        }
        finally
        {
            await server.DisposeAsync();
            _owner?.Dispose();
        }
    }

    private async Task DeliverAllAsync(List<MimeMessage> mails, Func<int> next)
    {
        while (next() is var item && item < Items)
        {
            await _mayDeliver.WaitAsync();
            var bytes = Service.BytesOf(mails[item]);
            while (await AttemptAsync(() => _doors.DeliverAsync(bytes, Service.Sender, Service.Owner), "") is var reply && !reply.StartsWith("250 2.0.0", StringComparison.Ordinal))
                await PauseAsync();
            await _delivered.Writer.WriteAsync((item, await FindAsync(mails[item])));
        }
    }

    // A click that was cut off is pressed again by the page, as the same click, until there is a word.
    private async Task ClickAllAsync()
    {
        await foreach (var (item, id) in _delivered.Reader.ReadAllAsync())
        {
            await _mayClick.WaitAsync();
            var clickId = Guid.NewGuid();
            while (!_words.ContainsKey(item))
            {
                var answer = await AttemptAsync(async () =>
                {
                    await _owner!.OpenAsync(id);
                    return await _owner.PostAsync($"/api/messages/{id}/actions/a0", new { cardVersion = 1, clickId, inputs = new { } });
                }, null);
                if (answer?.OutcomeState is "done" or "unknown" or "refused")
                    _words[item] = answer.OutcomeState;
                else
                    await PauseAsync();
                // What never left may be pressed again, and that is another click.
                if (answer?.OutcomeState is "failed_not_sent")
                    clickId = Guid.NewGuid();
            }
        }
    }

    private async Task<T> AttemptAsync<T>(Func<Task<T>> what, T cutOff)
    {
        try
        {
            return await what();
        }
        catch (Exception error) when (error is IOException or SocketException or HttpRequestException or OperationCanceledException)
        {
            Interlocked.Increment(ref _cutOff);
            return cutOff;
        }
    }

    private static Task PauseAsync() => Task.Delay(100);

    private static MimeMessage MailOf(Service service, StubProvider provider, int item)
    {
        var mail = service.Mail(service.Card(string.Create(CultureInfo.InvariantCulture, $"{provider.Origin}/click/{item}")));
        mail.Subject = string.Create(CultureInfo.InvariantCulture, $"Item {item}");
        return mail;
    }

    // Not from the 250: the one that was read may be that of a second delivery.
    private async Task<Guid> FindAsync(MimeMessage mail)
    {
        var options = new DbContextOptionsBuilder<ActionMailDb>().UseSqlite($"Data Source={Path.Combine(_doors.Folder, "actionmail.db")}").UseSnakeCaseNamingConvention().Options;
        await using var db = new ActionMailDb(options);
        return await db.Messages.Where(row => row.InternetMessageId == $"<{mail.MessageId}>").Select(row => row.Id).SingleAsync();
    }

    private static async Task AssertMailAsync(RunningPlatform platform, List<MimeMessage> mails)
    {
        var kept = await platform.ReadAsync(db => db.Messages.AsNoTracking().Where(row => row.FromAddress == Service.Sender)
            .Join(db.Mails, row => row.MailId, mail => mail.Id, (row, mail) => new { row.InternetMessageId, mail.Content }).ToListAsync());
        Assert.Equal(mails.Count, kept.Count);
        foreach (var mail in mails)
            Assert.Equal(Service.BytesOf(mail), Assert.Single(kept, row => row.InternetMessageId == $"<{mail.MessageId}>").Content);
    }

    private async Task AssertClicksAsync(RunningPlatform platform, StubProvider provider)
    {
        var seen = provider.Seen.ToList();
        var attempts = await platform.ReadAsync(db => db.Attempts.AsNoTracking().ToListAsync());
        var sending = await platform.ReadAsync(db => db.AuditEvents.Where(line => line.Kind == "action_sending").Select(line => line.Subject).ToListAsync());

        Assert.Equal(Items, _words.Count);
        Assert.Equal(seen.Count, seen.Select(request => request.Header("Action-Request-Id")).Distinct().Count());
        Assert.Equal(seen.Count, seen.Select(request => request.Head.Split(' ')[1]).Distinct().Count());
        Assert.All(seen, request => Assert.Contains(request.Header("Action-Request-Id"), sending));
        Assert.All(attempts, attempt => Assert.True(attempt.State is AttemptState.Done or AttemptState.Unknown or AttemptState.FailedNotSent, attempt.State.ToString()));
        Assert.All(attempts.Where(attempt => attempt.State == AttemptState.Done), attempt => Assert.Single(seen, request => request.Header("Action-Request-Id") == attempt.Id.ToString()));
        Assert.All(attempts.Where(attempt => attempt.State == AttemptState.FailedNotSent), attempt => Assert.DoesNotContain(seen, request => request.Header("Action-Request-Id") == attempt.Id.ToString()));
        foreach (var (item, word) in _words.Where(pair => pair.Value == "done"))
            Assert.True(seen.Count(request => request.Head.StartsWith($"POST /click/{item.ToString(CultureInfo.InvariantCulture)} ", StringComparison.Ordinal)) == 1, $"{item}: {word}");
    }
}
