using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Persistence;
using ActionMail.Server.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace ActionMail.Server.Tests.Intake;

/// <summary>Who gets the card of a mail: each recipient by themselves, once, and only while the registration covers it. Security C-06, C-23, D-01, D-03, D-05, R-12.</summary>
[Collection(WayIn.Name)]
public sealed class DeliveryTests(SharedPlatform shared) : IAsyncLifetime
{
    private const string Elvia = "elvia@contoso.test";
    private const string Miguel = "miguel@contoso.test";

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

    [Fact]
    public async Task The_API_shows_what_was_verified_and_what_was_decided()
    {
        var state = await _owner.StateAsync(await _service.DeliverAsync(_service.Mail(_service.Card())));

        Assert.Equal(["id", "subject", "from", "receivedAt", "provider", "auth", "card", "outcome"], Members(state));
        Assert.Equal((Service.Sender, "The Service", "The Service"),
            (state.GetProperty("from").GetProperty("address").GetString(), state.GetProperty("from").GetProperty("name").GetString(), state.GetProperty("provider").GetProperty("name").GetString()));
        var auth = state.GetProperty("auth");
        Assert.Equal(["spf", "dkim", "dmarc", "arc", "signedCard"], Members(auth));
        Assert.Equal(("none", 0, "none", "none", "pass"),
            (auth.GetProperty("spf").GetProperty("result").GetString(), auth.GetProperty("dkim").GetArrayLength(), auth.GetProperty("dmarc").GetProperty("result").GetString(),
            auth.GetProperty("arc").GetProperty("result").GetString(), auth.GetProperty("signedCard").GetString()));
        Assert.Equal(["state", "reason", "actionsOff", "version", "selfTest", "hideOriginalBody", "updatedBy", "autoInvoke", "display"], Members(state.GetProperty("card")));
        Assert.Equal(JsonValueKind.Null, state.GetProperty("outcome").ValueKind);
    }

    [Fact]
    public async Task Of_three_recipients_in_one_transaction_the_test_user_alone_may_act()
    {
        (await _service.RegisterAsync(_service.File(scope: "testUsers", testUsers: [Service.Owner]))).EnsureSuccessStatusCode();
        var mail = _service.Mail(_service.Card(), Service.Owner, Elvia, Miguel);

        await _service.SendAsync(mail);

        Assert.Equal([(CardState.Active, null)], await VerdictsAsync(Service.Owner, mail));
        Assert.Equal([(CardState.Inert, Reason.ScopeDenied)], await VerdictsAsync(Elvia, mail));
        Assert.Equal([(CardState.Inert, Reason.ScopeDenied)], await VerdictsAsync(Miguel, mail));
        Assert.Single(await _platform.ReadAsync(db => db.Messages.Where(row => row.InternetMessageId == $"<{mail.MessageId}>").Select(row => row.MailId).Distinct().ToListAsync()));
    }

    [Theory]
    [InlineData("signed for, and in To", new[] { Service.Owner, Elvia }, new[] { Service.Owner, Elvia }, null)]
    [InlineData("in To, not signed for", new[] { Service.Owner }, new[] { Service.Owner, Elvia }, Reason.SignedRecipientMismatch)]
    [InlineData("signed for, in Bcc", new[] { Service.Owner, Elvia }, new[] { Service.Owner }, Reason.RecipientNotAddressed)]
    [InlineData("in Bcc, not signed for", new[] { Service.Owner }, new[] { Service.Owner }, Reason.SignedRecipientMismatch)]
    public async Task A_second_recipient_sees_the_card_when_signed_for_and_named(string why, string[] signedFor, string[] to, Reason? reason)
    {
        var mail = Service.Compose(_service.Sign(_service.Card(), signedFor), to);

        await _service.SendAsync(mail, Service.Owner, Elvia);

        Assert.Equal([(CardState.Active, null)], await VerdictsAsync(Service.Owner, mail));
        Assert.Equal([(reason is null ? CardState.Active : CardState.Inert, reason)], await VerdictsAsync(Elvia, mail));
        Assert.NotEmpty(why);
    }

    [Fact]
    public async Task A_recipient_in_Cc_is_a_recipient_like_others()
    {
        var mail = Service.Compose(_service.Sign(_service.Card(), Service.Owner, Elvia));
        mail.Cc.Add(new MailboxAddress("", Elvia));

        await _service.SendAsync(mail, Service.Owner, Elvia);

        Assert.Equal([(CardState.Active, null)], await VerdictsAsync(Elvia, mail));
    }

