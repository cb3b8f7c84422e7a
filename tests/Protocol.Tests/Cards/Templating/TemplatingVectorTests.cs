using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActionMail.Protocol.Cards.Templating;
using ActionMail.Tests;

namespace ActionMail.Protocol.Tests.Cards.Templating;

/// <summary>Cases whose results were taken from Microsoft's JavaScript library, and those where we mean to differ.</summary>
public sealed class TemplatingVectorTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 15, 13, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, string, string, string, string?> Agreed()
    {
        var data = new TheoryData<string, string, string, string, string?>();
        using var vectors = JsonDocument.Parse(File.ReadAllText(VectorFile()));
        foreach (var group in vectors.RootElement.GetProperty("groups").EnumerateArray())
        {
            foreach (var vector in group.GetProperty("cases").EnumerateArray())
            {
                data.Add(
                    group.GetProperty("name").GetString()!,
                    vector.GetProperty("template").GetRawText(),
                    group.GetProperty("data").GetRawText(),
                    group.GetProperty("host").GetRawText(),
                    vector.TryGetProperty("card", out var card) ? card.GetRawText() : null);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Agreed))]
    public void A_template_gives_what_the_library_gives(string group, string template, string data, string host, string? card)
    {
        var expansion = Expand(template, data, host);

        if (card is null)
            Assert.IsType<TemplateExpansion.Failed>(expansion);
        else
            AssertSame(card, expansion, group);
    }

    [Theory]
    [InlineData("null in a text", """ "Hi ${nul}." """, """ "Hi ." """)]
    [InlineData("a member that is not there, by an index", """ "Hi ${obj['x']}" """, """ "Hi ${obj['x']}" """)]
    [InlineData("an object in a text", """ "is ${obj}" """, """ "is {\"p\":1}" """)]
    [InlineData("lists joined", """ "${concat(list, list)}" """, "[10,9,10,9]")]
    [InlineData("what to take instead", """ "${missing ?? 'none'}${coalesce(missing, nul, 1)}" """, """ "none1" """)]
    [InlineData("a condition that is written out", """ [{"$when":true,"a":1},{"$when":false,"a":2},{"$when":"${true}","a":3}] """, """ [{"a":1},{"a":3}] """)]
    [InlineData("data that are written there are data", """ {"$data":{"n":"${name}"},"t":"${n}"} """, """ {"t":"${name}"} """)]
    [InlineData("an item that is not there", """ [1,"${first(empty)}"] """, "[1]")]
    [InlineData("numbers are sorted as numbers", """ "${sortBy(list)}" """, "[9,10]")]
    [InlineData("what stands between quotation marks is no letter of the format", """ "${formatDateTime('2026-03-15','yyyy `day` MM')}" """, """ "2026 day 03" """)]
    [InlineData("a time of ISO 8601", """ "${addDays('2026-03-15T13:00:00+02:00', 1)}" """, """ "2026-03-16T11:00:00.000Z" """)]
    [InlineData("ticks are a number", """ "${ticks('2018-03-15T13:00:00.000Z')}" """, "636567156000000000")]
    [InlineData("ticks in a text", """ "${formatTicks('636567156000000000', 'HH')}" """, """ "13" """)]
    [InlineData("the port of the scheme", """ "${uriPort('https://h/x')}" """, "443")]
    [InlineData("text is replaced by text", """ "${replaceIgnoreCase('a.B', '.b', '$&')}" """, """ "a$&" """)]
    [InlineData("no spaces around %", """ "${7%3}" """, "1")]
    [InlineData("the other sign for unlike", """ "${1 <> 2}" """, "true")]
    [InlineData("a backtick", """ "a`${obj.p}" """, """ "a`1" """)]
    [InlineData("a locale in lower case", """ "${formatNumber(1234.5, 1, 'de-de')}" """, """ "1.234,5" """)]
    [InlineData("a constant of the wrong type in a text", """ "x ${toUpper(5)}" """, """ "x ${toUpper(5)}" """)]
    [InlineData("functions leave the data alone", """ ["${setProperty(obj,'p',2).p}","${removeProperty(obj,'p')}","${reverse(list)[0]}","${obj.p}","${list[0]}"] """, "[2,{},9,1,10]")]
    public void Where_we_differ_we_mean_to(string why, string template, string card) =>
        AssertSame(card, Expand(template, """{"nul":null,"obj":{"p":1},"list":[10,9],"empty":[]}""", "null"), why);

    [Theory]
    [InlineData("utcNow()", "2026-03-15T13:00:00.000Z")]
    [InlineData("utcNow('HH:mm')", "13:00")]
    [InlineData("getFutureTime(1, 'Week')", "2026-03-22T13:00:00.000Z")]
    [InlineData("getPastTime(2, 'Year', 'yyyy')", "2024")]
    public void The_time_is_what_the_caller_says(string expression, string result) =>
        AssertSame(JsonSerializer.Serialize(result), Expand($"\"${{{expression}}}\"", "{}", "null"), expression);

    [Fact]
    public void Every_official_card_is_a_template_that_gives_itself()
    {
        var files = Directory.GetFiles(TestData.Path("cards/samples"), "*.json", SearchOption.AllDirectories);

        Assert.True(files.Length > 150, $"{files.Length} cards");
        Assert.All(files, file => AssertSame(File.ReadAllText(file), Expand(File.ReadAllText(file), """{"title":"a member that no card may pick up"}""", "null"), file));
    }

    [Fact]
    public void Every_function_is_in_a_case()
    {
        var cases = File.ReadAllText(VectorFile()) + File.ReadAllText(ThisFile());

        Assert.All(DocumentedFunctions("Functions"), name => Assert.Contains($"{name}(", cases, StringComparison.Ordinal));
    }

    [Fact]
    public void The_document_lists_the_functions_that_are_there_and_none_else()
    {
        Assert.Equal([], DocumentedFunctions("Functions").Where(name => !IsThere(name)));
        Assert.Equal([], DocumentedFunctions("Not there").Where(IsThere));
        Assert.Equal(AdaptiveTemplate.Functions.Where(name => char.IsAsciiLetter(name[0])).Order(StringComparer.Ordinal), DocumentedFunctions("Functions").Order(StringComparer.Ordinal));
    }

    private static bool IsThere(string name) => AdaptiveTemplate.Functions.Contains(name);

    private static IEnumerable<string> DocumentedFunctions(string section) =>
        File.ReadAllText(Path.Combine(Root(), "docs", "templating.md"))
            .Split("\n## ").Single(part => part.StartsWith(section + "\n", StringComparison.Ordinal))
            .Split('\n').Where(line => line.StartsWith('|'))
            .SelectMany(line => line.Split('`').Where((_, index) => index % 2 == 1));

    private static TemplateExpansion Expand(string template, string data, string host) => AdaptiveTemplate.Read(template.Trim(), TemplateLimits.Default) switch
    {
        TemplateReading.Read(var read) => read.Expand(Encoding.UTF8.GetBytes(data), Encoding.UTF8.GetBytes(host), Now),
        TemplateReading.Refused(var failure) => failure,
        var other => throw new System.Diagnostics.UnreachableException(other.ToString()),
    };

    private static void AssertSame(string expected, TemplateExpansion actual, string why)
    {
        var json = actual is TemplateExpansion.Expanded(var expanded, _) ? expanded : $"\"{actual}\"";
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected.Trim()), actual is TemplateExpansion.Expanded ? JsonNode.Parse(json) : null), $"{why}: {json} instead of {expected}");
    }

    private static string VectorFile() => Path.Combine(Root(), "tests", "vectors", "templating", "agreed.json");

    private static string Root() => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", ".."));

    private static string ThisFile([CallerFilePath] string file = "") => file;
}
