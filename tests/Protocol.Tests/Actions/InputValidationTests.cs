using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Cards;

namespace ActionMail.Protocol.Tests.Actions;

/// <summary>Security F-09, E-10: values are checked against the stored card, whatever the page said.</summary>
public sealed class InputValidationTests
{
    private const string Inputs = """
        {"type":"AdaptiveCard","body":[
          {"type":"Input.Text","id":"text","maxLength":5,"regex":"^[a-z]*$"},{"type":"Input.Text","id":"must","isRequired":true,"errorMessage":"Say why."},
          {"type":"Input.Number","id":"number","min":1,"max":10},{"type":"Input.Date","id":"date","min":"2026-01-01"},{"type":"Input.Time","id":"time"},
          {"type":"Input.Toggle","id":"toggle","valueOn":"yes","valueOff":"no"},
          {"type":"Input.ChoiceSet","id":"one","choices":[{"title":"A","value":"a"},{"title":"B","value":"b"}]},
          {"type":"Input.ChoiceSet","id":"many","isMultiSelect":true,"choices":[{"title":"A","value":"a"},{"title":"B","value":"b"}]},
          {"type":"Input.ChoiceSet","id":"commas","isMultiSelect":true,"choices":[{"title":"X","value":"x"},{"title":"XY","value":"x,y"},{"title":"Z","value":"z"}]},
          {"type":"Input.ChoiceSet","id":"compact","style":"compact","choices":[{"title":"AB","value":"a,b"}]},
          {"type":"Input.Text","id":"bomb","regex":"^(a+)+$"},{"type":"Input.Text","id":"look","regex":"^(?=x)y"}]}
        """;

    private const string BehindButtons = """
        {"type":"AdaptiveCard","body":[{"type":"Input.Text","id":"top","isRequired":true}],"actions":[
          {"type":"Action.ShowCard","title":"A","card":{"type":"AdaptiveCard","body":[{"type":"Container","items":[{"type":"Input.Text","id":"mine","isRequired":true}]}],
            "actions":[{"type":"Action.Http","title":"Send","method":"GET","url":"https://api.contoso.test/"}]}},
          {"type":"Action.ShowCard","title":"B","card":{"type":"AdaptiveCard","body":[{"type":"Input.Text","id":"theirs","isRequired":true}],
            "actions":[{"type":"Action.Http","title":"Other","method":"GET","url":"https://api.contoso.test/"}]}},
          {"type":"Action.ShowCard","title":"C","card":{"type":"AdaptiveCard","body":[{"type":"Input.Number","id":"number","isRequired":true}]}},
          {"type":"Action.Http","title":"Top","method":"GET","url":"https://api.contoso.test/"},
          {"type":"Action.Http","title":"Taker","method":"GET","url":"https://api.contoso.test/?q={{theirs.value}}"}]}
        """;

