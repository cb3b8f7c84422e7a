using System.CommandLine;
using ActionMail.Cli.Cards;
using ActionMail.Cli.Keys;
using ActionMail.Cli.Platform;
using ActionMail.Cli.Terminal;
using ActionMail.Sdk;
using MailKit.Security;
using MimeKit;

namespace ActionMail.Cli.Messages;

/// <summary><c>actionmail message send</c>: composes a mail, with or without a card, and hands it in.</summary>
internal static class MessageSend
{
    private static readonly Option<string> From = AddressOption.One("--from", "Who sends it; with a card, one of the provider's senders.", required: true);
    private static readonly Option<string[]> To = AddressOption.Many("--to", "Whom it is to. With --self-test, From when left out.", required: false);
    private static readonly Option<string[]> Cc = AddressOption.Many("--cc", "Who gets a copy.", required: false);
    private static readonly Option<string> Subject = new("--subject") { Description = "The subject.", HelpName = "TEXT", Required = true };
    private static readonly Option<string?> Html = FileOption("--html", "The HTML body: a document, or what stands inside its body.");
    private static readonly Option<string?> Card = FileOption("--card", "The card, as JSON.");
    private static readonly Option<string?> Key = FileOption("--key", "The private key to sign the card with: PEM, RSAKeyValue or JWK. Without it the card goes unsigned.");
    private static readonly Option<string?> Originator = new("--originator") { Description = "The provider id of the registration, for a signed card.", HelpName = "ID" };

    private static readonly Option<string?> Smtp = new("--smtp")
    {
        Description = $"The SMTP server. 127.0.0.1 and {PlatformAddress.SmtpPortVariable} or {PlatformAddress.DefaultSmtpPort} when left out.",
        HelpName = "HOST:PORT",
    };

    private static readonly Option<bool> SelfTest = new("--self-test")
    {
        Description = "Hand it in as a person writing to themself (emulator only): the card shows although no service is registered for it.",
    };

    private static readonly Option<string> As = AddressOption.One("--as", "That person. From when left out.", required: false);
    private static readonly Option<bool> Json = Printing.JsonOption();

    public static Verb Verb() => new("send", "Write a mail and send it.", RunAsync)
    {
        Options = { From, To, Cc, Subject, Html, Card, Key, Originator, Smtp, SelfTest, As, Json },
        Examples =
        [
            "actionmail message send --from groups@contoso.test --to owner@contoso.test --subject \"A request\" --card card.json --key groups.pem --originator 5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913",
            "actionmail message send --self-test --from elvia@contoso.test --subject \"How does my card look?\" --card card.json",
            "actionmail message send --from elvia@contoso.test --to owner@contoso.test --subject Hello --html hello.html --smtp mail.contoso.test:25",
        ],
        NoMeans = "the server refused the mail",
        Notes = "An SMTP server that is not on this machine is spoken to with STARTTLS where it offers it.\n" + PlatformAddress.Notes,
    };

