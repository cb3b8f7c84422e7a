using System.Net;
using System.Text;
using ActionMail.Mail.Smtp;
using ActionMail.Server.Intake;
using MimeKit;

namespace ActionMail.Server.Tests.Intake;

public class SmtpDeliveryTests
{
    [Fact]
    public async Task Message_is_handed_over_with_its_envelope_byte_for_byte()
    {
        await using var host = await SmtpHost.StartAsync();
        await using var client = await host.GreetedAsync();
        Assert.StartsWith("250 2.1.0", await client.SayAsync("MAIL FROM:<groups@contoso.test> BODY=8BITMIME SIZE=100"), StringComparison.Ordinal);
        Assert.StartsWith("250 2.1.5", await client.SayAsync("RCPT TO:<owner@contoso.test>"), StringComparison.Ordinal);
        Assert.StartsWith("354 ", await client.SayAsync("DATA"), StringComparison.Ordinal);
        Assert.Equal("250 2.0.0 Stored as m-1", await client.SayAsync("Subject: né\r\n\r\n..dot\r\n."));
        Assert.StartsWith("221 ", await client.SayAsync("QUIT"), StringComparison.Ordinal);
        Assert.Equal("", await client.ReadAsync());

        var (envelope, content) = Assert.Single(host.Delivered);
        Assert.Equal("Subject: né\r\n\r\n.dot\r\n", Encoding.UTF8.GetString(content));
        Assert.Equal(("groups@contoso.test", IPAddress.Loopback, "client.test", false, false),
            (envelope.MailFrom, envelope.ClientAddress, envelope.Helo, envelope.Tls, envelope.Utf8));
        Assert.Equal(["owner@contoso.test"], envelope.Recipients);
    }

    [Fact]
    public async Task Pipelined_commands_are_answered_in_order()
    {
        await using var host = await SmtpHost.StartAsync();
        await using var client = await host.GreetedAsync();
        await client.SendAsync("MAIL FROM:<>\r\nRCPT TO:<owner@contoso.test>\r\nRCPT TO:<nobody@contoso.test>\r\nRCPT TO:<x@other.test>\r\nDATA\r\n");
        await client.ExpectAsync("250 2.1.0", "250 2.1.5", "550 5.1.1", "550 5.7.1", "354 ");
        await client.SendAsync("a\r\n.\r\nMAIL FROM:<b@c.test>\r\nRCPT TO:<postmaster>\r\nDATA\r\n");
        await client.ExpectAsync("250 2.0.0", "250 2.1.0", "550 5.7.1", "503 5.5.1");
        Assert.Equal("", Assert.Single(host.Delivered).Envelope.MailFrom);
    }

    [Fact]
    public async Task Stored_is_said_only_after_it_is_stored()
    {
        await using var host = await SmtpHost.StartAsync();
        var asked = new TaskCompletionSource();
        var commit = new TaskCompletionSource<AcceptanceAnswer>();
        host.Accept = (_, _) =>
        {
            asked.SetResult();
            return commit.Task;
        };
        await using var client = await host.InDataAsync();
        var reply = client.SayAsync("a\r\n.");
        await asked.Task;
        Assert.False(reply.IsCompleted);
        commit.SetResult(new AcceptanceAnswer.Stored("m-7"));
        Assert.Equal("250 2.0.0 Stored as m-7", await reply);
    }

