using System.Net;
using System.Text.Json;
using ActionMail.Protocol.Cards;
using ActionMail.Sdk;
using ActionMail.Server.Tests.Platform;
using MimeKit;

namespace ActionMail.Server.Tests.Actions;

/// <summary>A signed MessageCard, from the mail to the provider's socket and back. Protocol §4.</summary>
public sealed class MessageCardTests(SharedPlatform shared) : IClassFixture<SharedPlatform>, IAsyncLifetime
{
    private readonly StubProvider _provider = new();
    private readonly Browser _owner = shared.Owner;
    private Service _service = null!;

    public async ValueTask InitializeAsync() => _service = await shared.RegisteredAsync(_provider);

    public ValueTask DisposeAsync()
    {
        _provider.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_form_body_is_posted_as_a_form()
    {
        var id = await DeliverAsync(Card());

        var answer = await _owner.PressAsync(id, "Send approval", new { comment = "fine & dandy" });

        Assert.Equal((HttpStatusCode.OK, "done"), (answer.Status, answer.OutcomeState));
        var seen = Assert.Single(_provider.Seen);
        Assert.StartsWith("POST /approve?secret=s3cr3t HTTP/1.1", seen.Head, StringComparison.Ordinal);
        Assert.Equal(("application/x-www-form-urlencoded", "comment=fine+%26+dandy"), (seen.Header("Content-Type")!.Split(';')[0], seen.Body));
        Assert.Equal("7f0c8a52-1111-4222-8333-944455556666", seen.Header("Card-Correlation-Id"));
        Assert.StartsWith("Bearer ", seen.Header("Authorization"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_JSON_body_takes_the_values_of_its_own_form()
    {
        var id = await DeliverAsync(Card());

        var answer = await _owner.PressAsync(id, "Send rejection", new { comment = "of the other form", comment2 = "too \"dear\"", until = "2026-01-31T09:30Z", why = "policy" });

        Assert.Equal("done", answer.OutcomeState);
        var seen = Assert.Single(_provider.Seen);
        Assert.StartsWith("POST /reject/policy HTTP/1.1", seen.Head, StringComparison.Ordinal);
        Assert.StartsWith("application/json", seen.Header("Content-Type"), StringComparison.Ordinal);
        var body = JsonElement.Parse(seen.Body);
        Assert.Equal(("too \"dear\"", "2026-01-31T09:30Z"), (body.GetProperty("comment").GetString(), body.GetProperty("until").GetString()));
    }

    [Fact]
    public async Task What_a_form_requires_is_asked_by_its_own_action_only()
    {
        var id = await DeliverAsync(Card());

        var refused = await _owner.PressAsync(id, "Send rejection");
        var done = await _owner.PressAsync(id, "Send approval");

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_inputs"), (refused.Status, refused.Code));
        Assert.True(refused.Body.GetProperty("errors").TryGetProperty("comment2", out _));
        Assert.Equal("done", done.OutcomeState);
    }

    [Fact]
    public async Task The_page_draws_the_card_and_never_holds_what_will_be_called()
    {
        var id = await DeliverAsync(Card());

        var page = await _owner.OpenAsync(id);
        var display = (await _owner.StateAsync(id)).GetProperty("card").GetProperty("display");

        Assert.Equal(("AdaptiveCard", "#0072C6"), (display.GetProperty("type").GetString(), display.GetProperty("themeColor").GetString()));
        Assert.DoesNotContain("s3cr3t", page + display.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(_provider.Origin, page + display.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("another MessageCard", """{"@type":"MessageCard","@context":"https://schema.org/extensions","title":"Approved","text":"x"}""")]
    [InlineData("an Adaptive Card", """{"type":"AdaptiveCard","version":"1.0","body":[{"type":"TextBlock","text":"Approved"}]}""")]
    public async Task A_card_of_either_kind_may_take_its_place(string kind, string replacement)
    {
        var id = await DeliverAsync(Card());
        _provider.Behave = (_, stream, cancel) => StubProvider.Card(stream, replacement, "Approved", cancel);

        await _owner.PressAsync(id, "Send approval");

        var card = (await _owner.StateAsync(id)).GetProperty("card");
        Assert.True(card.GetProperty("display").GetProperty("body")[0].GetProperty("text").GetString() == "Approved", kind);
        Assert.Equal(2, card.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task A_target_that_is_not_registered_makes_the_card_inert()
    {
        var id = await DeliverAsync(Card(target: "https://elsewhere.test"));

        var state = await _owner.StateAsync(id);

        Assert.Equal(("inert", "target_denied"), (state.GetProperty("card").GetProperty("state").GetString(), state.GetProperty("card").GetProperty("reason").GetString()));
    }

    private async Task<Guid> DeliverAsync(string card)
    {
        var id = await _service.DeliverAsync(Mail(card));
        await _owner.OpenAsync(id);
        return id;
    }

    private MimeMessage Mail(string card)
    {
        var content = new SignedCardContent { CardJson = card, Kind = CardKind.MessageCard, Originator = _service.Id, Sender = Service.Sender, Recipients = [Service.Owner] };
        var section = Service.Section(SignedCard.Create(content, _service.Key, TimeProvider.System).Jws);
        return Service.Letter(Service.Html(section.Replace("AdaptiveCard", "MessageCard", StringComparison.Ordinal)));
    }

    private string Card(string? target = null) => $$$"""
        {"@type":"MessageCard","@context":"https://schema.org/extensions","originator":"{{{_service.Id}}}","correlationId":"7f0c8a52-1111-4222-8333-944455556666",
         "summary":"An expense report","themeColor":"0072C6","title":"Expense report","text":"Please decide",
         "potentialAction":[
          {"@type":"ActionCard","name":"Approve","inputs":[{"@type":"TextInput","id":"comment"}],
           "actions":[{"@type":"HttpPOST","name":"Send approval","target":"{{{target ?? _provider.Origin}}}/approve?secret=s3cr3t","bodyContentType":"application/x-www-form-urlencoded","body":"comment={{comment.value}}"}]},
          {"@type":"ActionCard","name":"Reject","inputs":[
            {"@type":"TextInput","id":"comment","isRequired":true},{"@type":"DateInput","id":"until","includeTime":true},
            {"@type":"MultichoiceInput","id":"why","choices":[{"display":"Policy","value":"policy"}]}],
           "actions":[{"@type":"HttpPOST","name":"Send rejection","target":"{{{target ?? _provider.Origin}}}/reject/{{why.value}}","body":"{\"comment\":\"{{comment.value}}\",\"until\":\"{{until.value}}\"}"}]}]}
        """;
}
