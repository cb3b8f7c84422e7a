using System.Net;
using System.Security.Authentication;
using System.Text;
using ActionMail.Server.Actions;
using ActionMail.Server.Network;
using ActionMail.Server.Persistence;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Accounts.Domains;

/// <summary>
/// The file of a host that proves it to be an organization's, over TLS alone: through the guard, without redirects, at most so long and so many bytes. Security J-05, G-03.
/// </summary>
internal sealed class ProofFile(EgressGuard guard, IOptions<ActionOptions> calls, IOptions<AccountOptions> accounts, TimeProvider time) : IDisposable
{
    public const string Path = "/.well-known/actionmail-challenge.txt";
    private const int MaxBytes = 1_024;

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectCallback = guard.ConnectAsync,
        MaxResponseHeadersLength = 16,
        PooledConnectionLifetime = TimeSpan.Zero,
        SslOptions = new() { EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13, CertificateChainPolicy = AuthorityBundle.ChainPolicy(calls.Value.AuthorityBundle) },
    });

    public async Task<DomainFinding> ReadAsync(string host, string text, CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(accounts.Value.Domains.Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancel);
        try
        {
            using var answer = await _http.GetAsync(new Uri($"https://{host}{Path}"), HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (answer.StatusCode != HttpStatusCode.OK)
                return new DomainFinding.Missing($"https://{host}{Path} was answered with {(int)answer.StatusCode}.");
            var found = await ReadAsync(answer.Content, either.Token);
            return string.Equals(found.Trim(), text, StringComparison.Ordinal)
                ? new DomainFinding.Found(ProofWay.File)
                : new DomainFinding.Missing($"https://{host}{Path} is there, and not with this text.");
        }
        catch (Exception error) when (error is HttpRequestException or IOException || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return new DomainFinding.Unavailable($"https://{host}{Path} could not be read.");
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<string> ReadAsync(HttpContent content, CancellationToken cancel)
    {
        var buffer = new byte[MaxBytes];
        await using var stream = await content.ReadAsStreamAsync(cancel);
        return Encoding.UTF8.GetString(buffer, 0, await stream.ReadAtLeastAsync(buffer, MaxBytes, throwOnEndOfStream: false, cancel));
    }
}
