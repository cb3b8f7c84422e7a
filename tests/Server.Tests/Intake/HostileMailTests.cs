using System.Net;
using System.Text;
using ActionMail.Server.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace ActionMail.Server.Tests.Intake;

/// <summary>Mails made to be misread: shown as plain mail, without a card and without effect on a page or a log. Security B-01 to B-05, B-10, E-01, E-09, N-01.</summary>
[Collection(WayIn.Name)]
public sealed class HostileMailTests(SharedPlatform shared) : IAsyncLifetime
{
    private const string HostileSubject = "<img src=x onerror=alert(1)>";
    private const string HostileName = "\"><script>alert(2)</script>";

    private readonly StubProvider _provider = new();
    private readonly RunningPlatform _platform = shared.Running;
    private readonly Browser _owner = shared.Owner;
    private Service _service = null!;

    public async ValueTask InitializeAsync() => _service = await shared.RegisteredAsync(_provider);

    public ValueTask DisposeAsync()
    {
        _provider.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("From: The Service <service@contoso.test>\r\n", "")]
    [InlineData("FROM: SERVICE@CONTOSO.TEST\r\n", "")]
    [InlineData("From: <x@attacker.test>\r\nFrom: <service@contoso.test>\r\n", "from_multiple")]
    [InlineData("From: <service@contoso.test>\r\nFROM: <x@attacker.test>\r\n", "from_multiple")]
    [InlineData("From: <x@attacker.test>, <service@contoso.test>\r\n", "from_multiple")]
    [InlineData("From: service@contoso.test,<x@attacker.test>\r\n", "from_multiple")]
    [InlineData("From : <service@contoso.test>\r\n", "from_malformed")]
    [InlineData("From: g: service@contoso.test;\r\n", "from_malformed")]
    [InlineData("From: <@attacker.test,@any.test:service@contoso.test>\r\n", "from_malformed")]
    [InlineData("From: <x@attacker.test>service@contoso.test\r\n", "from_malformed")]
    [InlineData("From: <service@contoso.test>\\,<x@attacker.test>\r\n", "from_malformed")]
    [InlineData("From: \"service\"@contoso.test\r\n", "from_malformed")]
    [InlineData("From: service@contoso.test.\r\n", "from_malformed")]
    [InlineData("From: =?utf-8?q?service=40contoso.test=00?=@attacker.test\r\n", "from_malformed")]
    [InlineData("From: =?utf-8?B?PHNlcnZpY2VAY29udG9zby50ZXN0Pg==?=,<x@attacker.test>\r\n", "from_malformed")]
    [InlineData("Sender: <service@contoso.test>\r\n", "from_missing")]
    [InlineData("Resent-From: <service@contoso.test>\r\n", "from_missing")]
    [InlineData("From: <service@contoso.test>\r\nContent-Type: text/html\r\n", "message_ambiguous")]
    [InlineData("From: <service@contoso.test>\r\nno field at all\r\n", "message_malformed")]
    public async Task A_sender_that_can_be_read_in_two_ways_is_none(string fields, string reason)
    {
        var mail = WithFields(fields);

        var id = await DeliverAsync(mail);

        var state = await _owner.StateAsync(id);
        var page = await _owner.OpenAsync(id);
        var card = state.GetProperty("card");
        Assert.Equal((fields, reason), (fields, card.GetProperty("reason").GetString() ?? ""));
        Assert.Equal(reason.Length == 0 ? "active" : "inert", card.GetProperty("state").GetString());
        Assert.Equal(reason.Length > 0, page.Contains("It is not verified that this message comes from", StringComparison.Ordinal));
        // What remains is a plain mail, whole: its subject, its text, and no address that nobody vouches for.
        Assert.Equal("A request", state.GetProperty("subject").GetString());
        Assert.Contains("The plain request.", await _owner.Http.GetStringAsync($"/inbox/{id}/body"), StringComparison.Ordinal);
        if (reason.StartsWith("from_", StringComparison.Ordinal))
            Assert.Equal("", state.GetProperty("from").GetProperty("address").GetString());
    }

