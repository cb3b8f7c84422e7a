using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ActionMail.Protocol.Addresses;
using ActionMail.Server.Accounts;
using ActionMail.Server.Accounts.Devices;
using ActionMail.Server.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace ActionMail.Server.Tests.Platform;

/// <summary>A program of a person: it has an access token, as the device sign-in hands one out.</summary>
internal sealed class PersonalClient : IDisposable
{
    private readonly HttpClient _http;

    private PersonalClient(Uri url, string token)
    {
        _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = url };
        _http.DefaultRequestHeaders.Authorization = new("Bearer", token);
    }

    public static async Task<PersonalClient> OfAsync(RunningPlatform platform, string address)
    {
        var person = platform.Services.GetRequiredService<AddressBook>().Find(EmailAddress.Parse(address))!;
        var token = await platform.Services.GetRequiredService<StoreWriter>().WriteAsync(
            db =>
            {
                var issued = AccessTokens.Issue(db, person, "a test", "127.0.0.1", platform.Services.GetRequiredService<TimeProvider>().GetUtcNow());
                db.SaveChanges();
                return issued;
            },
            CancellationToken.None);
        return new(platform.Url, token);
    }

    public Task<ApiAnswer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<ApiAnswer> PostAsync(string path, object? body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, body, headers);

    public Task<ApiAnswer> PutAsync(string path, object? body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Put, path, body, headers);

    public Task<ApiAnswer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    /// <summary>Sends JSON: a text as it is, an object serialized.</summary>
    public async Task<ApiAnswer> SendAsync(HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = body is string json ? new StringContent(json, Encoding.UTF8, "application/json") : JsonContent.Create(body);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        // A stream of events has no end to wait for.
        var mediaType = response.Content.Headers.ContentType?.MediaType;
        var text = mediaType == "text/event-stream" ? "" : await response.Content.ReadAsStringAsync();
        return new(response.StatusCode, mediaType ?? "", text, response.Headers);
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>What the API answered a program.</summary>
internal sealed record ApiAnswer(HttpStatusCode Status, string MediaType, string Text, HttpResponseHeaders Headers)
{
    public JsonElement Json => JsonElement.Parse(Text);

    public string? Code => MediaType == "application/problem+json" ? Json.GetProperty("code").GetString() : null;

    public string Detail => Json.GetProperty("detail").GetString()!;

    public string? Tag => Headers.ETag?.ToString();

    public string Id => Json.GetProperty("id").GetString()!;

    public JsonElement this[string member] => Json.GetProperty(member);
}
