using System.Text;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Cards.Clients;
using ActionMail.Protocol.Cards.Lint;
using ActionMail.Tests;
using CsCheck;

namespace ActionMail.Protocol.Tests.Cards.Lint;

/// <summary>Whatever the text, a report; and of what the platform refuses, an error. Fixed seeds, bounded counts.</summary>
public sealed class LintFuzzTests
{
    private static readonly string[] Seeds =
    [
        """{"type":"AdaptiveCard","version":"1.0","originator":"x","hideOriginalBody":true,"lang":"en","body":[{"type":"TextBlock","text":"# A [b](action:c) **d** {{DATE(2026-03-31T14:30:00Z)}}","size":"large","wrap":true},{"type":"Input.Text","id":"a","regex":"[a-z]+"},{"type":"Input.ChoiceSet","id":"b","choices":[{"title":"x","value":"1"}]},{"type":"Image","url":"https://a.test/b.png","width":"40px","backgroundColor":"#FF0000"},{"type":"ColumnSet","columns":[{"type":"Column","width":"50px","items":[{"type":"FactSet","facts":[{"title":"a","value":"b"}]}]}]}],"actions":[{"type":"Action.Http","title":"Do it now","method":"POST","url":"https://a.test/b?c={{a.value}}","headers":[{"name":"Content-Type","value":"application/json"}],"body":"{\"a\":\"{{b.value}}\"}"},{"type":"Action.ToggleVisibility","title":"More","targetElements":["a",{"elementId":"b","isVisible":false}]},{"type":"Action.ShowCard","title":"Card","card":{"type":"AdaptiveCard","body":[]}}],"resources":{"actions":[{"type":"Action.OpenUrl","id":"c","url":"https://a.test/c"}]},"autoInvokeAction":{"type":"Action.Http","method":"POST","url":"https://a.test/d","body":""}}""",
        """{"type":"AdaptiveCard","version":"1.5","refresh":{"action":{"type":"Action.Execute","verb":"x"},"userIds":["a"]},"expectedActors":["a@b.test"],"body":[{"type":"Table","columns":[{"width":1}],"rows":[{"type":"TableRow","cells":[{"type":"TableCell","items":[{"type":"RichTextBlock","inlines":["a",{"type":"TextRun","text":"b"}]}]}]}]},{"type":"Container","isVisible":false,"id":"z","fallback":"drop","requires":{"x":"1"},"items":[{"type":"Nope","fallback":{"type":"TextBlock","text":"a"}}]}],"actions":[{"type":"Action.Execute","title":"Approve","verb":"a"}]}""",
        """{"@type":"MessageCard","@context":"https://schema.org/extensions","originator":"x","text":"a **b**","themeColor":"0078D7","sections":[{"title":"a","facts":[{"name":"a","value":"b"}],"heroImage":{"image":"https://a.test/b.png","title":"c"},"images":[{"image":"https://a.test/b.png"}]}],"potentialAction":[{"@type":"ActionCard","name":"Comment","inputs":[{"@type":"TextInput","id":"a","title":"b"},{"@type":"MultichoiceInput","id":"b","choices":[{"display":"x","value":"1"}]}],"actions":[{"@type":"HttpPOST","name":"Send","target":"https://a.test/b","body":"{{a.value}}","bodyContentType":"application/json"}]},{"@type":"OpenUri","name":"Open it","targets":[{"os":"default","uri":"https://a.test/b"}]}]}""",
    ];

    private static readonly string[] Pieces =
        ["null", "true", "0", "-1", "1e9", "\"\"", "\"a\"", "[]", "{}", "[[]]", "[{}]", "{\"type\":\"Action.Http\"}", "\"{{a.value}}\"", "\"](\"", "\"<b>\"", "\"[[[(](\"", "\"http://[\"", "\"\\ud83d\\ude00\"", "\"\\u0000\"", "\"${\"", "\"1.9999\"", "\"#\"", "\"drop\""];

    [Fact]
    public void A_value_put_in_the_place_of_another_gives_a_report_with_right_places() =>
        Gen.Select(One(Seeds), Gen.Int[0, 10_000], One(Pieces), Gen.Int[0, 10_000], One(Pieces))
            .SampleFixed((seed, first, one, second, other) => Judge(Encoding.UTF8.GetBytes(Replaced(Replaced(seed, first, one), second, other))), seed: "0000KVq9Zt41", iter: 4_000);

    [Fact]
    public void Any_bytes_give_a_report() =>
        Gen.Select(One(Seeds), Gen.Int[0, 2_000], Gen.Byte)
            .SampleFixed((seed, at, value) => Judge(Overwritten(seed, at, value)), seed: "0000KVq9Zt41", iter: 4_000);

    [Theory]
    [InlineData("](")]
    [InlineData("[a](")]
    [InlineData("<b ")]
    [InlineData("{{DATE(")]
    [InlineData("${")]
    [InlineData("((((")]
    [InlineData("{{a.value}}")]
    [InlineData("   a")]
    [InlineData("[a](https://a.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)")]
    public void A_text_twice_as_long_costs_about_twice_as_much(string piece)
    {
        var (once, twice) = (Allocated(piece, 20_000), Allocated(piece, 40_000));

        Assert.InRange(twice, 0, (once * 3) + 20_000);
        Assert.True(CardLint.Check(TextCard(piece, 190_000), CardLimits.Default).IsReadable);
    }

    private static Gen<string> One(string[] of) => Gen.Int[0, of.Length - 1].Select(index => of[index]);

    private static void Judge(byte[] utf8)
    {
        var report = CardLint.Check(utf8, CardLimits.Default);
        if (report.IsReadable)
        {
            foreach (var finding in report.Findings)
                FindingPlaces.AreThoseOf(utf8, finding);
            foreach (var client in ClientProfiles.All)
                _ = client.Render(report);
        }
        Assert.True(Card.Read(utf8, CardLimits.Default) is CardReading.Read or CardReading.Unsupported || report.HasErrors, Encoding.UTF8.GetString(utf8));
    }

    // The numbered value of the text: after a colon, a comma or an opening bracket.
    private static string Replaced(string json, int number, string piece)
    {
        var reading = JsonText.Read(json, 64);
        if (reading is not JsonTextReading.Read(var text))
            return json;
        var nodes = new List<JsonNode>();
        Collect(text.Root, nodes);
        var node = nodes[number % nodes.Count];
        var start = OffsetOf(json, node.Position);
        return json[..start] + piece + json[(start + node.RawText.Length)..];
    }

    private static void Collect(JsonNode node, List<JsonNode> into)
    {
        into.Add(node);
        foreach (var inner in node.Inner)
            Collect(inner, into);
    }

    private static int OffsetOf(string json, JsonPosition position) => position.Line == 1 ? position.Column - 1 : throw new InvalidOperationException(json);

    private static byte[] Overwritten(string json, int at, byte value)
    {
        var utf8 = Encoding.UTF8.GetBytes(json);
        utf8[at % utf8.Length] = value;
        return utf8;
    }

    private static long Allocated(string piece, int length)
    {
        var card = TextCard(piece, length);
        CardLint.Check(card, CardLimits.Default);
        var before = GC.GetAllocatedBytesForCurrentThread();
        CardLint.Check(card, CardLimits.Default);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static byte[] TextCard(string piece, int length) =>
        Encoding.UTF8.GetBytes($$"""{"type":"AdaptiveCard","version":"1.0","body":[{"type":"TextBlock","text":"{{string.Concat(Enumerable.Repeat(piece, length / piece.Length))}}"}]}""");
}
