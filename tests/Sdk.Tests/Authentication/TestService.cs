using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ActionMail.Sdk.Tests;

/// <summary>A service that takes action requests, over real HTTP, with a clock to be wound.</summary>
public sealed class TestService : IAsyncDisposable
{
    public const string Audience = "https://api.contoso.test";

    private readonly WebApplication _app;

    private TestService(WebApplication app, FakeTimeProvider time)
    {
        _app = app;
        Time = time;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public FakeTimeProvider Time { get; }

    public HttpClient Client { get; }

    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>Takes the issuer's eat and entra tokens for <see cref="Audience"/>; answers <paramref name="endpoint"/>, or who acted.</summary>
    public static async Task<TestService> StartAsync(TestIssuer issuer, Action<ActionableMessagesOptions>? configure = null, Delegate? endpoint = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddAuthorization();
        builder.Services.AddAuthentication(ActionableMessagesDefaults.AuthenticationScheme).AddActionableMessages(options =>
        {
            options.Issuers.Add(TokenIssuer.ActionMail(issuer.Address, Audience));
            options.Issuers.Add(TokenIssuer.ActionMailEntra(issuer.Address, "tenant-1", Audience));
            options.Originator = TestData.Originator;
            options.ExpectedSenders.Add("Groups@contoso.test");
            configure?.Invoke(options);
        });
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapPost("/act", endpoint ?? ((HttpContext context) => Seen.From(context.GetActionRequest()))).RequireAuthorization();
        app.MapPost("/open", (HttpContext context) => context.GetActionRequest().ActorAddress.ToString());
        await app.StartAsync();
        return new TestService(app, time);
    }

    public Task<HttpResponseMessage> ActAsync(string? token, string header = "Authorization", string scheme = "Bearer")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/act") { Content = new ByteArrayContent([]) };
        if (token is not null)
            request.Headers.TryAddWithoutValidation(header, $"{scheme} {token}");
        request.Headers.Add("Action-Request-Id", "6f3f2f4e-27a3-4b43-8f0f-0d0f3e2a0b11");
        request.Headers.Add("Card-Correlation-Id", "correlation");
        request.Headers.Add("Message-Id", "<1@contoso.test>");
        request.Headers.Add("Provider-Id", TestData.Originator);
        return Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    /// <summary>The action request in a form that JSON carries.</summary>
    public sealed record Seen(
        string Actor, string? ObjectId, string? TenantId, string? Name, string? Sender, Guid? RequestId, string? MessageId, string? CorrelationId, string? ProviderId)
    {
        public static Seen From(ActionRequest action) => new(
            action.ActorAddress.ToString(), action.ObjectId, action.TenantId, action.ActorName, action.Sender?.ToString(),
            action.ActionRequestId, action.MessageId, action.CardCorrelationId, action.ProviderId);
    }
}
