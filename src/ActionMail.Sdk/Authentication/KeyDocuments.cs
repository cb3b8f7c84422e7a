using System.Buffers.Text;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace ActionMail.Sdk;

/// <summary>Fetches an issuer's discovery document and key set, and takes from them the keys that may verify a token.</summary>
internal sealed class KeyDocuments : IDisposable
{
    private const int MinimumRsaBits = 2048;

    // Nothing may lead away from the configured address: no redirect, no cookie, no endless body.
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = 512 * 1024,
    };

    public static bool MayFetch(Uri address) =>
        address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttps || IsLoopbackHttp(address));

    /// <summary>The usable keys by <c>kid</c>: never empty.</summary>
    /// <exception cref="InvalidDataException">A document is not what it must be.</exception>
    /// <exception cref="HttpRequestException">A document could not be fetched.</exception>
    public async Task<FrozenDictionary<string, SecurityKey>> FetchAsync(TokenIssuer issuer, CancellationToken cancel)
    {
        using var discovery = await FetchJsonAsync(issuer.MetadataAddress, cancel);
        var named = Text(discovery.RootElement, "issuer");
        if (named != issuer.Issuer)
            throw new InvalidDataException($"The discovery document is of the issuer '{named}', not of '{issuer.Issuer}'.");
        if (!Uri.TryCreate(Text(discovery.RootElement, "jwks_uri"), UriKind.Absolute, out var keySet)
            || !MayFetch(keySet)
            || (IsLoopbackHttp(keySet) && !IsLoopbackHttp(issuer.MetadataAddress)))
            throw new InvalidDataException("The discovery document's jwks_uri is not an https address.");

        using var keys = await FetchJsonAsync(keySet, cancel);
        var usable = Usable(keys.RootElement);
        return usable.Count > 0
            ? usable
            : throw new InvalidDataException($"The key set holds no RSA key of {MinimumRsaBits} bits or more for RS256 signatures.");
    }

    public void Dispose() => _http.Dispose();

    private static bool IsLoopbackHttp(Uri address) => address.Scheme == Uri.UriSchemeHttp && address.IsLoopback;

    private async Task<JsonDocument> FetchJsonAsync(Uri address, CancellationToken cancel)
    {
        using var response = await _http.GetAsync(address, cancel);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"{address} answered {(int)response.StatusCode}.");
        var body = await response.Content.ReadAsByteArrayAsync(cancel);
        try
        {
            var document = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document
                : throw new InvalidDataException($"{address} is not a JSON object.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{address} is not JSON.", e);
        }
    }

    private static FrozenDictionary<string, SecurityKey> Usable(JsonElement keySet)
    {
        var usable = new Dictionary<string, SecurityKey>(StringComparer.Ordinal);
        if (keySet.TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array)
        {
            foreach (var jwk in keys.EnumerateArray().Where(jwk => jwk.ValueKind == JsonValueKind.Object))
            {
                if (Text(jwk, "kid") is { Length: > 0 } kid && Key(jwk, kid) is { } key)
                    usable.TryAdd(kid, key);
            }
        }
        return usable.ToFrozenDictionary(StringComparer.Ordinal);
    }

    // RFC 7517 §4: a key for encryption, for another algorithm or of another kind is not ours to use.
    private static RsaSecurityKey? Key(JsonElement jwk, string kid)
    {
        if (Text(jwk, "kty") != "RSA" || Text(jwk, "use") is not (null or "sig") || Text(jwk, "alg") is not (null or "RS256"))
            return null;
        try
        {
            var parameters = new RSAParameters
            {
                Modulus = Base64Url.DecodeFromChars(Text(jwk, "n")),
                Exponent = Base64Url.DecodeFromChars(Text(jwk, "e")),
            };
            var key = new RsaSecurityKey(parameters) { KeyId = kid };
            return parameters.Modulus.AsSpan().TrimStart((byte)0).Length * 8 >= MinimumRsaBits ? key : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
