using System.Text;
using ActionMail.Mail.Smtp;

namespace ActionMail.Server.Tests.Intake;

/// <summary>The checks of the security specification, spoken to the real socket, each with its positive control.</summary>
public class SmtpSecurityTests
{
    [Theory]
    [InlineData("\n.\n")]
    [InlineData("\n.\r\n")]
    [InlineData("\r\n.\n")]
    [InlineData("\r.\r")]
    [InlineData("\r.\r\n")]
    [InlineData("\r\n.\r")]
    [InlineData("\n.\r")]
    [InlineData("\r\n\0.\r\n")]
    [InlineData("\r\n.\r\n")]
    public async Task A01_smuggled_message_is_refused_with_the_one_that_carries_it(string endOfData)
    {
        var isControl = endOfData == "\r\n.\r\n";
        await using var host = await SmtpHost.StartAsync();
        await using var client = await host.InDataAsync();
        await client.SendAsync("From: a@b.test\r\n\r\nhello" + endOfData);
        if (isControl)
            await client.ExpectAsync("250 2.0.0");
        await client.SendAsync("MAIL FROM:<ceo@contoso.test>\r\nRCPT TO:<alice@contoso.test>\r\n");
        if (isControl)
        {
            await client.ExpectAsync("250 2.1.0", "250 2.1.5");
        }
        else
        {
            await client.SendAsync("DATA\r\nFrom: ceo@contoso.test\r\n\r\nforged\r\n.\r\nMAIL FROM:<ceo@contoso.test>\r\n");
            client.EndSending();
            await client.ExpectLastAsync("550 5.5.2");
        }
        Assert.Equal(isControl ? 1 : 0, host.Delivered.Count);
    }

