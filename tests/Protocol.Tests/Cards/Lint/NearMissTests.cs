using System.Text;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Cards.Lint;

namespace ActionMail.Protocol.Tests.Cards.Lint;

/// <summary>What looks like a fault and is none, each beside what is one: a lint that cries wolf is switched off.</summary>
public sealed class NearMissTests
{
    private const string Text = """{"type":"TextBlock","wrap":true,"text":"$"}""";
    private const string Http = """{"type":"Action.Http","title":"Approve report","method":"POST","url":"$","body":"{}"}""";
    private const string Body = """{"type":"Action.Http","title":"Approve report","method":"POST","url":"https://a.test/b","body":"$"}""";
    private const string Open = """{"type":"Action.OpenUrl","title":"Show report","url":"$"}""";
    private const string Input = """{"type":"Input.Text","label":"Answer","id":"a","regex":"$"}""";

    [Theory]
    [InlineData("AC0307", Http, "https://a.test/b?sig=x1y2z3", "https://a.test/b?code=US")]
    [InlineData("AC0307", Http, "https://a.test/b?a=1&token=x1y2z3", "https://a.test/b?key={{a.value}}")]
    [InlineData("AC0307", Http, "https://a.test/b?TOKEN=x1y2z3", "https://a.test/token=x1y2z3")]
    [InlineData("AC0302", Http, "https://127.0.0.1/b", "https://a.test:8443/b")]
    [InlineData("AC0303", Http, "HTTP://a.test/b", "HTTPS://a.test/b")]
    [InlineData("AC0305", Http, "https://a@b.test/c", "https://b.test/c@d")]
    [InlineData("AC0306", Http, "https://a.test:{{p.value}}/b", "https://a.test/{{p.value}}")]
    [InlineData("AC0306", Http, "{{u.value}}", "https://a.test?{{p.value}}")]
    [InlineData("AC0312", Body, "{\\\"a\\\":1,}", "{\\\"a\\\":{{p.value}}}")]
    [InlineData("AC0312", Body, "{'a':'{{p.value}}'}", "{{p.value}}")]
    [InlineData("AC0406", Open, "javascript:alert(1)", "tel:+41443180000")]
    [InlineData("AC0406", Open, "//a.test/b", "https://a.test/b")]
    [InlineData("AC0407", Open, "https://a.test", "https://a.test/?report=1482")]
    [InlineData("AC0407", Open, "https://a.test/", "https://a.test/#/reports/1482")]
    [InlineData("AC0410", Open, "msteams:/l/chat", "mailto:ann@contoso.test")]
    [InlineData("AC0408", Open, "https://a.test/b?access_token=x1y2z3", "https://a.test/b?zip=8001")]
    [InlineData("AC0614", Input, "(a", "(?:a|b)[)]")]
    [InlineData("AC0614", Input, "*a", "\\\\*a+?")]
    [InlineData("AC0614", Input, "a)", "^(?<year>[0-9]{4})$")]
    [InlineData("AC0614", Input, "[a", "[]a]?")]
    [InlineData("AC0701", Text, "a<br/>b", "a < b and c > d")]
    [InlineData("AC0701", Text, "<a href='x'>y</a>", "write to <ann@contoso.test>")]
    [InlineData("AC0701", Text, "a</p>", "List<string> and <unknown>")]
    [InlineData("AC0702", Text, "| a | b |\\n|---|---|", "a | b | c")]
    [InlineData("AC0702", Text, "```\\ncode", "use `x` here")]
    [InlineData("AC0702", Text, "> quoted", "a -> b > c")]
    [InlineData("AC0703", Text, "[a](javascript:x)", "[a](https://b.test/c \\\"title\\\")")]
    [InlineData("AC0703", Text, "[a](b.html)", "array[0](x")]
    [InlineData("AC0704", Text, "[Click here](https://a.test/b)", "[Here be dragons](https://a.test/b)")]
    [InlineData("AC0706", Text, "a    b", "- a\\n    - b")]
    [InlineData("AC0706", Text, " ", "a  \\nb")]
    [InlineData("AC0707", Text, "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerk", "https://a.test/b-c/d-e/f-g/h-i/j-k/l-m/n-o/p-q/r-s/t-u")]
    [InlineData("AC0707", Text, "0123456789012345678901234567890123456789x", "会員登録の申請が届きましたのでご確認ください会員登録の申請が届きましたのでご確認ください")]
    [InlineData("AC0708", Text, "{{TIME(2026-03-31T14:30:00.5Z)}}", "{{DATE(2026-03-31T14:30:00+02:00,LONG)}}")]
    [InlineData("AC0708", Text, "{{DATE(today)}}", "{{name.value}} at {{TIME(2026-03-31T14:30:00Z)}}")]
    [InlineData("AC0720", Text, "${items[0].name}", "it costs $5 {net}, or ${}")]
    [InlineData("AC0402", """{"type":"Action.OpenUrl","url":"https://a.test/b","title":"$"}""", " Submit ", "Submit report")]
    [InlineData("AC0402", """{"type":"Action.OpenUrl","url":"https://a.test/b","title":"$"}""", "OK!", "No, thanks")]
    [InlineData("AC0713", """{"type":"TextBlock","color":"attention","text":"$"}""", "●", "3")]
    [InlineData("AC0803", """{"type":"Image","altText":"a","url":"$"}""", "https://a.test/b.SVG", "data:image/png;base64,AAAA")]
    [InlineData("AC0803", """{"type":"Image","altText":"a","url":"$"}""", "data:image/svg+xml,x", "https://a.test/b.svg/c")]
    [InlineData("AC0813", """{"type":"Image","url":"https://a.test/b.png","altText":"$"}""", "The logo of Contoso", "Catalogo of parts")]
    [InlineData("AC0901", """{"type":"ColumnSet","columns":[{"type":"Column","width":"$"},{"type":"Column","width":"100px"}]}""", "221px", "220px")]
    [InlineData("AC0901", """{"type":"ColumnSet","columns":[{"type":"Column","width":"$"},{"type":"Column","width":"100px"}]}""", "221 px", "220 px")]
    [InlineData("AC0107", """{"type":"ColumnSet","columns":[{"type":"Column","width":"$"},{"type":"Column"}]}""", "50 pt", "50 px")]
    [InlineData("AC0107", """{"type":"ColumnSet","columns":[{"type":"Column","width":"$"},{"type":"Column"}]}""", " px", "50px")]
    public void The_first_is_a_fault_and_the_second_is_none(string code, string place, string fault, string none)
    {
        Assert.Contains(code, CodesOf(place, fault));
        Assert.DoesNotContain(code, CodesOf(place, none));
    }

