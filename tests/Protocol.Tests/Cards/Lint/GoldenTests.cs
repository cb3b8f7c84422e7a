using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Cards.Lint;

namespace ActionMail.Protocol.Tests.Cards.Lint;

/// <summary>
/// One folder a rule under Golden: a card that breaks it, one that does not, and the whole list of findings of the first. UPDATE_GOLDEN=1
/// writes the lists again, which are then to be read.
/// </summary>
public sealed class GoldenTests
{
    private const int MostLines = 40;
    private static readonly string Folder = Path.Combine(ThisFolder(), "Golden");

    public static TheoryData<string> Codes => [.. LintCatalog.All.Where(rule => rule != LintCatalog.FileNotRead).Select(rule => rule.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_rule_is_broken_by_one_card_and_not_by_its_mended_twin(string code)
    {
        var folder = Path.Combine(Folder, code);
        var broken = Lint(folder, "breaks.json");
        var clean = Lint(folder, "clean.json");

        Assert.Contains(broken.Findings, finding => finding.Rule.Code == code);
        Assert.DoesNotContain(clean.Findings, finding => finding.Rule.Code == code);
        Assert.True(clean.IsReadable && !clean.HasErrors, Written(clean));
        Assert.Equal(Expected(folder, Written(broken)), Written(broken));
    }

    [Fact]
    public void Every_folder_is_of_a_rule() =>
        Assert.Empty(Directory.GetDirectories(Folder).Select(Path.GetFileName).Except(LintCatalog.All.Select(rule => rule.Code), StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Codes))]
    public void What_the_platform_refuses_has_an_error(string code)
    {
        foreach (var name in (string[])["breaks.json", "clean.json"])
        {
            var utf8 = File.ReadAllBytes(Path.Combine(Folder, code, name));
            var limits = Limits(Path.Combine(Folder, code));
            Assert.True(Card.Read(utf8, limits) is CardReading.Read or CardReading.Unsupported || CardLint.Check(utf8, limits).HasErrors, $"{code}/{name} is refused, and the lint says nothing of it");
        }
    }

    private static LintReport Lint(string folder, string name) => CardLint.Check(File.ReadAllBytes(Path.Combine(folder, name)), Limits(folder));

    private static CardLimits Limits(string folder) =>
        Path.Combine(folder, "limits.json") is var file && File.Exists(file)
            ? JsonSerializer.Deserialize<CardLimits>(File.ReadAllText(file), JsonSerializerOptions.Web)!
            : CardLimits.Default;

    private static string Expected(string folder, string written)
    {
        var file = Path.Combine(folder, "expected.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
            File.WriteAllText(file, written);
        return File.ReadAllText(file);
    }

    private static string Written(LintReport report)
    {
        var lines = report.Findings.Select(finding =>
            $"{finding.Position.Line}:{finding.Position.Column} {finding.Rule.Severity} {finding.Rule.Code} {finding.Pointer}: {finding.Message}").ToList();
        if (lines.Count > MostLines)
            lines = [.. lines.Take(2), $"… {lines.Count - 3} lines …", lines[^1]];
        return new StringBuilder().AppendJoin('\n', lines).Append('\n').ToString();
    }

    private static string ThisFolder([CallerFilePath] string thisFile = "") => Path.GetDirectoryName(thisFile)!;
}