    public static TheoryData<string, string> Answers => new()
    {
        { "rejected", "554 5.4.6 Too many hops" },
        { "later", "451 4.3.0 Temporarily unavailable, try again later" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Message_that_is_not_stored_is_not_acknowledged(string answer, string reply)
    {
        await using var host = await SmtpHost.StartAsync();
        host.Accept = (_, _) => Task.FromResult<AcceptanceAnswer>(answer == "later"
            ? new AcceptanceAnswer.TryLater()
            : new AcceptanceAnswer.Rejected(new SmtpReply(554, "5.4.6", "Too many hops")));
        await using var client = await host.InDataAsync();
        Assert.Equal(reply, await client.SayAsync("a\r\n."));
        Assert.StartsWith("250 2.1.0", await client.SayAsync("MAIL FROM:<a@b.test>"), StringComparison.Ordinal);
    }

    // Security A-13: the remote side reads a generic sentence and an id; the log reads the cause.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fault_of_ours_is_a_451_with_an_id_and_no_more(bool atRecipient)
    {
        await using var host = await SmtpHost.StartAsync();
        host.Accept = (_, _) => throw new InvalidOperationException("SELECT * FROM secrets");
        await using var client = atRecipient ? await host.GreetedAsync() : await host.InDataAsync();
        if (atRecipient)
            host.FindRecipient = _ => throw new IOException("/var/lib/secrets");
        await client.SendAsync(atRecipient ? "MAIL FROM:<a@b.test>\r\nRCPT TO:<c@contoso.test>\r\nRCPT TO:<d@contoso.test>\r\n" : "a\r\n.\r\n");
        if (atRecipient)
            await client.ExpectAsync("250 2.1.0");
        var reply = await client.ReadAsync();
        client.EndSending();
        Assert.Equal("", await client.ReadAsync());

        Assert.StartsWith("451 4.3.0 ", reply, StringComparison.Ordinal);
        Assert.DoesNotContain("secrets", reply, StringComparison.Ordinal);
        var fault = Assert.Single(host.Log.Lines, line => line.StartsWith("2006 Error", StringComparison.Ordinal));
        Assert.Contains(reply.Split(' ')[^1], fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Storing_has_a_deadline()
    {
        await using var host = await SmtpHost.StartAsync(("AcceptTimeout", TimeSpan.FromMilliseconds(50)));
        host.Accept = async (_, cancel) =>
        {
            await Task.Delay(Timeout.Infinite, cancel);
            return new AcceptanceAnswer.Stored("never");
        };
        await using var client = await host.InDataAsync();
        Assert.StartsWith("451 4.3.0", await client.SayAsync("a\r\n."), StringComparison.Ordinal);
        Assert.Empty(host.Delivered);
    }

    [Fact]
    public async Task MailKit_delivers()
    {
        await using var host = await SmtpHost.StartAsync();
        using var client = new MailKit.Net.Smtp.SmtpClient();
        await client.ConnectAsync("127.0.0.1", host.Port, MailKit.Security.SecureSocketOptions.None);
        for (var i = 0; i < 3; i++)
        {
            var message = new MimeMessage();
            message.From.Add(new MailboxAddress("Groups", "groups@contoso.test"));
            message.To.Add(new MailboxAddress("Adele", "owner@contoso.test"));
            message.Subject = "Grüße";
            message.Body = new TextPart("html") { Text = string.Concat(Enumerable.Repeat(".line\r\n", 5000)) };
            await client.SendAsync(message);
        }
        await client.DisconnectAsync(quit: true);

        Assert.All(host.Delivered, each => Assert.Contains(".line", MimeMessage.Load(new MemoryStream(each.Content)).HtmlBody, StringComparison.Ordinal));
        Assert.Equal(3, host.Delivered.Count);
    }

    [Fact]
    public async Task Message_in_many_segments_is_one_message()
    {
        await using var host = await SmtpHost.StartAsync();
        await using var client = await host.InDataAsync();
        foreach (var b in "Subject: x\r\n\r\n..a\r\n.\r\n")
            await client.SendAsync(b.ToString());
        await client.ExpectAsync("250 2.0.0");
        Assert.Equal("Subject: x\r\n\r\n.a\r\n", Encoding.UTF8.GetString(Assert.Single(host.Delivered).Content));
    }

    [Fact]
    public async Task Sessions_do_not_mix_their_messages()
    {
        await using var host = await SmtpHost.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async n =>
        {
            await using var client = await host.GreetedAsync();
            for (var i = 0; i < 20; i++)
            {
                await client.SendAsync($"MAIL FROM:<s{n}@b.test>\r\nRCPT TO:<owner@contoso.test>\r\nDATA\r\n");
                await client.ExpectAsync("250", "250", "354");
                await client.SendAsync(string.Concat(Enumerable.Repeat($"s{n}\r\n", 1000 + i)) + ".\r\n");
                await client.ExpectAsync("250 2.0.0");
            }
        }));
        Assert.Equal(320, host.Delivered.Count);
        Assert.All(host.Delivered, each =>
            Assert.All(Encoding.ASCII.GetString(each.Content).Split("\r\n", StringSplitOptions.RemoveEmptyEntries),
                line => Assert.Equal(each.Envelope.MailFrom, line + "@b.test")));
    }
}
