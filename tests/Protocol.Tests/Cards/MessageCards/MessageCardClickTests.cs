using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Cards.MessageCards;
using ActionMail.Protocol.Providers;
using ActionMail.Tests;
using CsCheck;

namespace ActionMail.Protocol.Tests.Cards.MessageCards;

/// <summary>What a click on an HttpPOST asks of the inputs, and what it sends. Protocol §4.</summary>
public sealed class MessageCardClickTests
{
    private const string Seed = "0N0XIzNsQ0O2";

    private static readonly string[] Attacks = ["&role=admin", "a=b&c", "\",\"x\":\"", "{{comment.value}}", "\r\nX-Evil: 1", "%26", "+", "\u2028", "\\", "😀"];
    private static readonly Gen<string> Typed = Gen.OneOf(Gen.Int[0, Attacks.Length - 1].Select(index => Attacks[index]), Gen.String[0, 40].Where(text => !text.Any(char.IsSurrogate)));
    private static readonly Card Expense = MessageCardFixtures.Read(MessageCardFixtures.Expense);

    [Fact]
    public void An_input_is_required_by_the_action_that_takes_it_and_by_no_other()
    {
        Assert.IsType<InputReading.Valid>(Check("a1", []));
        Assert.Equal(["comment2"], Assert.IsType<InputReading.Invalid>(Check("a3", [])).Errors.Keys);
    }

    [Fact]
    public void What_stands_half_written_in_another_form_is_not_looked_at() =>
        Assert.Equal(["comment"], Assert.IsType<InputReading.Valid>(Check("a1", new() { ["comment"] = "fine", ["until"] = "tomorrow" })).Values.Keys);

    [Fact]
    public void An_id_that_no_input_has_is_refused_all_the_same() =>
        Assert.Equal(["nobody"], Assert.IsType<InputReading.Invalid>(Check("a1", new() { ["nobody"] = "x" })).Errors.Keys);

    [Theory]
    [InlineData("2026-01-31T09:30Z", true)]
    [InlineData("2026-01-31T09:30:15Z", true)]
    [InlineData("2026-01-31T09:30:15.25Z", true)]
    [InlineData("2026-01-31T09:30+01:00", true)]
    [InlineData("", true)]
    [InlineData("2026-01-31T09:30", false)]
    [InlineData("2026-01-31", false)]
    [InlineData("2026-02-30T09:30Z", false)]
    [InlineData("2026-01-31 09:30Z", false)]
    [InlineData("2026-01-31T09:30Z\r\n", false)]
    public void A_date_with_a_time_says_its_offset(string value, bool isValid) =>
        Assert.Equal(isValid, Check("a3", new() { ["comment2"] = "x", ["until"] = value }) is InputReading.Valid);

    [Theory]
    [InlineData("a choice", "why", "m", true)]
    [InlineData("no choice", "why", "x", false)]
    [InlineData("two choices of a list of one", "why", "m,p", false)]
    [InlineData("two choices of many", "who", "1,2", true)]
    [InlineData("one of them unknown", "who", "1,3", false)]
    [InlineData("a text that is too long", "comment2", "x", true)]
    public void Values_are_held_against_the_input(string why, string id, string value, bool isValid) =>
        Assert.True(isValid == Check("a3", new() { ["comment2"] = "x", [id] = value }) is InputReading.Valid, why);

    [Fact]
    public void A_text_has_at_most_its_length() =>
        Assert.Equal(["comment"], Assert.IsType<InputReading.Invalid>(Check("a1", new() { ["comment"] = new('x', 81) })).Errors.Keys);

    [Fact]
    public void A_form_body_is_sent_as_a_form()
    {
        var request = Compose("a1", new() { ["comment"] = "a&b=c \u00fc" });

        Assert.Equal(("application/x-www-form-urlencoded", "comment=a%26b%3Dc+%C3%BC&ok=1"), (request.ContentType, request.Body));
    }