    [Theory]
    [InlineData("text", "abc", null)]
    [InlineData("text", "abcdef", "At most 5")]
    [InlineData("text", "AB", "expected form")]
    [InlineData("TEXT", "abc", null)]
    [InlineData("number", "10", null)]
    [InlineData("number", "11", "At most 10")]
    [InlineData("number", "0", "At least 1")]
    [InlineData("number", "1e999", "number")]
    [InlineData("number", "1,5", "number")]
    [InlineData("date", "2026-02-28", null)]
    [InlineData("date", "2026-13-40", "date")]
    [InlineData("date", "2025-12-31", "Not before")]
    [InlineData("time", "23:59", null)]
    [InlineData("time", "24:00", "time")]
    [InlineData("toggle", "yes", null)]
    [InlineData("toggle", "true", "neither")]
    [InlineData("one", "b", null)]
    [InlineData("one", "a,b", "choices")]
    [InlineData("one", "c", "choices")]
    [InlineData("many", "a,b", null)]
    [InlineData("many", "a,c", "choices")]
    [InlineData("many", "a,,b", "choices")]
    [InlineData("many", "a,", "choices")]
    [InlineData("commas", "x,y", null)]
    [InlineData("commas", "x,y,z,x,y,x", null)]
    [InlineData("commas", "x,z,x,y", null)]
    [InlineData("commas", "y", "choices")]
    [InlineData("commas", "x,y,y", "choices")]
    [InlineData("compact", "a,b", null)]
    [InlineData("compact", "a", "choices")]
    [InlineData("number", " 5", "number")]
    [InlineData("number", "Infinity", "number")]
    [InlineData("number", "2.5e0", null)]
    [InlineData("must", "", "Say why.")]
    [InlineData("nobody", "x", "no such input")]
    [InlineData("bomb", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "expected form")]
    [InlineData("look", "anything: look-around is not applied", null)]
    public void A_value_is_judged_by_the_stored_input(string id, string value, string? words)
    {
        var given = new Dictionary<string, string> { ["must"] = "reason", [id] = value };
        if (id != "must" && words is null)
            Assert.Equal(value, Assert.IsType<InputReading.Valid>(Check(given)).Values[id]);
        else
            Assert.Contains(words!, Assert.IsType<InputReading.Invalid>(Check(given)).Errors[id], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_given_has_its_default()
    {
        var values = Assert.IsType<InputReading.Valid>(Check(new() { ["must"] = "x", ["toggle"] = "" })).Values;

        Assert.Equal(("no", "", ""), (values["toggle"], values["one"], values["text"]));
    }

    [Fact]
    public void Two_values_whose_ids_differ_in_letter_case_alone_are_refused() =>
        Assert.Contains("letter case", Assert.IsType<InputReading.Invalid>(Check(new() { ["must"] = "x", ["text"] = "a", ["TEXT"] = "b" })).Errors["text"], StringComparison.Ordinal);

    [Fact]
    public void Each_field_that_does_not_fit_has_its_own_message() =>
        Assert.Equal(["date", "many", "must", "number", "other"], Assert.IsType<InputReading.Invalid>(Check(new() { ["number"] = "x", ["date"] = "x", ["many"] = "x", ["other"] = "x" })).Errors.Keys);

    [Theory]
    [InlineData("((a{1000}){1000}){1000}")]
    [InlineData("(a?){4000}(a){4000}")]
    [InlineData("(x+x+)+y")]
    [InlineData("^(([a-z])+.)+[A-Z]([a-z])+$")]
    public void No_expression_of_a_card_takes_long(string pattern)
    {
        var card = Fixtures.Card(System.Text.Json.JsonSerializer.Serialize(new { type = "AdaptiveCard", body = new[] { new { type = "Input.Text", id = "a", regex = pattern } } }));
        var watch = System.Diagnostics.Stopwatch.StartNew();

        InputValidation.Check(card, new Dictionary<string, string> { ["a"] = new string('a', 4_000) + "!" }, ActionLimits.Default);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), watch.Elapsed.ToString());
    }

    [Fact]
    public void Too_long_and_half_characters_are_refused()
    {
        Assert.IsType<InputReading.Invalid>(Check(new() { ["must"] = new string('x', ActionLimits.Default.MaxValueLength + 1) }));
        Assert.IsType<InputReading.Invalid>(Check(new() { ["must"] = "\ud800" }));
        Assert.IsType<InputReading.Valid>(Check(new() { ["must"] = new string('x', ActionLimits.Default.MaxValueLength) }));
    }

    [Theory]
    [InlineData("Send", "top", "mine")]
    [InlineData("Other", "top", "theirs")]
    [InlineData("Top", "top")]
    [InlineData("Taker", "top", "theirs")]
    public void Required_is_what_is_in_sight_of_the_action_or_taken_by_it(string title, params string[] required)
    {
        var card = Fixtures.Card(BehindButtons);
        var action = card.Actions.OfType<CardAction.Http>().Single(action => action.Title == title);

        var reading = InputValidation.Check(card, action, new Dictionary<string, string> { ["number"] = "not one" }, ActionLimits.Default);

        Assert.Equal(required.Order(StringComparer.Ordinal), Assert.IsType<InputReading.Invalid>(reading).Errors.Keys);
    }

    [Fact]
    public void What_another_button_hides_is_not_sent_unless_it_is_taken()
    {
        var card = Fixtures.Card(BehindButtons);
        var given = new Dictionary<string, string> { ["top"] = "a", ["mine"] = "b", ["theirs"] = "c" };

        Assert.Equal(["mine", "top"], Assert.IsType<InputReading.Valid>(InputValidation.Check(card, card.Actions.OfType<CardAction.Http>().Single(action => action.Title == "Send"), given, ActionLimits.Default)).Values.Keys);
    }

    private static InputReading Check(Dictionary<string, string> given) => InputValidation.Check(Fixtures.Card(Inputs), given, ActionLimits.Default);
}
