using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActionMail.Cli.Tests;

/// <summary>A loopback platform that speaks the personal API and the device sign-in: what it answers is set by the test, what it was asked is kept.</summary>
internal sealed class PersonalDouble : IAsyncDisposable
{
    public const string Token = "amt_token-of-the-double";
    public const string Id = "0d4c3c0e-5f0b-4a55-9d0f-6c0f7a4f7a10";
    public static readonly string Hash = new('a', 64);

    private readonly WebApplication _app;
    private readonly TemporaryFolder _config = new();

    private PersonalDouble(WebApplication app) => _app = app;

    public sealed record Asked(string Request, string Body, string? IfMatch, string? Key);

    /// <summary>Every request with the token, as "GET /path?query".</summary>
    public List<Asked> Requests { get; } = [];

    /// <summary>By "GET /path": status and body. What is not here is 404.</summary>
    public Dictionary<string, (int Status, JsonNode? Body)> Answers { get; } = new()
    {
        ["GET /api/account"] = (200, JsonNode.Parse("""
            {"id":"11111111-1111-4111-8111-111111111111","name":"Lynne Robbins","title":"","addresses":["dev@contoso.test"],
             "organization":{"id":"22222222-2222-4222-8222-222222222222","name":"Contoso"},"administrator":false,"reviewer":false}
            """)),
        ["DELETE /api/account/token"] = (204, null),
    };

    /// <summary>What the device hears that asks for its token, in turn; at the end the token.</summary>
    public Queue<string> Polls { get; } = [];

    /// <summary>How many requests are answered with a broken line first.</summary>
    public int BreakNext { get; set; }

    public string Url => _app.Urls.First() + "/";

    public string Config => _config.Path;

    public string SignIns => _config.File("sign-ins.json");

    public Dictionary<string, string> Environment => new() { ["ACTIONMAIL_URL"] = _app.Urls.First(), ["ACTIONMAIL_CONFIG"] = _config.Path };

    public static async Task<PersonalDouble> StartAsync(bool signedIn = true)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddRouting();
        var app = builder.Build();
        var platform = new PersonalDouble(app);
        app.Run(platform.AnswerAsync);
        await app.StartAsync();
        if (signedIn)
            platform._config.Write("sign-ins.json",
                new JsonObject { ["current"] = platform.Url, ["platforms"] = new JsonObject { [platform.Url] = new JsonObject { ["token"] = Token, ["address"] = "dev@contoso.test" } } }.ToJsonString());
        return platform;
    }

    /// <summary>A registration as the API tells it.</summary>
    public static JsonObject Registration(int? active = 1, int? pending = null, string state = "approved") => new()
    {
        ["id"] = Id,
        ["name"] = "Expenses",
        ["organization"] = "contoso.test",
        ["scope"] = "organization",
        ["tokenProfile"] = "eat",
        ["state"] = state,
        ["stateReason"] = "",
        ["activeRevision"] = active,
        ["pendingRevision"] = pending,
        ["effectiveAt"] = "2026-01-01T12:00:00Z",
        ["owners"] = new JsonArray(new JsonObject { ["address"] = "dev@contoso.test", ["name"] = "Lynne Robbins" }),
        ["newest"] = pending is { } waiting ? Revision(waiting, "submitted") : Revision(active ?? 1, "approved"),
        ["running"] = active is { } running ? Revision(running, "approved") : null,
        ["may"] = pending is null ? [] : new JsonArray("decide"),
        ["warnings"] = new JsonArray(),
    };

    private static JsonObject Revision(int number, string state) => new()
    {
        ["number"] = number,
        ["state"] = state,
        ["contentHash"] = Hash,
        ["submittedBy"] = "dev@contoso.test",
        ["content"] = new JsonObject
        {
            ["name"] = "Expenses",
            ["senders"] = new JsonArray("expenses@contoso.test"),
            ["targets"] = new JsonArray("https://expenses.contoso.test"),
            ["scope"] = "organization",
            ["appId"] = null,
            ["logo"] = "00ff",
        },
        ["keys"] = new JsonArray(new JsonObject { ["thumbprint"] = "thumb", ["kty"] = "RSA" }),
    };

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _config.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        switch (http.Request.Path.Value)
        {
            case "/api/device/code":
                await http.Response.WriteAsJsonAsync(new
                {
                    device_code = "secret",
                    user_code = "BCDF-GHJK",
                    verification_uri = "https://mail.contoso.test/device",
                    verification_uri_complete = "https://mail.contoso.test/device?code=BCDF-GHJK",
                    expires_in = 600,
                    interval = 0,
                });
                return;
            case "/api/device/token":
                await PollAsync(http, body);
                return;
        }
        var line = $"{http.Request.Method} {http.Request.Path}";
        Requests.Add(new(line + http.Request.QueryString, body, http.Request.Headers.IfMatch, http.Request.Headers["Idempotency-Key"]));
        if (BreakNext-- > 0)
        {
            http.Abort();
            return;
        }
        if (http.Request.Headers.Authorization != $"Bearer {Token}")
            await ProblemAsync(http, 401, "unauthorized", "Nobody is signed in.");
        else if (!Answers.TryGetValue(line, out var answer))
            await ProblemAsync(http, 404, "not_found", "There is no such registration, or none that is yours to see.");
        else
            await WriteAsync(http, answer.Status, answer.Body);
    }

    private async Task PollAsync(HttpContext http, string body)
    {
        Assert.Contains("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code", body, StringComparison.Ordinal);
        Assert.Contains("device_code=secret", body, StringComparison.Ordinal);
        if (Polls.TryDequeue(out var error))
        {
            http.Response.StatusCode = 400;
            await http.Response.WriteAsJsonAsync(new { error });
        }
        else
        {
            await http.Response.WriteAsJsonAsync(new { access_token = Token, token_type = "Bearer", expires_in = 3600 });
        }
    }

    private static async Task WriteAsync(HttpContext http, int status, JsonNode? body)
    {
        http.Response.StatusCode = status;
        if (body is JsonValue text)
        {
            http.Response.ContentType = "text/csv; charset=utf-8";
            await http.Response.WriteAsync(text.GetValue<string>());
        }
        else if (body is not null)
        {
            http.Response.Headers.ETag = "\"v7\"";
            await http.Response.WriteAsJsonAsync(body, options: null, contentType: status < 400 ? "application/json" : "application/problem+json");
        }
    }

    private static Task ProblemAsync(HttpContext http, int status, string code, string detail) =>
        WriteAsync(http, status, new JsonObject { ["title"] = code, ["detail"] = detail, ["status"] = status, ["code"] = code });
}
