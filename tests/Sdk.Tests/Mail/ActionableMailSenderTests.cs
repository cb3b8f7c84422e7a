using System.Net;
using MailKit.Security;
using MimeKit;

namespace ActionMail.Sdk.Tests;

public sealed class ActionableMailSenderTests
{
    private static readonly MimeMessage Message = new ActionableMail
    {
        From = new MailboxAddress("Contoso Groups", "groups@contoso.test"),
        To = [new MailboxAddress("Adele Vance", "owner@contoso.test")],
        Cc = [new MailboxAddress("Alex Wilber", "second.owner@contoso.test")],
        Subject = "Hello",
        HtmlBody = "<p>Hello</p>",
        TextBody = "Hello\n.\n..dots",
        CardJson = TestData.Card,
    }.ToUnsignedMessage(TimeProvider.System);

    [Fact]
    public async Task An_accepted_mail_is_there_for_each_recipient_with_its_dots()
    {
        await using var sink = new SmtpSink();

        var result = await Sender(sink).SendAsync(Message, CancellationToken.None);

        Assert.Contains("kept", Assert.IsType<SendResult.Accepted>(result).Response, StringComparison.Ordinal);
        var mail = await sink.NextAsync();
        Assert.Equal("groups@contoso.test", mail.From);
        Assert.Equal(["owner@contoso.test", "second.owner@contoso.test"], mail.To);
        Assert.Equal("Hello\n.\n..dots", mail.Message.TextBody!.ReplaceLineEndings("\n").Trim());
    }

    [Theory]
    [InlineData("RCPT", "550 5.1.1 nobody here", 550, "owner@contoso.test", false)]
    [InlineData("MAIL", "451 4.3.0 try later", 451, null, true)]
    [InlineData(".", "554 5.7.1 not wanted", 554, null, false)]
    public async Task A_refusal_is_a_result_that_says_whom_and_whether_to_try_again(
        string command, string reply, int code, string? recipient, bool isTransient)
    {
        await using var sink = new SmtpSink();
        sink.Replies[command] = reply;

        var refused = Assert.IsType<SendResult.Refused>(await Sender(sink).SendAsync(Message, CancellationToken.None));

        Assert.Equal((code, recipient, isTransient), (refused.Code, refused.Recipient, refused.IsTransient));
        Assert.True(sink.IsEmpty);
    }

    [Fact]
    public async Task Nobody_listening_is_unreachable()
    {
        var gone = new SmtpSink();
        var port = gone.Port;
        await gone.DisposeAsync();

        Assert.IsType<SendResult.Unreachable>(await Sender(port).SendAsync(Message, CancellationToken.None));
    }

    [Fact]
    public async Task A_server_without_STARTTLS_gets_no_mail_when_encryption_is_asked_for()
    {
        await using var sink = new SmtpSink();

        var result = await Sender(sink.Port, SecureSocketOptions.StartTls).SendAsync(Message, CancellationToken.None);

        Assert.IsType<SendResult.Unreachable>(result);
        Assert.True(sink.IsEmpty);
    }

    [Fact]
    public async Task A_server_without_AUTH_gets_no_mail_when_there_are_credentials()
    {
        await using var sink = new SmtpSink();
        var sender = new ActionableMailSender(new ActionableMailSenderOptions
        {
            Host = "127.0.0.1",
            Port = sink.Port,
            Security = SecureSocketOptions.None,
            Credentials = new NetworkCredential("user", "password"),
        }, TimeProvider.System);

        Assert.IsType<SendResult.Unreachable>(await sender.SendAsync(Message, CancellationToken.None));
    }

    [Fact]
    public async Task A_server_that_wants_AUTH_first_has_no_mail_of_ours()
    {
        await using var sink = new SmtpSink();
        sink.Replies["MAIL"] = "530 5.7.0 authentication required";

        Assert.IsType<SendResult.Unreachable>(await Sender(sink).SendAsync(Message, CancellationToken.None));
    }

    [Fact]
    public async Task A_conversation_cut_at_the_end_of_data_is_uncertain()
    {
        await using var sink = new SmtpSink();
        sink.Replies["."] = "";

        Assert.IsType<SendResult.Interrupted>(await Sender(sink).SendAsync(Message, CancellationToken.None));
    }

    [Fact]
    public async Task A_silent_server_is_given_up_at_the_deadline()
    {
        await using var sink = new SmtpSink();
        sink.Replies["MAIL"] = "…";

        var result = await Sender(sink.Port, deadline: TimeSpan.FromMilliseconds(300)).SendAsync(Message, CancellationToken.None);

        Assert.IsType<SendResult.Interrupted>(result);
    }

    [Fact]
    public async Task Cancellation_is_the_callers_own_and_throws()
    {
        await using var sink = new SmtpSink();
        sink.Replies["MAIL"] = "…";
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Sender(sink).SendAsync(Message, cancel.Token));
    }

    [Fact]
    public async Task A_server_that_hangs_up_instead_of_saying_goodbye_has_accepted()
    {
        await using var sink = new SmtpSink();
        sink.Replies["QUIT"] = "";

        Assert.IsType<SendResult.Accepted>(await Sender(sink).SendAsync(Message, CancellationToken.None));
    }

    private static ActionableMailSender Sender(SmtpSink sink) => Sender(sink.Port);

    private static ActionableMailSender Sender(int port, SecureSocketOptions security = SecureSocketOptions.None, TimeSpan? deadline = null) =>
        new(new ActionableMailSenderOptions
        {
            Host = "127.0.0.1",
            Port = port,
            Security = security,
            Deadline = deadline ?? TimeSpan.FromSeconds(10),
        }, TimeProvider.System);
}
