using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ActionMail.Sdk.Tests;

public sealed class ActionableMessagesTests : IAsyncLifetime
{
    private static readonly RSA Stranger = RSA.Create(2048);

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

    [Theory]
    [InlineData("Authorization", "Bearer")]
    [InlineData("Authorization", "bearer")]
    [InlineData("Action-Authorization", "Bearer")]
    public async Task The_actor_of_a_good_token_is_known(string header, string scheme)
    {
        using var response = await _service.ActAsync(_issuer.Mint(Good()), header, scheme);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            new TestService.Seen("owner@contoso.test", "7e1b3c52-9f0d-4d7a-a6c8-51e2f4b7d101", "tenant-1", "Adele Vance", "groups@contoso.test",
                Guid.Parse("6f3f2f4e-27a3-4b43-8f0f-0d0f3e2a0b11"), "<1@contoso.test>", "correlation", TestData.Originator),
            await response.Content.ReadFromJsonAsync<TestService.Seen>());
    }

    [Fact]
    public async Task In_the_entra_profile_the_actor_is_the_preferred_username()
    {
        using var response = await _service.ActAsync(_issuer.Mint(ActionTokenParts.Entra(_issuer, TestService.Audience, _service.Now)));

        Assert.Equal("owner@contoso.test", (await response.Content.ReadFromJsonAsync<TestService.Seen>())!.Actor);
    }

    public static TheoryData<string, Action<ActionTokenParts>> Spoiled => new()
    {
        { "alg none", parts => parts.Header["alg"] = "none" },
        { "alg None", parts => parts.Header["alg"] = "None" },
        { "alg RS512 in the header", parts => parts.Header["alg"] = "RS512" },
        { "no alg", parts => parts.Header.Remove("alg") },
        { "typ of an ID token", parts => parts.Header["typ"] = "id+jwt" },
        { "no typ", parts => parts.Header.Remove("typ") },
        { "crit", parts => parts.Header["crit"] = new JsonArray("exp") },
        { "b64 false", parts => parts.Header["b64"] = false },
        { "zip", parts => parts.Header["zip"] = "DEF" },
        { "jku", parts => parts.Header["jku"] = "http://127.0.0.1:9/keys" },
        { "x5u", parts => parts.Header["x5u"] = "http://127.0.0.1:9/cert" },
        { "x5c", parts => parts.Header["x5c"] = new JsonArray("MIIB") },
        { "jwk", parts => parts.Header["jwk"] = new JsonObject { ["kty"] = "RSA" } },
        { "no kid", parts => parts.Header.Remove("kid") },
        { "kid is a path", parts => parts.Header["kid"] = "../../../../dev/null" },
        { "kid is SQL", parts => parts.Header["kid"] = "' OR 1=1--" },
        { "kid has NUL", parts => parts.Header["kid"] = "key-1\0" },
        { "kid of 10 KB", parts => parts.Header["kid"] = new string('k', 10_000) },
        { "kid is a number", parts => parts.Header["kid"] = 1 },
        { "another issuer", parts => parts.Claims["iss"] = "https://substrate.office.com/sts/" },
        { "the issuer without its slash", parts => parts.Claims["iss"] = parts.Claims["iss"]!.ToString().TrimEnd('/') },
        { "no issuer", parts => parts.Claims.Remove("iss") },
        { "another service's audience", parts => parts.Claims["aud"] = "https://hook.attacker.test" },
        { "the audience with a slash", parts => parts.Claims["aud"] = TestService.Audience + "/" },
        { "the audience with a path", parts => parts.Claims["aud"] = TestService.Audience + "/act" },
        { "the audience in capitals", parts => parts.Claims["aud"] = TestService.Audience.ToUpperInvariant() },
        { "the audience under http", parts => parts.Claims["aud"] = "http://api.contoso.test" },
        { "no audience", parts => parts.Claims.Remove("aud") },
        { "no exp", parts => parts.Claims.Remove("exp") },
        { "no iat", parts => parts.Claims.Remove("iat") },
        { "iat as text", parts => parts.Claims["iat"] = "now" },
        { "expired 61 seconds ago", parts => Shift(parts, seconds: -361) },
        { "issued 61 seconds ahead", parts => Shift(parts, seconds: 61) },
        { "valid from 61 seconds ahead", parts => parts.Claims["nbf"] = (long)parts.Claims["iat"]! + 61 },
        { "nbf as text", parts => parts.Claims["nbf"] = "tomorrow" },
        { "a life of 601 seconds", parts => parts.Claims["exp"] = (long)parts.Claims["iat"]! + 601 },
        { "exp before iat", parts => parts.Claims["exp"] = (long)parts.Claims["iat"]! - 1 },
        { "another application", parts => parts.Claims["appid"] = "00000003-0000-0000-c000-000000000000" },
        { "no application", parts => parts.Claims.Remove("appid") },
        { "the other profile's version", parts => parts.Claims["ver"] = "2.0" },
        { "no version", parts => parts.Claims.Remove("ver") },
        { "another provider", parts => parts.Claims["originator"] = "00000000-0000-0000-0000-000000000001" },
        { "no provider", parts => parts.Claims.Remove("originator") },
        { "another sender", parts => parts.Claims["sender"] = "other@contoso.test" },
        { "no sender", parts => parts.Claims.Remove("sender") },
        { "an actor without an address", parts => parts.Claims["sub"] = "Adele Vance" },
        { "no actor", parts => parts.Claims.Remove("sub") },
    };

    [Theory]
    [MemberData(nameof(Spoiled))]
    public async Task A_token_spoiled_in_one_place_is_refused_and_nobody_is_told_why(string what, Action<ActionTokenParts> spoil)
    {
        var spoiled = Good();
        spoil(spoiled);

        await AssertRefusedAsync(what, _issuer.Mint(spoiled));
    }

    public static TheoryData<string, Action<ActionTokenParts>> SpoiledEntra => new()
    {
        { "another organization", parts => parts.Claims["tid"] = "tenant-2" },
        { "no organization", parts => parts.Claims.Remove("tid") },
        { "appid in the place of azp", parts => Rename(parts, "azp", "appid") },
        { "the other profile's version", parts => parts.Claims["ver"] = "STI.ExternalAccessToken.V1" },
        { "an actor by sub alone", parts => parts.Claims.Remove("preferred_username") },
        { "no provider", parts => parts.Claims.Remove("originator") },
    };

    [Theory]
    [MemberData(nameof(SpoiledEntra))]
    public async Task A_token_of_the_entra_profile_spoiled_in_one_place_is_refused(string what, Action<ActionTokenParts> spoil)
    {
        var spoiled = ActionTokenParts.Entra(_issuer, TestService.Audience, _service.Now);
        spoil(spoiled);

        await AssertRefusedAsync(what, _issuer.Mint(spoiled));
    }

    public static TheoryData<string, Func<TestIssuer, ActionTokenParts, string>> Forged => new()
    {
        { "unsigned", (issuer, parts) => Unsigned(issuer.Mint(parts)) },
        { "HS256 with the modulus as secret", (issuer, parts) => Hmac(issuer, parts, issuer.Key.ExportParameters(false).Modulus!) },
        { "HS256 with the PEM as secret", (issuer, parts) => Hmac(issuer, parts, Encoding.ASCII.GetBytes(issuer.Key.ExportSubjectPublicKeyInfoPem())) },
        { "signed with RS512", (issuer, parts) => Signed(issuer, parts, "RS512", data => issuer.Key.SignData(data, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1)) },
        { "signed with PS256", (issuer, parts) => Signed(issuer, parts, "PS256", data => issuer.Key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)) },
        { "PS256 that says RS256", (issuer, parts) => Signed(issuer, parts, "RS256", data => issuer.Key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)) },
        { "another key under the same kid", (issuer, parts) => Signed(issuer, parts, "RS256", data => Stranger.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)) },
        { "alg twice", (issuer, parts) => issuer.Mint($$"""{"alg":"RS256","alg":"RS256","typ":"JWT","kid":"{{issuer.KeyId}}"}""", parts.Claims.ToJsonString()) },
        { "sub twice", (issuer, parts) => issuer.Mint(parts.Header.ToJsonString(), parts.Claims.ToJsonString().Replace("{", """{"sub":"elvia@contoso.test",""", StringComparison.Ordinal)) },
        { "payload no object", (issuer, parts) => issuer.Mint(parts.Header.ToJsonString(), "[]") },
        { "payload no JSON", (issuer, parts) => issuer.Mint(parts.Header.ToJsonString(), "sub") },
        { "a byte of the payload changed", (issuer, parts) => Swapped(issuer, parts) },
        { "the signature a byte short", (issuer, parts) => issuer.Mint(parts)[..^2] },
        { "the signature with padding", (issuer, parts) => issuer.Mint(parts) + "==" },
        { "a space inside", (issuer, parts) => issuer.Mint(parts).Insert(20, " ") },
        { "spare bits behind the payload", (issuer, parts) => string.Join('.', issuer.Mint(parts).Split('.')[0], "AB", issuer.Mint(parts).Split('.')[2]) },
        { "spare bits behind the signature", (issuer, parts) => issuer.Mint(parts)[..^1] + "B" },
        { "base64 in the place of base64url", (issuer, parts) => issuer.Mint(parts).Insert(5, "+/") },
        { "two parts", (issuer, parts) => issuer.Mint(parts)[..issuer.Mint(parts).LastIndexOf('.')] },
        { "five parts, as encrypted tokens have", (issuer, parts) => issuer.Mint(parts) + ".AAAA.AAAA" },
        { "JSON serialization", (issuer, parts) => """{"payload":"AAAA","signatures":[]}""" },
        { "17,000 characters", (issuer, parts) => { parts.Claims["x"] = new string('x', 12_500); return issuer.Mint(parts); } },
        { "nothing but dots", (issuer, parts) => ".." },
    };

    [Theory]
    [MemberData(nameof(Forged))]
    public async Task A_forged_token_is_refused(string what, Func<TestIssuer, ActionTokenParts, string> forge)
    {
        await AssertRefusedAsync(what, forge(_issuer, Good()));
    }

    public static TheoryData<string, Action<ActionTokenParts>> AtTheLimit => new()
    {
        { "expired 59 seconds ago", parts => Shift(parts, seconds: -359) },
        { "issued 59 seconds ahead", parts => Shift(parts, seconds: 59) },
        { "a life of 600 seconds", parts => parts.Claims["exp"] = (long)parts.Claims["iat"]! + 600 },
        { "no nbf", parts => parts.Claims.Remove("nbf") },
        { "typ at+jwt", parts => parts.Header["typ"] = "at+jwt" },
        { "the sender in capitals", parts => parts.Claims["sender"] = "GROUPS@contoso.test" },
        { "the actor's address in capitals", parts => parts.Claims["sub"] = "Owner@CONTOSO.test" },
    };

    [Theory]
    [MemberData(nameof(AtTheLimit))]
    public async Task A_token_within_the_limits_is_taken(string what, Action<ActionTokenParts> change)
    {
        var parts = Good();
        change(parts);

        using var response = await _service.ActAsync(_issuer.Mint(parts));

        Assert.True(response.IsSuccessStatusCode, what);
    }

    [Fact]
    public async Task Without_a_token_the_answer_is_401_without_an_error_code()
    {
        using var response = await _service.ActAsync(token: null);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task Two_tokens_in_one_header_are_none()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/act");
        request.Headers.TryAddWithoutValidation("Authorization", [$"Bearer {_issuer.Mint(Good())}", $"Bearer {_issuer.Mint(Good())}"]);

        using var response = await _service.Client.SendAsync(request);

        Assert.False(response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task An_endpoint_that_forgot_to_require_the_scheme_fails_rather_than_guesses()
    {
        using var response = await _service.Client.PostAsync("/open", content: null);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    [Fact]
    public async Task An_issuer_that_names_no_provider_or_sender_is_bound_by_its_audience_alone()
    {
        await using var outlook = await TestService.StartAsync(_issuer, options =>
        {
            options.Issuers.Clear();
            options.Issuers.Add(TokenIssuer.ActionMailEntra(_issuer.Address, "tenant-1", TestService.Audience) with { NamesOriginator = false });
        });
        var parts = ActionTokenParts.Entra(_issuer, TestService.Audience, outlook.Now);
        parts.Claims.Remove("originator");
        parts.Claims.Remove("sender");

        using var taken = await outlook.ActAsync(_issuer.Mint(parts));
        parts.Claims["sender"] = "other@contoso.test";
        using var refused = await outlook.ActAsync(_issuer.Mint(parts));

        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    private ActionTokenParts Good() => ActionTokenParts.Eat(_issuer, TestService.Audience, _service.Now);

    private async Task AssertRefusedAsync(string what, string token)
    {
        using var refused = await _service.ActAsync(token);
        Assert.True(refused.StatusCode is HttpStatusCode.Unauthorized, $"{what}: {refused.StatusCode}");
        Assert.Equal("Bearer error=\"invalid_token\"", refused.Headers.WwwAuthenticate.ToString());
        Assert.Empty(await refused.Content.ReadAsByteArrayAsync());

        using var control = await _service.ActAsync(_issuer.Mint(Good()));
        Assert.Equal(HttpStatusCode.OK, control.StatusCode);
    }

    private static void Shift(ActionTokenParts parts, int seconds)
    {
        foreach (var claim in new[] { "iat", "nbf", "exp" })
            parts.Claims[claim] = (long)parts.Claims[claim]! + seconds;
    }

    private static void Rename(ActionTokenParts parts, string from, string to)
    {
        parts.Claims[to] = parts.Claims[from]!.DeepClone();
        parts.Claims.Remove(from);
    }

    private static string Unsigned(string token) => token[..(token.LastIndexOf('.') + 1)];

    private static string Signed(TestIssuer issuer, ActionTokenParts parts, string alg, Func<byte[], byte[]> sign)
    {
        parts.Header["alg"] = alg;
        return issuer.Mint(parts.Header.ToJsonString(), parts.Claims.ToJsonString(), sign);
    }

    private static string Hmac(TestIssuer issuer, ActionTokenParts parts, byte[] secret) =>
        Signed(issuer, parts, "HS256", data => HMACSHA256.HashData(secret, data));

    private static string Swapped(TestIssuer issuer, ActionTokenParts parts)
    {
        var honest = issuer.Mint(parts).Split('.');
        parts.Claims["sub"] = "elvia@contoso.test";
        return $"{honest[0]}.{issuer.Mint(parts).Split('.')[1]}.{honest[2]}";
    }
}