    [Fact]
    public async Task Markup_in_subject_name_card_and_answer_is_text_on_every_page()
    {
        _provider.Behave = (_, stream, cancel) => StubProvider.Answer(stream, "200 OK", "", "CARD-ACTION-STATUS: <img src=y onerror=alert(3)>\r\n", cancel);
        var mail = _service.Mail(_service.Card(text: "</script><script>alert(4)</script>"));
        mail.Subject = HostileSubject;
        mail.From.Clear();
        mail.From.Add(new MailboxAddress(HostileName, Service.Sender));
        var id = await _service.DeliverAsync(mail);

        var pressed = await _owner.OpenAndPressAsync(id, "Approve");
        var pages = await Task.WhenAll(new[] { "/inbox", $"/inbox/{id}", $"/inbox/{id}/why" }.Select(path => _owner.Http.GetStringAsync(path)));

        Assert.Equal("<img src=y onerror=alert(3)>", pressed.OutcomeText);
        Assert.All(pages, page => Assert.Contains("&lt;img src=x onerror=alert(1)&gt;", page, StringComparison.Ordinal));
        Assert.All(pages, page => Assert.DoesNotMatch("<img|<script>alert", page));
        Assert.Equal(HostileSubject, (await _owner.StateAsync(id)).GetProperty("subject").GetString());
    }

    [Theory]
    [InlineData("the card says so", "\"hideOriginalBody\":true,", true, false)]
    [InlineData("the card says so in a text, as real senders do", "\"hideOriginalBody\":\"true\",", true, false)]
    [InlineData("the card says no", "\"hideOriginalBody\":false,", true, true)]
    [InlineData("the card does not say", "", true, true)]
    [InlineData("the card is not shown, so the text is", "\"hideOriginalBody\":true,", false, true)]
    public async Task The_text_of_the_mail_is_hidden_only_behind_a_card_that_is_shown(string why, string members, bool isActive, bool isShown)
    {
        var card = _service.Card(members: members);
        var mail = isActive ? _service.Mail(card) : Service.Compose(_service.Sign(card, "elvia@contoso.test"));

        var id = await _service.DeliverAsync(mail);

        var page = await _owner.OpenAsync(id);
        // Hidden is behind a click and not gone: a reader without the card must not face an empty mail.
        Assert.True(isShown != page.Contains("<details class=\"original-body\"", StringComparison.Ordinal), why);
        Assert.Contains("<iframe", page, StringComparison.Ordinal);
        Assert.Contains("Verified by", isActive ? page : "Verified by", StringComparison.Ordinal);
        Assert.Contains("security-bar", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_event_is_logged_once_and_a_strangers_bytes_cannot_write_a_line()
    {
        var log = new RecordedLog();
        await using var platform = await RunningPlatform.StartAsync(
            replace: services => services.AddSingleton<ILoggerProvider>(log), settings: ["--Logging:LogLevel:ActionMail=Information"]);
        var service = new Service(platform.Doors, _provider);
        (await service.RegisterAsync()).EnsureSuccessStatusCode();
        var mail = service.Mail(service.Card());
        mail.Subject = "x\r\n{\"level\":\"Info\"} \u001b[2J";
        var id = await service.DeliverAsync(mail);
        await using var client = await SmtpLineClient.ConnectAsync(new(IPAddress.Loopback, platform.Doors.SmtpPort));
        await client.ReadAsync();

        await client.SayAsync("EHLO a\u001b[2J");

        Assert.Single(log.Lines, line => line.Contains(id.ToString(), StringComparison.Ordinal));
        Assert.Single(log.Lines, line => line.Contains("EHLO a\\x1b[2J", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Any(char.IsControl) || line.Contains("eyJ", StringComparison.Ordinal));
        Assert.Equal(log.Lines.Count, log.Lines.Distinct(StringComparer.Ordinal).Count());
    }

    private byte[] WithFields(string fields)
    {
        var mail = _service.Mail(_service.Card()).ToString().ReplaceLineEndings("\r\n");
        const string from = "From: The Service <service@contoso.test>\r\n";
        Assert.Contains(from, mail, StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes(mail.Replace(from, fields, StringComparison.Ordinal).TrimEnd() + "\r\n");
    }

    private async Task<Guid> DeliverAsync(byte[] mail)
    {
        var reply = await _platform.Doors.DeliverAsync(mail, Service.Sender, Service.Owner);
        Assert.StartsWith("250 2.0.0", reply, StringComparison.Ordinal);
        return Guid.Parse(reply[^36..]);
    }
}
