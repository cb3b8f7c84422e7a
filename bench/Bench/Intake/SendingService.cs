using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using ActionMail.Bench.Accept;
using ActionMail.Mail.Dkim;
using ActionMail.Sdk;
using MimeKit;

namespace ActionMail.Bench.Intake;

/// <summary>A service with a domain of its own: what it publishes in the DNS, its registration, and its mails, each with an unsigned card and a DKIM signature.</summary>
internal sealed class SendingService : IDisposable
{
    public const string Sender = "actions@service.test";
    public const string Recipient = "elvia@contoso.test";

    private const int MailBytes = 5 * 1024;
    private const string Originator = "2b4f6a0c-0000-4000-8000-000000000002";
    private const string Domain = "service.test";
    private const string Selector = "bench";
    private const string FillingLine = "The plain request, for a reader without cards.\n";

    private readonly DkimSigningKey _key;
    private readonly string _pattern;
    private readonly string _patternId;
    private int _round = -1;
    private int _made;
    private byte[][] _mails = [];

    public SendingService()
    {
        using var rsa = RSA.Create(2048);
        _key = DkimSigningKey.TryReadPem(rsa.ExportPkcs8PrivateKeyPem(), out var key, out var problem) ? key : throw new InvalidOperationException(problem);
        var (bare, bareId) = Unsigned("");
        var missing = MailBytes - Signed(bare).Length;
        // A line feed becomes two bytes on the wire.
        (_pattern, _patternId) = Unsigned(string.Concat(Enumerable.Repeat(FillingLine, missing / (FillingLine.Length + 1))));
    }

    /// <summary>What it publishes, as a zone file.</summary>
    public string Zone => $"""
        {Selector}._domainkey.{Domain} TXT "{string.Join("\" \"", _key.Record.Chunk(200).Select(part => new string(part)))}"
        {Domain} TXT "v=spf1 ip4:127.0.0.1 -all"
        _dmarc.{Domain} TXT "v=DMARC1; p=reject"
        contoso.test A 127.0.0.1
        contoso.test MX 10 contoso.test

        """;

    public async Task RegisterAsync(Emulator emulator, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = emulator.Url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", await File.ReadAllTextAsync(emulator.TokenPath, cancel));
        using var answer = await http.PutAsJsonAsync($"/api/operator/providers/{Originator}", new
        {
            name = "The Service",
            senders = new[] { Sender },
            targets = new[] { $"https://{Domain}" },
            keys = Array.Empty<string>(),
            scope = "organization",
            organization = "contoso.test",
            tokenProfile = "eat",
        }, cancel);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The mails of a round, as they stand behind DATA: the same for all contenders, and none ever sent in another round.</summary>
    public byte[][] MailsOf(int round, int count)
    {
        if (round != _round)
            (_round, _mails) = (round, [.. Enumerable.Range(0, count).Select(_ => OnTheWire(Signed(Next())))]);
        return _mails;
    }

    public void Dispose() => _key.Dispose();

    private string Next() => _pattern.Replace(_patternId, $"{++_made:D8}{_patternId[8..]}", StringComparison.Ordinal);

    private byte[] Signed(string mail)
    {
        var bytes = Encoding.Latin1.GetBytes(mail);
        var how = new DkimSigning { Domain = Domain, Selector = Selector, SignedAt = TimeProvider.System.GetUtcNow() };
        return DkimSigner.Sign(bytes, how, _key) is DkimSigningResult.Signed(var field)
            ? [.. field.Span, .. bytes]
            : throw new InvalidOperationException("The mail was not signed.");
    }

    // RFC 5321 §4.5.2: a line that begins with a dot gets one more, and a dot alone ends the mail.
    private static byte[] OnTheWire(byte[] mail) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(mail).Replace("\r\n.", "\r\n..", StringComparison.Ordinal) + ".\r\n");

    private static (string Text, string Id) Unsigned(string filling)
    {
        var message = new ActionableMail
        {
            From = new MailboxAddress("The Service", Sender),
            To = [new MailboxAddress("", Recipient)],
            Subject = "Approval of a request",
            HtmlBody = "<p>The plain request.</p>",
            TextBody = "The plain request.\n" + filling,
            CardJson = CardText(),
        }.ToUnsignedMessage(TimeProvider.System);
        message.MessageId = $"00000000.request@{Domain}";
        var (format, written) = (FormatOptions.Default.Clone(), new MemoryStream());
        (format.NewLineFormat, format.EnsureNewLine) = (NewLineFormat.Dos, true);
        message.WriteTo(format, written);
        return (Encoding.Latin1.GetString(written.ToArray()), message.MessageId);
    }

    // Four lines of facts, a comment and two buttons.
    private static string CardText()
    {
        var facts = string.Join(',', Enumerable.Range(1, 4).Select(line => $$"""{"title":"Line {{line}}","value":"What is asked for here."}"""));
        var buttons = string.Join(',', ((string[])["Approve", "Decline"]).Select(title =>
            $$"""
            {"type":"Action.Http","title":"{{title}}","method":"POST","url":"https://{{Domain}}/{{title}}","body":"{\"comment\":\"{{"{{comment.value}}"}}\"}",
             "headers":[{"name":"Content-Type","value":"application/json"}]}
            """));
        return $$"""
            {"type":"AdaptiveCard","version":"1.0","originator":"{{Originator}}",
             "body":[{"type":"FactSet","facts":[{{facts}}]},{"type":"Input.Text","id":"comment"}],
             "actions":[{{buttons}}]}
            """;
    }
}
