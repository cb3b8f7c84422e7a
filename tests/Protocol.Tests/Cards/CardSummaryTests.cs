namespace ActionMail.Protocol.Tests.Cards;

public sealed class CardSummaryTests
{
    [Theory]
    [InlineData("plain", "Two people ask to join", "Two people ask to join")]
    [InlineData("emphasis", "**Two** people __ask__ ~~to~~ join", "Two people ask to join")]
    [InlineData("a link", "Please [say yes](action:yes), or [ask](https://a.test/?x=[1]).", "Please say yes, or ask.")]
    [InlineData("a link with emphasis", "[**Open** it](https://a.test/)", "Open it")]
    [InlineData("a heading", "## Two people", "Two people")]
    [InlineData("brackets that are no link", "[1] and [2] (three)", "[1] and [2] (three)")]
    [InlineData("a link that does not end", "[a](https://a.test/", "[a](https://a.test/")]
    [InlineData("one star", "2 * 3 * 4", "2 * 3 * 4")]
    public void The_line_for_a_list_is_what_a_reader_would_see(string why, string text, string expected)
    {
        var card = Fixtures.Card($$"""{"type":"AdaptiveCard","body":[{"type":"TextBlock","text":{{System.Text.Json.JsonSerializer.Serialize(text)}}}]}""");

        Assert.True(card.Summary == expected, $"{why}: {card.Summary}");
    }
}
