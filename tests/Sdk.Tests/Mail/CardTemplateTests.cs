using ActionMail.Protocol.Cards.Templating;
using Microsoft.Extensions.Time.Testing;

namespace ActionMail.Sdk.Tests;

public sealed class CardTemplateTests
{
    private static readonly FakeTimeProvider Noon = new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    private const string Template = """
        {"type":"AdaptiveCard","version":"1.0","body":[
          {"type":"TextBlock","text":"${title}, ${formatDateTime(utcNow(), 'yyyy')}"},
          {"type":"TextBlock","$data":"${requests}","$when":"${amount > 100}","text":"${who}: ${amount}"}]}
        """;

    [Fact]
    public void A_template_makes_a_card_for_each_mail()
    {
        var template = CardTemplate.Parse(Template);

        var expanded = Assert.IsType<TemplateExpansion.Expanded>(template.Expand(
            new { Title = "Expenses", Requests = new[] { new { Who = "Adele", Amount = 120.5 }, new { Who = "Alex", Amount = 99d } } }, Noon));

        Assert.Equal(
            """{"type":"AdaptiveCard","version":"1.0","body":[{"type":"TextBlock","text":"Expenses, 2026"},{"type":"TextBlock","text":"Adele: 120.5"}]}""",
            expanded.Json);
        Assert.Empty(expanded.Remarks);
    }

    [Fact]
    public void Data_may_be_json_too()
    {
        var expanded = Assert.IsType<TemplateExpansion.Expanded>(CardTemplate.Parse("""{"text":"${name}"}""").Expand("""{"name":"<b>"}""", Noon));

        Assert.Equal("""{"text":"<b>"}""", expanded.Json);
    }

    [Fact]
    public void A_template_that_no_data_could_fill_is_refused_with_its_place()
    {
        var refusal = Assert.Throws<ArgumentException>(() => CardTemplate.Parse("""{"body":[{"text":"${1 +}"}]}"""));

        Assert.Contains("/body/0/text", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_that_do_not_fit_give_a_failure_with_its_place() =>
        Assert.Equal("/text", Assert.IsType<TemplateExpansion.Failed>(CardTemplate.Parse("""{"text":"${sum(list)}"}""").Expand("""{"list":["a"]}""", Noon)).Pointer);
}
