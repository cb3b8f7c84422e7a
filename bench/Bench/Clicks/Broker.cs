using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using ActionMail.Sdk;
using ActionMail.Server;
using ActionMail.Server.Network;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using MailKit.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace ActionMail.Bench.Clicks;

/// <summary>
/// The platform in this process, with its egress guard: the service's name leads to a public address, and only the last step to the network is ours. One
/// person is signed in, and has mails whose cards have one text input and one button.
/// </summary>
internal sealed partial class Broker : IAsyncDisposable
{
    private const string Sender = "service@contoso.test";
    private const string Owner = "owner@contoso.test";
    private const string Originator = "2b4f6a0c-0000-4000-8000-000000000001";
    private static readonly IPAddress PublicAddress = IPAddress.Parse("93.184.215.14");

    private readonly WebApplication _app;
    private readonly string _folder;
    private readonly Uri _url;
    private readonly int _smtpPort;
    private readonly CookieContainer _cookies = new();
    private string _requestToken = "";

    private Broker(WebApplication app, string folder, int httpPort, int smtpPort)
    {
        _app = app;
        _folder = folder;
        _smtpPort = smtpPort;
        _url = new($"http://localhost:{httpPort}");
    }

    public static async Task<Broker> StartAsync(ClickService service, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("actionmail-bench-").FullName;
        var bundle = Path.Combine(folder, "authority.pem");
        await File.WriteAllTextAsync(bundle, service.CertificatePem, cancel);
        var (http, smtp) = (Accept.Ports.Free(), Accept.Ports.Free());
        var app = await ServerHost.BuildAsync(
        [
            $"--ActionMail:Mode={nameof(ServerMode.Emulator)}", $"--ActionMail:PublicUrl=http://localhost:{http}", $"--ActionMail:DataFolder={folder}", $"--Smtp:Port={smtp}",
            $"--Actions:AuthorityBundle={bundle}", $"--Actions:MaxClicksPerMinute={int.MaxValue}", "--Logging:LogLevel:Default=Warning",
        ],
        services => services.AddSingleton(new EgressSeam((_, _) => Task.FromResult<IPAddress[]>([PublicAddress]), (_, stop) => service.ConnectAsync(stop))));
        await app.StartAsync(cancel);
        return new(app, folder, http, smtp);
    }

    /// <summary>Registers the service, delivers so many mails, signs their owner in; gives the mails' ids.</summary>
    public async Task<List<Guid>> PrepareAsync(int mails, CancellationToken cancel)
    {
        using var key = SigningKey.CreateRsa(2048);
        await RegisterAsync(key, cancel);
        var sender = new ActionableMailSender(new() { Host = "localhost", Port = _smtpPort, Security = SecureSocketOptions.None }, TimeProvider.System);
        for (var i = 0; i < mails; i++)
            await sender.SendAsync(Mail(i).ToSignedMessage(Originator, key, TimeProvider.System), cancel);
        var ids = await ReadAsync(db => db.Messages.Where(message => message.CardVersion == 1).Select(message => message.Id).ToListAsync(cancel));
        if (ids.Count != mails)
            throw new InvalidOperationException($"{mails} mails were sent, {ids.Count} of them came with an active card.");
        await SignInAsync(ids[0], cancel);
        return ids;
    }

    /// <summary>A client of the signed-in person's page.</summary>
    public HttpMessageInvoker NewClient() => new(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false, UseProxy = false, ActivityHeadersPropagator = null });

    public HttpRequestMessage Click(Guid message, string comment) => new(HttpMethod.Post, new Uri(_url, $"/api/messages/{message}/actions/a0"))
    {
        Headers = { { "RequestVerificationToken", _requestToken } },
        Content = JsonContent.Create(new { cardVersion = 1, clickId = Guid.NewGuid(), inputs = new { comment } }),
    };

    /// <summary>What was answered "done" is in the record as done, and the record is unbroken.</summary>
    public async Task RequireRecordedAsync(int clicks, CancellationToken cancel)
    {
        var done = await ReadAsync(db => db.Attempts.CountAsync(attempt => attempt.State == AttemptState.Done, cancel));
        var lines = await ReadAsync(db => db.AuditEvents.AsNoTracking().OrderBy(line => line.Sequence).ToListAsync(cancel));
        if (done != clicks || lines.Count < 3 * clicks || AuditLog.FirstBroken(lines) is not null)
            throw new InvalidOperationException($"{clicks} clicks were answered, {done} recorded, in {lines.Count} lines; the first broken one: {AuditLog.FirstBroken(lines)}.");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task RegisterAsync(SigningKey key, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = _url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", await File.ReadAllTextAsync(Path.Combine(_folder, "operator.token"), cancel));
        using var answer = await http.PutAsJsonAsync($"/api/operator/providers/{Originator}", new
        {
            name = "The Service",
            senders = new[] { Sender },
            targets = new[] { $"https://{ClickService.Host}" },
            keys = new[] { key.PublicKeyToPem() },
            scope = "organization",
            organization = "contoso.test",
            tokenProfile = "eat",
        }, cancel);
        answer.EnsureSuccessStatusCode();
    }

    private static ActionableMail Mail(int number) => new()
    {
        From = new MailboxAddress("The Service", Sender),
        To = [new MailboxAddress("", Owner)],
        Subject = "A request",
        HtmlBody = "<p>The plain request.</p>",
        TextBody = "The plain request.",
        CardJson = $$"""
            {"type":"AdaptiveCard","version":"1.0","originator":"{{Originator}}",
             "body":[{"type":"TextBlock","text":"Request {{number}}"},{"type":"Input.Text","id":"comment"}],
             "actions":[{"type":"Action.Http","title":"Approve","method":"POST","url":"{{ClickService.Url}}","body":"{\"comment\":\"{{"{{comment.value}}"}}\"}",
                         "headers":[{"name":"Content-Type","value":"application/json"}]}]}
            """,
    };

    private async Task SignInAsync(Guid message, CancellationToken cancel)
    {
        using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = _url };
        var form = FormToken().Match(await http.GetStringAsync("/sign-in", cancel)).Groups[1].Value;
        using var answer = await http.PostAsync("/sign-in", new FormUrlEncodedContent([new("person", Owner), new("__RequestVerificationToken", form)]), cancel);
        _requestToken = PageToken().Match(await http.GetStringAsync($"/inbox/{message}", cancel)).Groups[1].Value;
    }

    private async Task<T> ReadAsync<T>(Func<ActionMailDb, Task<T>> read)
    {
        await using var db = await _app.Services.GetRequiredService<IDbContextFactory<ActionMailDb>>().CreateDbContextAsync();
        return await read(db);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    [GeneratedRegex("<meta name=\"request-token\" content=\"([^\"]+)\"")]
    private static partial Regex PageToken();
}
