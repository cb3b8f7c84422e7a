using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ActionMail.Protocol.Cards.Templating;

namespace ActionMail.Protocol.Tests.Cards.Templating;

/// <summary>What a template may ask for, and that it cannot ask for more, whatever is written in it.</summary>
public sealed class TemplateLimitTests
{
    private static readonly string Hundred = $"{{\"list\":[{string.Join(',', Enumerable.Range(0, 100))}],\"text\":\"{new string('a', 1000)}\"}}";

    [Theory]
    [InlineData("repeats within repeats", """{"a":[{"$data":"${$root.list}","b":[{"$data":"${$root.list}","c":[{"$data":"${$root.list}","d":[{"$data":"${$root.list}","e":1}]}]}]}]}""")]
    [InlineData("repeats that are left out", """{"a":[{"$data":"${$root.list}","b":[{"$data":"${$root.list}","c":[{"$data":"${$root.list}","d":[{"$data":"${$root.list}","$when":"${false}"}]}]}]}]}""")]
    [InlineData("loops within loops", """ "${count(select($root.list, a, select($root.list, b, select($root.list, c, sum($root.list)))))}" """)]
    [InlineData("loops that only ask", """ "${any($root.list, a, any($root.list, b, any($root.list, c, all($root.list, d, false && true) == 1)))}" """)]
    [InlineData("a long range", """ "${range(0, 2000000000)}" """)]
    [InlineData("text that grows", """ "${replace(replace(replace(text, 'a', text), 'a', text), 'a', text)}" """)]
    [InlineData("text that is joined", """ "${join(range(0, 100000), text)}" """)]
    [InlineData("sums of texts", """ "${length(join(select(list, a, text + text + text + text + text + text + text + text + text + text + text), ''))}${range(0,9000000)}" """)]
    public void A_short_template_cannot_ask_for_much(string why, string template)
    {
        var watch = Stopwatch.StartNew();
        var allocated = GC.GetAllocatedBytesForCurrentThread();

        var failed = Assert.IsType<TemplateExpansion.Failed>(Expand(template, Hundred));

        Assert.NotEmpty(failed.Remedy);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{why}: {watch.Elapsed}");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - allocated < 2_000_000_000, why);
    }

    [Fact]
    public void Data_that_double_at_each_level_are_stopped_before_they_are_written()
    {
        Assert.IsType<TemplateExpansion.Failed>(Expand(Doubled(25), """{"x":["0123456789"]}"""));
        Assert.IsType<TemplateExpansion.Expanded>(Expand(Doubled(3), """{"x":["0123456789"]}"""));

        static string Doubled(int levels) => levels == 0
            ? """ {"all":"${string(x)}"} """
            : $$"""{"inner":{{Doubled(levels - 1)}},"$data":"${ {x: createArray(x, x)} }"}""";
    }

    [Theory]
    [InlineData("(", ")", 99)]
    [InlineData("!", "", 99)]
    [InlineData("[", "]", 49)]
    [InlineData("not(", ")", 49)]
    [InlineData("1 + ", "", 90)]
    [InlineData("x[", "]", 40)]
    [InlineData("true ? ", " : 1", 40)]
    public void Expressions_are_as_deep_as_they_may_be_and_no_deeper(string open, string close, int within)
    {
        Assert.IsType<TemplateReading.Read>(Read(within));
        Assert.Contains("deep", Regexless(Read(1500)), StringComparison.Ordinal);

        TemplateReading Read(int depth) => AdaptiveTemplate.Read(
            JsonSerializer.Serialize("${" + string.Concat(Enumerable.Repeat(open, Math.Min(depth, 3900 / (open.Length + close.Length)))) + "1" + string.Concat(Enumerable.Repeat(close, Math.Min(depth, 3900 / (open.Length + close.Length)))) + "}"),
            TemplateLimits.Default);

        static string Regexless(TemplateReading reading) => Assert.IsType<TemplateReading.Refused>(reading).Failure.Message.Replace("too many signs in a row", "deep", StringComparison.Ordinal);
    }