    [Theory]
    [InlineData("MAIL FROM:<a@b.test>\nRCPT TO:<owner@contoso.test>\r\n", "500 5.5.2", true)]
    [InlineData("MAIL FROM:<a@b.test>\rRCPT TO:<owner@contoso.test>\r\n", "500 5.5.2", false)]
    [InlineData("MAIL FROM:<a@b.test>\0\r\n", "500 5.5.2", false)]
    [InlineData("MAIL FROM:<a@b.test>\r\n", "250 2.1.0", false)]
    public async Task A01_command_line_ends_with_crlf_alone(string line, string reply, bool closes)
    {
        await using var host = await SmtpHost.StartAsync();
        await using var client = await host.GreetedAsync();
        await client.SendAsync(line);
        await client.ExpectAsync(reply);
        client.EndSending();
        Assert.Equal("", await client.ReadAsync());
        Assert.Equal(closes, host.Log.Lines.Any(each => each.StartsWith("2004", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("EHLO x\r\nMAIL FROM:<a@b>\r\n", "EHLO x\r\n")]
    [InlineData("HELO x\r\nMAIL FROM:<a@b>\r\n", "HELO x\r\n")]
    public async Task A02_talking_behind_a_greeting_is_refused(string early, string control)
    {
        await using var host = await SmtpHost.StartAsync();
        await using var client = await host.ConnectAsync();
        await client.SendAsync(early);
        client.EndSending();
        var replies = new List<string>();
        while (await client.ReadAsync() is { Length: > 0 } reply)
            replies.Add(reply);
        Assert.StartsWith("554 5.5.0", replies[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(replies, reply => reply.StartsWith("250", StringComparison.Ordinal));

        await using var patient = await host.ConnectAsync();
        await patient.ExpectAsync("220 ");
        await patient.SendAsync(control);
        await patient.ExpectAsync("250");
    }

    [Fact]
    public async Task A02_talking_before_the_greeting_is_refused()
    {
        await using var host = await SmtpHost.StartAsync(("GreetingPause", TimeSpan.FromSeconds(9)));
        await using var client = await host.ConnectAsync();
        await client.SendAsync("EHLO x\r\n");
        client.EndSending();
        await client.ExpectLastAsync("554 5.5.0");
    }

    [Fact]
    public async Task A02_whoever_waits_out_the_pause_is_greeted()
    {
        await using var host = await SmtpHost.StartAsync(("GreetingPause", TimeSpan.FromMilliseconds(20)));
        await using var client = await host.InDataAsync();
        Assert.StartsWith("250 2.0.0", await client.SayAsync("a\r\n."), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A02_bytes_behind_data_are_refused()
    {
        await using var host = await SmtpHost.StartAsync();
        await using var client = await host.GreetedAsync();
        await client.SendAsync("MAIL FROM:<a@b.test>\r\nRCPT TO:<owner@contoso.test>\r\nDATA\r\nSubject: x\r\n.\r\n");
        client.EndSending();
        await client.ExpectAsync("250", "250");
        await client.ExpectLastAsync("554 5.5.0");
        Assert.Empty(host.Delivered);
    }

    [Fact]
    public async Task A04_endless_command_line_is_cut_off()
    {
        await using var host = await SmtpHost.StartAsync();
        await using var client = await host.GreetedAsync();
        await client.SendAsync("MAIL FROM:<" + new string('x', 2100));
        await client.ExpectAsync("500 5.5.2");
        await client.SendAsync(new byte[16 * 1024 * 1024]);
        client.EndSending();
        Assert.Equal("", await client.ReadAsync());

        await using var control = await host.GreetedAsync();
        Assert.StartsWith("250 2.0.0", await control.SayAsync("NOOP " + new string('x', 2041)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A05_size_is_counted_and_not_believed()
    {
        await using var host = await SmtpHost.StartAsync(("MaxMessageBytes", 100_000), ("MaxBufferedBytes", 300_000));
        await using var client = await host.GreetedAsync();
        Assert.StartsWith("552 5.3.4", await client.SayAsync("MAIL FROM:<a@b.test> SIZE=99999999999999999999"), StringComparison.Ordinal);
        Assert.StartsWith("552 5.3.4", await client.SayAsync("MAIL FROM:<a@b.test> SIZE=100001"), StringComparison.Ordinal);

        await client.SendAsync("MAIL FROM:<a@b.test> SIZE=100\r\nRCPT TO:<owner@contoso.test>\r\nDATA\r\n");
        await client.ExpectAsync("250", "250", "354");
        var line = Encoding.ASCII.GetBytes(new string('x', 998) + "\r\n");
        for (var i = 0; i < 8_000; i++)
            await client.SendAsync(line);
        await client.SendAsync(".\r\n");
        await client.ExpectAsync("552 5.3.4");
        Assert.Empty(host.Delivered);

        await client.SendAsync("MAIL FROM:<a@b.test> SIZE=100\r\nRCPT TO:<owner@contoso.test>\r\nDATA\r\n");
        await client.ExpectAsync("250", "250", "354");
        await client.SendAsync(string.Concat(Enumerable.Repeat(new string('x', 998) + "\r\n", 100)) + ".\r\n");
        await client.ExpectAsync("250 2.0.0");
        Assert.Equal(100_000, Assert.Single(host.Delivered).Content.Length);
    }

    [Fact]
    public async Task A05_draining_has_a_limit()
    {
        await using var host = await SmtpHost.StartAsync(("MaxMessageBytes", 1000), ("MaxDrainedBytes", 100_000));
        await using var client = await host.InDataAsync();
        await client.SendAsync(string.Concat(Enumerable.Repeat("x\r\n", 200_000)));
        client.EndSending();
        await client.ExpectLastAsync("552 5.3.4");
    }

    [Fact]
    public async Task A05_messages_beyond_the_memory_of_the_house_wait()
    {
        await using var host = await SmtpHost.StartAsync(("MaxBufferedBytes", 100_000));
        await using var first = await host.InDataAsync();
        await first.SendAsync(string.Concat(Enumerable.Repeat("xxxxxxxx\r\n", 50_000)) + ".\r\n");
        await first.ExpectAsync("452 4.3.1");

        await using var second = await host.InDataAsync();   // what was taken has been given back
        Assert.StartsWith("250 2.0.0", await second.SayAsync(new string('x', 900) + "\r\n."), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A05_endless_text_line_is_refused()
    {
        await using var host = await SmtpHost.StartAsync();
        await using var client = await host.InDataAsync();
        Assert.StartsWith("554 5.6.0", await client.SayAsync(new string('x', 2047) + "\r\n."), StringComparison.Ordinal);
        await client.SendAsync("MAIL FROM:<a@b.test>\r\nRCPT TO:<owner@contoso.test>\r\nDATA\r\n");
        await client.ExpectAsync("250", "250", "354");
        Assert.StartsWith("250 2.0.0", await client.SayAsync(new string('x', 2046) + "\r\n."), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A07_recipients_have_a_limit_and_a_flood_an_end()
    {
        await using var host = await SmtpHost.StartAsync();
        await using var client = await host.GreetedAsync();
        Assert.StartsWith("250", await client.SayAsync("MAIL FROM:<a@b.test>"), StringComparison.Ordinal);
        await client.SendAsync(string.Concat(Enumerable.Range(0, 1021).Select(n => $"RCPT TO:<r{n}@contoso.test>\r\n")));
        for (var n = 0; n < 1000; n++)
            await client.ExpectAsync("250 2.1.5");
        for (var n = 0; n < 20; n++)
            await client.ExpectAsync("452 4.5.3");
        client.EndSending();
        await client.ExpectLastAsync("421 4.7.0");
    }

    [Fact]
    public async Task A07_message_goes_to_the_recipients_that_were_accepted()
    {
        await using var host = await SmtpHost.StartAsync(("MaxRecipients", 100));
        await using var client = await host.GreetedAsync();
        await client.SendAsync("MAIL FROM:<a@b.test>\r\n" + string.Concat(Enumerable.Range(0, 110).Select(n => $"RCPT TO:<r{n}@contoso.test>\r\n")) + "DATA\r\n");
        for (var n = 0; n < 111; n++)
            await client.ReadAsync();
        await client.ExpectAsync("354 ");
        Assert.StartsWith("250 2.0.0", await client.SayAsync("a\r\n."), StringComparison.Ordinal);
        Assert.Equal(100, Assert.Single(host.Delivered).Envelope.Recipients.Count);
    }

    [Fact]
    public async Task A09_nothing_is_told_about_addresses()
    {
        await using var host = await SmtpHost.StartAsync();
        await using var client = await host.GreetedAsync();
        Assert.Equal(await client.SayAsync("VRFY owner@contoso.test"), await client.SayAsync("VRFY nobody@contoso.test"));
        Assert.StartsWith("252 ", await client.SayAsync("VRFY owner"), StringComparison.Ordinal);
        Assert.StartsWith("502 ", await client.SayAsync("EXPN staff"), StringComparison.Ordinal);

        Assert.StartsWith("250", await client.SayAsync("MAIL FROM:<a@b.test>"), StringComparison.Ordinal);
        for (var n = 0; n < 10; n++)
            Assert.StartsWith("550 5.1.1", await client.SayAsync($"RCPT TO:<no{n}@contoso.test>"), StringComparison.Ordinal);
        await client.SendAsync("RCPT TO:<no10@contoso.test>\r\n");
        client.EndSending();
        await client.ExpectLastAsync("421 4.7.0");
    }

    [Fact]
    public async Task A09_guessing_over_many_connections_ends_at_the_door()
    {
        await using var host = await SmtpHost.StartAsync(("MaxUnknownRecipientsPerHour", 4));
        for (var n = 0; n < 2; n++)
        {
            await using var client = await host.GreetedAsync();
            await client.SendAsync("MAIL FROM:<a@b.test>\r\nRCPT TO:<no1@contoso.test>\r\nRCPT TO:<no2@contoso.test>\r\nQUIT\r\n");
            await client.ExpectAsync("250", "550 5.1.1", "550 5.1.1", "221");
        }
        await using var third = await host.ConnectAsync();
        await third.ExpectLastAsync("421 4.7.0");
    }

    [Theory]
    [InlineData("x@other.test", "550 5.7.1")]
    [InlineData("x%other.test@contoso.test", "550 5.7.1")]
    [InlineData("other.test!x@contoso.test", "550 5.7.1")]
    [InlineData("@contoso.test:x@other.test", "501 ")]
    [InlineData("\"x@other.test\"@contoso.test", "553 ")]
    [InlineData("x@[127.0.0.1]", "501 ")]
    [InlineData("x@contoso.test.", "501 ")]
    [InlineData("x@contoso.test", "250 2.1.5")]
    public async Task A10_nothing_is_relayed(string recipient, string reply)
    {
        await using var host = await SmtpHost.StartAsync();
        await using var client = await host.GreetedAsync();
        Assert.StartsWith("250", await client.SayAsync("MAIL FROM:<a@b.test>"), StringComparison.Ordinal);
        Assert.StartsWith(reply, await client.SayAsync($"RCPT TO:<{recipient}>"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A10_postmaster_needs_no_domain()
    {
        await using var host = await SmtpHost.StartAsync();
        host.FindRecipient = address => address == "postmaster@mx.contoso.test" ? RecipientAnswer.Known : RecipientAnswer.Unknown;
        await using var client = await host.GreetedAsync();
        Assert.StartsWith("250", await client.SayAsync("MAIL FROM:<>"), StringComparison.Ordinal);
        Assert.StartsWith("250 2.1.5", await client.SayAsync("RCPT TO:<Postmaster>"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PROXY TCP4 44.128.0.10 44.128.0.1 1 25")]
    [InlineData("XCLIENT ADDR=44.128.0.10")]
    [InlineData("XFORWARD ADDR=44.128.0.10")]
    public async Task A12_client_cannot_claim_another_address(string claim)
    {
        await using var host = await SmtpHost.StartAsync();
        await using var client = await host.GreetedAsync();
        Assert.StartsWith("500 5.5.1", await client.SayAsync(claim), StringComparison.Ordinal);
        await client.SendAsync("MAIL FROM:<a@b.test>\r\nRCPT TO:<owner@contoso.test>\r\nDATA\r\n");
        await client.ExpectAsync("250", "250", "354");
        Assert.StartsWith("250", await client.SayAsync("a\r\n."), StringComparison.Ordinal);
        Assert.Equal("127.0.0.1", Assert.Single(host.Delivered).Envelope.ClientAddress.ToString());
    }

    [Theory]
    [InlineData("EHLO a\u001b[2J")]
    [InlineData("MAIL FROM:<a@b>\u0085{\"level\":\"Info\"}")]
    [InlineData("FOO {Client} \\x1b")]
    public async Task A14_log_cannot_be_forged(string line)
    {
        await using var host = await SmtpHost.StartAsync();
        await using var client = await host.GreetedAsync();
        Assert.StartsWith("50", await client.SayAsync(line), StringComparison.Ordinal);
        var refused = Assert.Single(host.Log.Lines, each => each.StartsWith("2002", StringComparison.Ordinal));
        Assert.All(refused, c => Assert.InRange(c, ' ', '~'));
    }

    [Theory]
    [InlineData("MAIL FROM:<аctions@contoso.test>", "553 5.6.7")]
    [InlineData("MAIL FROM:<аctions@contoso.test> SMTPUTF8", "250 2.1.0")]
    [InlineData("MAIL FROM:<actions@contoso.test>", "250 2.1.0")]
    public async Task A15_address_beyond_ascii_must_be_announced(string line, string reply)
    {
        await using var host = await SmtpHost.StartAsync();
        await using var client = await host.GreetedAsync();
        Assert.StartsWith(reply, await client.SayAsync(line), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A16_empty_message_gets_a_definite_reply()
    {
        await using var host = await SmtpHost.StartAsync();
        await using var client = await host.InDataAsync();
        Assert.StartsWith("554 5.6.0", await client.SayAsync("."), StringComparison.Ordinal);
        Assert.StartsWith("250 2.0.0", await client.SayAsync("NOOP"), StringComparison.Ordinal);
        Assert.Empty(host.Delivered);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A16_client_that_leaves_in_the_middle_leaves_nothing_behind(bool crashes)
    {
        await using var host = await SmtpHost.StartAsync(("MaxBufferedBytes", 40_000), ("MaxConnectionsPerAddress", 1000));
        for (var n = 0; n < 100; n++)
        {
            var client = await host.InDataAsync();
            await client.SendAsync("Subject: half\r\n\r\nhalf of a li");
            if (crashes)
                client.Crash();
            else
                client.EndSending();
            if (!crashes)
                Assert.Equal("", await client.ReadAsync());
            await client.DisposeAsync();
        }
        Assert.Empty(host.Delivered);
        if (crashes)
            return;   // when the server learns of a reset is its matter; after an orderly end the memory is back
        await using var control = await host.InDataAsync();
        Assert.StartsWith("250 2.0.0", await control.SayAsync("whole\r\n."), StringComparison.Ordinal);
    }
}
