using System.Net.Http.Json;
using System.Text.Json;
using ActionMail.Sdk;
using MailKit.Net.Smtp;
using MimeKit;

namespace ActionMail.Server.Tests.Platform;

/// <summary>A service with a key, a registration and mails, made with the SDK as any other.</summary>
internal sealed class Service(PlatformDoors platform, StubProvider provider)
{
    public const string Sender = "service@contoso.test";
    public const string Owner = "owner@contoso.test";

    // Making one costs more than anything else that a test does.
    private static readonly SigningKey Usual = SigningKey.CreateRsa(2048);

    public SigningKey Key { get; init; } = Usual;

    public string Id { get; init; } = Guid.NewGuid().ToString();

    public async Task<HttpResponseMessage> RegisterAsync(object? changes = null)
    {
        using var http = platform.Operator();
        return await http.PutAsJsonAsync($"/api/operator/providers/{Id}", changes ?? File());
    }

    public object File(string[]? targets = null, string[]? keys = null, string scope = "organization", string[]? testUsers = null, string tokenProfile = "eat", string? appIdUri = null) => new
    {
        name = "The Service",
        senders = new[] { Sender },
        targets = targets ?? [provider.Origin],
        keys = keys ?? [Key.PublicKeyToPem()],
        scope,
        testUsers = testUsers ?? [],
        organization = "contoso.test",
        tokenProfile,
        appIdUri,
    };

    public async Task<HttpResponseMessage> MoveAsync(string to)
    {
        using var http = platform.Operator();
        return await http.PostAsJsonAsync($"/api/operator/providers/{Id}/{to}", new { reason = "test" });
    }

    /// <summary>The card of most tests: one text input, Approve, and whatever members are added.</summary>
    public string Card(string? url = null, string members = "", string text = "Please approve") => $$"""
        {"type":"AdaptiveCard","version":"1.0","originator":"{{Id}}",{{members}}
         "body":[{"type":"TextBlock","text":{{JsonSerializer.Serialize(text)}}},{"type":"Input.Text","id":"comment","maxLength":20}],
         "actions":[{"type":"Action.Http","title":"Approve","method":"POST","url":"{{url ?? provider.Origin + "/approve?secret=s3cr3t"}}","body":"{\"comment\":\"{{"{{comment.value}}"}}\"}"}]}
        """;

    /// <summary>The bytes that a mail is sent as.</summary>
    public static byte[] BytesOf(MimeMessage mail)
    {
        using var bytes = new MemoryStream();
        mail.WriteTo(new FormatOptions { NewLineFormat = NewLineFormat.Dos, EnsureNewLine = true }, bytes);
        return bytes.ToArray();
    }

    public MimeMessage Mail(string card, params string[] to) => Compose(Sign(card, to), to);

    public string Sign(string card, params string[] to)
    {
        var content = new SignedCardContent { CardJson = card, Originator = Id, Sender = Sender, Recipients = to.Length > 0 ? to : [Owner] };
        return SignedCard.Create(content, Key, TimeProvider.System).Jws;
    }

    /// <summary>The mail of most tests: a signed section at the end of an HTML body.</summary>
    public static MimeMessage Compose(string jws, params string[] to) => Letter(Html(Section(jws)), to);

    public static string Section(string jws) => $"""
        <section itemscope itemtype="http://schema.org/SignedAdaptiveCard"><meta itemprop="@context" content="http://schema.org/extensions">
        <div itemprop="signedAdaptiveCard" style="mso-hide:all;display:none;max-height:0px;overflow:hidden;">{jws}</div></section>
        """;

    public static TextPart Html(string inBody, string inHead = "") =>
        new("html") { Text = $"<html><head>{inHead}</head><body><p>The plain request.</p>{inBody}</body></html>" };

    public static MimeMessage Letter(MimeEntity body, params string[] to)
    {
        var message = new MimeMessage { Subject = "A request", Body = body, MessageId = $"{Guid.NewGuid():N}@contoso.test" };
        message.From.Add(new MailboxAddress("The Service", Sender));
        message.To.AddRange((to.Length > 0 ? to : [Owner]).Select(address => new MailboxAddress("", address)));
        message.Prepare(EncodingConstraint.SevenBit);
        return message;
    }

    /// <summary>Sends over SMTP; returns when the 250 came, with its words.</summary>
    public async Task<string> SendAsync(MimeMessage message, params string[] recipients)
    {
        using var smtp = new SmtpClient();
        await smtp.ConnectAsync("localhost", platform.SmtpPort, MailKit.Security.SecureSocketOptions.None);
        var words = await smtp.SendAsync(message, new MailboxAddress("", Sender), recipients.Length > 0 ? recipients.Select(address => new MailboxAddress("", address)) : message.To.Mailboxes);
        await smtp.DisconnectAsync(true);
        return words;
    }

    /// <summary>Sends over SMTP; the id of the first recipient's copy, from the 250.</summary>
    public async Task<Guid> DeliverAsync(MimeMessage message, params string[] recipients) => Guid.Parse((await SendAsync(message, recipients))[^36..]);
}
