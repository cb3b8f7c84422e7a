using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ActionMail.Bench.Clicks;

/// <summary>
/// The least that a broker can be: takes a POST, signs a token of the same claims with credentials that are kept, calls the service over TLS and passes its
/// answer on. No person, no card, no record.
/// </summary>
internal sealed class Forwarder : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _client;
    private readonly JsonWebTokenHandler _tokens = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials _credentials = new(new RsaSecurityKey(RSA.Create(2048)) { KeyId = "bench" }, SecurityAlgorithms.RsaSha256);

    private Forwarder(WebApplication app, HttpMessageInvoker client, Uri url)
    {
        _app = app;
        _client = client;
        Url = url;
    }

    public Uri Url { get; }

    public static async Task<Forwarder> StartAsync(ClickService service, CancellationToken cancel)
    {
        var port = Accept.Ports.Free();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var forwarder = new Forwarder(builder.Build(), service.NewClient(), new($"http://localhost:{port}/forward"));
        forwarder._app.MapPost("/forward", forwarder.ForwardAsync);
        await forwarder._app.StartAsync(cancel);
        return forwarder;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task ForwardAsync(HttpContext http)
    {
        var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        using var message = new HttpRequestMessage(HttpMethod.Post, ClickService.Url) { Content = new ByteArrayContent(body.ToArray()) };
        message.Content.Headers.ContentType = new("application/json");
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token());
        using var answer = await _client.SendAsync(message, http.RequestAborted);
        http.Response.StatusCode = (int)answer.StatusCode;
        http.Response.Headers["CARD-ACTION-STATUS"] = answer.Headers.GetValues("CARD-ACTION-STATUS").First();
    }

    private string Token()
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return _tokens.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "http://localhost/sts/",
            Audience = $"https://{ClickService.Host}",
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddMinutes(5),
            SigningCredentials = _credentials,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["appid"] = "48af08dc-f6d2-435f-b2a7-069abd99c086",
                ["appidacr"] = "2",
                ["acr"] = "0",
                ["ver"] = "STI.ExternalAccessToken.V1",
                ["sub"] = "owner@contoso.test",
                ["oid"] = "7e1b3c52-9f0d-4d7a-a6c8-51e2f4b7d101",
                ["tid"] = "0c0a1e5c-5f7e-4a6b-8e1d-3b1f6d2a9c01",
                ["sender"] = "service@contoso.test",
                ["originator"] = "2b4f6a0c-0000-4000-8000-000000000001",
                ["name"] = "Adele Vance",
                ["jti"] = Guid.NewGuid().ToString("D"),
            },
        });
    }
}