    [Fact]
    public void Openings_that_nothing_closes_cost_time_in_proportion_to_the_text()
    {
        var watch = Stopwatch.StartNew();
        foreach (var opening in new[] { "${", "${'", "${{", "${\"'", "\\${", "${a" })
            Assert.IsType<TemplateReading.Read>(AdaptiveTemplate.Read(JsonSerializer.Serialize(string.Concat(Enumerable.Repeat(opening, 60_000))), TemplateLimits.Default));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), watch.Elapsed.ToString());
    }

    [Fact]
    public void Any_text_gives_a_documented_result()
    {
        string[] parts = ["${", "}", "'", "\"", "(", ")", "[", "]", "{", ":", ",", ".", "a", "list", "text", "o", "1", "0.5", " + ", " - ", " * ", "/", " % ", "^", "!", "&&", "||", "??", "?", "==", "<", "=>", "\\", "$root", "$data", "$index", "true", "null", .. AdaptiveTemplate.Functions.Select(name => name + "(")];
        var random = new Random(20260315);
        for (var run = 0; run < 20_000; run++)
        {
            var text = "${" + string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => parts[random.Next(parts.Length)])) + "}";
            var template = random.Next(3) switch { 0 => JsonSerializer.Serialize(text), 1 => $"[{{\"$data\":{JsonSerializer.Serialize(text)},\"a\":\"${{$data}}\"}}]", _ => $"{{\"a\":{JsonSerializer.Serialize("x" + text)}}}" };
            if (AdaptiveTemplate.Read(template, TemplateLimits.Default) is TemplateReading.Read(var read)
                && read.Expand("""{"a":1,"list":[3,1,"x",null],"text":"2026-03-15","o":{"p":{"q":1}}}""", DateTimeOffset.UnixEpoch) is TemplateExpansion.Expanded(var json, _))
                JsonDocument.Parse(json).Dispose();
        }
    }

    [Fact]
    public void A_function_of_any_arguments_gives_a_documented_result()
    {
        string[] arguments = ["1", "-1", "0", "1.5", "99999999999", "''", "'a'", "'{}'", "'2026-03-15T13:00:00.000Z'", "'Month'", "list", "empty", "o", "true", "null", "missing", "first(empty)", "x", "x.p", "'(a'", "'https://h:1/x'", "99999999999999999999 ^ 14"];
        var random = new Random(20260316);
        foreach (var function in AdaptiveTemplate.Functions.Where(name => char.IsAsciiLetter(name[0])))
        {
            for (var run = 0; run < 300; run++)
            {
                var text = $"${{{function}({string.Join(',', Enumerable.Range(0, random.Next(0, 5)).Select(_ => arguments[random.Next(arguments.Length)]))})}}";
                if (AdaptiveTemplate.Read(JsonSerializer.Serialize(text), TemplateLimits.Default) is TemplateReading.Read(var read)
                    && read.Expand("""{"list":[3,1,"x",null],"empty":[],"o":{"p":{"q":1}}}""", DateTimeOffset.UnixEpoch) is TemplateExpansion.Expanded(var json, _))
                    JsonDocument.Parse(json).Dispose();
            }
        }
    }

    [Theory]
    [InlineData("the template is no JSON", "{", "{}", "", "Mend the JSON of the template there.")]
    [InlineData("the data are no JSON", "{}", """{"a":[1,]}""", "/a", "Mend the JSON of the data there.")]
    [InlineData("an expression cannot be read", """{"body":[{"text":"${a b}"}]}""", "{}", "/body/0/text", "Mend the expression; docs/templating.md has the language.")]
    [InlineData("an expression cannot be evaluated", """{"body":[{"text":"${list[4]}"}]}""", """{"list":[]}""", "/body/0/text", "Mend the expression or the data")]
    [InlineData("data cannot be evaluated", """{"body":[{"$data":"${json(text)}"}]}""", """{"text":"{"}""", "/body/0/$data", "Mend the expression or the data")]
    public void A_failure_has_a_place_and_a_remedy(string why, string template, string data, string pointer, string remedy)
    {
        var failed = Assert.IsType<TemplateExpansion.Failed>(Expand(template, data));

        Assert.True(failed.Pointer == pointer, $"{why}: {failed.Pointer}");
        Assert.StartsWith(remedy, failed.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_is_remarked_with_its_place()
    {
        var expanded = Assert.IsType<TemplateExpansion.Expanded>(Expand("""{"body":[{"text":"Hi ${user.name}","$when":"${exists(user) || 1 == 1}"},{"$when":"${total > 'a'}"}]}""", """{"total":1}"""));

        Assert.Equal([new("/body/0/text", "the data have no user.name"), new("/body/1/$when", "(total > 'a'): > compares two numbers or two texts; $when does not hold")], expanded.Remarks);
    }

    [Theory]
    [InlineData("bytes", 20, 100)]
    [InlineData("values", 1000, 3)]
    public void The_card_is_as_large_as_the_limits_say(string what, int bytes, int values)
    {
        var limits = new TemplateLimits { MaxOutputBytes = bytes, MaxOutputValues = values };
        var read = Assert.IsType<TemplateReading.Read>(AdaptiveTemplate.Read("""["${$data}"]""", limits)).Template;

        Assert.Equal("[1,2]", Assert.IsType<TemplateExpansion.Expanded>(read.Expand("[1,2]", default)).Json);
        Assert.Contains(what, Assert.IsType<TemplateExpansion.Failed>(read.Expand("[1000000,2000000,3000000,4000000]", default)).Message, StringComparison.Ordinal);
    }

    private static TemplateExpansion Expand(string template, string data) => AdaptiveTemplate.Read(template.Trim(), TemplateLimits.Default) switch
    {
        TemplateReading.Read(var read) => read.Expand(Encoding.UTF8.GetBytes(data), default, DateTimeOffset.UnixEpoch),
        TemplateReading.Refused(var failure) => failure,
        var other => throw new UnreachableException(other.ToString()),
    };
}
