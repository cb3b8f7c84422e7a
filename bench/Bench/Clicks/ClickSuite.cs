using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace ActionMail.Bench.Clicks;

/// <summary>
/// A click, from the page's POST to the service's answer, beside a forwarder that does nothing but sign and pass on, and beside the same POST sent to the
/// service directly. 8 clients at once for the rate; one alone for the time of a click, whose difference to the direct POST is what the broker adds.
/// </summary>
internal sealed class ClickSuite
{
    private const int Clients = 8;
    private const int MailsPerClient = 32;

    private readonly Broker _broker;
    private readonly ClickService _service;
    private readonly List<Guid> _mails;
    private int _clicks;

    private ClickSuite(Broker broker, ClickService service, List<Guid> mails)
    {
        _broker = broker;
        _service = service;
        _mails = mails;
    }

    public static async Task<IReadOnlyList<Comparison>> RunAsync(Settings settings, CancellationToken cancel)
    {
        await using var service = await ClickService.StartAsync(cancel);
        await using var forwarder = await Forwarder.StartAsync(service, cancel);
        await using var broker = await Broker.StartAsync(service, cancel);
        using var direct = service.NewClient();
        using var toForwarder = new HttpMessageInvoker(new SocketsHttpHandler { UseCookies = false, UseProxy = false, ActivityHeadersPropagator = null });
        using var toBroker = broker.NewClient();
        var suite = new ClickSuite(broker, service, await broker.PrepareAsync(Clients * MailsPerClient, cancel));
        (string Name, HttpMessageInvoker Client, Func<int, int, HttpRequestMessage> Request)[] ways =
        [
            ("forwarder that signs (RS256)", toForwarder, (_, number) => Post(forwarder.Url, number)),
            ("ActionMail (SQLite, synchronous=FULL)", toBroker, suite.Click),
            ("direct POST", direct, (_, number) => Post(new(ClickService.Url), number)),
        ];
        var rate = await Rounds.RunAsync($"Clicks over TLS, {Clients} clients", "clicks/s", settings,
            [.. ways.Select(way => new Contender(way.Name, stop => suite.RateAsync(way.Client, way.Request, settings.ClickSeconds, stop)))], cancel);
        var alone = await Rounds.RunAsync("One click at a time, median", "ms", settings,
            [.. ways.Reverse().Select(way => new Contender(way.Name, stop => suite.TimeAsync(way.Client, way.Request, settings.ClickSeconds, stop)))], cancel);
        await broker.RequireRecordedAsync(suite._clicks, cancel);
        return [rate, alone];
    }

    private async Task<double> RateAsync(HttpMessageInvoker client, Func<int, int, HttpRequestMessage> request, double seconds, CancellationToken cancel)
    {
        _service.TakeCalls();
        var began = Stopwatch.GetTimestamp();
        var times = await Task.WhenAll(Enumerable.Range(0, Clients).Select(own => Task.Run(() => RunAsync(client, number => request(own, number), seconds, cancel), cancel)));
        var count = times.Sum(each => each.Count);
        var rate = count / Stopwatch.GetElapsedTime(began).TotalSeconds;
        RequireCalled(count);
        return rate;
    }

    private async Task<double> TimeAsync(HttpMessageInvoker client, Func<int, int, HttpRequestMessage> request, double seconds, CancellationToken cancel)
    {
        _service.TakeCalls();
        var times = await RunAsync(client, number => request(0, number), seconds, cancel);
        RequireCalled(times.Count);
        return Rounds.MedianOf(times);
    }

    private void RequireCalled(int count)
    {
        if (_service.TakeCalls() is var calls && calls != count)
            throw new InvalidOperationException($"{count} clicks came to {calls} calls.");
    }

    /// <summary>One client's clicks, one after the other; the time of each in milliseconds.</summary>
    private static async Task<List<double>> RunAsync(HttpMessageInvoker client, Func<int, HttpRequestMessage> next, double seconds, CancellationToken cancel)
    {
        var times = new List<double>();
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began).TotalSeconds < seconds)
        {
            var pressed = Stopwatch.GetTimestamp();
            using var request = next(times.Count);
            using var answer = await client.SendAsync(request, cancel);
            var text = await answer.Content.ReadAsStringAsync(cancel);
            if (answer.StatusCode != HttpStatusCode.OK)
                throw new InvalidOperationException($"A click was answered {(int)answer.StatusCode}: {text}");
            times.Add(Stopwatch.GetElapsedTime(pressed).TotalMilliseconds);
        }
        return times;
    }

    // A client goes through mails of its own, so that no two of its clicks wait for each other; every click says something else.
    private HttpRequestMessage Click(int client, int number) =>
        _broker.Click(_mails[(client * MailsPerClient) + (number % MailsPerClient)], $"Approved as number {Interlocked.Increment(ref _clicks)}");

    private static HttpRequestMessage Post(Uri url, int number)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes($"{{\"comment\":\"Approved as number {number}\"}}"));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return new(HttpMethod.Post, url) { Content = content };
    }
}