    [Theory]
    [InlineData("1.0", """{"type":"TextBlock","text":"Why?"},{"type":"Input.Text","id":"a"}""", false)]
    [InlineData("1.0", """{"type":"Input.Text","id":"a"}""", true)]
    [InlineData("1.0", """{"type":"Input.Text","id":"a","placeholder":"Why?"}""", true)]
    [InlineData("1.5", """{"type":"TextBlock","text":"Why?"},{"type":"Input.Text","id":"a"}""", true)]
    [InlineData("1.5", """{"type":"Input.Text","id":"a","label":"Why?"}""", false)]
    [InlineData("1.5", """{"type":"Input.Toggle","id":"a","title":"Why not?"}""", false)]
    public void A_text_before_an_input_is_its_label_where_there_are_no_labels(string version, string body, bool isMissing) =>
        Assert.Equal(isMissing, Codes($$"""{"type":"AdaptiveCard","version":"{{version}}","body":[{{body}}]}""").Contains("AC0604"));

    [Theory]
    [InlineData("1.0", "Action.Http", false)]
    [InlineData("1.1", "Action.Http", true)]
    [InlineData("1.3", "Action.OpenUrl", true)]
    [InlineData("1.4", "Action.Http", true)]
    [InlineData("1.4", "Action.Execute", false)]
    [InlineData("1.6", "Action.OpenUrl", false)]
    public void Version_and_action_model_go_together_or_phones_lose_the_card(string version, string action, bool isTrap) =>
        Assert.Equal(isTrap, Codes($$"""{"type":"AdaptiveCard","version":"{{version}}","body":[],"actions":[{"type":"{{action}}","method":"POST","url":"https://a.test/b","body":"","verb":"a"}]}""").Contains("AC0213"));

    [Fact]
    public void An_input_and_its_fallback_may_share_an_id() =>
        Assert.DoesNotContain("AC0602", Codes("""{"type":"AdaptiveCard","version":"1.5","body":[{"type":"Input.Rating","id":"a","fallback":{"type":"Input.Text","id":"a","label":"Stars"}}]}"""));

    private static IEnumerable<string> CodesOf(string place, string value)
    {
        var filled = place.Replace("$", value, StringComparison.Ordinal);
        var (body, actions) = place.Contains("Action.", StringComparison.Ordinal) ? ("", filled) : (filled, "");
        return Codes($$"""{"type":"AdaptiveCard","version":"1.5","body":[{{body}}],"actions":[{{actions}}]}""");
    }

    private static IEnumerable<string> Codes(string card)
    {
        var report = CardLint.Check(Encoding.UTF8.GetBytes(card), CardLimits.Default);
        Assert.True(report.IsReadable, $"{report.Findings[0].Message}: {card}");
        return [.. report.Findings.Select(finding => finding.Rule.Code)];
    }
}
