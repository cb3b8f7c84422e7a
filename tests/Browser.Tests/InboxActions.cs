using System.Text.Json;
using ActionMail.Browser.Tests.Platform;
using Microsoft.Playwright;

namespace ActionMail.Browser.Tests;

/// <summary>What a card makes the inbox itself do: show and hide, follow a link in a text, open an add-in's pane, a message, an appointment.</summary>
[Collection(AtTheInbox.Name)]
public sealed class InboxActions(Emulator emulator, Chromium chromium) : BrowserTest(emulator, chromium)
{
    private const string SampleAddIn = "6d2f4c1e-90b7-4a53-8f0e-2b7c5a1d9e34";

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

    private ILocator Pane => _owner.Page.GetByRole(AriaRole.Dialog);

    [Fact]
    public async Task What_is_toggled_shows_and_hides_by_id_and_by_what_it_shall_be()
    {
        await OpenAsync("It toggles", """
            "body":[{"type":"TextBlock","id":"a","text":"The first","isVisible":false},{"type":"Container","id":"b","items":[{"type":"TextBlock","text":"The second"}]}],
            "actions":[{"type":"Action.ToggleVisibility","title":"Turn over","targetElements":["a","b"]},
                       {"type":"Action.ToggleVisibility","title":"Show both","targetElements":[{"elementId":"a","isVisible":true},{"elementId":"b","isVisible":true}]}]
            """);
        await ExpectTextsAsync(first: false, second: true);

        await _owner.Button("Turn over").ClickAsync();
        await ExpectTextsAsync(first: true, second: false);
        await _owner.Button("Show both").ClickAsync();
        await ExpectTextsAsync(first: true, second: true);
        await _owner.Button("Turn over").PressAsync("Enter");
        await ExpectTextsAsync(first: false, second: false);
        Assert.Equal(0, _owner.Presses);
    }

