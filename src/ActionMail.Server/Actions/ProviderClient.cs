using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Cards;
using ActionMail.Server.Network;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Actions;

/// <summary>The platform's own part of an action request. Protocol §6.</summary>
internal sealed record CallHeaders(string Token, Guid ActionRequestId, string? CorrelationId, string InternetMessageId, string ProviderId);

/// <summary>
/// Calls a provider: one deadline over everything, a byte cap as the answer comes, no redirects, no cookies, no proxy, no second sending, and a closed set of
/// faults that tells whether the request can have arrived. Security F-05, G-05 to G-07, G-13, G-15, G-16, PF-1 to PF-4.
/// </summary>
internal sealed class ProviderClient(EgressGuard guard, IOptions<ActionOptions> options, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, Pool> _pools = new(StringComparer.Ordinal);

    public async Task<ProviderAnswer> SendAsync(ActionRequest request, CallHeaders headers, CancellationToken cancel)
    {
        var pool = _pools.GetOrAdd(headers.ProviderId, _ => new(guard, options.Value));
        if (!pool.TryEnter())
            return new ProviderAnswer.NotSent(CallFault.Busy);
        try
        {
            using var deadline = new CancellationTokenSource(options.Value.CallDeadline, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancel);
            return await SendAsync(pool.Client, request, headers, either.Token);
        }
        finally
        {
            pool.Leave();
        }
    }

    public void Dispose()
    {
        foreach (var pool in _pools.Values)
            pool.Client.Dispose();
    }

    private async Task<ProviderAnswer> SendAsync(HttpMessageInvoker client, ActionRequest request, CallHeaders headers, CancellationToken cancel)
    {
        using var message = Compose(request, headers, out var content);
        try
        {
            using var response = await client.SendAsync(message, cancel);
            return await ProviderAnswerReader.ReadAsync(response, options.Value.MaxResponseBytes, cancel);
        }
        catch (OperationCanceledException)
        {
            return content.HasLeft ? new ProviderAnswer.Unanswered(CallFault.TimedOut) : new ProviderAnswer.NotSent(CallFault.TimedOut);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            var fault = FaultOf(error);
            return content.HasLeft ? new ProviderAnswer.Unanswered(fault) : new ProviderAnswer.NotSent(fault);
        }
    }

    private static HttpRequestMessage Compose(ActionRequest request, CallHeaders headers, out WatchedContent content)
    {
        // Content is never null, not even for GET: a request without it is silently sent a second time when the connection breaks (PF-2).
        content = new(request.Body is null ? [] : Encoding.UTF8.GetBytes(request.Body));
        // The card's own headers go out as they stand: their names are on a list and their values visible ASCII (CardHeaderRules), which is all that the wire asks.
        if (request.Body is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        var message = new HttpRequestMessage(request.Method == HttpVerb.Get ? HttpMethod.Get : HttpMethod.Post, request.Url.Uri)
        {
            Content = content,
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        foreach (var (name, value) in request.Headers)
            message.Headers.TryAddWithoutValidation(name, value);
        message.Headers.Add(request.UsesActionAuthorization ? ActionHeaders.ActionAuthorization : "Authorization", "Bearer " + headers.Token);
        message.Headers.Add(ActionHeaders.ActionRequestId, headers.ActionRequestId.ToString("D"));
        message.Headers.Add(ActionHeaders.ProviderId, headers.ProviderId);
        AddIfHeaderText(message, ActionHeaders.CardCorrelationId, headers.CorrelationId);
        AddIfHeaderText(message, ActionHeaders.MessageId, headers.InternetMessageId);
        message.Headers.Add("User-Agent", "ActionMail/1.0");
        return message;
    }

    // These two come from the mail: anything but visible ASCII is left out rather than sent mended.
    private static void AddIfHeaderText(HttpRequestMessage message, string name, string? value)
    {
        if (value is { Length: > 0 and <= 998 } && value.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0)
            message.Headers.Add(name, value);
    }

    private static CallFault FaultOf(Exception error) => error switch
    {
        { InnerException: EgressRefusedException } or EgressRefusedException => CallFault.TargetBlocked,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => CallFault.NameNotFound,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => CallFault.TlsFailed,
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError, InnerException: System.Net.Sockets.SocketException { SocketErrorCode: System.Net.Sockets.SocketError.HostNotFound } } => CallFault.NameNotFound,
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => CallFault.ConnectFailed,
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded } => CallFault.BadAnswer,
        _ => CallFault.ConnectionLost,
    };

    /// <summary>A body that knows whether it was asked for: before that, not a byte of the request has left.</summary>
    private sealed class WatchedContent(byte[] bytes) : HttpContent
    {
        public bool HasLeft { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            HasLeft = true;
            await stream.WriteAsync(bytes, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }

    /// <summary>A provider's own connections and its share of the calls: one slow provider is nobody else's trouble.</summary>
    private sealed class Pool(EgressGuard guard, ActionOptions options)
    {
        private int _inFlight;

        public HttpMessageInvoker Client { get; } = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            ConnectTimeout = options.ConnectDeadline,
            ConnectCallback = guard.ConnectAsync,
            MaxConnectionsPerServer = options.MaxConnectionsPerProvider,
            MaxResponseHeadersLength = options.MaxResponseHeadersKiB,
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            // Short: a connection that the provider is about to close would cost a click its answer.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(3),
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                CertificateChainPolicy = AuthorityBundle.ChainPolicy(options.AuthorityBundle),
            },
        });

        public bool TryEnter()
        {
            if (Interlocked.Increment(ref _inFlight) <= options.MaxInFlightPerProvider)
                return true;
            Leave();
            return false;
        }

        public void Leave() => Interlocked.Decrement(ref _inFlight);
    }
}
