using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace ActionMail.Sdk;

/// <summary>Hands mails to an SMTP server, one connection for each. Safe for use by several threads.</summary>
/// <param name="options">Where to and how.</param>
/// <param name="time">Measures the deadline.</param>
public sealed class ActionableMailSender(ActionableMailSenderOptions options, TimeProvider time)
{
    /// <summary>Sends a mail to its From, To, Cc and Bcc. What goes wrong on the way is a result; only cancellation throws.</summary>
    /// <param name="message">The mail, as <see cref="ActionableMail"/> writes it.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was asked to.</exception>
    public async Task<SendResult> SendAsync(MimeMessage message, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(message);
        using var timer = new CancellationTokenSource(options.Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancel);
        using var client = new SmtpClient();
        var underWay = false;
        try
        {
            await client.ConnectAsync(options.Host, options.Port, options.Security, either.Token);
            if (options.Credentials is { } credentials)
                await client.AuthenticateAsync(credentials, either.Token);
            underWay = true;
            var response = await client.SendAsync(message, either.Token);
            await TryQuitAsync(client, either.Token);
            return new SendResult.Accepted(response);
        }
        catch (SmtpCommandException refusal)
        {
            var recipient = refusal.ErrorCode is SmtpErrorCode.RecipientNotAccepted ? refusal.Mailbox?.Address : null;
            return new SendResult.Refused((int)refusal.StatusCode, refusal.Message, recipient);
        }
        catch (AuthenticationException refusal)
        {
            return new SendResult.Refused((int)SmtpStatusCode.AuthenticationInvalidCredentials, refusal.Message, Recipient: null);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Broken(underWay, $"The server did not finish within {options.Deadline.TotalSeconds} seconds.");
        }
        catch (Exception cause) when (cause is NotSupportedException or ServiceNotAuthenticatedException or SslHandshakeException)
        {
            return new SendResult.Unreachable(cause.Message);   // no STARTTLS, no AUTH, no SMTPUTF8: nothing was sent
        }
        catch (Exception cause) when (cause is SocketException or IOException or ProtocolException)
        {
            return Broken(underWay, cause.Message);
        }
    }

    private static SendResult Broken(bool underWay, string why) =>
        underWay ? new SendResult.Interrupted(why) : new SendResult.Unreachable(why);

    // The mail is accepted: a server that hangs up without a word of farewell takes nothing back.
    private static async Task TryQuitAsync(SmtpClient client, CancellationToken cancel)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancel);
        }
        catch (Exception cause) when (cause is SocketException or IOException or ProtocolException or OperationCanceledException)
        {
        }
    }
}