    [Fact]
    public async Task A_link_in_a_text_does_what_the_action_that_it_names_does()
    {
        await OpenAsync("It links", $$"""
            "body":[{"type":"TextBlock","wrap":true,"text":"Please [say yes](action:yes), or [ask](action:nobody)."}],
            "resources":{"actions":[{"type":"Action.Http","id":"yes","title":"Say yes","method":"POST","url":"{{_service.Stub.Origin}}/yes","body":"{}"}]}
            """);

        await Expect(_owner.Card).ToContainTextAsync("or ask.");
        await Expect(_owner.Button("ask")).ToHaveCountAsync(0);
        await _owner.Button("say yes").PressAsync("Enter");

        await Expect(_owner.Outcome).ToContainTextAsync("Done");
        Assert.StartsWith("POST /yes ", Assert.Single(_service.Stub.Seen).Head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1440 beside the card", 1440)]
    [InlineData("390 over it", 390)]
    public async Task The_pane_of_an_installed_add_in_opens_with_what_the_card_gives_it(string where, int width)
    {
        _owner = await SignInAsync("Adele Vance", new(width, 900));
        await OpenAsync($"It has a pane, {where}", $$$"""
            "body":[{"type":"TextBlock","text":"May we?"}],
            "actions":[{"type":"Action.InvokeAddInCommand","title":"Log a call","addInId":"{{{SampleAddIn.ToUpperInvariant()}}}","desktopCommandId":"logCall","initializationContext":{"opportunity":"OP-1","amount":12345678901234567890}}]
            """);

        await _owner.Button("Log a call").PressAsync("Enter");

        await Expect(Pane).ToHaveAccessibleNameAsync("Sample add-in");
        var frame = Pane.FrameLocator("iframe");
        await Expect(frame.Locator("#command")).ToHaveTextAsync("logCall");
        await Expect(frame.Locator("#context")).ToHaveTextAsync("""{"opportunity":"OP-1","amount":12345678901234567890}""");
        await Expect(Pane.GetByRole(AriaRole.Button, new() { Name = "Close" })).ToBeFocusedAsync();
        var box = (await Pane.BoundingBoxAsync())!;
        Assert.True(width == 390 ? box is { X: 0, Width: 390 } : box.X > 400 && box.Width < 400, $"{where}: {box.X}, {box.Width}");
        await _owner.PhotographAsync(Checkout.CardPictures, $"pane-{width}");
        await _owner.Page.Keyboard.PressAsync("Escape");
        await Expect(Pane).ToHaveCountAsync(0);
        await Expect(_owner.Button("Log a call")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_pane_elsewhere_hears_the_card_and_nobody_else_does()
    {
        _owner.Tolerate("request to a stranger: " + Emulator.AddInPage);
        await _owner.Page.RouteAsync(Emulator.AddInPage, route => route.FulfillAsync(new()
        {
            ContentType = "text/html",
            Body = """
                <!DOCTYPE html><title>Pane</title><p id="heard">nothing</p><script>
                const { port1, port2 } = new MessageChannel();
                port1.onmessage = ({ data }) => { document.getElementById("heard").textContent = `${origin} ${data.addInId} ${data.desktopCommandId} ${data.initializationContext}`; };
                parent.postMessage({ type: "actionmail.ready" }, "*", [port2]);
                </script>
                """,
        }));
        await OpenAsync("Its pane is elsewhere", $$$"""
            "body":[{"type":"TextBlock","text":"May we?"}],
            "actions":[{"type":"Action.InvokeAddInCommand","title":"Track it","addInId":"{{{Emulator.AddInElsewhere}}}","desktopCommandId":"track","initializationContext":{"parcel":"P-7"}}]
            """);
        // A window that is not the pane's asks for the same.
        await _owner.Page.EvaluateAsync("""
            () => {
                window.overheard = [];
                addEventListener('message', () => {
                    const { port1, port2 } = new MessageChannel();
                    port1.onmessage = ({ data }) => window.overheard.push(data);
                    postMessage({ type: 'actionmail.ready' }, '*', [port2]);
                }, { once: true });
            }
            """);

        await _owner.Button("Track it").ClickAsync();

        await Expect(Pane.FrameLocator("iframe").Locator("#heard")).ToHaveTextAsync("https://pane.contoso.test elsewhere@contoso.test track {\"parcel\":\"P-7\"}");
        await Expect(Pane).ToContainTextAsync("From pane.contoso.test");
        Assert.Equal(0, await _owner.Page.EvaluateAsync<int>("() => window.overheard.length"));
    }

    [Fact]
    public async Task An_add_in_that_is_not_installed_is_named_with_who_can_install_it()
    {
        _owner.Tolerate("the server responded with a status of 404");
        await OpenAsync("It has no pane", """
            "body":[{"type":"TextBlock","text":"May we?"}],
            "actions":[{"type":"Action.InvokeAddInCommand","title":"Log a call","addInId":"11111111-2222-3333-4444-555555555555"}]
            """);

        await _owner.Button("Log a call").ClickAsync();

        await Expect(Pane).ToHaveAccessibleNameAsync("This add-in is not installed");
        await Expect(Pane).ToContainTextAsync("Whoever runs the platform can install it");
        await Expect(Pane).ToContainTextAsync("11111111-2222-3333-4444-555555555555");
        await Pane.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(Pane).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_message_of_ones_own_opens_and_one_that_is_not_there_is_said_to_be_missing()
    {
        _owner.Tolerate("the server responded with a status of 404");
        var meant = _service.Mail("The one that is meant", _service.Card("Here it is"));
        await _service.SendAsync(meant);
        await OpenAsync("It opens another", $$"""
            "body":[{"type":"TextBlock","text":"May we?"}],
            "actions":[{"type":"Action.DisplayMessageForm","title":"Open it","itemId":"<{{meant.MessageId}}>"},
                       {"type":"Action.DisplayMessageForm","title":"Open nothing","itemId":"AAMkAGI2THVSAAA="},
                       {"type":"Action.DisplayAppointmentForm","title":"See the meeting","itemId":"{{meant.MessageId}}"}]
            """);

        await _owner.Button("Open nothing").ClickAsync();
        await Expect(Pane).ToContainTextAsync("Nothing in your mailbox has this id");
        await Expect(Pane).ToContainTextAsync("AAMkAGI2THVSAAA=");
        await _owner.Button("See the meeting").ClickAsync();
        await Expect(Pane).ToContainTextAsync("The one that is meant");
        await Expect(Pane).ToContainTextAsync("ActionMail keeps no calendar");
        await _owner.Button("Open it").ClickAsync();

        await Expect(_owner.Page.GetByRole(AriaRole.Heading, new() { Name = "The one that is meant" })).ToBeVisibleAsync();
        await Expect(_owner.Card).ToContainTextAsync("Here it is");
    }

    [Fact]
    public async Task An_open_pane_shuts_nobody_out()
    {
        foreach (var screen in new[] { new Screen(1440, 900), Screen.Phone.InTheDark })
        {
            _owner = await SitDownAsync($"Adele Vance on {screen}", screen);
            _owner.Tolerate("the server responded with a status of 404");
            await _owner.SignInAsync("Adele Vance");
            await OpenAsync($"For everybody on {screen}", $$"""
                "body":[{"type":"TextBlock","text":"May we?"}],
                "actions":[{"type":"Action.InvokeAddInCommand","title":"Log a call","addInId":"{{SampleAddIn}}"},{"type":"Action.DisplayAppointmentForm","title":"See it","itemId":"none"}]
                """);
            foreach (var title in new[] { "Log a call", "See it" })
            {
                await _owner.Button(title).ClickAsync();
                await Expect(Pane).ToBeVisibleAsync();
                await Accessibility.AssertAsync(_owner.Page, $"{title} on {screen}");
                await _owner.Page.Keyboard.PressAsync("Escape");
            }
        }
    }

    private async Task OpenAsync(string subject, string members)
    {
        var card = JsonElement.Parse($$"""{"type":"AdaptiveCard","version":"1.0","originator":"{{_service.Id}}",{{members}}}""").GetRawText();
        await _service.SendAsync(_service.Mail(subject, card));
        await _owner.OpenAsync(subject);
        await Expect(_owner.Card.Locator(".ac-adaptiveCard")).ToBeVisibleAsync();
    }

    private async Task ExpectTextsAsync(bool first, bool second)
    {
        await Expect(_owner.Card.GetByText("The first")).ToBeVisibleAsync(new() { Visible = first });
        await Expect(_owner.Card.GetByText("The second")).ToBeVisibleAsync(new() { Visible = second });
    }
}
