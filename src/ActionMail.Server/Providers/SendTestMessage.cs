using System.Collections.Immutable;
using System.Text.Json;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Accounts;
using ActionMail.Server.Intake;
using ActionMail.Server.Operations;
using ActionMail.Server.Outbound;
using Microsoft.Extensions.Options;
using MimeKit;

namespace ActionMail.Server.Providers;

/// <summary>
/// "Send yourself a test message": a mail with a small card of the provider, from the person to themselves, by the way of every self-test (protocol §2). Its decision record
/// says which checks would stop the card at anybody else.
/// </summary>
internal sealed class SendTestMessage(ReceiveMessage receive, IOptions<ServerOptions> server, TimeProvider time)
{
    /// <summary>The message's id in the person's mailbox. The reader has been let in by <see cref="RegistrationQueries.FindAsync"/>.</summary>
    public async Task<Guid> SendAsync(Person person, RegistrationView view, CancellationToken cancel)
    {
        var content = RegisteredContent.FromJson((view.Running ?? view.Newest).Content);
        return Guid.Parse(await receive.AcceptSelfTestAsync(person, Write(person, view.Row.Id, content), cancel));
    }

    private ReadOnlyMemory<byte> Write(Person person, string id, RegisteredContent content)
    {
        var address = person.PrimaryAddress;
        var mail = new MimeMessage { Subject = $"Test message of {content.Name}", Date = time.GetUtcNow(), MessageId = $"{Guid.NewGuid():N}@{address.Domain}" };
        mail.From.Add(new MailboxAddress(person.DisplayName, address.ToString()));
        mail.To.Add(new MailboxAddress(person.DisplayName, address.ToString()));
        mail.Body = new TextPart("html")
        {
            Text = $"""
                <html><head><script type="application/adaptivecard+json">{Card(id, content)}</script></head>
                <body><p>A test message of the provider {System.Net.WebUtility.HtmlEncode(content.Name)}, which you sent to yourself from its page.</p></body></html>
                """,
        };
        mail.Prepare(EncodingConstraint.SevenBit);
        return MailBytes.Of(mail);
    }

    // The default encoder escapes the angle brackets: no name ends the script element.
    private string Card(string id, RegisteredContent content) => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
        ["type"] = "AdaptiveCard",
        ["version"] = "1.0",
        ["originator"] = id,
        ["body"] = (ImmutableArray<object>)
        [
            new { type = "TextBlock", text = $"Test message of {Plain(content.Name)}", weight = "bolder", size = "large", wrap = true },
            new { type = "TextBlock", text = "If you can read this as a card, cards of this provider are drawn for you. The first button calls your service as a real card's would, with a token; the second opens the provider's page.", wrap = true },
        ],
        ["actions"] = (ImmutableArray<object>)
        [
            new { type = "Action.Http", title = $"Call {content.Targets[0]}", method = "POST", url = content.Targets[0], body = """{"test":true}""", headers = new object[] { new { name = "Content-Type", value = "application/json" } } },
            new { type = "Action.OpenUrl", title = "Open the provider's page", url = new Uri(server.Value.PublicUrl, $"/providers/{id}").AbsoluteUri },
        ],
    });

    // A TextBlock's text is Markdown: what would be marks in a name is shown as it is.
    private static string Plain(string name) => string.Concat(name.Select(c => "\\`*_[]()#!".Contains(c, StringComparison.Ordinal) ? $"\\{c}" : $"{c}"));
}
