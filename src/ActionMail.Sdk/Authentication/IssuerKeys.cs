using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace ActionMail.Sdk;

/// <summary>Whether an issuer has a key: one of the cases below.</summary>
internal abstract record KeyLookup
{
    private KeyLookup() { }

    public sealed record Found(SecurityKey Key) : KeyLookup;

    /// <summary>The issuer publishes no such key.</summary>
    public sealed record Unknown : KeyLookup;

    /// <summary>The issuer's keys cannot be had now.</summary>
    public sealed record Unavailable : KeyLookup;
}

/// <summary>
/// The keys of the issuers, fetched when first needed. They are fetched again every hour, or when a token names an unknown
/// one, but at most once in 5 minutes whatever strangers send (security I-03). While the issuer does not answer, or
/// answers nonsense, the last good keys stay in use for a day.
/// </summary>
internal sealed class IssuerKeys(TimeProvider time, ILogger<IssuerKeys> log) : IDisposable
{
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan RefreshAtMostEvery = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FirstFetchAtMostEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan KeepAtMost = TimeSpan.FromHours(24);

    private readonly KeyDocuments _documents = new();
    private readonly ConcurrentDictionary<string, Cache> _caches = new(StringComparer.Ordinal);

    public async Task<KeyLookup> FindAsync(TokenIssuer issuer, string keyId, CancellationToken cancel)
    {
        var cache = _caches.GetOrAdd(issuer.Issuer, _ => new Cache());
        if (IsDue(cache.Held, keyId))
            await RefreshAsync(issuer, cache, keyId, cancel);

        var held = cache.Held;
        if (held.Keys is not { } keys || time.GetUtcNow() - held.FetchedAt > KeepAtMost)
            return new KeyLookup.Unavailable();
        return keys.TryGetValue(keyId, out var key) ? new KeyLookup.Found(key) : new KeyLookup.Unknown();
    }

    public void Dispose() => _documents.Dispose();

    private bool IsDue(Held held, string keyId)
    {
        var now = time.GetUtcNow();
        if (held.Keys is not { } keys)
            return now - held.TriedAt >= FirstFetchAtMostEvery;
        var wanted = now - held.FetchedAt >= RefreshEvery || !keys.ContainsKey(keyId);
        return wanted && now - held.TriedAt >= RefreshAtMostEvery;
    }

    private async Task RefreshAsync(TokenIssuer issuer, Cache cache, string keyId, CancellationToken cancel)
    {
        // Who has a key to go on with does not wait for another's refresh.
        var mayGoOn = cache.Held.Keys?.ContainsKey(keyId) is true && time.GetUtcNow() - cache.Held.FetchedAt <= KeepAtMost;
        var patience = mayGoOn ? TimeSpan.Zero : Timeout.InfiniteTimeSpan;
        if (!await cache.Gate.WaitAsync(patience, cancel))
            return;
        try
        {
            if (IsDue(cache.Held, keyId))
                cache.Held = await FetchAsync(issuer, cache.Held);
        }
        finally
        {
            cache.Gate.Release();
        }
    }

    private async Task<Held> FetchAsync(TokenIssuer issuer, Held held)
    {
        try
        {
            // Not the request's cancellation: a caller who hangs up must not spend the next 5 minutes' only try.
            var keys = await _documents.FetchAsync(issuer, CancellationToken.None);
            log.KeysFetched(issuer.Issuer, keys.Count);
            var now = time.GetUtcNow();
            return new(keys, FetchedAt: now, TriedAt: now);
        }
        catch (Exception cause) when (cause is HttpRequestException or InvalidDataException or TaskCanceledException)
        {
            log.KeysNotFetched(issuer.Issuer, cause.Message);
            return held with { TriedAt = time.GetUtcNow() };
        }
    }

    private sealed record Held(FrozenDictionary<string, SecurityKey>? Keys, DateTimeOffset FetchedAt, DateTimeOffset TriedAt);

    private sealed class Cache
    {
        private volatile Held _held = new(Keys: null, DateTimeOffset.MinValue, DateTimeOffset.MinValue);

        public SemaphoreSlim Gate { get; } = new(1);

        public Held Held
        {
            get => _held;
            set => _held = value;
        }
    }
}
