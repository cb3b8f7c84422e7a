using ActionMail.Browser.Tests.Platform;
using ActionMail.Protocol.Cards;
using ActionMail.Server.Tests.Platform;

namespace ActionMail.Browser.Tests;

/// <summary>The forms of a MessageCard in the inbox: what is typed is what the service gets, and each button asks for its own inputs.</summary>
[Collection(AtTheInbox.Name)]
public sealed class MessageCardForms(Emulator emulator, Chromium chromium) : BrowserTest(emulator, chromium)
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
    public async Task A_date_with_its_time_is_typed_in_the_readers_time_and_sent_as_everybodys()
    {
        await OpenAsync("It has a time", $$$"""
            "potentialAction":[{"@type":"ActionCard","name":"Move","inputs":[{"@type":"DateInput","id":"when","title":"To when?","includeTime":true,"isRequired":true}],
             "actions":[{"@type":"HttpPOST","name":"Move it","target":"{{{_service.Stub.Origin}}}/move","bodyContentType":"application/x-www-form-urlencoded","body":"when={{when.value}}"}]}]
            """);
        await _owner.Button("Move it").ClickAsync();
        Assert.Equal(0, _owner.Presses);

        await _owner.Card.GetByLabel("To when?").FillAsync("2026-01-31T09:30");
        await _owner.Button("Move it").ClickAsync();

        await Expect(_owner.Outcome).ToContainTextAsync("Got /move");
        var moment = await _owner.Page.EvaluateAsync<string>("new Date('2026-01-31T09:30').toISOString().slice(0, 16) + 'Z'");
        Assert.Equal($"when={Uri.EscapeDataString(moment)}", Assert.Single(_service.Stub.Seen).Body);
    }

    [Fact]
    public async Task A_button_asks_for_the_inputs_that_it_takes_and_no_others()
    {
        var form = """{"@type":"ActionCard","name":"Comment","inputs":[{"@type":"TextInput","id":"comment","title":"Your comment","isRequired":true}],"actions":[""";
        await OpenAsync("It has two forms", $$$"""
            "sections":[
             {"title":"One","potentialAction":[{{{form}}}{"@type":"HttpPOST","name":"Send the first","target":"{{{_service.Stub.Origin}}}/1","body":"{\"c\":\"{{comment.value}}\"}"}]}]},
             {"title":"Two","potentialAction":[{{{form}}}{"@type":"HttpPOST","name":"Send the second","target":"{{{_service.Stub.Origin}}}/2","body":"{\"c\":\"{{comment.value}}\"}"}]}]}],
            "potentialAction":[{"@type":"HttpPOST","name":"Dismiss","target":"{{{_service.Stub.Origin}}}/3"}]
            """);

        await _owner.Card.GetByLabel("Your comment").Nth(1).FillAsync("mine");
        await _owner.Button("Send the first").ClickAsync();
        Assert.Equal(0, _owner.Presses);
        await _owner.Button("Send the second").ClickAsync();
        await Expect(_owner.Outcome).ToContainTextAsync("Got /2");
        await _owner.Button("Dismiss").ClickAsync();
        await Expect(_owner.Outcome).ToContainTextAsync("Got /3");

        Assert.Equal(["POST /2 {\"c\":\"mine\"}", "POST /3 "], _service.Stub.Seen.Select(request => $"{request.Head[..7]} {request.Body}"));
    }

    private async Task OpenAsync(string subject, string members)
    {
        var card = $$"""{"@type":"MessageCard","@context":"https://schema.org/extensions","themeColor":"0072C6","title":"{{subject}}","text":"Please decide",{{members}}}""";
        _service.Stub.Behave = (request, stream, cancel) => StubProvider.Answer(stream, "200 OK", "", $"CARD-ACTION-STATUS: Got {request.Head.Split(' ')[1]}\r\n", cancel);
        await _service.SendAsync(_service.Mail(subject, card, kind: CardKind.MessageCard));
        await _owner.OpenAsync(subject);
        await Expect(_owner.Card).ToContainTextAsync("Please decide");
    }
}
