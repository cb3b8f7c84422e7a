using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ActionMail.Server.Tests.Platform;

/// <summary>A signed-in person's cookies and request token, and the calls that the page's script makes.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient _http;
    private string _token = "";

    private Browser(Uri url, X509ChainPolicy? trust = null) =>
        _http = new(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false, SslOptions = { CertificateChainPolicy = trust } }) { BaseAddress = url };

    public HttpClient Http => _http;

    public CookieContainer Cookies { get; } = new();

    /// <summary>One that comes over TLS, with authorities of the test's own.</summary>
    public static Browser At(Uri url, Func<X509ChainPolicy> trust) => new(url, trust());

    public static Browser Anonymous(PlatformDoors platform) => new(platform.Url);

    /// <summary>Signs in as the emulator does it: by picking a person.</summary>
    public static async Task<Browser> SignInAsync(PlatformDoors platform, string address)
    {
        var browser = new Browser(platform.Url);
        var page = await browser._http.GetStringAsync("/sign-in");
        var answer = await browser._http.PostAsync("/sign-in", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["person"] = address,
            ["__RequestVerificationToken"] = FormToken().Match(page).Groups[1].Value,
        }));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    /// <summary>Opens a message's page, which gives the request token.</summary>
    public Task<string> OpenAsync(Guid id) => ReadTokenAsync($"/inbox/{id}");

    /// <summary>Opens a page that has the request token: in its head, or in a form.</summary>
    public async Task<string> ReadTokenAsync(string path)
    {
        var page = await _http.GetStringAsync(path);
        _token = (PageToken().Match(page) is { Success: true } inHead ? inHead : FormToken().Match(page)).Groups[1].Value;
        return page;
    }

    public async Task<JsonElement> StateAsync(Guid id) => await _http.GetFromJsonAsync<JsonElement>($"/api/messages/{id}");

    /// <summary>Presses a button by its title, as the card stands now or at a given version.</summary>
    public async Task<Answer> PressAsync(Guid id, string title, object? inputs = null, int? version = null, Guid? clickId = null)
    {
        var card = (await StateAsync(id)).GetProperty("card");
        var actionId = card.GetProperty("display").FindAction(title);
        return await PostAsync($"/api/messages/{id}/actions/{actionId}",
            new { cardVersion = version ?? card.GetProperty("version").GetInt32(), clickId = clickId ?? Guid.NewGuid(), inputs = inputs ?? new { } });
    }

    /// <summary>Presses a button and reads its message's page first, as people do: for a message that this browser has not opened yet.</summary>
    public async Task<Answer> OpenAndPressAsync(Guid id, string title)
    {
        await OpenAsync(id);
        return await PressAsync(id, title);
    }

    /// <summary>Opens a stream of live events; returns when the platform has begun to send.</summary>
    public Task<LiveEvents> ListenAsync(string path) => LiveEvents.OpenAsync(_http, path);

    /// <summary>Posts JSON with the page's request token.</summary>
    public async Task<Answer> PostAsync(string path, object body, bool withToken = true)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (withToken)
            request.Headers.Add("RequestVerificationToken", _token);
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new(response.StatusCode, text.Length > 0 && response.Content.Headers.ContentType?.MediaType is "application/json" or "application/problem+json"
            ? JsonElement.Parse(text) : default, response.Headers);
    }

    /// <summary>Sends a form of a page, as a browser without script does.</summary>
    public async Task<HttpResponseMessage> FormAsync(string page, string action, Dictionary<string, string> fields)
    {
        var form = await _http.GetStringAsync(page);
        return await _http.PostAsync(action, new FormUrlEncodedContent(new Dictionary<string, string>(fields) { ["__RequestVerificationToken"] = FormToken().Match(form).Groups[1].Value }));
    }

    /// <summary>Opens a page whose script will ask the API, and takes its request token.</summary>
    public async Task<string> GoAsync(string path)
    {
        var page = await _http.GetStringAsync(path);
        _token = PageToken().Match(page).Groups[1].Value;
        return page;
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    [GeneratedRegex("<meta name=\"request-token\" content=\"([^\"]+)\"")]
    private static partial Regex PageToken();
}

/// <summary>What the API answered.</summary>
internal sealed record Answer(HttpStatusCode Status, JsonElement Body, HttpResponseHeaders Headers)
{
    public string? Code => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("code", out var code) ? code.GetString() : null;

    public string? OutcomeState => Outcome("state");

    public string? OutcomeText => Outcome("text");

    private string? Outcome(string member) =>
        Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("outcome", out var outcome) && outcome.ValueKind == JsonValueKind.Object ? outcome.GetProperty(member).GetString() : null;
}

internal static class CardJson
{
    extension(JsonElement element)
    {
        /// <summary>The actionId of the action with a title, anywhere below.</summary>
        public string? FindAction(string title) => element.ValueKind switch
        {
            JsonValueKind.Array => element.EnumerateArray().Select(item => item.FindAction(title)).FirstOrDefault(id => id is not null),
            JsonValueKind.Object when element.TryGetProperty("actionId", out var id) && element.TryGetProperty("title", out var text) && text.GetString() == title => id.GetString(),
            JsonValueKind.Object => element.EnumerateObject().Select(member => member.Value.FindAction(title)).FirstOrDefault(id => id is not null),
            _ => null,
        };
    }
}
