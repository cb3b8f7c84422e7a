using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ActionMail.Bench.Clicks;

/// <summary>The service that is called: TLS on a loopback port under a public name; it reads the request and says "Done.".</summary>
internal sealed class ClickService : IAsyncDisposable
{
    public const string Host = "service.example.com";

    private readonly WebApplication _app;
    private readonly X509Certificate2 _certificate;
    private int _calls;

    private ClickService(WebApplication app, X509Certificate2 certificate, int port)
    {
        _app = app;
        _certificate = certificate;
        Port = port;
    }

    public int Port { get; }

    public static string Url => $"https://{Host}/approve";

    public string CertificatePem => _certificate.ExportCertificatePem();

    /// <summary>How often it was called since the last time that this was asked.</summary>
    public int TakeCalls() => Interlocked.Exchange(ref _calls, 0);

    public static async Task<ClickService> StartAsync(CancellationToken cancel)
    {
        var (certificate, port) = (MakeCertificate(), Accept.Ports.Free());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.UseHttps(certificate)));
        var service = new ClickService(builder.Build(), certificate, port);
        service._app.MapPost("/approve", service.AnswerAsync);
        await service._app.StartAsync(cancel);
        return service;
    }

    /// <summary>A client that reaches the service under its public name and trusts its certificate; otherwise as the platform's own.</summary>
    public HttpMessageInvoker NewClient()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificate(_certificate.RawData));
        return new(new SocketsHttpHandler
        {
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            ConnectCallback = async (_, stop) => await ConnectAsync(stop),
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy },
        });
    }

    /// <summary>The last step to the network, whatever address the name led to.</summary>
    public async Task<Stream> ConnectAsync(CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, Port, cancel);
        return new NetworkStream(socket, ownsSocket: true);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        Interlocked.Increment(ref _calls);
        http.Response.Headers["CARD-ACTION-STATUS"] = "Done.";
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Host);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        // With its key in memory in the form that TLS takes.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
