using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace ActionMail.Server.Outbound;

/// <summary>What the relay said of one recipient: exactly one of the cases below, with words for the sender.</summary>
internal abstract record RelayAnswer
{
    private RelayAnswer() { }

    /// <summary>The relay is responsible from here on.</summary>
    public sealed record Taken : RelayAnswer;

    /// <summary>Not now, or nobody can say: it may have been taken all the same, as when the connection broke before the last word.</summary>
    public sealed record NotNow(string Why) : RelayAnswer;

    /// <summary>Never.</summary>
    public sealed record Refused(string Why) : RelayAnswer;
}

/// <summary>Hands one mail to the relay, in a connection of its own.</summary>
internal sealed class RelayClient(IOptions<OutboundOptions> options, TimeProvider time, ILogger<RelayClient> log)
{
    private const int MaxWords = 200;

    /// <summary>An answer for each recipient. What goes wrong on the way is one; only cancellation throws.</summary>
    public async Task<IReadOnlyDictionary<string, RelayAnswer>> SendAsync(ClaimedMail claimed, CancellationToken cancel)
    {
        using var timer = new CancellationTokenSource(options.Value.Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancel);
        using var client = new Client();
        var rest = await TryAsync(client, claimed, either.Token, cancel);
        return claimed.Recipients.ToDictionary(recipient => recipient, recipient => client.NotAccepted.GetValueOrDefault(recipient, rest), StringComparer.Ordinal);
    }

    // The answer for all recipients that the relay did not turn away one by one.
    private async Task<RelayAnswer> TryAsync(Client client, ClaimedMail claimed, CancellationToken either, CancellationToken cancel)
    {
        try
        {
            await ConnectAsync(client, either);
            using var content = new MemoryStream(claimed.Mail.Content, writable: false);
            using var mail = await MimeMessage.LoadAsync(content, either);
            await client.SendAsync(mail, new MailboxAddress("", claimed.Mail.MailFrom), claimed.Recipients.Select(recipient => new MailboxAddress("", recipient)), either);
            await TryQuitAsync(client, either);
            return new RelayAnswer.Taken();
        }
        catch (SmtpCommandException reply)
        {
            return AnswerOf(reply);
        }
        catch (AuthenticationException error)
        {
            return Unreachable(error, "the mail relay does not let this installation in");
        }
        catch (OperationCanceledException error) when (!cancel.IsCancellationRequested)
        {
            return Unreachable(error, "the mail relay takes too long");
        }
        catch (Exception error) when (error is NotSupportedException or ServiceNotConnectedException or ServiceNotAuthenticatedException or SslHandshakeException or SocketException or IOException or ProtocolException or UnauthorizedAccessException)
        {
            return Unreachable(error, "the mail relay cannot be reached");
        }
    }

    private async Task ConnectAsync(Client client, CancellationToken cancel)
    {
        var relay = options.Value;
        await client.ConnectAsync(relay.Host!, relay.Port, relay.Security, cancel);
        if (relay is { User: { } user, PasswordFile: { } file })
            await client.AuthenticateAsync(user, (await File.ReadAllTextAsync(file, cancel)).TrimEnd('\r', '\n'), cancel);
    }

    private RelayAnswer.NotNow Unreachable(Exception error, string words)
    {
        log.RelayUnreachable(error);
        return new(words);
    }

    // RFC 5321 §4.2.1: 5yz is for good, 4yz is not. 530 asks for a password that the operator has yet to give (RFC 4954 §6).
    private static RelayAnswer AnswerOf(SmtpCommandException reply) =>
        (int)reply.StatusCode >= 500 && reply.StatusCode != SmtpStatusCode.AuthenticationRequired
            ? new RelayAnswer.Refused(Words((int)reply.StatusCode, reply.Message))
            : new RelayAnswer.NotNow(Words((int)reply.StatusCode, reply.Message));

    private static string Words(int status, string text)
    {
        var words = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{status} {new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)])}");
        return words.Length <= MaxWords ? words : words[..MaxWords] + "…";
    }

    // The mail is taken: a relay that hangs up without a word of farewell takes nothing back.
    private static async Task TryQuitAsync(Client client, CancellationToken cancel)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancel);
        }
        catch (Exception cause) when (cause is SocketException or IOException or ProtocolException or OperationCanceledException)
        {
        }
    }

    /// <summary>One recipient that is turned away does not keep the mail from the others.</summary>
    private sealed class Client : SmtpClient
    {
        public Dictionary<string, RelayAnswer> NotAccepted { get; } = new(StringComparer.Ordinal);

        protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
            NotAccepted[mailbox.Address] = AnswerOf(new(SmtpErrorCode.RecipientNotAccepted, response.StatusCode, mailbox, response.Response));

        protected override void OnNoRecipientsAccepted(MimeMessage message) =>
            throw new SmtpCommandException(SmtpErrorCode.RecipientNotAccepted, SmtpStatusCode.TransactionFailed, "no recipient was accepted");
    }
}
