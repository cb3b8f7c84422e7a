using System.Net;
using ActionMail.Mail.Smtp;
using ActionMail.Server.Intake;
using Microsoft.Extensions.Time.Testing;

namespace ActionMail.Server.Tests.Intake;

/// <summary>How long the receiver waits, how many it lets in, and how it stops. Security A-06.</summary>
public class SmtpPatienceTests
{
    private static readonly (string, object) Brief = ("ClosingTimeout", TimeSpan.FromMilliseconds(50));

    [Fact]
    public async Task A06_silence_between_commands_ends_with_421()
    {
        await using var host = await SmtpHost.StartAsync(("IdleTimeout", TimeSpan.FromSeconds(1)), Brief);
        await using var client = await host.GreetedAsync();
        await client.ExpectLastAsync("421 4.4.2");
    }

    [Fact]
    public async Task A06_command_that_drips_ends_with_421()
    {
        await using var host = await SmtpHost.StartAsync(("CommandTimeout", TimeSpan.FromMilliseconds(200)), Brief);
        await using var client = await host.GreetedAsync();
        var end = client.ReadAsync();
        while (!end.IsCompleted)
        {
            await client.SendAsync("x");
            await Task.WhenAny(end, Task.Delay(20));
        }
        Assert.StartsWith("421 4.4.2", await end, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A06_many_commands_of_which_the_last_is_never_whole_are_no_drip()
    {
        await using var host = await SmtpHost.StartAsync(("CommandTimeout", TimeSpan.FromSeconds(1)));
        await using var client = await host.GreetedAsync();
        await client.SendAsync("NO");
        for (var n = 0; n < 20; n++)
        {
            await client.SendAsync("OP\r\nNO");
            await client.ExpectAsync("250 2.0.0");
            await Task.Delay(100);   // twice the deadline in all
        }
    }

    [Fact]
    public async Task A06_message_below_the_data_rate_ends_with_421()
    {
        await using var host = await SmtpHost.StartAsync(("CommandTimeout", TimeSpan.FromMilliseconds(200)), Brief);
        await using var client = await host.InDataAsync();
        var end = client.ReadAsync();
        while (!end.IsCompleted)
        {
            await client.SendAsync("x");
            await Task.WhenAny(end, Task.Delay(20));
        }
        Assert.StartsWith("421 4.4.2", await end, StringComparison.Ordinal);
        Assert.Empty(host.Delivered);
    }

    [Fact]
    public async Task A06_message_above_the_data_rate_may_take_longer()
    {
        await using var host = await SmtpHost.StartAsync(("CommandTimeout", TimeSpan.FromSeconds(1)));
        await using var client = await host.InDataAsync();
        for (var n = 0; n < 20; n++)
        {
            await client.SendAsync(new string('x', 998) + "\r\n");
            await Task.Delay(100);   // twice the deadline in all: the pace is what is tested
        }
        await client.SendAsync(".\r\n");
        await client.ExpectAsync("250 2.0.0");
    }

    [Fact]
    public async Task A06_client_that_ended_its_message_with_bare_line_feeds_learns_why_nothing_came()
    {
        await using var host = await SmtpHost.StartAsync(("CommandTimeout", TimeSpan.FromMilliseconds(200)), Brief);
        await using var client = await host.InDataAsync();
        await client.SendAsync("Subject: x\n\nhello\n.\n");
        await client.ExpectLastAsync("550 5.5.2");
    }

    [Fact]
    public async Task A06_conversation_has_an_end_however_busy_it_is()
    {
        await using var host = await SmtpHost.StartAsync(("SessionTimeout", TimeSpan.FromSeconds(1)), Brief);
        await using var client = await host.GreetedAsync();
        var reply = await client.SayAsync("NOOP");
        while (reply.StartsWith("250", StringComparison.Ordinal))
            reply = await client.SayAsync("NOOP");
        Assert.StartsWith("421 4.4.2", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A06_client_that_never_reads_is_dropped()
    {
        await using var host = await SmtpHost.StartAsync(("CommandTimeout", TimeSpan.FromMilliseconds(200)), Brief);
        await using var client = await host.GreetedAsync();
        var noops = new byte[1024 * 1024];
        for (var i = 0; i < noops.Length - 5; i += 6)
            "NOOP\r\n"u8.CopyTo(noops.AsSpan(i));
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            while (true)
                await client.SendAsync(noops[..(noops.Length / 6 * 6)]);
        });
        // Which of the two waits runs out first, for the rest of a line or for the flush, is the scheduler's choice.
        Assert.True(host.Log.Lines.Any(line => line.Contains("does not read our replies", StringComparison.Ordinal)
            || line.Contains("421 4.4.2", StringComparison.Ordinal)), string.Join('\n', host.Log.Lines));
    }

    [Fact]
    public async Task One_address_has_a_cap()
    {
        await using var host = await SmtpHost.StartAsync(("MaxConnectionsPerAddress", 2));
        await using var first = await host.GreetedAsync();
        await using var second = await host.GreetedAsync();
        await using var third = await host.ConnectAsync();
        await third.ExpectLastAsync("421 4.7.0");

        Assert.StartsWith("221", await first.SayAsync("QUIT"), StringComparison.Ordinal);
        Assert.Equal("", await first.ReadAsync());
        await using var fourth = await host.GreetedAsync();
    }

    [Fact]
    public async Task All_addresses_have_a_cap()
    {
        await using var host = await SmtpHost.StartAsync(("MaxConnections", 2), ("MaxConnectionsPerAddressUnderPressure", 50));
        await using var first = await host.GreetedAsync();
        await using var second = await host.GreetedAsync();
        await using var third = await host.ConnectAsync();
        await third.ExpectLastAsync("421 4.3.2");
    }

    // Security A-06: 1000 connections from 20 addresses, and a 21st address.
    [Fact]
    public void Last_quarter_of_the_connections_is_for_those_who_have_few()
    {
        var admission = new SmtpAdmission(new(), new FakeTimeProvider());
        var admitted = 0;
        for (var n = 0; n < 1000; n++)
            admitted += admission.Enter(IPAddress.Parse($"10.0.0.{n % 20}")) is null ? 1 : 0;
        Assert.InRange(admitted, 750, 900);
        Assert.True(admission.UnderPressure);
        Assert.Equal(SmtpReplies.TooManyConnections, admission.Enter(IPAddress.Parse("10.0.0.1")));
        Assert.Null(admission.Enter(IPAddress.Parse("10.0.1.1")));
    }

    [Fact]
    public void Ipv6_host_counts_by_its_network()
    {
        var admission = new SmtpAdmission(new() { MaxConnectionsPerAddress = 2 }, new FakeTimeProvider());
        Assert.Null(admission.Enter(IPAddress.Parse("2001:db8::1")));
        Assert.Null(admission.Enter(IPAddress.Parse("2001:db8::2")));
        Assert.Equal(SmtpReplies.TooManyConnections, admission.Enter(IPAddress.Parse("2001:db8::3")));
        Assert.Null(admission.Enter(IPAddress.Parse("2001:db8:0:1::1")));
        admission.Leave(IPAddress.Parse("2001:db8::2"));
        Assert.Null(admission.Enter(IPAddress.Parse("2001:db8::4")));
    }

    [Fact]
    public void Guesser_may_come_back_after_an_hour()
    {
        var time = new FakeTimeProvider();
        var admission = new SmtpAdmission(new() { MaxUnknownRecipientsPerHour = 3 }, time);
        var guesser = IPAddress.Parse("10.0.0.1");
        for (var n = 0; n < 3; n++)
            admission.CountUnknownRecipient(guesser);
        Assert.Equal(SmtpReplies.TooManyUnknown, admission.Enter(guesser));
        Assert.Null(admission.Enter(IPAddress.Parse("10.0.0.2")));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Null(admission.Enter(guesser));
    }

    [Fact]
    public async Task Shutdown_is_said_to_those_who_wait_and_a_message_underway_gets_its_true_reply()
    {
        await using var host = await SmtpHost.StartAsync();
        await using var idle = await host.GreetedAsync();
        await using var busy = await host.InDataAsync();
        await busy.SendAsync("half\r\n");
        var stop = host.StopAsync();
        await idle.ExpectLastAsync("421 4.3.2");
        Assert.False(stop.IsCompleted);

        await busy.SendAsync("other half\r\n.\r\n");
        await busy.ExpectAsync("250 2.0.0");
        await busy.ExpectLastAsync("421 4.3.2");
        await stop;
        Assert.Single(host.Delivered);
    }

    [Theory]
    [InlineData("Address", "everywhere")]
    [InlineData("Port", "65536")]
    [InlineData("Hostname", "two words")]
    [InlineData("MaxMessageBytes", "0")]
    [InlineData("MaxTextLineBytes", "80")]
    [InlineData("IdleTimeout", "00:00:00")]
    public async Task Options_are_checked_at_start(string option, string value)
    {
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => SmtpHost.StartAsync((option, value)));
        Assert.Contains($"Smtp:{option}", fault.Message, StringComparison.Ordinal);
    }
}
