using ActionMail.Browser.Tests.Platform;
using ActionMail.Server.Tests.Platform;
using Microsoft.Playwright;

namespace ActionMail.Browser.Tests;

/// <summary>What the owner sees when the service behind a card is down, breaks off, is slow or says no.</summary>
[Collection(AtTheInbox.Name)]
public sealed class ServiceTroubles(Emulator emulator, Chromium chromium) : BrowserTest(emulator, chromium)
{
    private Service _service = null!;
    private Reader _owner = null!;

    public override async ValueTask InitializeAsync()
    {
        _service = await Service.RegisterAsync(Emulator);
        _owner = await SignInAsync("Adele Vance");
    }

    public override async ValueTask DisposeAsync()
    {
        _service.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task A_service_that_is_down_leaves_the_card_and_once_it_is_up_the_same_button_works()
    {
        await OpenCardAsync("It is down", _service.Card("May we?"));
        _service.GoDown();

        await _owner.Button("Approve").ClickAsync();

        await Expect(_owner.Outcome).ToContainTextAsync("The Service cannot be reached; nothing was sent.");
        await Expect(_owner.Outcome).ToContainTextAsync("Adele Vance");
        await Expect(_owner.Card).ToContainTextAsync("May we?");
        _service.ComeUpAgain();
        _service.Stub.Behave = (_, stream, cancel) => StubProvider.Card(stream, _service.Card("It is done", button: null), "Done at last", cancel);

        await _owner.Button("Approve").ClickAsync();

        await Expect(_owner.Card).ToContainTextAsync("It is done");
        await Expect(_owner.Outcome).ToContainTextAsync("Done at last");
        Assert.Single(_service.Stub.Seen);
    }

    [Fact]
    public async Task A_service_that_breaks_off_is_asked_again_with_the_same_request_id()
    {
        await OpenCardAsync("It breaks off", _service.Card("May we?"));
        _service.Stub.Behave = (_, _, _) => Task.CompletedTask;   // reads the request and hangs up
        await _owner.Button("Approve").ClickAsync();
        await Expect(_owner.Outcome).ToContainTextAsync("The Service did not answer");
        await Expect(_owner.Card).ToContainTextAsync("May we?");
        _service.Stub.Behave = (_, stream, cancel) => StubProvider.Card(stream, _service.Card("It is done", button: null), "Done once", cancel);

        await _owner.Page.GetByRole(AriaRole.Button, new() { Name = "Ask again" }).ClickAsync();

        await Expect(_owner.Card).ToContainTextAsync("It is done");
        await Expect(_owner.Outcome).ToContainTextAsync("Done once");
        Assert.Equal(2, _service.Stub.Seen.Count);
        Assert.Single(_service.Stub.Seen.Select(request => request.Header("Action-Request-Id")).Distinct());
    }

    [Fact]
    public async Task While_a_slow_service_works_nothing_can_be_pressed_twice_and_one_may_stop_waiting()
    {
        await OpenCardAsync("It is slow", _service.Card("May we?"));
        var answer = new TaskCompletionSource();
        _service.Stub.Behave = async (_, stream, cancel) =>
        {
            await answer.Task.WaitAsync(cancel);
            await StubProvider.Card(stream, _service.Card("It is done", button: null), "Done after all", cancel);
        };

        await _owner.Button("Approve").ClickAsync();
        await Expect(_owner.Button("Approve")).ToHaveAttributeAsync("aria-busy", "true");
        await _owner.Button("Approve").ClickAsync(new() { Force = true });
        await Expect(_owner.Page.GetByText("The service is slow. You can wait")).ToBeVisibleAsync();
        await _owner.Page.GetByRole(AriaRole.Button, new() { Name = "Stop waiting" }).ClickAsync();
        await Expect(_owner.Toast).ToContainTextAsync("Still being carried out");
        answer.SetResult();

        await Expect(_owner.Card).ToContainTextAsync("It is done");
        await Expect(_owner.Outcome).ToContainTextAsync("Done after all");
        Assert.Equal(1, _owner.Presses);
        Assert.Single(_service.Stub.Seen);
    }

    [Fact]
    public async Task A_service_that_says_no_is_heard_and_the_button_works_again()
    {
        await OpenCardAsync("It says no", _service.Card("May we?"));
        _service.Stub.Behave = (_, stream, cancel) => StubProvider.Answer(stream, "400 Bad Request", "", "CARD-ACTION-STATUS: Not on a Sunday\r\n", cancel);
        await _owner.Button("Approve").ClickAsync();
        await Expect(_owner.Outcome).ToContainTextAsync("Not on a Sunday");
        await Expect(_owner.Button("Approve")).ToBeEnabledAsync();
        _service.Stub.Behave = (_, stream, cancel) => StubProvider.Answer(stream, "200 OK", "", "CARD-ACTION-STATUS: Well then\r\n", cancel);

        await _owner.Button("Approve").ClickAsync();

        await Expect(_owner.Outcome).ToContainTextAsync("Well then");
    }

    [Fact]
    public async Task A_registration_that_is_suspended_takes_the_open_cards_actions_and_gives_them_back()
    {
        await OpenCardAsync("It is suspended", _service.Card("May we?"));
        var off = _owner.Page.Locator(".am-actions-off");

        await _service.MoveAsync("suspend");
        await Expect(off).ToContainTextAsync("The Service is suspended since");
        await Expect(_owner.Card).ToContainTextAsync("May we?");
        await Expect(_owner.Button("Approve")).ToHaveAttributeAsync("aria-disabled", "true");
        await _owner.Button("Approve").ClickAsync(new() { Force = true });
        await _owner.Page.ReloadAsync();
        await Expect(off).ToContainTextAsync("The Service is suspended since");
        await _owner.Button("Approve").ClickAsync(new() { Force = true });
        Assert.Empty(_service.Stub.Seen);

        await _service.MoveAsync("resume");
        await Expect(off).ToHaveCountAsync(0);
        await _owner.Button("Approve").ClickAsync();
        await Expect(_owner.Outcome).ToBeVisibleAsync();
        Assert.Single(_service.Stub.Seen);
    }

    private async Task OpenCardAsync(string subject, string card)
    {
        await _service.SendAsync(_service.Mail(subject, card));
        await _owner.OpenAsync(subject);
        await Expect(_owner.Button("Approve")).ToBeVisibleAsync();
    }
}
