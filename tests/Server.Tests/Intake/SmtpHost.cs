using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using ActionMail.Mail.Smtp;
using ActionMail.Server.Intake;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActionMail.Server.Tests.Intake;

internal sealed record Delivered(SmtpEnvelope Envelope, byte[] Content);

/// <summary>
/// The real receiver on a free loopback port, in a house of one domain: everybody at contoso.test is known but those whose
/// name begins with "no", and what is accepted is kept in a list.
/// </summary>
internal sealed class SmtpHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SmtpHost(WebApplication app) => _app = app;

    public ConcurrentQueue<Delivered> Delivered { get; } = [];

    /// <summary>What Accept does before the message is kept.</summary>
    public Func<SmtpEnvelope, CancellationToken, Task<AcceptanceAnswer>> Accept { get; set; } =
        (_, _) => Task.FromResult<AcceptanceAnswer>(new AcceptanceAnswer.Stored("m-1"));

    public Func<string, RecipientAnswer> FindRecipient { get; set; } = address =>
        !address.EndsWith("@contoso.test", StringComparison.OrdinalIgnoreCase) ? RecipientAnswer.Refused
        : address.StartsWith("no", StringComparison.Ordinal) ? RecipientAnswer.Unknown
        : RecipientAnswer.Known;

    public RecordedLog Log { get; } = new();

    public int Port { get; private set; }

    public static async Task<SmtpHost> StartAsync(params (string Option, object Value)[] options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();   // the platform's own settings lie beside the tests
        builder.Configuration.AddInMemoryCollection(options
            .Select(each => KeyValuePair.Create($"Smtp:{each.Option}", Convert.ToString(each.Value, CultureInfo.InvariantCulture)))
            .Prepend(new("Smtp:Hostname", "mx.contoso.test"))
            .Prepend(new("Smtp:Port", "0")));
        SmtpHost? host = null;
        builder.Services.AddSmtp(_ => new SmtpIntake(
            (address, _) => new(host!.FindRecipient(address)),
            (envelope, content, cancel) => host!.KeepAsync(envelope, content, cancel)));
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Debug).AddFilter("Microsoft", LogLevel.Warning);
        var app = builder.Build();
        host = new(app);
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(host.Log);
        await app.StartAsync();
        host.Port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        return host;
    }

    public Task<SmtpLineClient> ConnectAsync() => SmtpLineClient.ConnectAsync(new(IPAddress.Loopback, Port));

    /// <summary>A client that has greeted.</summary>
    public async Task<SmtpLineClient> GreetedAsync()
    {
        var client = await ConnectAsync();
        Assert.Equal("220 mx.contoso.test ESMTP", await client.ReadAsync());
        Assert.StartsWith("250-mx.contoso.test", await client.SayAsync("EHLO client.test"), StringComparison.Ordinal);
        return client;
    }

    /// <summary>A client that has read its 354.</summary>
    public async Task<SmtpLineClient> InDataAsync()
    {
        var client = await GreetedAsync();
        await client.SendAsync("MAIL FROM:<a@b.test>\r\nRCPT TO:<owner@contoso.test>\r\nDATA\r\n");
        await client.ExpectAsync("250 2.1.0", "250 2.1.5", "354 ");
        return client;
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<AcceptanceAnswer> KeepAsync(SmtpEnvelope envelope, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        var answer = await Accept(envelope, cancel);
        if (answer is AcceptanceAnswer.Stored)
            Delivered.Enqueue(new(envelope, content.ToArray()));
        return answer;
    }
}

/// <summary>What was logged, one entry for each record.</summary>
internal sealed class RecordedLog : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{eventId.Id} {logLevel} {formatter(state, exception)}{exception?.GetType().Name}");

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Dispose()
    {
        // Nothing is held.
    }
}
