using ActionMail.Protocol.Actions;

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
          {"type":"Input.Text","id":"bomb","regex":"^(a+)+$"},{"type":"Input.Text","id":"look","regex":"^(?=x)y"}]}
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
    public void Too_long_and_half_characters_are_refused()
    {
        Assert.IsType<InputReading.Invalid>(Check(new() { ["must"] = new string('x', ActionLimits.Default.MaxValueLength + 1) }));
        Assert.IsType<InputReading.Invalid>(Check(new() { ["must"] = "\ud800" }));
        Assert.IsType<InputReading.Valid>(Check(new() { ["must"] = new string('x', ActionLimits.Default.MaxValueLength) }));
    }

    private static InputReading Check(Dictionary<string, string> given) => InputValidation.Check(Fixtures.Card(Inputs), given, ActionLimits.Default);
}
