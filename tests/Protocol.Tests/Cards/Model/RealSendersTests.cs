using System.Text;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Cards.Lint;

namespace ActionMail.Protocol.Tests.Cards.Model;

public sealed class RealSendersTests
{
    [Theory]
    [InlineData("no originator and no version", """{"type":"AdaptiveCard"}""")]
    [InlineData("a version that is none", """{"type":"AdaptiveCard","version":"latest"}""")]
    [InlineData("a version as a number", """{"type":"AdaptiveCard","version":1.0}""")]
    [InlineData("style and backgroundImage", """{"type":"AdaptiveCard","style":"emphasis","backgroundImage":"https://a.test/b.png"}""")]
    [InlineData("backgroundImage as an object", """{"type":"AdaptiveCard","backgroundImage":{"url":"https://a.test/b.png","fillMode":"Cover"}}""")]
    [InlineData("autoInvokeAction", """{"type":"AdaptiveCard","body":[{"type":"TextBlock","text":"x"}],"autoInvokeAction":{"type":"Action.Http","method":"POST","url":"https://a.test/","body":""}}""")]
    [InlineData("autoInvokeAction without a title or a case", """{"type":"AdaptiveCard","body":[{"type":"TextBlock","text":"x"}],"autoInvokeAction":{"method":"post","url":"https://a.test/","body":"{}","type":"Action.Http"}}""")]
    [InlineData("correlationId null", """{"type":"AdaptiveCard","correlationId":null}""")]
    [InlineData("padding as a word", """{"type":"AdaptiveCard","padding":"none"}""")]
    [InlineData("padding as an object", """{"type":"AdaptiveCard","body":[{"type":"Container","padding":{"top":"none","left":"default"},"items":[]}]}""")]
    [InlineData("isPrimary", """{"type":"AdaptiveCard","actions":[{"type":"Action.OpenUrl","url":"https://a.test/x","isPrimary":true}]}""")]
    [InlineData("@type and @context beside type", """{"@type":"AdaptiveCard","@context":"http://schema.org/extensions","type":"AdaptiveCard"}""")]
    [InlineData("duplicate action ids", """{"type":"AdaptiveCard","actions":[{"type":"Action.OpenUrl","id":"a","url":"https://a.test/x"},{"type":"Action.OpenUrl","id":"a","url":"https://a.test/y"}]}""")]
    [InlineData("Person for person", """{"type":"AdaptiveCard","body":[{"type":"Image","style":"Person","url":"https://a.test/i.png"}]}""")]
    [InlineData("a date in text", """{"type":"AdaptiveCard","body":[{"type":"TextBlock","text":"{{DATE(2026-02-14T06:08:39Z,SHORT)}}"}]}""")]
    [InlineData("JSON in a string body", """{"type":"AdaptiveCard","body":[{"type":"Input.Text","id":"c"}],"actions":[{"type":"Action.Http","method":"POST","url":"https://a.test/","body":"{\"c\":\"{{c.value}}\"}"}]}""")]
    [InlineData("JSON as a body", """{"type":"AdaptiveCard","actions":[{"type":"Action.Http","method":"POST","url":"https://a.test/","body":{"type":"Action.Http"}}]}""")]
    [InlineData("a form body", """{"type":"AdaptiveCard","body":[{"type":"Input.Text","id":"c"}],"actions":[{"type":"Action.Http","method":"POST","url":"https://a.test/","body":"c={{c.value}}&d=1"}]}""")]
    [InlineData("an empty Authorization header and Content-Type text/plain", """{"type":"AdaptiveCard","actions":[{"type":"Action.Http","method":"POST","url":"https://a.test/","body":"x","headers":[{"name":"Authorization","value":""},{"name":"Content-Type","value":"text/plain"}]}]}""")]
    [InlineData("Action.Submit mixed in", """{"type":"AdaptiveCard","actions":[{"type":"Action.Submit","title":"x","data":{"a":1}},{"type":"Action.Http","method":"GET","url":"https://a.test/"}]}""")]
    [InlineData("hideOriginalBody as text", """{"type":"AdaptiveCard","hideOriginalBody":"True"}""")]
    public void What_real_senders_write_is_read_and_kept_and_is_no_error_to_the_lint(string what, string json)
    {
        var reading = Card.Read(json, CardLimits.Default);

        Assert.True(reading is CardReading.Read, $"{what}: {reading}");
        Assert.Equal(json, ((CardReading.Read)reading).Card.Json.RawText);
        Assert.DoesNotContain(CardLint.Check(Encoding.UTF8.GetBytes(json), CardLimits.Default).Findings, finding => finding.Rule.Severity == LintSeverity.Error);
    }

    [Theory]
    [InlineData("\"1.4\"", "1.4")]
    [InlineData("\"latest\"", null)]
    [InlineData("1.4", null)]
    [InlineData("null", null)]
    public void The_version_is_a_text_with_two_numbers_or_none(string value, string? version) =>
        Assert.Equal(version, Fixtures.Card($$"""{"type":"AdaptiveCard","version":{{value}}}""").Version?.ToString());
}
