using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ActionMail.Sdk.Tests;

/// <summary>
/// A platform's token service on loopback: discovery and key set over real HTTP, counted, and to be broken at will; and a
/// mint that signs whatever header and payload it is given.
/// </summary>
public sealed class TestIssuer : IAsyncDisposable
{
    private static readonly RSA SharedKey = RSA.Create(2048);

    private readonly WebApplication _app;

    private TestIssuer(WebApplication app) => _app = app;

    public RSA Key => SharedKey;

    public string KeyId { get; set; } = "key-1";

    public Uri Address { get; private set; } = null!;

    public string Issuer => $"{Address.GetLeftPart(UriPartial.Authority)}/sts/";

    public int KeySetRequests { get; private set; }

    public int DiscoveryRequests { get; private set; }

    /// <summary>The keys that are published; at first <see cref="Key"/> alone.</summary>
    public JsonArray Keys { get; set; } = [];

    /// <summary>Answers in the place of the discovery document.</summary>
    public Func<IResult>? Discovery { get; set; }

    /// <summary>Answers in the place of the key set.</summary>
    public Func<IResult>? KeySet { get; set; }

    public static async Task<TestIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var issuer = new TestIssuer(app);
        issuer.Keys.Add(Jwk(issuer.Key, issuer.KeyId));
        app.MapGet("/sts/common/.well-known/openid-configuration", issuer.AnswerDiscovery);
        app.MapGet("/tenant-1/v2.0/.well-known/openid-configuration", () => Document($"{issuer.Address.GetLeftPart(UriPartial.Authority)}/tenant-1/v2.0", issuer.KeySetAddress));
        app.MapGet("/keys", issuer.AnswerKeySet);
        await app.StartAsync();
        issuer.Address = new Uri(app.Urls.Single());
        return issuer;
    }

    public string KeySetAddress => new Uri(Address, "/keys").AbsoluteUri;

    public static IResult Document(string issuer, string keySet) =>
        Results.Text(new JsonObject { ["issuer"] = issuer, ["jwks_uri"] = keySet }.ToJsonString(), "application/json");

    public static JsonObject Jwk(RSA key, string kid)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["alg"] = "RS256",
            ["kid"] = kid,
            ["n"] = Base64Url.EncodeToString(parameters.Modulus),
            ["e"] = Base64Url.EncodeToString(parameters.Exponent),
        };
    }

    public string Mint(ActionTokenParts parts) => Mint(parts.Header.ToJsonString(), parts.Claims.ToJsonString());

    public string Mint(string header, string claims, Func<byte[], byte[]>? sign = null)
    {
        var input = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
        sign ??= data => Key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{input}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(input)))}";
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult AnswerDiscovery()
    {
        DiscoveryRequests++;
        return Discovery?.Invoke() ?? Document(Issuer, KeySetAddress);
    }

    private IResult AnswerKeySet()
    {
        KeySetRequests++;
        return KeySet?.Invoke() ?? Results.Text(new JsonObject { ["keys"] = Keys.DeepClone() }.ToJsonString(), "application/json");
    }
}
