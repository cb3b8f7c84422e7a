using System.Text.Json;

namespace ActionMail.Cli.Tests;

public sealed class CardLintTests : IDisposable
{
    private const string Clean = """{"type":"AdaptiveCard","version":"1.0","originator":"a","body":[{"type":"TextBlock","text":"The report waits.","wrap":true}]}""";
    private const string Warned = """{"type":"AdaptiveCard","version":"1.2","originator":"a","body":[{"type":"TextBlock","text":"The report waits.","wrap":true}]}""";
    private const string Broken = "{\n  \"type\": \"AdaptiveCard\", \"version\": \"1.0\", \"originator\": \"a\",\n  \"body\": [],\n  \"actions\": [ { \"type\": \"Action.Execute\", \"verb\": \"approve\", \"title\": \"Approve report\" } ]\n}";
    private const string Message = """{"@type":"MessageCard","@context":"https://schema.org/extensions","originator":"a","text":"The report waits."}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("clean", 0, Clean)]
    [InlineData("with a warning", 0, Warned)]
    [InlineData("a MessageCard", 0, Message)]
    [InlineData("with a byte order mark", 0, "\uFEFF" + Clean)]
    [InlineData("with an error", 1, Broken)]
    [InlineData("no card", 2, "{}")]
    [InlineData("no JSON", 2, "<html>")]
    [InlineData("empty", 2, "")]
    public async Task The_exit_code_says_the_worst(string why, int exitCode, string card)
    {
        var lint = await CliProcess.RunAsync(["card", "lint", _folder.Write("card.json", card)]);

        Assert.True(exitCode == lint.ExitCode, $"{why}: {lint.Output}{lint.Error}");
        Assert.Contains("1 file: ", lint.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standard_input_is_a_file_too()
    {
        var lint = await CliProcess.RunAsync(["card", "lint", "-", "--json"], input: Broken);

        Assert.Equal(1, lint.ExitCode);
        Assert.Equal("-", lint.Json.GetProperty("file").GetString());
    }

    [Fact]
    public async Task A_finding_has_its_place_and_its_remedy()
    {
        var file = _folder.Write("card.json", Broken);
        var lint = await CliProcess.RunAsync(["card", "lint", file]);

        Assert.Contains($"{file}:4:16: error AC0507 /actions/0: the card says version 1.0\n    Write \"version\"", lint.Output, StringComparison.Ordinal);
        Assert.Contains("docs/lint.md#ac0507", lint.Output, StringComparison.Ordinal);
        Assert.Contains("outlook-web, windows-current", lint.Output, StringComparison.Ordinal);
        Assert.EndsWith("1 file: 1 error, 0 warnings, 0 info\n", lint.Output, StringComparison.Ordinal);
        Assert.Empty(lint.Error);
    }

    [Fact]
    public async Task As_json_there_is_one_line_a_file_with_every_key()
    {
        var missing = _folder.File("missing.json");
        var lint = await CliProcess.RunAsync(
            ["card", "lint", "--json", _folder.Write("broken.json", Broken), missing, _folder.Write("text.json", "no"), _folder.Write("message.json", Message)]);

        Assert.Equal(2, lint.ExitCode);
        var lines = lint.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToList();
        Assert.Equal(4, lines.Count);
        Assert.All(lines, line => Assert.Equal(["file", "readable", "kind", "version", "findings", "clients"], Keys(line)));
        Assert.All(lines.SelectMany(line => line.GetProperty("findings").EnumerateArray()),
            finding => Assert.Equal(["code", "severity", "pointer", "line", "column", "message", "remedy", "doc"], Keys(finding)));
        Assert.All(lines, line => Assert.Equal(10, Keys(line.GetProperty("clients")).Length));

        Assert.Equal(("adaptiveCard", "1.0"), (lines[0].GetProperty("kind").GetString(), lines[0].GetProperty("version").GetString()));
        Assert.False(lines[1].GetProperty("readable").GetBoolean());
        Assert.Equal(JsonValueKind.Null, lines[1].GetProperty("kind").ValueKind);
        Assert.Equal("AC0006", Assert.Single(lines[1].GetProperty("findings").EnumerateArray()).GetProperty("code").GetString());
        Assert.Equal("AC0001", Assert.Single(lines[2].GetProperty("findings").EnumerateArray()).GetProperty("code").GetString());
        Assert.Equal("messageCard", lines[3].GetProperty("kind").GetString());
    }

    [Theory]
    [InlineData("mac", false)]
    [InlineData("outlook-web", true)]
    public async Task One_client_is_judged_where_it_is_named(string client, bool isShown)
    {
        var lint = await CliProcess.RunAsync(["card", "lint", _folder.Write("card.json", Warned), "--client", client, "--json"]);

        var judged = Assert.Single(lint.Json.GetProperty("clients").EnumerateObject());
        Assert.Equal((client, isShown), (judged.Name, judged.Value.GetProperty("shown").GetBoolean()));
        Assert.Equal(isShown ? 0 : 1, judged.Value.GetProperty("lost").GetArrayLength());
    }

    [Fact]
    public async Task An_unknown_client_is_wrong_usage_that_names_the_known_ones()
    {
        var refused = await CliProcess.RunAsync(["card", "lint", _folder.Write("card.json", Clean), "--client", "pine"]);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("outlook-web", refused.OneLine, StringComparison.Ordinal);
    }

    private static string[] Keys(JsonElement value) => [.. value.EnumerateObject().Select(member => member.Name)];
}
