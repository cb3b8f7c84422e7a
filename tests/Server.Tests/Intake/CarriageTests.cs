using System.Text.Json;
using ActionMail.Server.Tests.Platform;
using MimeKit;

namespace ActionMail.Server.Tests.Intake;

/// <summary>Where a card may sit in a mail, from the socket to the API. Protocol §1, security B-11, B-12.</summary>
[Collection(WayIn.Name)]
public sealed class CarriageTests(SharedPlatform shared) : IAsyncLifetime
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

    [Theory]
    [InlineData("a section of microdata")]
    [InlineData("a section with https in its type")]
    [InlineData("a section in base64")]
    [InlineData("a section beside plain text")]
    [InlineData("a section beside a picture")]
    [InlineData("linked data")]
    [InlineData("linked data as some write it")]
    [InlineData("a part of its own")]
    [InlineData("a section and an unsigned copy of the same card")]
    [InlineData("a section and a part with the same signature")]
    public async Task A_signed_card_is_active_in_each_form(string form)
    {
        var card = _service.Card();
        var jws = _service.Sign(card);
        var section = Service.Section(jws);
        MimeEntity body = form switch
        {
            "a section of microdata" => Service.Html(section),
            "a section with https in its type" => Service.Html(section.Replace("http://schema.org/Signed", "https://schema.org/Signed", StringComparison.Ordinal)),
            "a section in base64" => InBase64(Service.Html(section)),
            "a section beside plain text" => new MultipartAlternative { new TextPart("plain") { Text = "The plain request." }, Service.Html(section) },
            "a section beside a picture" => new MultipartRelated { Service.Html(section), new MimePart("image", "png") { Content = new MimeContent(new MemoryStream([1])) } },
            "linked data" => Service.Html("", LinkedData("@type", "SignedAdaptiveCard", jws)),
            "linked data as some write it" => Service.Html("", LinkedData("type", "signedadaptivecard", jws)),
            "a part of its own" => new MultipartAlternative { new TextPart("plain") { Text = "The plain request." }, CardPart("jws", jws), Service.Html("") },
            "a section and an unsigned copy of the same card" => Service.Html(section, Script(card)),
            "a section and a part with the same signature" => new MultipartAlternative { CardPart("jws", jws), Service.Html(section) },
            _ => throw new ArgumentOutOfRangeException(nameof(form), form, "no such form"),
        };

        var state = await DeliverAsync(body);

        Assert.Equal(("active", null, 1), CardOf(state));
        Assert.Equal("pass", state.GetProperty("auth").GetProperty("signedCard").GetString());
        Assert.NotNull(state.GetProperty("card").GetProperty("display").FindAction("Approve"));
    }

    [Theory]
    [InlineData("a script in the head")]
    [InlineData("a script in the body")]
    [InlineData("a part of its own")]
    [InlineData("a MessageCard")]
    public async Task An_unsigned_card_waits_for_its_sender_to_be_verified(string form)
    {
        var card = _service.Card();
        MimeEntity body = form switch
        {
            "a script in the head" => Service.Html("", Script(card)),
            "a script in the body" => Service.Html(Script(card)),
            "a part of its own" => new MultipartAlternative { CardPart("json", card), Service.Html("") },
            _ => Service.Html("", """<script type="application/ld+json">{"@context":"https://schema.org/extensions","@type":"MessageCard","text":"a"}</script>"""),
        };

        var state = await DeliverAsync(body);

        Assert.Equal(("inert", "sender_unverified", 0), CardOf(state));
        Assert.Equal(("none", JsonValueKind.Null), (state.GetProperty("auth").GetProperty("signedCard").GetString(), state.GetProperty("card").GetProperty("display").ValueKind));
    }

    [Fact]
    public async Task A_signed_MessageCard_is_shown()
    {
        var payload = JsonSerializer.Serialize(new
        {
            originator = _service.Id,
            sender = Service.Sender,
            recipientsSerialized = JsonSerializer.Serialize(new[] { Service.Owner }),
            messageCardSerialized = """{"@context":"https://schema.org/extensions","@type":"MessageCard","text":"a"}""",
            iat = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
        });
        var section = Service.Section(RawJws.Sign(_service.Key, """{"alg":"RS256"}""", payload)).Replace("AdaptiveCard", "MessageCard", StringComparison.Ordinal);

        var state = await DeliverAsync(Service.Html(section));

        Assert.Equal(("active", null, 1), CardOf(state));
        Assert.Equal("a", state.GetProperty("card").GetProperty("display").GetProperty("body")[0].GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("no card at all")]
    [InlineData("plain text that quotes a card")]
    [InlineData("an attached page")]
    [InlineData("a mail in the mail")]
    [InlineData("a comment")]
    [InlineData("a quoted reply")]
    [InlineData("a template")]
    public async Task A_card_anywhere_else_is_none(string where)
    {
        var section = Service.Section(_service.Sign(_service.Card()));
        MimeEntity body = where switch
        {
            "no card at all" => Service.Html(""),
            "plain text that quotes a card" => new TextPart("plain") { Text = section },
            "an attached page" => new Multipart("mixed") { Service.Html(""), Attached(Service.Html(section)) },
            "a mail in the mail" => new Multipart("mixed") { Service.Html(""), new MessagePart { Message = Service.Letter(Service.Html(section)) } },
            "a comment" => Service.Html($"<!-- {section} -->"),
            "a quoted reply" => Service.Html($"<blockquote>{section}</blockquote>"),
            _ => Service.Html($"<template>{section}</template>"),
        };

        var state = await DeliverAsync(body);

        Assert.Equal(("none", null, 0), CardOf(state));
        Assert.DoesNotContain("<actionable-card", await _owner.OpenAsync(state.GetProperty("id").GetGuid()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("two sections")]
    [InlineData("two scripts")]
    [InlineData("a section and a script with another card")]
    [InlineData("a section and linked data with another signature")]
    public async Task Two_cards_are_none_to_choose_from(string what)
    {
        var (one, other) = (_service.Sign(_service.Card()), _service.Sign(_service.Card(text: "Something else")));
        var body = what switch
        {
            "two sections" => Service.Html(Service.Section(one) + Service.Section(other)),
            "two scripts" => Service.Html("", Script(_service.Card()) + Script(_service.Card(text: "Something else"))),
            "a section and a script with another card" => Service.Html(Service.Section(one), Script(_service.Card(text: "Something else"))),
            _ => Service.Html(Service.Section(one), LinkedData("@type", "SignedAdaptiveCard", other)),
        };

        Assert.Equal(("inert", "card_ambiguous", 0), CardOf(await DeliverAsync(body)));
    }

    private async Task<JsonElement> DeliverAsync(MimeEntity body) => await _owner.StateAsync(await _service.DeliverAsync(Service.Letter(body)));

    private static (string? State, string? Reason, int Version) CardOf(JsonElement state)
    {
        var card = state.GetProperty("card");
        return (card.GetProperty("state").GetString(), card.GetProperty("reason").GetString(), card.GetProperty("version").GetInt32());
    }

    private static string Script(string card) => $"""<script type="application/adaptivecard+json">{card}</script>""";

    private static string LinkedData(string typeMember, string type, string jws) =>
        $$"""<script type="application/ld+json">{"@context":"http://schema.org/extensions","{{typeMember}}":"{{type}}","signedAdaptiveCard":"{{jws}}"}</script>""";

    private static MimePart CardPart(string subtype, string text) =>
        new("application", "adaptivecard+" + subtype) { Content = new MimeContent(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text))), ContentTransferEncoding = ContentEncoding.Base64 };

    private static TextPart InBase64(TextPart part)
    {
        part.ContentTransferEncoding = ContentEncoding.Base64;
        return part;
    }

    private static TextPart Attached(TextPart part)
    {
        part.ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = "card.html" };
        return part;
    }
}
