using ActionMail.Mail.Message;
using ActionMail.Mail.Smtp;
using ActionMail.Protocol.Carriage;
using ActionMail.Server.Intake;
using ActionMail.Server.Outbound;
using ActionMail.Server.Persistence;
using ActionMail.Server.Tests.Intake;
using ActionMail.Server.Tests.Platform;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Tests.Outbound;

/// <summary>Mail to other systems, from the form to the relay: our own receiver stands in for it, as strict as any.</summary>
public sealed class RelayQueueTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly StubProvider _provider = new();
    private SmtpHost _relay = null!;
    private RunningPlatform _platform = null!;
    private Browser _owner = null!;

    public async ValueTask InitializeAsync()
    {
        _relay = await SmtpHost.StartAsync();
        _relay.FindRecipient = address => address.StartsWith("no", StringComparison.Ordinal) ? RecipientAnswer.Unknown : RecipientAnswer.Known;
        await StartAsync(folder: null);
    }

    public async ValueTask DisposeAsync()
    {
        _owner.Dispose();
        await _platform.DisposeAsync();
        await _relay.DisposeAsync();
        _provider.Dispose();
    }

    [Fact]
    public async Task A_forward_reaches_somebody_elsewhere_by_the_relay_and_without_its_card()
    {
        var (original, form) = await ForwardAsync("x@northwind.test", "elvia@contoso.test");

        await ExpectAsync(original, "x@northwind.test: <strong>handed to the mail relay</strong>");
        var delivered = Assert.Single(_relay.Delivered);
        Assert.Equal(("owner@contoso.test", "x@northwind.test"), (delivered.Envelope.MailFrom, Assert.Single(delivered.Envelope.Recipients)));
        var mail = MailMessage.Read(delivered.Content);
        Assert.Equal($"<{Guid.Parse(form.Fields["draft"]):N}@contoso.test>", mail.MessageId);
        Assert.Equal(["x@northwind.test"], mail.To);
        Assert.Equal(["elvia@contoso.test"], mail.Cc);
        Assert.True(MailFacts.CardOf(mail) is CarriedCard.None);
        Assert.Contains("The plain request.", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Single(await _platform.CopiesAsync("elvia@contoso.test", mail.MessageId!.Trim('<', '>')));
    }

    [Fact]
    public async Task A_recipient_that_the_relay_refuses_is_told_of_and_the_others_get_the_mail()
    {
        var (original, _) = await ForwardAsync("x@northwind.test, nobody@northwind.test");

        var page = await ExpectAsync(original, "nobody@northwind.test: <strong>not delivered</strong>");
        Assert.Contains("550 ", page, StringComparison.Ordinal);
        Assert.Contains("x@northwind.test: <strong>handed to the mail relay</strong>", page, StringComparison.Ordinal);
        Assert.Equal(["x@northwind.test"], Assert.Single(_relay.Delivered).Envelope.Recipients);
        Assert.Contains("Your answer was not delivered", await _owner.Http.GetStringAsync("/inbox"), StringComparison.Ordinal);

        var again = await AnswerForm.OpenAsync(_owner, original, "forward");
        again.Fields["to"] = "y@northwind.test";
        await again.SendAsync();
        await ExpectAsync(original, "y@northwind.test: <strong>handed to the mail relay</strong>");
        Assert.DoesNotContain("Your answer was not delivered", await _owner.Http.GetStringAsync("/inbox"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_relay_does_not_take_now_it_is_asked_again()
    {
        var asked = 0;
        _relay.Accept = (_, _) => Task.FromResult<AcceptanceAnswer>(Interlocked.Increment(ref asked) < 3 ? new AcceptanceAnswer.TryLater() : new AcceptanceAnswer.Stored("m-1"));

        var (original, _) = await ForwardAsync("x@northwind.test");

        await ExpectAsync(original, "x@northwind.test: <strong>handed to the mail relay</strong>");
        Assert.Equal(3, asked);
        Assert.Equal(3, (await DeliveriesAsync()).Single().Attempts);
    }

    [Fact]
    public async Task A_relay_that_never_takes_it_is_given_up()
    {
        _relay.Accept = (_, _) => Task.FromResult<AcceptanceAnswer>(new AcceptanceAnswer.TryLater());
        await StopAsync();
        await StartAsync(_platform.Doors.Folder, "--Outbound:GiveUpAfter=00:00:00.5");

        var (original, _) = await ForwardAsync("x@northwind.test");

        Assert.Contains("451 ", await ExpectAsync(original, "x@northwind.test: <strong>not delivered</strong>"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_that_was_with_the_relay_when_the_platform_ended_is_sent_once_more_with_the_same_id()
    {
        var isThere = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var seen = new List<string?>();
        // It takes the mail, but its word does not come before the platform ends.
        _relay.Accept = async (_, cancel) =>
        {
            if (isThere.TrySetResult())
                await Task.Delay(Timeout.InfiniteTimeSpan, cancel).ContinueWith(_ => { }, TaskScheduler.Default);
            return new AcceptanceAnswer.Stored("m-1");
        };
        var (original, form) = await ForwardAsync("x@northwind.test");
        await isThere.Task.WaitAsync(Patience);
        await StopAsync();

        await StartAsync(_platform.Doors.Folder);

        await ExpectAsync(original, "x@northwind.test: <strong>handed to the mail relay</strong>");
        seen.AddRange(_relay.Delivered.Select(each => MailMessage.Read(each.Content).MessageId));
        Assert.InRange(seen.Count, 1, 2);
        Assert.All(seen, id => Assert.Equal($"<{Guid.Parse(form.Fields["draft"]):N}@contoso.test>", id));
    }

    [Fact]
    public async Task A_relay_that_nobody_can_reach_is_asked_again()
    {
        await StopAsync();
        await StartAsync(_platform.Doors.Folder, $"--Outbound:Port={RunningPlatform.FreePort()}");

        var (original, _) = await ForwardAsync("x@northwind.test");

        await ExpectAsync(original, "x@northwind.test: <strong>not yet taken by the mail relay, which is asked again</strong>. <span class=\"quiet\" dir=\"auto\">the mail relay cannot be reached</span>");
        await StopAsync();
        await StartAsync(_platform.Doors.Folder);
        await ExpectAsync(original, "x@northwind.test: <strong>handed to the mail relay</strong>");
        Assert.Single(_relay.Delivered);
    }

    [Fact]
    public async Task The_emulator_has_no_relay_but_on_this_machine()
    {
        var refusal = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => RunningPlatform.StartAsync(settings: "--Outbound:Host=mail.contoso.test"));

        Assert.Contains("The emulator sends no real mail", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 60)]
    [InlineData(2, 120)]
    [InlineData(6, 1920)]
    [InlineData(7, 3600)]
    [InlineData(1000, 3600)]
    public void The_pause_doubles_up_to_an_hour(int attempts, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RelayPause.After(attempts, TimeSpan.FromMinutes(1)));

    [Theory]
    [InlineData("none, the default", null, nameof(RelayTls.StartTls), null, "")]
    [InlineData("elsewhere, encrypted", "mail.contoso.test", nameof(RelayTls.StartTls), null, "")]
    [InlineData("elsewhere, in the clear", "mail.contoso.test", nameof(RelayTls.None), null, "Outbound:Tls")]
    [InlineData("this machine, in the clear", "127.0.0.1", nameof(RelayTls.None), null, "")]
    [InlineData("this machine by name", "localhost", nameof(RelayTls.None), null, "")]
    [InlineData("a user without a password", "mail.contoso.test", nameof(RelayTls.Implicit), "u", "Outbound:User")]
    [InlineData("no host name", "a b", nameof(RelayTls.StartTls), null, "Outbound:Host")]
    public void Options_that_cannot_be_meant_are_refused(string why, string? host, string tls, string? user, string fault)
    {
        var faults = new OutboundOptions { Host = host, Tls = Enum.Parse<RelayTls>(tls), User = user }.Faults().ToList();

        Assert.Equal((why, fault.Length > 0 ? 1 : 0), (why, faults.Count));
        Assert.All(faults, words => Assert.StartsWith(fault, words, StringComparison.Ordinal));
    }

    private async Task StartAsync(string? folder, params string[] settings)
    {
        _platform = await RunningPlatform.StartAsync(folder, settings:
            [$"--Outbound:Host=127.0.0.1", $"--Outbound:Port={_relay.Port}", "--Outbound:Tls=None", "--Outbound:FirstPause=00:00:00.1", .. settings]);
        _owner = await Browser.SignInAsync(_platform.Doors, Service.Owner);
    }

    private async Task StopAsync()
    {
        _owner.Dispose();
        await _platform.StopAsync();
    }

    private async Task<(Guid Original, AnswerForm Form)> ForwardAsync(string to, string cc = "")
    {
        var service = new Service(_platform.Doors, _provider);
        (await service.RegisterAsync()).EnsureSuccessStatusCode();
        var original = await service.DeliverAsync(service.Mail(service.Card(), Service.Owner));
        var form = await AnswerForm.OpenAsync(_owner, original, "forward");
        (form.Fields["to"], form.Fields["cc"]) = (to, cc);
        await form.SendAsync();
        return (original, form);
    }

    /// <summary>The message's page as soon as it has these words.</summary>
    private async Task<string> ExpectAsync(Guid original, string words)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var page = await _owner.Http.GetStringAsync($"/inbox/{original}");
            if (page.Contains(words, StringComparison.Ordinal))
                return page;
            Assert.False(patience.IsCancellationRequested, page);
            await Task.Delay(50);
        }
    }

    private Task<List<DeliveryRow>> DeliveriesAsync() => _platform.ReadAsync(db => db.Deliveries.AsNoTracking().ToListAsync());
}
