using System.Net.Http.Json;
using System.Text.Json;
using ActionMail.Protocol.Cards;
using ActionMail.Sdk;
using ActionMail.Server.Tests.Platform;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace ActionMail.Browser.Tests.Platform;

/// <summary>A service of the tests' own, made with the SDK as any other: it behaves, and misbehaves, as a test wants.</summary>
public sealed class Service : IDisposable
{
    private const string Sender = "service@contoso.test";

    private readonly Emulator _emulator;
    private readonly SigningKey _key = SigningKey.CreateRsa(2048);
    private readonly string _id = Guid.NewGuid().ToString();

    private Service(Emulator emulator) => _emulator = emulator;

    /// <summary>The provider id of its registration.</summary>
    public string Id => _id;

    internal StubProvider Stub { get; private set; } = new();

    public static async Task<Service> RegisterAsync(Emulator emulator)
    {
        var service = new Service(emulator);
        using var http = new HttpClient { BaseAddress = emulator.Url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", emulator.OperatorToken);
        using var answer = await http.PutAsJsonAsync($"api/operator/providers/{service._id}", new
        {
            name = "The Service",
            senders = new[] { Sender },
            targets = new[] { service.Stub.Origin },
            keys = new[] { service._key.PublicKeyToPem() },
            scope = "organization",
            organization = "contoso.test",
            tokenProfile = "eat",
        });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return service;
    }

    /// <summary>A card with a text and a button.</summary>
    public string Card(string text, string? button = "Approve") => JsonSerializer.Serialize(new
    {
        type = "AdaptiveCard",
        version = "1.0",
        originator = _id,
        body = new[] { new { type = "TextBlock", text, wrap = true } },
        actions = button is null ? [] : new[] { new { type = "Action.Http", title = button, method = "POST", url = Stub.Origin + "/approve", body = "{}" } },
    });

    public MimeMessage Mail(string subject, string card, string html = "<p>The request in plain words.</p>", string name = "The Service", string to = "owner@contoso.test", CardKind kind = CardKind.AdaptiveCard) => new ActionableMail
    {
        From = new MailboxAddress(name, Sender),
        To = [new MailboxAddress("", to)],
        Subject = subject,
        HtmlBody = html,
        TextBody = "The request in plain words.",
        CardJson = card,
        CardKind = kind,
    }.ToSignedMessage(_id, _key, TimeProvider.System);

    /// <summary>Hands a mail in; to whom is what the envelope says, which a forwarder writes as they like.</summary>
    public async Task SendAsync(MimeMessage mail, string to = "owner@contoso.test")
    {
        using var smtp = new SmtpClient();
        await smtp.ConnectAsync("127.0.0.1", _emulator.SmtpPort, SecureSocketOptions.None);
        await smtp.SendAsync(mail, new MailboxAddress("", Sender), [new MailboxAddress("", to)]);
        await smtp.DisconnectAsync(true);
    }

    /// <summary>The operator suspends or resumes its registration.</summary>
    public async Task MoveAsync(string to)
    {
        using var http = new HttpClient { BaseAddress = _emulator.Url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", _emulator.OperatorToken);
        using var answer = await http.PostAsJsonAsync($"api/operator/providers/{_id}/{to}", new { reason = "an incident" });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Nobody listens any more where the service was.</summary>
    public void GoDown() => Stub.Dispose();

    public void ComeUpAgain() => Stub = new(Stub.Port);

    public void Dispose()
    {
        Stub.Dispose();
        _key.Dispose();
    }
}