    private static async Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel)
    {
        var usage = UsageProblem(parse);
        if (usage.Length > 0 || !TryCompose(parse, out var message, out usage))
            return new Answer.BadInput(usage);
        return parse.GetValue(SelfTest)
            ? await SelfTestAsync(parse, message!, cancel)
            : await SmtpAsync(parse, message!, cancel);
    }

    private static string UsageProblem(ParseResult parse)
    {
        var selfTest = parse.GetValue(SelfTest);
        if (parse.GetValue(Html) is null && parse.GetValue(Card) is null)
            return "There is nothing to send; give --html FILE, --card FILE, or both.";
        if (parse.GetValue(Card) is null && (parse.GetValue(Key) ?? parse.GetValue(Originator)) is not null)
            return "--key and --originator are for a card; give --card FILE too.";
        if (parse.GetValue(Key) is null != parse.GetValue(Originator) is null)
            return "A card is signed with --key FILE for --originator ID; give both, or neither.";
        if (!selfTest && parse.GetValue(To) is not { Length: > 0 })
            return "There is no recipient; give --to ADDR.";
        if (!selfTest && parse.GetValue(As) is not null)
            return "--as says who makes a self-test; give --self-test too.";
        return selfTest && parse.GetValue(Smtp) is not null
            ? "A self-test is handed in over the platform's API, not by SMTP; leave --smtp out."
            : "";
    }

    private static bool TryCompose(ParseResult parse, out MimeMessage? message, out string problem)
    {
        (message, problem) = (null, "");
        string? html = null;
        if (parse.GetValue(Html) is { } file)
        {
            if (!InputFile.TryReadText(file, out var text, out problem))
                return false;
            html = text;
        }
        var from = parse.GetRequiredValue(From);
        var to = parse.GetValue(To) is { Length: > 0 } named ? named : [from];
        var (cc, subject) = (parse.GetValue(Cc) ?? [], parse.GetRequiredValue(Subject));
        if (parse.GetValue(Card) is not { } cardPath)
        {
            message = Letter.Plain(from, to, cc, subject, html!, TimeProvider.System);
            return true;
        }
        return CardFile.TryRead(cardPath, out var card, out problem)
            && TryAddCard(parse, Letter.Actionable(from, to, cc, subject, html, card), out message, out problem);
    }

    private static bool TryAddCard(ParseResult parse, ActionableMail mail, out MimeMessage? message, out string problem)
    {
        (message, problem) = (null, "");
        SigningKey? key = null;
        if (parse.GetValue(Key) is { } path && !PrivateKeyFile.TryRead(path, out key, out problem))
            return false;
        using (key)
        {
            try
            {
                message = key is null
                    ? mail.ToUnsignedMessage(TimeProvider.System)
                    : mail.ToSignedMessage(parse.GetValue(Originator)!, key, TimeProvider.System);
                return true;
            }
            catch (ArgumentException refusal) // The SDK says so of what no reader would take.
            {
                problem = refusal.Sentence + " Mend the card or the options.";
                return false;
            }
        }
    }

    private static async Task<Answer> SmtpAsync(ParseResult parse, MimeMessage message, CancellationToken cancel)
    {
        if (!SmtpServer.TryRead(parse.GetValue(Smtp), out var server, out var problem))
            return new Answer.BadInput(problem);
        var sender = new ActionableMailSender(
            new()
            {
                Host = server.Host,
                Port = server.Port,
                // The emulator's certificate, if it has one, is nobody's; on this machine there is no wire to listen on.
                Security = server.IsLoopback ? SecureSocketOptions.None : SecureSocketOptions.StartTlsWhenAvailable,
            },
            TimeProvider.System);
        switch (await sender.SendAsync(message, cancel))
        {
            case SendResult.Accepted(var response):
                Print(parse, new { messageId = message.MessageId, server = server.ToString(), response }, $"Sent {message.MessageId} through {server}. It says: {response}");
                return new Answer.Done();
            case SendResult.Refused(var code, var text, var recipient):
                return new Answer.No($"{server} refused the mail{(recipient is null ? "" : $" to {recipient}")} with {code}: {text}");
            case SendResult.Unreachable(var why):
                return new Answer.Unreachable($"{server} cannot be reached ({why.TrimEnd('.')}); start the emulator with ./run, or name the server with --smtp HOST:PORT.");
            case SendResult.Interrupted(var why):
                return new Answer.Unreachable($"{server} may have the mail or not ({why.TrimEnd('.')}); look there before sending it again.");
            default: throw new System.Diagnostics.UnreachableException();
        }
    }

    private static async Task<Answer> SelfTestAsync(ParseResult parse, MimeMessage message, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        var wire = FormatOptions.Default.Clone();
        wire.NewLineFormat = NewLineFormat.Dos; // RFC 5322 §2.3: lines end with CRLF.
        await message.WriteToAsync(wire, bytes, cancel);
        var person = parse.GetValue(As) ?? parse.GetRequiredValue(From);
        var reply = await OperatorApi.AskAsync(api => api.SelfTestAsync(person, bytes.ToArray(), cancel));
        if (reply is not ApiReply.Document document)
            return reply.WhyNoDocument;
        if (!document.TryRead<Delivered>(out var delivered, out var problem))
            return problem;
        Print(parse, new { messageId = message.MessageId, id = delivered.Id }, $"Delivered to {person} as a self-test: message {delivered.Id.Printable}");
        return new Answer.Done();
    }

    private static void Print<T>(ParseResult parse, T result, string text)
    {
        if (parse.GetValue(Json))
            parse.PrintJson(result);
        else
            parse.Output.WriteLine(text.Printable);
    }

    private static Option<string?> FileOption(string name, string description) => new(name) { Description = description, HelpName = "FILE" };

    private sealed record Delivered
    {
        public required string Id { get; init; }
    }
}
