using System.Text.Json;
using ActionMail.Mail.Arc;
using ActionMail.Mail.Tests.Dkim;
using ActionMail.Tests;

namespace ActionMail.Mail.Tests.Arc;

public class ArcSuiteTests
{
    [Fact]
    public void Every_validation_case_of_the_draft_has_its_result()
    {
        using var suite = JsonDocument.Parse(File.ReadAllBytes(TestData.Path("arc/arc-draft-validation-tests.json")));
        var wrong = new List<string>();
        var cases = 0;
        foreach (var scenario in suite.RootElement.EnumerateArray())
        {
            var zone = Verifying.Zone(scenario.GetProperty("txt-records").EnumerateObject().Select(record => Verifying.Txt(record.Name, record.Value.GetString()!)));
            foreach (var test in scenario.GetProperty("tests").EnumerateObject())
            {
                cases++;
                var result = Verifying.Arc(Verifying.Wire(test.Value.GetProperty("message").GetString()!), zone);
                if (result.Result != Expected(test.Value.GetProperty("cv").GetString()))
                    wrong.Add($"{test.Name}: {result.Result} {result.Reason}");
            }
        }
        Assert.Empty(wrong);
        Assert.Equal(171, cases);
    }

    // A chain that says itself that it failed is left open by the draft; RFC 8617 §5.2 step 2 has it fail.
    private static ArcResultWord Expected(string? cv) => cv switch
    {
        "None" => ArcResultWord.None,
        "Pass" => ArcResultWord.Pass,
        _ => ArcResultWord.Fail,
    };
}