    [Theory]
    [InlineData("suspended", Reason.ProviderSuspended)]
    [InlineData("registered under another id", Reason.OriginatorUnknown)]
    [InlineData("registered with another sender", Reason.OriginatorSenderMismatch)]
    [InlineData("registered with another key", Reason.SignedBadSignature)]
    [InlineData("calls a host that is not registered", Reason.TargetDenied)]
    [InlineData("calls another port", Reason.TargetDenied)]
    [InlineData("calls with user information", Reason.TargetDenied)]
    [InlineData("calls an address for a name", Reason.TargetDenied)]
    [InlineData("resumed", null)]
    public async Task The_registration_decides_as_it_is_when_the_mail_arrives(string what, Reason? reason)
    {
        var service = what == "registered under another id" ? new Service(_platform.Doors, _provider) : _service;
        switch (what)
        {
            case "suspended": (await service.MoveAsync("suspend")).EnsureSuccessStatusCode(); break;
            case "resumed":
                (await service.MoveAsync("suspend")).EnsureSuccessStatusCode();
                (await service.MoveAsync("resume")).EnsureSuccessStatusCode();
                break;
            case "registered with another key":
                using (var key = Sdk.SigningKey.CreateEc())
                    (await service.RegisterAsync(service.File(keys: [key.PublicKeyToPem()]))).EnsureSuccessStatusCode();
                break;
        }
        var mail = what == "registered with another sender" ? FromAnother(service) : service.Mail(service.Card(UrlFor(what)));

        var id = await service.DeliverAsync(mail);

        var card = (await _owner.StateAsync(id)).GetProperty("card");
        Assert.Equal((what, reason?.Code()), (what, card.GetProperty("reason").GetString()));
        Assert.Equal(reason is null ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await PressBlindlyAsync(id)).Status);
        Assert.Equal(reason is null ? 1 : 0, _provider.Seen.Count);
    }

    [Fact]
    public async Task The_same_bytes_again_are_the_message_that_is_there_and_a_line_in_the_audit()
    {
        var mail = _service.Mail(_service.Card());
        var id = await _service.DeliverAsync(mail);
        await _owner.OpenAndPressAsync(id, "Approve");

        var replies = new List<string>();
        for (var i = 0; i < 5; i++)
            replies.Add(await _service.SendAsync(mail));

        Assert.All(replies, reply => Assert.Contains("already here", reply, StringComparison.Ordinal));
        Assert.Equal([(CardState.Active, null)], await VerdictsAsync(Service.Owner, mail));
        Assert.Equal("done", (await _owner.StateAsync(id)).GetProperty("outcome").GetProperty("state").GetString());
        Assert.Single(_provider.Seen);
        // The line names the mailbox and the sender of the copy; the earlier tests of this platform send to the same, so only these five are counted.
        var lines = await _platform.ReadAsync(db => db.AuditEvents.Where(line => line.Kind == "replay" && line.Subject == Service.Owner).OrderByDescending(line => line.Sequence).Take(5).ToListAsync());
        Assert.Equal(5, lines.Count(line => line.At >= mail.Date.AddMinutes(-1)));
    }

    [Fact]
    public async Task The_same_bytes_on_eight_connections_at_once_are_one_message()
    {
        var mail = _service.Mail(_service.Card());
        var bytes = Service.BytesOf(mail);

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _platform.Doors.DeliverAsync(bytes, Service.Sender, Service.Owner)));

        Assert.All(replies, reply => Assert.StartsWith("250 2.0.0", reply, StringComparison.Ordinal));
        Assert.Single(replies, reply => !reply.Contains("already here", StringComparison.Ordinal));
        Assert.Equal([(CardState.Active, null)], await VerdictsAsync(Service.Owner, mail));
    }

    [Fact]
    public async Task The_same_signed_card_in_another_mail_is_a_replay_to_those_who_had_it()
    {
        var jws = _service.Sign(_service.Card(), Service.Owner, Elvia);
        var (first, second) = (Service.Compose(jws, Service.Owner, Elvia), Service.Compose(jws, Service.Owner, Elvia));

        await _service.SendAsync(first, Service.Owner);
        var id = await _service.DeliverAsync(second, Service.Owner, Elvia);

        Assert.Equal([(CardState.Active, null)], await VerdictsAsync(Service.Owner, first));
        Assert.Equal([(CardState.Inert, Reason.Replay)], await VerdictsAsync(Service.Owner, second));
        Assert.Equal([(CardState.Active, null)], await VerdictsAsync(Elvia, second));
        Assert.Equal(["replay"], await _platform.ReadAsync(db => db.AuditEvents.Where(line => line.Subject == id.ToString()).Select(line => line.Kind).ToListAsync()));
        Assert.Contains("Reason code: <code>replay</code>", await _owner.Http.GetStringAsync($"/inbox/{id}/why"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("forwarded by its reader")]
    [InlineData("sent on as it is")]
    public async Task A_copy_that_goes_on_to_somebody_else_is_a_mail_without_buttons(string how)
    {
        var original = _service.Mail(_service.Card());
        await _service.SendAsync(original);
        var forwarded = Service.Compose(_service.Sign(_service.Card()), Elvia);
        forwarded.From.Clear();
        forwarded.From.Add(new MailboxAddress("Adele Vance", Service.Owner));

        var (mail, reason) = how == "sent on as it is" ? (original, Reason.SignedRecipientMismatch) : (forwarded, Reason.SignedSenderMismatch);
        var id = await _service.DeliverAsync(mail, Elvia);

        using var elvia = await Browser.SignInAsync(_platform.Doors, Elvia);
        Assert.Equal([(CardState.Inert, reason)], await VerdictsAsync(Elvia, mail));
        Assert.Contains("The plain request.", await elvia.Http.GetStringAsync($"/inbox/{id}/body"), StringComparison.Ordinal);
        Assert.DoesNotContain("<actionable-card", await elvia.OpenAsync(id), StringComparison.Ordinal);
        Assert.Equal([(CardState.Active, null)], await VerdictsAsync(Service.Owner, original));
    }

    [Fact]
    public async Task Nobody_gets_mail_for_somebody_who_is_not_here()
    {
        await using var client = await SmtpLineClient.ConnectAsync(new(IPAddress.Loopback, _platform.Doors.SmtpPort));
        await client.ExpectAsync("220 ");
        await client.SayAsync("EHLO client.test");
        await client.SayAsync($"MAIL FROM:<{Service.Sender}>");

        Assert.StartsWith("550 5.1.1", await client.SayAsync("RCPT TO:<nobody@contoso.test>"), StringComparison.Ordinal);
        Assert.StartsWith("550 5.7.1", await client.SayAsync("RCPT TO:<owner@elsewhere.test>"), StringComparison.Ordinal);
        Assert.StartsWith("503 5.5.1", await client.SayAsync("DATA"), StringComparison.Ordinal);
        Assert.StartsWith("250 2.1.5", await client.SayAsync($"RCPT TO:<{Service.Owner.ToUpperInvariant()}>"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_kept_is_what_was_sent_to_the_byte()
    {
        var sent = Service.BytesOf(_service.Mail(_service.Card(text: "é\n.\n")));

        var id = Guid.Parse((await _platform.Doors.DeliverAsync(sent, Service.Sender, Service.Owner))[^36..]);

        var kept = await _platform.ReadAsync(db => db.Messages.Where(row => row.Id == id).Join(db.Mails, row => row.MailId, row => row.Id, (row, content) => new { row.ContentHash, content.Content }).SingleAsync());
        Assert.Equal(kept.ContentHash, SHA256.HashData(kept.Content));
        Assert.Equal(sent, kept.Content);
    }

    private string? UrlFor(string what) => what switch
    {
        "calls a host that is not registered" => "https://hook.attacker.test/approve",
        "calls another port" => "http://localhost:9/approve",
        "calls with user information" => $"http://localhost:{_provider.Port}@attacker.test/approve",
        "calls an address for a name" => $"http://127.0.0.1:{_provider.Port}/approve",
        _ => null,
    };

    private static MimeMessage FromAnother(Service service)
    {
        const string another = "another@contoso.test";
        var content = new Sdk.SignedCardContent { CardJson = service.Card(), Originator = service.Id, Sender = another, Recipients = [Service.Owner] };
        var mail = Service.Compose(Sdk.SignedCard.Create(content, service.Key, TimeProvider.System).Jws);
        mail.From.Clear();
        mail.From.Add(new MailboxAddress("", another));
        return mail;
    }

    private async Task<Answer> PressBlindlyAsync(Guid id)
    {
        await _owner.OpenAsync(id);
        return await _owner.PostAsync($"/api/messages/{id}/actions/a0", new { cardVersion = 1, clickId = Guid.NewGuid(), inputs = new { } });
    }

    private async Task<List<(CardState, Reason?)>> VerdictsAsync(string address, MimeMessage mail) =>
        (await _platform.CopiesAsync(address, mail.MessageId)).ConvertAll((MessageRow row) => (row.CardState, row.Reason));

    private static List<string> Members(JsonElement element) => [.. element.EnumerateObject().Select(member => member.Name)];
}
