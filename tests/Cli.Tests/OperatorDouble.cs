using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActionMail.Cli.Tests;

/// <summary>A loopback platform that speaks the operator API and keeps registrations in memory.</summary>
internal sealed class OperatorDouble : IAsyncDisposable
{
    public const string Token = "operator-token-of-the-double";

    private readonly WebApplication _app;

    private OperatorDouble(WebApplication app) => _app = app;

    public Dictionary<string, JsonObject> Providers { get; } = [];

    public List<(string Person, string Mail)> SelfTests { get; } = [];

    /// <summary>Every request that came, as "GET /path".</summary>
    public List<string> Requests { get; } = [];

    public Dictionary<string, string> Environment => new() { ["ACTIONMAIL_URL"] = _app.Urls.First(), ["ACTIONMAIL_TOKEN"] = Token };

    public static async Task<OperatorDouble> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddRouting();
        var app = builder.Build();
        var platform = new OperatorDouble(app);
        platform.Map();
        await app.StartAsync();
        return platform;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Map()
    {
        _app.Use(async (context, next) =>
        {
            Requests.Add($"{context.Request.Method} {context.Request.Path}");
            if (context.Request.Headers.Authorization != $"Bearer {Token}")
                await ProblemAsync(context, 401, "unauthorized", "This needs the operator token.");
            else
                await next(context);
        });
        _app.UseRouting();
        _app.MapGet("/api/operator/providers", context => context.Response.WriteAsJsonAsync(new { providers = Providers.Values }));
        _app.MapGet("/api/operator/providers/{id}", WithProviderAsync((_, _) => Task.CompletedTask));
        _app.MapPut("/api/operator/providers/{id}", PutAsync);
        _app.MapPost("/api/operator/providers/{id}/suspend", WithProviderAsync(SuspendAsync));
        _app.MapPost("/api/operator/providers/{id}/resume", WithProviderAsync((_, provider) => Set(provider, "approved")));
        _app.MapPost("/api/operator/self-tests", SelfTestAsync);
    }

    private async Task PutAsync(HttpContext context)
    {
        var file = (await context.Request.ReadFromJsonAsync<JsonObject>())!;
        if (file["senders"]!.AsArray().Any(sender => !sender!.GetValue<string>().Contains('@', StringComparison.Ordinal)))
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsJsonAsync(
                new { title = "Invalid", detail = "The registration has errors.", code = "invalid", errors = new { senders = new[] { "not an address" } } },
                options: null,
                contentType: "application/problem+json");
            return;
        }
        var id = (string)context.Request.RouteValues["id"]!;
        var content = file.DeepClone().AsObject();
        var old = Providers.GetValueOrDefault(id);
        var same = old is not null && JsonNode.DeepEquals(old["content"], content);
        var provider = file;
        provider["keys"] = new JsonArray([.. content["keys"]!.AsArray().Select((key, n) => new JsonObject { ["thumbprint"] = $"thumb{n}", ["kty"] = "RSA" })]);
        provider["id"] = id;
        provider["state"] = "approved";
        provider["revision"] = same ? old!["revision"]!.GetValue<int>() : (old?["revision"]?.GetValue<int>() ?? 0) + 1;
        provider["effectiveAt"] = "2026-01-01T12:00:00Z";
        provider["content"] = content;
        Providers[id] = provider;
        await context.Response.WriteAsJsonAsync(provider);
    }

    private static async Task SuspendAsync(HttpContext context, JsonObject provider)
    {
        provider["suspendedBecause"] = (await context.Request.ReadFromJsonAsync<JsonObject>())!["reason"]!.GetValue<string>();
        await Set(provider, "suspended");
    }

    private async Task SelfTestAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        Assert.Equal("message/rfc822", context.Request.ContentType);
        SelfTests.Add((context.Request.Query["as"]!, await body.ReadToEndAsync()));
        await context.Response.WriteAsJsonAsync(new { id = "0198c0de-0000-7000-8000-000000000001" });
    }

    private RequestDelegate WithProviderAsync(Func<HttpContext, JsonObject, Task> change) => async context =>
    {
        if (!Providers.TryGetValue((string)context.Request.RouteValues["id"]!, out var provider))
        {
            await ProblemAsync(context, 404, "unknown_provider", "No such provider is registered.");
            return;
        }
        await change(context, provider);
        await context.Response.WriteAsJsonAsync(provider);
    };

    private static Task Set(JsonObject provider, string state)
    {
        provider["state"] = state;
        return Task.CompletedTask;
    }

    private static Task ProblemAsync(HttpContext context, int status, string code, string detail)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { title = code, detail, status, code }, options: null, contentType: "application/problem+json");
    }
}
