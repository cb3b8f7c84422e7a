using System.Collections.Concurrent;
using ActionMail.Mail.Dns;

namespace ActionMail.Server.Network;

/// <summary>Answers from the DNS servers, kept for as long as they live. Whoever asks what is being asked already waits for that answer.</summary>
internal sealed class DnsResolver(DnsOptions options, TimeProvider time) : IDnsLookup
{
    private readonly DnsServers _servers = new(options);
    private readonly DnsCache _cache = new(options.MaxKept, time);
    private readonly ConcurrentDictionary<DnsQuestion, Lazy<Task<DnsAnswer>>> _underWay = [];

    // The question goes on when one who asked gives up: others may wait for it, and the next one finds it answered. It ends by the servers' patience.
    public Task<DnsAnswer> AskAsync(DnsQuestion question, CancellationToken cancel) => _cache.Find(question) is { } known
        ? Task.FromResult(known)
        : _underWay.GetOrAdd(question, asked => new(() => AskServersAsync(asked))).Value.WaitAsync(cancel);

    private async Task<DnsAnswer> AskServersAsync(DnsQuestion question)
    {
        try
        {
            if (_cache.Find(question) is { } known)
                return known;
            var reply = await _servers.AskAsync(question);
            _cache.Keep(question, reply);
            return reply.Answer;
        }
        finally
        {
            _underWay.TryRemove(question, out _);
        }
    }
}
