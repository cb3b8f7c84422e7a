using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ActionMail.Sdk.Tests;

/// <summary>The issuer's keys over time and in trouble. Security I-03, I-04.</summary>
public sealed class IssuerKeysTests : IAsyncLifetime
{
    private TestIssuer _issuer = null!;
    private TestService _service = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _service = await TestService.StartAsync(_issuer);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task Many_first_requests_at_once_fetch_the_keys_once_and_all_succeed()
    {
        var statuses = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => ActAsync()));

        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal((1, 1), (_issuer.DiscoveryRequests, _issuer.KeySetRequests));
    }

    [Fact]
    public async Task Tokens_with_unknown_keys_cause_one_request_in_five_minutes()
    {
        Assert.Equal(HttpStatusCode.OK, await ActAsync());

        await StormAsync();
        Assert.Equal(1, _issuer.KeySetRequests);
        _service.Time.Advance(TimeSpan.FromMinutes(5));
        await StormAsync();

        Assert.Equal(2, _issuer.KeySetRequests);
        Assert.Equal(HttpStatusCode.OK, await ActAsync());
    }

    [Fact]
    public async Task A_rotated_key_is_found_without_a_restart()
    {
        Assert.Equal(HttpStatusCode.OK, await ActAsync());
        _issuer.KeyId = "key-2";
        _issuer.Keys.Add(TestIssuer.Jwk(_issuer.Key, "key-2"));

        Assert.Equal(HttpStatusCode.Unauthorized, await ActAsync());
        _service.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(HttpStatusCode.OK, await ActAsync());
    }

    [Fact]
    public async Task A_withdrawn_key_is_dropped_within_the_hour()
    {
        Assert.Equal(HttpStatusCode.OK, await ActAsync());
        using var other = RSA.Create(2048);
        _issuer.Keys = [TestIssuer.Jwk(other, "key-2")];
        _service.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(HttpStatusCode.Unauthorized, await ActAsync());
    }

    public static TheoryData<string, Action<TestIssuer>> Trouble => new()
    {
        { "500 for the key set", issuer => issuer.KeySet = () => Results.StatusCode(500) },
        { "500 for the discovery", issuer => issuer.Discovery = () => Results.StatusCode(500) },
        { "an empty key set", issuer => issuer.KeySet = () => Results.Text("""{"keys":[]}""") },
        { "no JSON", issuer => issuer.KeySet = () => Results.Text("<html>") },
        { "JSON, but no object", issuer => issuer.KeySet = () => Results.Text("[]") },
        { "10 MB", issuer => issuer.KeySet = () => Results.Text(new string(' ', 10_000_000) + "{}") },
        { "a redirect", issuer => issuer.KeySet = () => Results.Redirect($"{issuer.Address}elsewhere") },
        { "another issuer's discovery", issuer => issuer.Discovery = () => TestIssuer.Document("https://evil.test/sts/", issuer.KeySetAddress) },
        { "a key set without TLS", issuer => issuer.Discovery = () => TestIssuer.Document(issuer.Issuer, "http://keys.example.test/") },
        { "a key set in a file", issuer => issuer.Discovery = () => TestIssuer.Document(issuer.Issuer, "file:///etc/hostname") },
        { "no jwks_uri", issuer => issuer.Discovery = () => TestIssuer.Document(issuer.Issuer, "") },
    };

    [Theory]
    [MemberData(nameof(Trouble))]
    public async Task In_trouble_the_last_good_keys_stay(string what, Action<TestIssuer> makeTrouble)
    {
        Assert.Equal(HttpStatusCode.OK, await ActAsync());
        makeTrouble(_issuer);

        _service.Time.Advance(TimeSpan.FromHours(2));
        Assert.True(await ActAsync() is HttpStatusCode.OK, what);
        _service.Time.Advance(TimeSpan.FromHours(23));
        Assert.True(await ActAsync() is HttpStatusCode.ServiceUnavailable, what);   // a day old: nobody knows any more
    }

    [Theory]
    [MemberData(nameof(Trouble))]
    public async Task In_trouble_from_the_start_the_answer_is_503_until_it_is_over(string what, Action<TestIssuer> makeTrouble)
    {
        makeTrouble(_issuer);
        Assert.True(await ActAsync() is HttpStatusCode.ServiceUnavailable, what);
        (_issuer.KeySet, _issuer.Discovery) = (null, null);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ActAsync());   // not asked again at once
        _service.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(HttpStatusCode.OK, await ActAsync());
    }

    public static TheoryData<string, Action<JsonObject>> NotForTokens => new()
    {
        { "for encryption", jwk => jwk["use"] = "enc" },
        { "for another algorithm", jwk => jwk["alg"] = "RS512" },
        { "symmetric", jwk => jwk["kty"] = "oct" },
        { "broken", jwk => jwk["n"] = "=" },
        { "without a name", jwk => jwk.Remove("kid") },
    };

    [Theory]
    [MemberData(nameof(NotForTokens))]
    public async Task A_published_key_that_is_not_for_tokens_verifies_none(string what, Action<JsonObject> change)
    {
        using var other = RSA.Create(2048);
        var spoiled = TestIssuer.Jwk(_issuer.Key, _issuer.KeyId);
        change(spoiled);
        _issuer.Keys = [spoiled, TestIssuer.Jwk(other, "another")];

        Assert.True(await ActAsync() is HttpStatusCode.Unauthorized, what);
    }

    [Fact]
    public async Task A_short_key_verifies_nothing_even_when_zeros_make_it_look_long()
    {
        using var weak = RSA.Create(1024);
        var parameters = weak.ExportParameters(includePrivateParameters: false);
        var padded = TestIssuer.Jwk(weak, "padded");
        padded["n"] = System.Buffers.Text.Base64Url.EncodeToString([.. new byte[128], .. parameters.Modulus!]);
        _issuer.Keys.Add(TestIssuer.Jwk(weak, "weak"));
        _issuer.Keys.Add(padded);

        foreach (var kid in new[] { "weak", "padded" })
        {
            var parts = Parts();
            parts.Header["kid"] = kid;
            var token = _issuer.Mint(parts.Header.ToJsonString(), parts.Claims.ToJsonString(),
                data => weak.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
            using var response = await _service.ActAsync(token);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
        Assert.Equal(HttpStatusCode.OK, await ActAsync());
    }

    private ActionTokenParts Parts() => ActionTokenParts.Eat(_issuer, TestService.Audience, _service.Now);

    private async Task<HttpStatusCode> ActAsync()
    {
        using var response = await _service.ActAsync(_issuer.Mint(Parts()));
        return response.StatusCode;
    }

    private async Task StormAsync()
    {
        for (var i = 0; i < 200; i++)
        {
            var parts = Parts();
            parts.Header["kid"] = $"unknown-{i}";
            using var response = await _service.ActAsync(_issuer.Mint(parts));
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }
}
