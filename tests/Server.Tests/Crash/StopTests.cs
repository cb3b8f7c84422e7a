using System.Net;
using System.Net.Sockets;
using ActionMail.Server.Tests.Intake;
using ActionMail.Server.Tests.Platform;

namespace ActionMail.Server.Tests.Crash;

/// <summary>How the server ends in good order, and that it has its data folder to itself. Security .</summary>
public sealed class StopTests
{
    private readonly PlatformDoors _doors = ServerProcess.NewDoors();

    [Fact]
    public async Task Told_to_stop_it_finishes_what_has_begun_begins_nothing_new_and_exits_with_0()
    {
        using var provider = new StubProvider();
        var answer = new TaskCompletionSource();
        provider.Behave = async (_, stream, cancel) =>
        {
            await answer.Task.WaitAsync(cancel);
            await StubProvider.Answer(stream, "200 OK", "", cancel: cancel);
        };
        var service = new Service(_doors, provider);
        await using var server = await ServerProcess.StartReadyAsync(_doors);
        (await service.RegisterAsync()).EnsureSuccessStatusCode();
        using var owner = await Browser.SignInAsync(_doors, Service.Owner);
        var id = await service.DeliverAsync(service.Mail(service.Card()));
        await owner.OpenAsync(id);
        await using var view = await owner.ListenAsync("/api/events");
        await using var sender = await SmtpLineClient.ConnectAsync(new(IPAddress.Loopback, _doors.SmtpPort));
        await using var idler = await SmtpLineClient.ConnectAsync(new(IPAddress.Loopback, _doors.SmtpPort));
        await idler.ExpectAsync("220 ");
        await sender.ExpectAsync("220 ");
        Assert.StartsWith("250", await sender.SayAsync("EHLO a.test"), StringComparison.Ordinal);
        await sender.SendAsync($"MAIL FROM:<{Service.Sender}>\r\nRCPT TO:<{Service.Owner}>\r\n");
        await sender.ExpectAsync("250 2.1.0", "250 2.1.5");
        Assert.StartsWith("354 ", await sender.SayAsync("DATA"), StringComparison.Ordinal);
        await sender.SendAsync($"From: <{Service.Sender}>\r\nMessage-ID: <begun@contoso.test>\r\n");
        var press = owner.PressAsync(id, "Approve");
        await provider.Next.Task;

        server.Terminate();
        await idler.ExpectLastAsync("421 4.3.2");
        Assert.True(await view.EndsAsync());
        await AssertTurnedAwayAsync();
        await sender.SendAsync("Subject: begun\r\n\r\nText\r\n.\r\n");
        await sender.ExpectAsync("250 2.0.0");
        answer.SetResult();

        Assert.Equal("done", (await press).OutcomeState);
        Assert.Equal(0, await server.ExitAsync());
        await using var again = await RunningPlatform.StartAsync(_doors.Folder);
        Assert.Single(await again.CopiesAsync(Service.Owner, "begun@contoso.test"));
        Assert.Single(provider.Seen);
    }

    [Fact]
    public async Task A_second_server_on_the_same_folder_is_refused_and_a_killed_one_locks_nobody_out()
    {
        await using var first = await ServerProcess.StartReadyAsync(_doors);
        var elsewhere = ServerProcess.NewDoors() with { Folder = _doors.Folder };

        await using var second = ServerProcess.Start(elsewhere);
        var exitCode = await second.ExitAsync();
        using var http = new HttpClient { BaseAddress = _doors.Url };
        var firstIsWell = (await http.GetAsync("/health/ready")).IsSuccessStatusCode;
        await first.KillAsync();
        await using var third = await ServerProcess.StartReadyAsync(elsewhere);

        Assert.Equal(2, exitCode);
        Assert.StartsWith($"ActionMail cannot start: Another ActionMail runs on the data folder {_doors.Folder}.", second.Words, StringComparison.Ordinal);
        Assert.True(firstIsWell);
        await third.KillAsync();
        Directory.Delete(_doors.Folder, recursive: true);
    }

    private async Task AssertTurnedAwayAsync()
    {
        try
        {
            await using var late = await SmtpLineClient.ConnectAsync(new(IPAddress.Loopback, _doors.SmtpPort));
            await late.ExpectLastAsync("421 4.3.2");
        }
        catch (SocketException)
        {
            // Nobody listens any more.
        }
    }
}
