using System.Net;
using System.Text;
using System.Text.Json;
using ActionMail.Mail.Dns;
using ActionMail.Mail.Spf;
using ActionMail.Mail.Tests.Dns;
using ActionMail.Tests;

namespace ActionMail.Mail.Tests.Spf;

/// <summary>The test suite of RFC 7208, each of its zones read as a zone file.</summary>
public class SpfSuiteTests
{
    private const int Cases = 203;

    [Fact]
    public void Every_case_of_the_suite_has_its_result_and_its_explanation()
    {
        using var suite = JsonDocument.Parse(File.ReadAllBytes(TestData.Path("spf/rfc7208-tests.json")));
        var faults = new List<string>();
        var count = 0;
        foreach (var scenario in suite.RootElement.EnumerateArray())
        {
            var zone = ZoneFileTests.Zone(ZoneFile.Read(Encoding.Latin1.GetBytes(ZoneText(scenario.GetProperty("zonedata")))));
            foreach (var test in scenario.GetProperty("tests").EnumerateObject())
            {
                count++;
                faults.AddRange(FaultsOf(test, zone));
            }
        }

        Assert.Empty(faults);
        Assert.Equal(Cases, count);
    }

    private static IEnumerable<string> FaultsOf(JsonProperty test, Zone zone)
    {
        var query = new SpfQuery(IPAddress.Parse(Text(test.Value, "host")), Text(test.Value, "helo"), Text(test.Value, "mailfrom"));
        var result = Drive.ToTheEnd(known => SpfEvaluation.Next(query, known), zone);
        var expected = test.Value.GetProperty("result");
        string[] allowed = expected.ValueKind == JsonValueKind.Array ? [.. expected.EnumerateArray().Select(each => each.GetString()!)] : [expected.GetString()!];
        if (!allowed.Contains(result.Outcome.Word))
            yield return $"{test.Name}: {result.Outcome.Word} ({result.Problem}) is none of {string.Join(", ", allowed)}";
        if (test.Value.TryGetProperty("explanation", out var explanation) && (result.Explanation ?? "DEFAULT") != explanation.GetString())
            yield return $"{test.Name}: explained as '{result.Explanation}'";
    }

    private static string Text(JsonElement test, string member) => test.GetProperty(member).GetString()!;

    private static string ZoneText(JsonElement zone)
    {
        var lines = new StringBuilder();
        foreach (var name in zone.EnumerateObject())
        {
            foreach (var record in name.Value.EnumerateArray())
                lines.Append(Escaped(name.Name).Replace(" ", "\\032", StringComparison.Ordinal)).Append(' ').AppendLine(RecordText(record));
        }
        return lines.ToString();
    }

    private static string RecordText(JsonElement record)
    {
        var type = record.GetProperty("type").GetString()!;
        if (!record.TryGetProperty("value", out var value))
            return type;
        var values = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToList() : [value];
        return type switch
        {
            "TXT" when values is [var only] && only.GetString() == "NONE" => "TXT NONE",
            "TXT" or "SPF" => $"{type} {string.Join(' ', values.Select(text => $"\"{Escaped(text.GetString()!)}\""))}",
            "MX" => $"MX {values[0].GetInt32()} \"{Escaped(values[1].GetString()!)}\"",
            _ => $"{type} {value.GetString()}",
        };
    }

    private static string Escaped(string text) =>
        string.Concat(text.Select(letter => letter is < ' ' or '"' or '\\' or > '~' ? $"\\{(int)letter:D3}" : letter.ToString()));
}