    [Fact]
    public void A_JSON_body_is_sent_as_JSON_with_the_values_of_its_own_form()
    {
        var request = Compose("a3", new() { ["comment"] = "of the other form", ["comment2"] = "say \"no\"", ["until"] = "2026-01-31T09:30Z", ["why"] = "m", ["who"] = "1,2" });

        Assert.Equal(("application/json", """{"comment":"say \"no\"","until":"2026-01-31T09:30Z"}""", "https://api.contoso.test/reject/m"), (request.ContentType, request.Body, request.Url.Uri.AbsoluteUri));
        Assert.Equal("X-Tell: 1%2C2", string.Join(", ", request.Headers.Select(header => $"{header.Key}: {header.Value}")));
    }

    [Fact]
    public void The_documentations_own_body_without_a_type_is_filled_as_the_form_that_it_is()
    {
        var card = MessageCardFixtures.Read(MessageCardFixtures.With("""
            "potentialAction":[{"@type":"ActionCard","inputs":[{"@type":"TextInput","id":"c"}],"actions":[{"@type":"HttpPOST","target":"https://api.contoso.test/","body":"comment={{c.value}}"}]}]
            """));

        var request = Compose(card, "a1", new() { ["c"] = "x&admin=1" });

        Assert.Equal(("application/json", "comment=x%26admin%3D1"), (request.ContentType, request.Body));
    }

    [Fact]
    public void A_value_in_such_a_body_stays_one_value() => Typed.SampleFixed(value =>
    {
        var card = MessageCardFixtures.Read(MessageCardFixtures.With("""
            "potentialAction":[{"@type":"ActionCard","inputs":[{"@type":"TextInput","id":"c"}],"actions":[{"@type":"HttpPOST","target":"https://api.contoso.test/","body":"comment={{c.value}}&role=user"}]}]
            """));
        var pairs = Compose(card, "a1", new() { ["c"] = value }).Body!.Split('&');

        return pairs is [var comment, "role=user"] && Uri.UnescapeDataString(comment["comment=".Length..].Replace('+', ' ')) == value;
    }, seed: Seed, iter: 1_000);

    [Fact]
    public void A_migrated_card_sends_the_same_request_for_whatever_was_typed()
    {
        var migrated = Fixtures.Card(MessageCardConversion.ForMigration(Expense).ToString());
        var (approve, reject) = (IdOf(migrated, "/approve"), IdOf(migrated, "/reject"));

        Typed.Where(value => value.Length is > 0 and <= 80).SampleFixed(value =>
        {
            var given = new Dictionary<string, string> { ["comment"] = value, ["comment2"] = value, ["why"] = "m" };
            return Sent(Compose("a1", given)) == Sent(Compose(migrated, approve, given)) && Sent(Compose("a3", given)) == Sent(Compose(migrated, reject, given));
        }, seed: Seed, iter: 1_000);
    }

    [Fact]
    public void A_post_without_a_body_has_none() =>
        Assert.Null(Compose(MessageCardFixtures.Read(MessageCardFixtures.With("\"potentialAction\":[{\"@type\":\"HttpPOST\",\"target\":\"https://api.contoso.test/\"}]")), "a0", []).Body);

    private static string IdOf(Card card, string path) => card.Actions.OfType<CardAction.Http>().Single(action => action.Url.ToString().Contains(path, StringComparison.Ordinal)).Id;

    private static string Sent(ActionRequest request) => $"{request.Method} {request.Url.Uri} {request.ContentType} {string.Join(';', request.Headers)} {request.Body}";

    private static InputReading Check(string actionId, Dictionary<string, string> given) => Check(Expense, actionId, given);

    private static InputReading Check(Card card, string actionId, Dictionary<string, string> given) =>
        InputValidation.Check(card, (CardAction.Http)card.FindAction(actionId)!, given, new ActionLimits());

    private static ActionRequest Compose(string actionId, Dictionary<string, string> given) => Compose(Expense, actionId, given);

    private static ActionRequest Compose(Card card, string actionId, Dictionary<string, string> given)
    {
        var values = Assert.IsType<InputReading.Valid>(Check(card, actionId, given)).Values;
        var action = (CardAction.Http)card.FindAction(actionId)!;
        return Assert.IsType<ActionRequestReading.Ready>(ActionRequestComposer.Compose(action, values, Fixtures.P1, UrlPolicy.HttpsOnly, new ActionLimits())).Request;
    }
}
